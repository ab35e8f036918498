import { RemovalPolicy, aws_logs as logs, aws_wafv2 as waf } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** Requests from one address within five minutes. A page with all its pictures is about forty. */
const manyRequests = 6000;

/** Refuses what is known to be an attack, before it reaches an instance. */
export class Firewall extends Construct {
  readonly acl: waf.CfnWebACL;

  constructor(scope: Construct, id: string, prefix: string, balancerArn: string, logDays: number) {
    super(scope, id);
    const measured = (metricName: string) => ({ metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true });
    const managed = (name: string, priority: number, count: string[] = []): waf.CfnWebACL.RuleProperty => ({
      name,
      priority,
      overrideAction: { none: {} },
      statement: {
        managedRuleGroupStatement: {
          vendorName: 'AWS',
          name: `AWSManagedRules${name}`,
          ruleActionOverrides: count.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
        },
      },
      visibilityConfig: measured(name),
    });
    this.acl = new waf.CfnWebACL(this, 'Acl', {
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: measured('Firewall'),
      rules: [
        {
          name: 'ManyRequests',
          priority: 0,
          action: { block: { customResponse: { responseCode: 429 } } },
          statement: { rateBasedStatement: { limit: manyRequests, aggregateKeyType: 'IP', evaluationWindowSec: 300 } },
          visibilityConfig: measured('ManyRequests'),
        },
        managed('AmazonIpReputationList', 1),
        // The shop has limits of its own for bodies, and clients of its API may come without a User-Agent.
        managed('CommonRuleSet', 2, ['SizeRestrictions_BODY', 'NoUserAgent_HEADER']),
        managed('KnownBadInputsRuleSet', 3),
        managed('SQLiRuleSet', 4),
      ],
    });
    new waf.CfnWebACLAssociation(this, 'Association', { resourceArn: balancerArn, webAclArn: this.acl.attrArn });
    // WAF writes only to groups of that beginning.
    const log = new logs.LogGroup(this, 'Log', { logGroupName: `aws-waf-logs-${prefix}`, retention: logDays, removalPolicy: RemovalPolicy.DESTROY });
    new waf.CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: this.acl.attrArn,
      logDestinationConfigs: [log.logGroupArn],
      redactedFields: [{ singleHeader: { Name: 'cookie' } }, { singleHeader: { Name: 'authorization' } }],
      loggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [{ Behavior: 'KEEP', Requirement: 'MEETS_ANY', Conditions: [{ ActionCondition: { Action: 'BLOCK' } }, { ActionCondition: { Action: 'COUNT' } }] }],
      },
    });
  }
}
