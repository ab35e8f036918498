import { aws_ec2 as ec2, aws_logs as logs, RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { architecture } from './architecture.ts';
import { type Options, zonesOf } from './options.ts';

/** Subnets in every zone: public for the load balancer, app for instances, data for what they keep. */
export class Network extends Construct {
  readonly vpc: ec2.Vpc;
  readonly app: ec2.SubnetSelection = { subnetGroupName: 'app' };
  readonly data: ec2.SubnetSelection = { subnetGroupName: 'data' };

  constructor(scope: Construct, id: string, o: Options) {
    super(scope, id);
    this.vpc = new ec2.Vpc(this, 'Vpc', {
      ipProtocol: ec2.IpProtocol.DUAL_STACK,
      ipAddresses: ec2.IpAddresses.cidr('10.0.0.0/16'),
      availabilityZones: zonesOf(o.region),
      // One for each zone: with a single one, the zone that it is in would take payments and mails of all zones along.
      natGateways: architecture.zones.length,
      restrictDefaultSecurityGroup: false, // needs a function of its own; nothing here uses that group
      subnetConfiguration: [
        { name: 'public', subnetType: ec2.SubnetType.PUBLIC, cidrMask: 24, mapPublicIpOnLaunch: false, ipv6AssignAddressOnCreation: true },
        { name: 'app', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 20, ipv6AssignAddressOnCreation: false },
        { name: 'data', subnetType: ec2.SubnetType.PRIVATE_ISOLATED, cidrMask: 24, ipv6AssignAddressOnCreation: false },
      ],
      gatewayEndpoints: {
        S3: { service: ec2.GatewayVpcEndpointAwsService.S3 },
        DynamoDB: { service: ec2.GatewayVpcEndpointAwsService.DYNAMODB },
      },
    });
    this.vpc.addFlowLog('Flows', {
      destination: ec2.FlowLogDestination.toCloudWatchLogs(new logs.LogGroup(this, 'FlowLog', { retention: o.size.logDays, removalPolicy: RemovalPolicy.DESTROY })),
      trafficType: ec2.FlowLogTrafficType.REJECT,
    });
  }

  /** Where the load balancer's requests come from. */
  get publicCidrs(): string[] {
    return this.vpc.publicSubnets.map((s) => s.ipv4CidrBlock);
  }

  /** Opens doors to AWS's services, one in each zone. */
  endpoints(services: readonly string[], group: ISecurityGroup): void {
    for (const service of services) {
      this.vpc.addInterfaceEndpoint(service, {
        service: new ec2.InterfaceVpcEndpointAwsService(service),
        subnets: this.app,
        securityGroups: [group],
        open: false,
      });
    }
  }
}
