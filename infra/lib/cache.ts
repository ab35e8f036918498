import { ArnFormat, Stack, aws_ec2 as ec2, aws_elasticache as elasticache, aws_iam as iam, type aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { acknowledge } from './checks.ts';
import type { Network } from './network.ts';
import { type Options, zonesOf } from './options.ts';
import { Rotation } from './rotation.ts';
import type { Secrets } from './secrets.ts';

export const cachePort = 6379;

/** Carts and the shared cache: ElastiCache for Valkey, a primary and its replicas in different zones. The endpoint's name moves when a replica takes over. */
export class Cache extends Construct {
  readonly id: string;
  readonly nodes: number;
  readonly address: string;
  readonly token: secretsmanager.ISecret;

  constructor(scope: Construct, id: string, o: Options, network: Network, group: ec2.ISecurityGroup, secrets: Secrets) {
    super(scope, id);
    this.nodes = o.size.cacheNode.nodes;
    const token = secrets.generated('valkey', 'The password of the cache.');
    this.token = token;
    const subnets = new elasticache.CfnSubnetGroup(this, 'Subnets', {
      description: 'data subnets of every zone',
      subnetIds: network.vpc.selectSubnets(network.data).subnetIds,
    });
    const parameters = new elasticache.CfnParameterGroup(this, 'Parameters', {
      cacheParameterGroupFamily: 'valkey8',
      description: 'Carts are never pushed out by cached pages',
      // What has a time to live goes first; carts live for 90 days, cached pages for less than a second.
      properties: { 'maxmemory-policy': 'volatile-ttl' },
    });
    const replication = new elasticache.CfnReplicationGroup(this, 'Valkey', {
      replicationGroupDescription: 'carts and cache of the shop',
      engine: 'valkey',
      engineVersion: '8.0',
      cacheNodeType: o.size.cacheNode.type,
      numCacheClusters: this.nodes,
      preferredCacheClusterAZs: zonesOf(o.region).slice(0, this.nodes),
      automaticFailoverEnabled: true,
      multiAzEnabled: true,
      transitEncryptionEnabled: true,
      transitEncryptionMode: 'required',
      atRestEncryptionEnabled: true,
      authToken: token.secretValue.unsafeUnwrap(), // a reference that CloudFormation resolves; the template does not hold it
      cacheSubnetGroupName: subnets.ref,
      cacheParameterGroupName: parameters.ref,
      securityGroupIds: [group.securityGroupId],
      port: cachePort,
      snapshotRetentionLimit: 7,
      snapshotWindow: '18:00-19:00',
      preferredMaintenanceWindow: 'wed:19:00-wed:20:00',
      autoMinorVersionUpgrade: true,
    });
    this.id = replication.ref;
    this.address = `valkeys://:@{valkey}@${replication.attrPrimaryEndPointAddress}:${cachePort}`;
    new Rotation(this, 'Token', {
      secret: token,
      kind: 'valkey-token',
      target: replication.ref,
      rights: [
        new iam.PolicyStatement({
          actions: ['elasticache:ModifyReplicationGroup', 'elasticache:DescribeReplicationGroups'],
          resources: [Stack.of(this).formatArn({ service: 'elasticache', resource: 'replicationgroup', resourceName: replication.ref, arnFormat: ArnFormat.COLON_RESOURCE_NAME })],
        }),
      ],
    });
    acknowledge(this, 'AwsSolutions-AEC5', 'The port is an edge of deploy/architecture.json, which the lab and its measurements share; the security group is what keeps others out.');
  }
}
