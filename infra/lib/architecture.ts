import { readFileSync } from 'node:fs';
import type { Cache, CartHome } from './sizes.ts';

/** What deploy/architecture.json holds: the numbers that the lab, the Go tests and this folder share. */
export interface Architecture {
  zones: string[];
  subnets: string[];
  shop: { port: number; opsPort: number; healthPath: string; drainSeconds: number };
  loadBalancer: {
    ports: [number, number]; // plain, then TLS
    health: { intervalSeconds: number; timeoutSeconds: number; healthyAfter: number; unhealthyAfter: number };
    idleSeconds: number;
  };
  scaling: {
    minimumPerZone: number;
    targetCpuPercent: number;
    targetRequestsPerInstanceAndMinute: number;
    warmUpSeconds: number;
    scaleInCooldownSeconds: number;
  };
  /** What an operator of the usual size gets who chooses nothing else. */
  standard: { cartHome: CartHome; cache: Cache; replicas: number };
  securityGroups: Record<string, string>;
  edges: Edge[];
  /** What only AWS has: doors to its own services, and the way out for what the shop asks of others. */
  aws: { securityGroups: Record<string, string>; edges: Edge[]; egress: Edge[] };
}

export interface Edge {
  from: string;
  to: string;
  port: number;
  why?: string;
}

export const architecture: Architecture = JSON.parse(readFileSync(new URL('../../deploy/architecture.json', import.meta.url), 'utf8'));

const { health } = architecture.loadBalancer;

/** How long the load balancer may go on sending visitors to an instance whose health check already fails. */
export const unnoticedSeconds = health.intervalSeconds * health.unhealthyAfter + health.timeoutSeconds;
