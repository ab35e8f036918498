import { Duration, RemovalPolicy, Stack, aws_ec2 as ec2, aws_iam as iam, aws_logs as logs, aws_rds as rds, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { acknowledge } from './checks.ts';
import type { Network } from './network.ts';
import { type Options, zonesOf } from './options.ts';
import { rotationPeriod } from './rotation.ts';
import { type Secrets, signs } from './secrets.ts';

export const databasePort = 5432;

/** What must never be lost: PostgreSQL with a standby in another zone, and replicas to browse on. */
export class Database extends Construct {
  readonly primary: rds.DatabaseInstance;
  readonly replicas: rds.DatabaseInstanceReadReplica[];

  constructor(scope: Construct, id: string, o: Options, network: Network, instances: ec2.ISecurityGroup, group: ec2.ISecurityGroup, secrets: Secrets) {
    super(scope, id);
    const engine = rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17 });
    const parameterGroup = new rds.ParameterGroup(this, 'Parameters', {
      engine,
      parameters: {
        'rds.force_ssl': '1',
        synchronous_commit: 'on',
        idle_in_transaction_session_timeout: '60000', // no transaction of the shop waits for a person
        log_min_duration_statement: '500',
        log_lock_waits: '1',
        track_io_timing: '1',
        'rds.logical_replication': '0',
        hot_standby_feedback: '1', // a replica's long read is not cancelled by the primary's clean-up
      },
    });
    const common = {
      vpc: network.vpc,
      vpcSubnets: network.data,
      securityGroups: [group],
      port: databasePort,
      parameterGroup,
      storageType: rds.StorageType.GP3,
      maxAllocatedStorage: o.size.database.maxStorageGiB,
      publiclyAccessible: false,
      caCertificate: rds.CaCertificate.RDS_CA_RSA2048_G1,
      enablePerformanceInsights: true,
      performanceInsightRetention: rds.PerformanceInsightRetention.DEFAULT,
      monitoringInterval: Duration.minutes(1),
      monitoringRole: this.monitoringRole(),
      autoMinorVersionUpgrade: true,
      copyTagsToSnapshot: true,
      deletionProtection: true,
    };
    const name = `${Stack.of(this).stackName}-primary`;
    // RDS would make this group itself, and keep it for ever.
    const log = new logs.LogGroup(this, 'Log', { logGroupName: `/aws/rds/instance/${name}/postgresql`, retention: o.size.logDays, removalPolicy: RemovalPolicy.DESTROY });
    this.primary = new rds.DatabaseInstance(this, 'Primary', {
      ...common,
      instanceIdentifier: name,
      engine,
      instanceType: type(o.size.database.type),
      credentials: rds.Credentials.fromSecret(secrets.owner),
      allocatedStorage: o.size.database.storageGiB,
      multiAz: true,
      storageEncrypted: true,
      backupRetention: Duration.days(o.size.database.backupDays),
      preferredBackupWindow: '18:00-19:00', // 03:00 in Seoul
      preferredMaintenanceWindow: 'tue:19:00-tue:20:00',
      deleteAutomatedBackups: false,
      removalPolicy: RemovalPolicy.SNAPSHOT,
      cloudwatchLogsExports: ['postgresql'],
    });
    this.primary.node.addDependency(log);
    const zones = zonesOf(o.region);
    this.replicas = Array.from({ length: o.replicas }, (_, i) => {
      const replica = new rds.DatabaseInstanceReadReplica(this, `Replica${i + 1}`, {
        ...common,
        sourceDatabaseInstance: this.primary,
        instanceType: type(o.size.replicaType),
        availabilityZone: zones[i % zones.length],
        deletionProtection: false, // holds nothing that the primary has not
        removalPolicy: RemovalPolicy.DESTROY,
      });
      acknowledge(replica, 'AwsSolutions-RDS2', 'A replica in the same region is encrypted as its primary is; CloudFormation refuses to be told so again.');
      acknowledge(replica, 'AwsSolutions-RDS3', 'A replica has no standby: the shop reads from another replica or from the primary when one is away.');
      acknowledge(replica, 'AwsSolutions-RDS10', 'A replica holds nothing that the primary has not; the number of them changes with the traffic.');
      return replica;
    });
    this.rotate(network, instances, secrets);
    acknowledge(this, 'AwsSolutions-RDS11', 'The port is an edge of deploy/architecture.json, which the lab and its measurements share; the security group is what keeps others out.');
  }

  /**
   * Two users take turns, so that the password of before stays good until the next rotation. The functions are AWS's own and stand in the instances'
   * security group: the database accepts nobody else.
   */
  private rotate(network: Network, instances: ec2.ISecurityGroup, secrets: Secrets): void {
    const where = { vpc: network.vpc, vpcSubnets: network.app, securityGroups: [instances], excludeCharacters: signs };
    this.primary.secret?.addRotationSchedule('Rotation', {
      automaticallyAfter: rotationPeriod,
      hostedRotation: secretsmanager.HostedRotation.postgreSqlSingleUser(where),
    });
    secrets.database.attach(this.primary).addRotationSchedule('Rotation', {
      automaticallyAfter: rotationPeriod,
      // Its first turn would need a user that the first migration makes.
      rotateImmediatelyOnUpdate: false,
      hostedRotation: secretsmanager.HostedRotation.postgreSqlMultiUser({ ...where, masterSecret: secrets.owner }),
    });
  }

  private monitoringRole(): iam.Role {
    const role = new iam.Role(this, 'Monitoring', {
      assumedBy: new iam.ServicePrincipal('monitoring.rds.amazonaws.com'),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonRDSEnhancedMonitoringRole')],
    });
    acknowledge(
      role,
      'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole]',
      'The policy that AWS keeps for this very purpose: RDS may write its own measurements to its own log group.',
    );
    return role;
  }

  /** Addresses as the shop's settings name them, without the passwords: those stay names of secrets. */
  address(user: 'owner' | 'database', database: string, on: rds.IDatabaseInstance = this.primary): string {
    return `postgres://@{${user}:username}:@{${user}:password}@${on.dbInstanceEndpointAddress}:${databasePort}/${database}?sslmode=verify-full&sslrootcert=/etc/myclothes/rds.pem`;
  }
}

function type(name: string): ec2.InstanceType {
  return new ec2.InstanceType(name.replace(/^db\./, ''));
}
