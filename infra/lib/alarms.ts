import { Duration, aws_cloudwatch as cloudwatch, aws_cloudwatch_actions as actions, type aws_dynamodb as dynamodb, aws_elasticloadbalancingv2 as elb, aws_iam as iam, aws_sns as sns, aws_sns_subscriptions as subscriptions } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { architecture } from './architecture.ts';
import type { Cache } from './cache.ts';
import { acknowledge } from './checks.ts';
import type { Database } from './database.ts';
import type { Fleet } from './fleet.ts';
import type { LoadBalancer } from './load-balancer.ts';

/** Where alarms go. Subscribers must confirm by mail. */
export class AlarmTopic extends Construct {
  readonly topic: sns.Topic;

  constructor(scope: Construct, id: string, mail: string) {
    super(scope, id);
    this.topic = new sns.Topic(this, 'Topic', { enforceSSL: true });
    for (const service of ['cloudwatch.amazonaws.com', 'autoscaling.amazonaws.com']) {
      this.topic.addToResourcePolicy(new iam.PolicyStatement({ actions: ['sns:Publish'], principals: [new iam.ServicePrincipal(service)], resources: [this.topic.topicArn] }));
    }
    if (mail) this.topic.addSubscription(new subscriptions.EmailSubscription(mail));
    acknowledge(this.topic, 'AwsSolutions-SNS2', 'Alarms name parts and numbers, never people or secrets.');
  }
}

interface Parts {
  readonly balancer: LoadBalancer;
  readonly fleet: Fleet;
  readonly database: Database;
  readonly cache: Cache | undefined;
  readonly table: dynamodb.TableV2;
  readonly closed: boolean;
}

/** What somebody should be woken for, and what can wait until the morning. */
export class Alarms extends Construct {
  readonly all: cloudwatch.Alarm[] = [];

  constructor(
    scope: Construct,
    id: string,
    private readonly topic: sns.ITopic,
  ) {
    super(scope, id);
  }

  /** What visitors would notice. These alarms also take a new version back. */
  watchVisitors({ balancer, targets }: LoadBalancer): cloudwatch.Alarm[] {
    const minute = { period: Duration.minutes(1) };
    return [
      this.above('Errors', targets.metrics.httpCodeTarget(elb.HttpCodeTarget.TARGET_5XX_COUNT, minute), 20, 2, 'The shop answers with errors.'),
      this.above('Slow', targets.metrics.targetResponseTime({ ...minute, statistic: 'p99' }), 2, 5, 'One visitor in a hundred waits for more than two seconds.'),
      this.above('Unanswered', balancer.metrics.httpCodeElb(elb.HttpCodeElb.ELB_5XX_COUNT, minute), 20, 2, 'The load balancer finds nobody to answer.'),
    ];
  }

  /** What comes before that. */
  watchParts(parts: Parts): void {
    if (!parts.closed) this.watchInstances(parts);
    this.watchDatabase(parts.database);
    if (parts.cache) this.watchCache(parts.cache);
    this.watchCarts(parts.table);
  }

  private watchInstances({ balancer, fleet }: Parts): void {
    const name = fleet.scaling.autoScalingGroupName;
    const inService = new cloudwatch.Metric({ namespace: 'AWS/AutoScaling', metricName: 'GroupInServiceInstances', dimensionsMap: { AutoScalingGroupName: name }, statistic: 'Minimum', period: Duration.minutes(1) });
    this.below('FewInstances', inService, architecture.zones.length * architecture.scaling.minimumPerZone, 5, 'There are fewer instances than zones.');
    this.above('Unhealthy', balancer.targets.metrics.unhealthyHostCount({ period: Duration.minutes(1) }), 0, 10, 'An instance has been failing its health check for ten minutes.');
  }

  private watchDatabase({ primary, replicas }: Database): void {
    const five = { period: Duration.minutes(5) };
    this.above('DatabaseCpu', primary.metricCPUUtilization(five), 80, 3, 'The primary database is near its limit.');
    this.below('DatabaseStorage', primary.metricFreeStorageSpace({ ...five, statistic: 'Minimum' }), 5 * 1024 ** 3, 1, 'The database has less than 5 GiB left.');
    this.below('DatabaseMemory', primary.metricFreeableMemory(five), 128 * 1024 ** 2, 3, 'The database has less than 128 MiB of memory left.');
    replicas.forEach((r, i) => {
      const lag = r.metric('ReplicaLag', { ...five, statistic: 'Maximum' });
      this.above(`Replica${i + 1}Lag`, lag, 30, 2, 'A replica is half a minute behind; the shop has stopped reading from it.');
    });
  }

  private watchCache({ id, nodes }: Cache): void {
    for (let i = 1; i <= nodes; i++) {
      const metric = (metricName: string, statistic: string) =>
        new cloudwatch.Metric({ namespace: 'AWS/ElastiCache', metricName, statistic, dimensionsMap: { CacheClusterId: `${id}-00${i}` }, period: Duration.minutes(5) });
      this.above(`Cache${i}Memory`, metric('DatabaseMemoryUsagePercentage', 'Maximum'), 75, 2, 'The cache fills up: carts would be pushed out.');
      this.above(`Cache${i}Evictions`, metric('Evictions', 'Sum'), 1000, 2, 'The cache pushes out what it holds.');
      this.above(`Cache${i}Cpu`, metric('EngineCPUUtilization', 'Average'), 80, 3, 'The cache is near its limit.');
    }
  }

  private watchCarts(table: dynamodb.TableV2): void {
    const throttled = table.metricThrottledRequestsForOperations({
      operations: ['GetItem', 'PutItem', 'UpdateItem'].map((o) => o as dynamodb.Operation),
      period: Duration.minutes(5),
    });
    this.above('CartsThrottled', throttled, 10, 2, 'DynamoDB refuses changes of carts.');
  }

  private above(name: string, metric: cloudwatch.IMetric, threshold: number, periods: number, alarmDescription: string): cloudwatch.Alarm {
    return this.alarm(name, metric, threshold, periods, alarmDescription, cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD, cloudwatch.TreatMissingData.NOT_BREACHING);
  }

  private below(name: string, metric: cloudwatch.IMetric, threshold: number, periods: number, alarmDescription: string): cloudwatch.Alarm {
    return this.alarm(name, metric, threshold, periods, alarmDescription, cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD, cloudwatch.TreatMissingData.BREACHING);
  }

  private alarm(name: string, metric: cloudwatch.IMetric, threshold: number, evaluationPeriods: number, alarmDescription: string, comparisonOperator: cloudwatch.ComparisonOperator, treatMissingData: cloudwatch.TreatMissingData): cloudwatch.Alarm {
    const alarm = new cloudwatch.Alarm(this, name, { metric, threshold, evaluationPeriods, alarmDescription, comparisonOperator, treatMissingData });
    const action = new actions.SnsAction(this.topic);
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
    this.all.push(alarm);
    return alarm;
  }
}
