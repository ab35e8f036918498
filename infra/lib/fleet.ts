import { Duration, RemovalPolicy, aws_autoscaling as autoscaling, type aws_cloudwatch as cloudwatch, aws_ec2 as ec2, type aws_elasticloadbalancingv2 as elb, aws_iam as iam, aws_logs as logs, type aws_sns as sns } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { architecture } from './architecture.ts';
import { acknowledge } from './checks.ts';
import type { Network } from './network.ts';
import type { Options } from './options.ts';
import { instanceLifetime } from './rotation.ts';

interface Props {
  readonly options: Options;
  readonly name: string;
  readonly network: Network;
  readonly group: ec2.ISecurityGroup;
  readonly role: iam.Role;
  readonly userData: ec2.UserData;
  readonly topic: sns.ITopic;
  /** Alarms that take a new version back. */
  readonly takeBack: cloudwatch.IAlarm[];
}

/** The shop's copies: instances that keep nothing, in every zone, as many as the traffic wants. */
export class Fleet extends Construct {
  readonly scaling: autoscaling.AutoScalingGroup;

  constructor(scope: Construct, id: string, p: Props) {
    super(scope, id);
    const { scaling: s } = architecture;
    const minimum = architecture.zones.length * Math.max(s.minimumPerZone, p.options.perZone ?? 0);
    this.logGroups(p);
    this.scaling = new autoscaling.AutoScalingGroup(this, 'Group', {
      autoScalingGroupName: p.name,
      vpc: p.network.vpc,
      vpcSubnets: p.network.app,
      launchTemplate: launchTemplate(this, 'Template', p),
      minCapacity: p.options.closed ? 0 : minimum,
      maxCapacity: p.options.closed ? 0 : Math.max(p.options.size.instance.max, minimum * 2),
      defaultInstanceWarmup: Duration.seconds(s.warmUpSeconds),
      cooldown: Duration.seconds(s.scaleInCooldownSeconds),
      healthChecks: autoscaling.HealthChecks.withAdditionalChecks({
        additionalTypes: [autoscaling.AdditionalHealthCheckType.ELB],
        gracePeriod: Duration.seconds(s.warmUpSeconds),
      }),
      groupMetrics: [autoscaling.GroupMetrics.all()],
      maxInstanceLifetime: instanceLifetime,
      // A new launch template, which is a new version of the shop, replaces instances, new ones first; an alarm takes it back.
      updatePolicy: autoscaling.UpdatePolicy.instanceRefresh({
        strategy: autoscaling.InstanceRefreshStrategy.ROLLING,
        minHealthyPercentage: 100,
        maxHealthyPercentage: 134,
        skipMatching: true,
        alarms: p.takeBack,
      }),
      notifications: [{ topic: p.topic, scalingEvents: autoscaling.ScalingEvents.ALL }],
    });
    this.hooks();
    // Before it starts, it may do what it must and reaches what it asks.
    this.scaling.node.addDependency(p.role, p.network.vpc.internetConnectivityEstablished);
    if (p.options.closed) return;
    this.scaling.scaleOnCpuUtilization('Cpu', {
      targetUtilizationPercent: s.targetCpuPercent,
      estimatedInstanceWarmup: Duration.seconds(s.warmUpSeconds),
    });
  }

  /** Puts the instances behind the load balancer, and makes their number follow its requests. */
  attach(targets: elb.ApplicationTargetGroup): void {
    this.scaling.attachToApplicationTargetGroup(targets);
    const { scaling: s } = architecture;
    this.scaling.scaleOnRequestCount('Requests', {
      targetRequestsPerMinute: s.targetRequestsPerInstanceAndMinute,
      estimatedInstanceWarmup: Duration.seconds(s.warmUpSeconds),
    });
  }

  /** An instance counts when it serves, and goes when it has finished: deploy/aws/install.sh and drain.sh answer these. */
  private hooks(): void {
    this.scaling.addLifecycleHook('Opening', {
      lifecycleHookName: 'opening',
      lifecycleTransition: autoscaling.LifecycleTransition.INSTANCE_LAUNCHING,
      heartbeatTimeout: Duration.minutes(10),
      defaultResult: autoscaling.DefaultResult.ABANDON,
    });
    this.scaling.addLifecycleHook('Closing', {
      lifecycleHookName: 'closing',
      lifecycleTransition: autoscaling.LifecycleTransition.INSTANCE_TERMINATING,
      heartbeatTimeout: Duration.seconds(2 * architecture.shop.drainSeconds),
      defaultResult: autoscaling.DefaultResult.CONTINUE,
    });
  }

  private logGroups(p: Props): void {
    for (const kind of ['shop', 'start', 'metrics']) {
      const group = new logs.LogGroup(this, `Log-${kind}`, { logGroupName: `/${p.name}/${kind}`, retention: p.options.size.logDays, removalPolicy: RemovalPolicy.DESTROY });
      group.grantWrite(p.role);
    }
    p.role.addToPolicy(
      new iam.PolicyStatement({ actions: ['cloudwatch:PutMetricData'], resources: ['*'], conditions: { StringEquals: { 'cloudwatch:namespace': 'MyClothes' } } }),
    );
    acknowledge(p.role, 'AwsSolutions-IAM5[Resource::*]', 'Measurements have no resources of their own; the condition holds the right to one namespace, and ec2messages and ssmmessages know none.');
  }
}

/** What an instance is: Graviton, no public address, no key to sign in with, metadata only by token. */
export function launchTemplate(scope: Construct, id: string, p: Pick<Props, 'options' | 'group' | 'role' | 'userData'> & { readonly temporary?: boolean }): ec2.LaunchTemplate {
  const instanceType = new ec2.InstanceType(p.options.size.instance.type);
  const cpuType = instanceType.architecture === ec2.InstanceArchitecture.ARM_64 ? ec2.AmazonLinuxCpuType.ARM_64 : ec2.AmazonLinuxCpuType.X86_64;
  return new ec2.LaunchTemplate(scope, id, {
    instanceType,
    // A public parameter of AWS that CloudFormation reads at each deployment.
    machineImage: ec2.MachineImage.latestAmazonLinux2023({ cpuType }),
    securityGroup: p.group,
    role: p.role,
    userData: p.userData,
    associatePublicIpAddress: false,
    requireImdsv2: true,
    httpPutResponseHopLimit: 1,
    instanceMetadataTags: true,
    detailedMonitoring: true,
    ebsOptimized: true,
    blockDevices: [{ deviceName: '/dev/xvda', volume: ec2.BlockDeviceVolume.ebs(p.options.size.instance.diskGiB, { encrypted: true, volumeType: ec2.EbsDeviceVolumeType.GP3 }) }],
    instanceInitiatedShutdownBehavior: p.temporary ? ec2.InstanceInitiatedShutdownBehavior.TERMINATE : undefined,
  });
}
