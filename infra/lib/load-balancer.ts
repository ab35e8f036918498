import { Duration, aws_certificatemanager as acm, type aws_ec2 as ec2, aws_elasticloadbalancingv2 as elb, type aws_s3 as s3 } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { architecture } from './architecture.ts';
import type { Network } from './network.ts';

/** The only public door: HTTP is sent to HTTPS, HTTPS to instances that are healthy. */
export class LoadBalancer extends Construct {
  readonly balancer: elb.ApplicationLoadBalancer;
  readonly targets: elb.ApplicationTargetGroup;

  constructor(scope: Construct, id: string, network: Network, group: ec2.ISecurityGroup, certificate: acm.ICertificate, logs: s3.IBucket, stickiness: boolean) {
    super(scope, id);
    const { loadBalancer, shop } = architecture;
    this.balancer = new elb.ApplicationLoadBalancer(this, 'Balancer', {
      vpc: network.vpc,
      vpcSubnets: { subnetGroupName: 'public' },
      internetFacing: true,
      ipAddressType: elb.IpAddressType.DUAL_STACK,
      securityGroup: group,
      idleTimeout: Duration.seconds(loadBalancer.idleSeconds),
      dropInvalidHeaderFields: true,
      desyncMitigationMode: elb.DesyncMitigationMode.STRICTEST,
      xffHeaderProcessingMode: elb.XffHeaderProcessingMode.APPEND,
      deletionProtection: true,
      crossZoneEnabled: true,
    });
    this.balancer.logAccessLogs(logs, 'balancer');
    this.targets = new elb.ApplicationTargetGroup(this, 'Instances', {
      vpc: network.vpc,
      protocol: elb.ApplicationProtocol.HTTP,
      port: shop.port,
      targetType: elb.TargetType.INSTANCE,
      deregistrationDelay: Duration.seconds(shop.drainSeconds),
      loadBalancingAlgorithmType: elb.TargetGroupLoadBalancingAlgorithmType.LEAST_OUTSTANDING_REQUESTS,
      stickinessCookieDuration: stickiness ? Duration.days(1) : undefined,
      healthCheck: {
        path: shop.healthPath,
        healthyHttpCodes: '200',
        interval: Duration.seconds(loadBalancer.health.intervalSeconds),
        timeout: Duration.seconds(loadBalancer.health.timeoutSeconds),
        healthyThresholdCount: loadBalancer.health.healthyAfter,
        unhealthyThresholdCount: loadBalancer.health.unhealthyAfter,
      },
    });
    const [plain, tls] = loadBalancer.ports;
    this.balancer.addListener('Plain', {
      port: plain,
      protocol: elb.ApplicationProtocol.HTTP,
      open: false,
      defaultAction: elb.ListenerAction.redirect({ protocol: 'HTTPS', port: String(tls), permanent: true }),
    });
    this.balancer.addListener('TLS', {
      port: tls,
      protocol: elb.ApplicationProtocol.HTTPS,
      open: false,
      certificates: [certificate],
      sslPolicy: elb.SslPolicy.RECOMMENDED_TLS,
      defaultAction: elb.ListenerAction.forward([this.targets]),
    });
  }
}
