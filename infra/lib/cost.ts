import { readFileSync } from 'node:fs';
import { architecture } from './architecture.ts';
import { type Options, usesValkey } from './options.ts';
import type { SizeName } from './sizes.ts';

const read = (name: string) => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'));

export const prices: {
  date: string;
  region: string;
  currency: string;
  source: string;
  hoursPerMonth: number;
  perHour: Record<string, number>;
  perMonth: Record<string, number>;
  perUnit: Record<string, number>;
  /** How many times an instance with a standby costs. */
  standby: number;
} = read('prices.json');

interface Traffic {
  instances: number;
  millionRequests: number;
  internetGiB: number;
  natGiB: number;
  zoneCrossingGiB: number;
  logGiB: number;
  mediaGiB: number;
  millionCartChanges: number;
  millionCartLooks: number;
}
export const traffic: Record<SizeName, Traffic> = read('traffic.json');

/** What a month costs, by part. Names that the price table does not have are an error, never nothing. */
export function monthly(o: Options, t: Traffic = traffic[o.sizeName]): Map<string, number> {
  const price = (table: 'perHour' | 'perMonth' | 'perUnit', name: string) => {
    const found = prices[table][name];
    if (found === undefined) throw new Error(`prices.json has no ${table}.${name}`);
    return found;
  };
  const hours = (name: string, n = 1) => n * prices.hoursPerMonth * price('perHour', name);
  const month = (name: string, n = 1) => n * price('perMonth', name);
  const unit = (name: string, n: number) => n * price('perUnit', name);
  const zones = architecture.zones.length;
  const { size } = o;
  const storage = size.database.storageGiB;
  const secrets = 6 + (usesValkey(o) ? 1 : 0);
  const capacityUnits = (t.millionRequests * 1e6) / (prices.hoursPerMonth * 3600) / 25; // 25 new connections a second is one; a kept connection costs less
  const parts = new Map([
    ['instances', hours(size.instance.type, t.instances) + month('gp3GiB', t.instances * size.instance.diskGiB)],
    ['load balancer', hours('loadBalancer') + hours('loadBalancerCapacityUnit', Math.max(1, capacityUnits)) + hours('publicIpv4', zones)],
    ['NAT gateways', hours('natGateway', zones) + hours('publicIpv4', zones) + unit('natGiB', t.natGiB)],
    ['endpoints', hours('interfaceEndpointAndZone', size.interfaceEndpoints.length * zones)],
    ['database', hours(size.database.type, prices.standby) + month('databaseGp3GiB', storage * prices.standby)],
    ['read replicas', hours(size.replicaType, o.replicas) + month('databaseGp3GiB', storage * o.replicas)],
    ['Valkey', usesValkey(o) ? hours(size.cacheNode.type, size.cacheNode.nodes) : 0],
    ['DynamoDB', o.cartHome === 'dynamodb' ? unit('dynamodbMillionWrites', t.millionCartChanges) + unit('dynamodbMillionReads', t.millionCartLooks) : 0],
    ['pictures', month('s3GiB', t.mediaGiB)],
    ['firewall', month('webAcl') + month('webAclRule', 5) + unit('webAclMillionRequests', t.millionRequests)],
    ['names, secrets, watching', month('hostedZone') + month('healthCheck') + month('secret', secrets) + month('alarm', 20) + month('dashboard') + month('customMetric', 20) + unit('logGiB', t.logGiB)],
    ['to the internet', unit('internetGiB', t.internetGiB)],
    ['between zones', unit('zoneCrossingGiB', t.zoneCrossingGiB)],
  ]);
  return parts;
}
