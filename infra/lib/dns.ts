import { Duration, aws_certificatemanager as acm, type aws_elasticloadbalancingv2 as elb, aws_route53 as route53 } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { architecture } from './architecture.ts';
import type { Options } from './options.ts';

/** The shop's name, and the certificate for it, which is renewed through the same zone. */
export class Dns extends Construct {
  readonly zone: route53.IHostedZone;
  readonly certificate: acm.Certificate;
  private readonly domain: string;

  constructor(scope: Construct, id: string, o: Options) {
    super(scope, id);
    this.domain = o.domain;
    this.zone = o.hostedZoneId
      ? route53.HostedZone.fromHostedZoneAttributes(this, 'Zone', { hostedZoneId: o.hostedZoneId, zoneName: o.domain })
      : new route53.PublicHostedZone(this, 'Zone', { zoneName: o.domain });
    this.certificate = new acm.Certificate(this, 'Certificate', {
      domainName: o.domain,
      validation: acm.CertificateValidation.fromDns(this.zone),
      keyAlgorithm: acm.KeyAlgorithm.EC_PRIME256V1,
    });
  }

  /** Answers with the balancer's addresses in zones where it has healthy instances, and has the shop asked from outside, over the way that visitors take. */
  pointTo(balancer: elb.ApplicationLoadBalancer): route53.HealthCheck {
    const health = new route53.HealthCheck(this, 'Health', {
      type: route53.HealthCheckType.HTTPS,
      fqdn: this.domain,
      port: architecture.loadBalancer.ports[1],
      resourcePath: architecture.shop.healthPath,
      requestInterval: Duration.seconds(30),
      failureThreshold: 2,
      measureLatency: true,
    });
    for (const type of ['A', 'AAAA']) {
      new route53.CfnRecordSet(this, type, {
        hostedZoneId: this.zone.hostedZoneId,
        name: this.domain,
        type,
        aliasTarget: {
          dnsName: balancer.loadBalancerDnsName,
          hostedZoneId: balancer.loadBalancerCanonicalHostedZoneId,
          evaluateTargetHealth: true,
        },
      });
    }
    return health;
  }
}
