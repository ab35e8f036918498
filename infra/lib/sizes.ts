import { architecture } from './architecture.ts';

/** How big each part is. All sizes span the same zones and have the same security groups; they differ in what is here, and only here. */
export interface Size {
  readonly instance: { readonly type: string; readonly max: number; readonly diskGiB: number };
  readonly database: { readonly type: string; readonly storageGiB: number; readonly maxStorageGiB: number; readonly backupDays: number };
  readonly replicaType: string;
  readonly cacheNode: { readonly type: string; readonly nodes: number };
  /** Doors to AWS's services inside the network: without them instances ask through the NAT gateways. */
  readonly interfaceEndpoints: readonly string[];
  readonly logDays: number;
  /** What an operator gets who chooses nothing else. */
  readonly defaults: { readonly cartHome: CartHome; readonly cache: Cache; readonly replicas: number };
}

export const cartHomes = ['database', 'memory', 'cookie', 'valkey', 'dynamodb'] as const;
export type CartHome = (typeof cartHomes)[number];

export const caches = ['memory', 'valkey', 'off'] as const;
export type Cache = (typeof caches)[number];

/** RDS lets an instance of PostgreSQL have 15. */
export const maxReplicas = 15;

/** What an instance asks for at its start and while it runs. */
const services = ['ssm', 'ssmmessages', 'secretsmanager', 'logs'];

export const sizes = {
  /** The cheapest that keeps the promises: a zone may die, nothing is lost, nobody has to act. */
  small: {
    instance: { type: 't4g.small', max: 6, diskGiB: 8 },
    database: { type: 'db.t4g.small', storageGiB: 20, maxStorageGiB: 100, backupDays: 7 },
    replicaType: 'db.t4g.small',
    cacheNode: { type: 'cache.t4g.micro', nodes: 2 },
    interfaceEndpoints: [],
    logDays: 30,
    defaults: { cartHome: 'database', cache: 'memory', replicas: 0 },
  },
  /** The whole architecture: carts in Valkey, a replica in every zone. */
  standard: {
    instance: { type: 'c7g.large', max: 18, diskGiB: 8 },
    database: { type: 'db.m7g.large', storageGiB: 100, maxStorageGiB: 1000, backupDays: 14 },
    replicaType: 'db.m7g.large',
    cacheNode: { type: 'cache.m7g.large', nodes: 3 },
    interfaceEndpoints: services,
    logDays: 90,
    defaults: architecture.standard,
  },
  large: {
    instance: { type: 'c7g.2xlarge', max: 60, diskGiB: 8 },
    database: { type: 'db.r7g.2xlarge', storageGiB: 500, maxStorageGiB: 5000, backupDays: 35 },
    replicaType: 'db.r7g.xlarge',
    cacheNode: { type: 'cache.r7g.large', nodes: 3 },
    interfaceEndpoints: services,
    logDays: 180,
    defaults: { cartHome: 'valkey', cache: 'valkey', replicas: 5 },
  },
} satisfies Record<string, Size>;

export type SizeName = keyof typeof sizes;
export const sizeNames = Object.keys(sizes) as SizeName[];
