import { type Cache, type CartHome, type Size, type SizeName, caches, cartHomes, maxReplicas, sizeNames, sizes } from './sizes.ts';

/** What an operator chooses: `cdk deploy -c size=standard -c domain=myclothes.com -c cartHome=dynamodb`. */
export interface Options {
  readonly sizeName: SizeName;
  readonly size: Size;
  readonly region: string;
  readonly domain: string;
  /** An existing public zone of Route 53; a new one is made where empty. */
  readonly hostedZoneId: string;
  readonly cartHome: CartHome;
  readonly cartHomePrevious: CartHome | 'none';
  readonly cache: Cache;
  readonly replicas: number;
  /** The load balancer pins a visitor to an instance: only for carts in memory, which die with it all the same. */
  readonly stickiness: boolean;
  /** Instances per zone at least; the architecture's minimum where not given. Raise it before a sale. */
  readonly perZone: number | undefined;
  /** Without instances: the first deployment, before the database has a schema, and a restore. */
  readonly closed: boolean;
  /** Where alarms go. */
  readonly alarmMail: string;
}

/** Regions that were thought through, with the names of their zones: nothing is looked up when templates are made. */
const regions = { 'ap-northeast-2': ['a', 'b', 'c'], 'ap-northeast-1': ['a', 'c', 'd'], 'us-west-2': ['a', 'b', 'c'] } as const;

/** The zones of a region, in the order of the architecture's. */
export function zonesOf(region: string): string[] {
  return regions[region as keyof typeof regions].map((z) => region + z);
}

/** All names an operator may use, so that one that is misspelt is not taken for one that is absent. */
const names = ['size', 'region', 'domain', 'hostedZoneId', 'cartHome', 'cartHomePrevious', 'cache', 'replicas', 'stickiness', 'perZone', 'closed', 'alarmMail'] as const;
export type Given = Partial<Record<(typeof names)[number], string>>;

/** Reads the options, and names everything that is wrong with them at once. */
export function options(given: Given): Options {
  const problems: string[] = [];
  const oneOf = <T extends string>(name: keyof Given, allowed: readonly T[], otherwise: T): T => {
    const value = given[name] ?? otherwise;
    if (!allowed.includes(value as T)) problems.push(`${name}: ${value} is none of ${allowed.join(', ')}`);
    return value as T;
  };
  const number = (name: keyof Given, most: number): number | undefined => {
    const value = given[name];
    if (value === undefined) return undefined;
    if (!/^\d+$/.test(value) || Number(value) > most) problems.push(`${name}: ${value} is not a number from 0 to ${most}`);
    return Number(value);
  };
  for (const name of Object.keys(given)) {
    if (!(names as readonly string[]).includes(name)) problems.push(`${name}: is not an option; there are ${names.join(', ')}`);
  }
  const sizeName = oneOf('size', sizeNames, 'standard');
  const size: Size = sizes[sizeName] ?? sizes.standard;
  const out: Options = {
    sizeName,
    size,
    region: oneOf('region', Object.keys(regions), 'ap-northeast-2'),
    domain: given.domain ?? '',
    hostedZoneId: given.hostedZoneId ?? '',
    cartHome: oneOf('cartHome', cartHomes, size.defaults.cartHome),
    cartHomePrevious: oneOf('cartHomePrevious', [...cartHomes, 'none'] as const, 'none'),
    cache: oneOf('cache', caches, size.defaults.cache),
    replicas: number('replicas', maxReplicas) ?? size.defaults.replicas,
    stickiness: oneOf('stickiness', ['true', 'false'] as const, 'false') === 'true',
    perZone: number('perZone', 1000),
    closed: oneOf('closed', ['true', 'false'] as const, 'false') === 'true',
    alarmMail: given.alarmMail ?? '',
  };
  if (!/^([a-z0-9-]+\.)+[a-z]{2,}$/.test(out.domain)) problems.push('domain: say under which name the shop is reached, such as myclothes.com');
  if (out.cartHomePrevious === out.cartHome) problems.push('cartHomePrevious: is the same as cartHome');
  if (problems.length > 0) throw new Error(`these options are not right:\n${problems.join('\n')}`);
  return out;
}

/** Whether there is anything to keep in Valkey. */
export function usesValkey(o: Options): boolean {
  return o.cache === 'valkey' || o.cartHome === 'valkey' || o.cartHomePrevious === 'valkey';
}

/** The options among what the command line gave. Names of CDK's own have signs in them, an operator's are plain words. */
export function given(context: Record<string, unknown>): Given {
  return Object.fromEntries(Object.entries(context).flatMap(([name, value]) => (/^\w+$/.test(name) ? [[name, String(value)]] : [])));
}
