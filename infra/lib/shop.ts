import { Stack, type StackProps, type aws_secretsmanager as secretsmanager, aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AlarmTopic, Alarms } from './alarms.ts';
import { architecture, unnoticedSeconds } from './architecture.ts';
import { boot } from './boot.ts';
import { Buckets } from './buckets.ts';
import { Cache } from './cache.ts';
import { CartsTable } from './carts-table.ts';
import { acknowledge } from './checks.ts';
import { Credentials } from './credentials.ts';
import { Dashboard } from './dashboard.ts';
import { Database } from './database.ts';
import { Dns } from './dns.ts';
import { Firewall } from './firewall.ts';
import { Fleet } from './fleet.ts';
import { LoadBalancer } from './load-balancer.ts';
import { Migration } from './migration.ts';
import { Network } from './network.ts';
import { type Options, usesValkey, zonesOf } from './options.ts';
import { release } from './release.ts';
import { instanceRole } from './roles.ts';
import { Secrets } from './secrets.ts';
import { SecurityGroups } from './security-groups.ts';
import { Settings } from './settings.ts';

interface Props extends StackProps {
  readonly options: Options;
  /** Whether the release must be there, since this is going to be deployed. */
  readonly released: boolean;
}

/** The whole shop, in three zones. */
export class Shop extends Stack {
  constructor(scope: Construct, id: string, { options: o, released, ...rest }: Props) {
    super(scope, id, { ...rest, env: { region: o.region }, description: `MyClothes, ${o.sizeName}` });
    const prefix = this.stackName;
    acknowledge(this, 'CloudFormation-Validate::W3010', 'Zones are named by region in lib/options.ts: asking for them would need an account when the template is made.');

    const network = new Network(this, 'Network', o);
    const groups = new SecurityGroups(this, 'Groups', network.vpc, o.size.interfaceEndpoints.length > 0);
    if (o.size.interfaceEndpoints.length > 0) network.endpoints(o.size.interfaceEndpoints, groups.of('endpoints'));

    const secrets = new Secrets(this, 'Secrets', prefix);
    const buckets = new Buckets(this, 'Buckets', o.size.logDays);
    const database = new Database(this, 'Database', o, network, groups.of('instances'), groups.of('database'), secrets);
    const cache = usesValkey(o) ? new Cache(this, 'Cache', o, network, groups.of('cache'), secrets) : undefined;
    const carts = new CartsTable(this, 'Carts', `${prefix}-carts`);
    const credentials = new Credentials(this, 'Credentials', network.vpc, carts.table, buckets.media, secrets);

    const dns = new Dns(this, 'Dns', o);
    const balancer = new LoadBalancer(this, 'LoadBalancer', network, groups.of('load-balancer'), dns.certificate, buckets.logs, o.stickiness);
    const health = dns.pointTo(balancer.balancer);
    new Firewall(this, 'Firewall', prefix, balancer.balancer.loadBalancerArn, o.size.logDays);

    const paths = { stack: `/${prefix}/stack`, operator: `/${prefix}/operator`, migration: `/${prefix}/migration` };
    const settings = new Settings(this, 'Settings', paths.stack, this.settings(o, network, database, cache, buckets));
    const forMigration = new Settings(this, 'MigrationSettings', paths.migration, {
      'database': database.address('owner', 'myclothes'),
      'owner-database': database.address('owner', 'postgres'),
      'shop-password': '@{database:password}',
    });

    const archive = release(this, 'Release', new ec2.InstanceType(o.size.instance.type), released);
    const common = { options: o, network, group: groups.of('instances') };
    const bootFrom = { prefix, archive, releases: buckets.releases.bucketName };
    const serving: secretsmanager.ISecret[] = [secrets.database, secrets.sealKeys, ...secrets.byOperator, credentials.secret, ...(cache ? [cache.token] : [])];
    const topic = new AlarmTopic(this, 'AlarmTopic', o.alarmMail).topic;
    const alarms = new Alarms(this, 'Alarms', topic);
    const fleet = new Fleet(this, 'Fleet', {
      ...common,
      name: prefix,
      topic,
      takeBack: alarms.watchVisitors(balancer),
      role: instanceRole(this, 'InstanceRole', { settings: [paths.stack, paths.operator], secrets: serving, archive }),
      userData: boot({ ...bootFrom, act: 'serve', settings: [paths.stack, paths.operator] }),
    });
    fleet.scaling.node.addDependency(settings, database, credentials, secrets);
    if (cache) fleet.scaling.node.addDependency(cache);
    fleet.attach(balancer.targets);
    new Migration(this, 'Migration', {
      ...common,
      releases: buckets.releases,
      role: instanceRole(this, 'MigrationRole', { settings: [paths.migration], secrets: [secrets.owner, secrets.database], archive }),
      userData: boot({ ...bootFrom, act: 'migrate', settings: [paths.migration] }),
    }).node.addDependency(forMigration);

    alarms.watchParts({ balancer, fleet, database, cache, table: carts.table, closed: o.closed });
    new Dashboard(this, 'Dashboard', prefix, { balancer, fleet, database, cache, health, alarms: alarms.all });
  }

  /** Explicit, so that no account is asked when the template is made. */
  override get availabilityZones(): string[] {
    return zonesOf(this.region);
  }

  private settings(o: Options, network: Network, database: Database, cache: Cache | undefined, buckets: Buckets): Record<string, string> {
    const { shop } = architecture;
    return {
      'listen': `:${shop.port}`,
      'ops-listen': `127.0.0.1:${shop.opsPort}`,
      'base-url': `https://${o.domain}`,
      'trusted-proxies': network.publicCidrs.join(' '),
      'drain-timeout': `${shop.drainSeconds}s`,
      'drain-delay': `${unnoticedSeconds}s`,
      'database': database.address('database', 'myclothes'),
      'replicas': database.replicas.map((r) => database.address('database', 'myclothes', r)).join(' '),
      'cart-home': o.cartHome,
      'cart-home-previous': o.cartHomePrevious,
      'valkey': cache?.address ?? '',
      'dynamodb': [o.cartHome, o.cartHomePrevious].includes('dynamodb') ? `dynamodb://${o.region}/${this.stackName}-carts` : '',
      'cache': o.cache,
      'media': `s3://${buckets.media.bucketName}/pictures`,
      'payments': 'toss',
      'secret-keys': '@{secret-keys}',
      'toss-secret-key': '@{toss-secret-key}',
      'smtp': '@{smtp}',
      'log-format': 'json',
      'seller-hosting': 'Amazon Web Services',
      'aws-access-key-id': '@{aws:id}',
      'aws-secret-access-key': '@{aws:secret}',
    };
  }
}
