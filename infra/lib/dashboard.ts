import { Duration, aws_cloudwatch as cloudwatch, aws_elasticloadbalancingv2 as elb, type aws_route53 as route53 } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Cache } from './cache.ts';
import type { Database } from './database.ts';
import type { Fleet } from './fleet.ts';
import type { LoadBalancer } from './load-balancer.ts';

interface Parts {
  readonly balancer: LoadBalancer;
  readonly fleet: Fleet;
  readonly database: Database;
  readonly cache: Cache | undefined;
  readonly health: route53.HealthCheck;
  readonly alarms: cloudwatch.IAlarm[];
}

/** One page: from visitors down to what is kept. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, name: string, p: Parts) {
    super(scope, id);
    const { balancer, targets } = p.balancer;
    const period = Duration.minutes(1);
    const graph = (title: string, ...left: cloudwatch.IMetric[]) => new cloudwatch.GraphWidget({ title, left, width: 8 });
    const inService = new cloudwatch.Metric({ namespace: 'AWS/AutoScaling', metricName: 'GroupInServiceInstances', dimensionsMap: { AutoScalingGroupName: p.fleet.scaling.autoScalingGroupName }, period });
    // Route 53 measures in us-east-1 alone.
    const outside = new cloudwatch.Metric({ namespace: 'AWS/Route53', metricName: 'HealthCheckStatus', region: 'us-east-1', dimensionsMap: { HealthCheckId: p.health.healthCheckId }, statistic: 'Minimum', period });
    const ofShop = (title: string, dimensions: string, metric: string) =>
      graph(title, new cloudwatch.MathExpression({ expression: `SEARCH('{MyClothes,${dimensions}} MetricName="${metric}"', 'Sum', 60)`, label: '', period }));
    const rows: cloudwatch.IWidget[][] = [
      [new cloudwatch.AlarmStatusWidget({ title: 'Alarms', alarms: p.alarms, width: 16, height: 6 }), graph('Reached from outside', outside)],
      [
        graph('Requests', balancer.metrics.requestCount({ period })),
        graph('Time to answer', ...['p50', 'p95', 'p99'].map((statistic) => targets.metrics.targetResponseTime({ statistic, period }))),
        graph('Errors', targets.metrics.httpCodeTarget(elb.HttpCodeTarget.TARGET_5XX_COUNT, { period }), balancer.metrics.httpCodeElb(elb.HttpCodeElb.ELB_5XX_COUNT, { period })),
      ],
      [
        graph('Instances', inService, targets.metrics.healthyHostCount({ period })),
        ofShop('Orders', 'status', 'myclothes_orders_total'),
        ofShop('Cache', 'cache,result', 'myclothes_cache_requests_total'),
      ],
      [
        graph('Database: CPU', p.database.primary.metricCPUUtilization(), ...p.database.replicas.map((r) => r.metricCPUUtilization())),
        graph('Database: connections', p.database.primary.metricDatabaseConnections()),
        graph('Replicas: seconds behind', ...p.database.replicas.map((r) => r.metric('ReplicaLag'))),
      ],
    ];
    if (p.cache) {
      const of = (metricName: string) => new cloudwatch.Metric({ namespace: 'AWS/ElastiCache', metricName, dimensionsMap: { ReplicationGroupId: p.cache!.id } });
      rows.push([graph('Valkey: CPU', of('EngineCPUUtilization')), graph('Valkey: memory', of('DatabaseMemoryUsagePercentage')), graph('Valkey: evictions', of('Evictions'))]);
    }
    new cloudwatch.Dashboard(this, 'Page', { dashboardName: name, widgets: rows });
  }
}
