import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import { architecture, unnoticedSeconds } from '../lib/architecture.ts';
import { archiveFor } from '../lib/release.ts';
import { all, flat, one, settings, template } from './template.ts';

const standard = () => template({ size: 'standard' });
const zones = ['ap-northeast-2a', 'ap-northeast-2b', 'ap-northeast-2c'];

test('network: three kinds of subnets in three zones, a way out of its own in each', () => {
  const t = standard();
  const subnets = [...all(t, 'AWS::EC2::Subnet').values()].map((s) => s.Properties);
  for (const kind of architecture.subnets) {
    const of = subnets.filter((s) => s.Tags.some((x: { Key: string; Value: string }) => x.Key === 'aws-cdk:subnet-name' && x.Value === kind));
    assert.deepEqual(of.map((s) => s.AvailabilityZone).sort(), zones, kind);
    for (const s of of) assert.equal(s.MapPublicIpOnLaunch ?? false, false);
  }
  const gateways = all(t, 'AWS::EC2::NatGateway');
  assert.equal(gateways.size, 3);
  assert.equal(new Set([...gateways.values()].map((g) => flat(g.Properties.SubnetId))).size, 3);
  const ways = [...all(t, 'AWS::EC2::Route').values()].map((r) => r.Properties).filter((r) => r.NatGatewayId);
  assert.equal(new Set(ways.map((r) => flat(r.NatGatewayId))).size, 3, 'every zone has its own');
  assert.equal(new Set(ways.map((r) => flat(r.RouteTableId))).size, 3);
});

test('network: data subnets have no way out', () => {
  for (const [name, r] of all(standard(), 'AWS::EC2::Route')) {
    if (name.includes('data')) assert.fail(`${name}: ${JSON.stringify(r.Properties)}`);
  }
});

test('network: doors to AWS without a toll in every size, the others from standard on, in every zone and in their own group', () => {
  for (const size of ['small', 'standard', 'large']) {
    const doors = [...all(template({ size }), 'AWS::EC2::VPCEndpoint').values()].map((d) => d.Properties);
    const gateways = doors.filter((d) => d.VpcEndpointType === 'Gateway');
    assert.deepEqual(gateways.map((d) => flat(d.ServiceName).split('.').at(-1)).sort(), ['dynamodb', 's3']);
    const interfaces = doors.filter((d) => d.VpcEndpointType === 'Interface');
    assert.equal(interfaces.length, size === 'small' ? 0 : 4);
    for (const d of interfaces) {
      assert.equal(d.SubnetIds.length, 3);
      assert.match(flat(d.SecurityGroupIds[0]), /endpoints/);
    }
  }
});

test('dns: the shop’s name leads to the balancer while it has healthy targets; it is asked from outside', () => {
  const t = standard();
  const records = [...all(t, 'AWS::Route53::RecordSet').values()].map((r) => r.Properties);
  assert.deepEqual(records.map((r) => r.Type).sort(), ['A', 'AAAA']);
  for (const r of records) {
    assert.equal(r.Name, 'myclothes.example');
    assert.equal(r.AliasTarget.EvaluateTargetHealth, true);
  }
  const { HealthCheckConfig: c } = one(t, 'AWS::Route53::HealthCheck').Properties;
  assert.deepEqual([c.Type, c.FullyQualifiedDomainName, c.Port, c.ResourcePath], ['HTTPS', 'myclothes.example', 443, architecture.shop.healthPath]);
  assert.equal(all(template({ size: 'standard', hostedZoneId: 'Z123' }), 'AWS::Route53::HostedZone').size, 0, 'a zone that is there is used');
});

test('certificate: proved through the same zone', () => {
  const c = one(standard(), 'AWS::CertificateManager::Certificate').Properties;
  assert.equal(c.DomainName, 'myclothes.example');
  assert.equal(c.ValidationMethod, 'DNS');
});

test('load balancer: sends HTTP to HTTPS, speaks modern TLS, logs, cannot be deleted by mistake', () => {
  const t = standard();
  const listeners = [...all(t, 'AWS::ElasticLoadBalancingV2::Listener').values()].map((l) => l.Properties);
  const plain = listeners.find((l) => l.Port === 80);
  assert.deepEqual(plain.DefaultActions[0].RedirectConfig, { Port: '443', Protocol: 'HTTPS', StatusCode: 'HTTP_301' });
  const tls = listeners.find((l) => l.Port === 443);
  assert.match(tls.SslPolicy, /TLS13-1-2/);
  assert.equal(tls.DefaultActions[0].Type, 'forward');
  assert.equal(listeners.length, 2);
  const b = one(t, 'AWS::ElasticLoadBalancingV2::LoadBalancer').Properties;
  const has = Object.fromEntries(b.LoadBalancerAttributes.map((a: { Key: string; Value: string }) => [a.Key, a.Value]));
  assert.equal(has['access_logs.s3.enabled'], 'true');
  assert.equal(has['deletion_protection.enabled'], 'true');
  assert.equal(has['routing.http.drop_invalid_header_fields.enabled'], 'true');
  assert.equal(has['idle_timeout.timeout_seconds'], String(architecture.loadBalancer.idleSeconds));
  assert.equal(b.Scheme, 'internet-facing');
  assert.equal(b.Subnets.length, 3);
});

test('load balancer: health check, drain and affinity', () => {
  const attributes = (t = standard()) => {
    const g = one(t, 'AWS::ElasticLoadBalancingV2::TargetGroup').Properties;
    return { g, has: Object.fromEntries(g.TargetGroupAttributes.map((a: { Key: string; Value: string }) => [a.Key, a.Value])) };
  };
  const { g, has } = attributes();
  const { health } = architecture.loadBalancer;
  assert.deepEqual(
    [g.Port, g.HealthCheckPath, g.HealthCheckIntervalSeconds, g.HealthCheckTimeoutSeconds, g.HealthyThresholdCount, g.UnhealthyThresholdCount, g.Matcher.HttpCode],
    [architecture.shop.port, architecture.shop.healthPath, health.intervalSeconds, health.timeoutSeconds, health.healthyAfter, health.unhealthyAfter, '200'],
  );
  assert.equal(has['deregistration_delay.timeout_seconds'], String(architecture.shop.drainSeconds));
  assert.equal(has['stickiness.enabled'], 'false');
  const pinned = attributes(template({ size: 'small', stickiness: 'true' })).has;
  assert.equal(pinned['stickiness.enabled'], 'true');
  assert.equal(pinned['stickiness.type'], 'lb_cookie');
});

test('fleet: Graviton, metadata by token, no public address, no key, an encrypted disk', () => {
  for (const l of all(standard(), 'AWS::EC2::LaunchTemplate').values()) {
    const d = l.Properties.LaunchTemplateData;
    assert.equal(d.InstanceType, 'c7g.large');
    assert.deepEqual(d.MetadataOptions, { HttpPutResponseHopLimit: 1, HttpTokens: 'required', InstanceMetadataTags: 'enabled' });
    assert.equal(d.NetworkInterfaces[0].AssociatePublicIpAddress, false);
    assert.equal('KeyName' in d, false);
    assert.equal(d.BlockDeviceMappings[0].Ebs.Encrypted, true);
    assert.match(JSON.stringify(standard().Parameters[d.ImageId.Ref]), /AWS::SSM::Parameter::Value.*al2023-ami-kernel-[^"]+-arm64/);
  }
});

test('fleet: the release is of the processor’s kind', () => {
  assert.match(archiveFor(new ec2.InstanceType('c7g.large')), /linux-arm64/);
  assert.match(archiveFor(new ec2.InstanceType('c7i.large')), /linux-amd64/);
});

test('fleet: spans the zones, counts by the balancer’s health, follows CPU and requests', () => {
  const t = standard();
  const g = one(t, 'AWS::AutoScaling::AutoScalingGroup');
  assert.equal(g.Properties.MinSize, String(architecture.zones.length * architecture.scaling.minimumPerZone));
  assert.equal(g.Properties.VPCZoneIdentifier.length, 3);
  assert.match(g.Properties.HealthCheckType, /ELB/);
  assert.equal(g.Properties.DefaultInstanceWarmup, architecture.scaling.warmUpSeconds);
  assert.equal(g.Properties.TargetGroupARNs.length, 1);
  const policies = [...all(t, 'AWS::AutoScaling::ScalingPolicy').values()].map((p) => p.Properties.TargetTrackingConfiguration);
  const target = (metric: string) => policies.find((p) => p.PredefinedMetricSpecification.PredefinedMetricType === metric).TargetValue;
  assert.equal(target('ASGAverageCPUUtilization'), architecture.scaling.targetCpuPercent);
  assert.equal(target('ALBRequestCountPerTarget'), architecture.scaling.targetRequestsPerInstanceAndMinute);
});

test('fleet: a new version replaces instances without having fewer, and an alarm takes it back', () => {
  const t = standard();
  const policy = one(t, 'AWS::AutoScaling::AutoScalingGroup').UpdatePolicy as { AutoScalingInstanceRefresh: { Preferences: Record<string, unknown> } };
  const refresh = policy.AutoScalingInstanceRefresh.Preferences;
  assert.equal(refresh.MinHealthyPercentage, 100);
  assert.ok(Number(refresh.MaxHealthyPercentage) > 100);
  assert.equal(JSON.stringify(refresh.AlarmSpecification).match(/"Ref"/g)?.length, 3);
});

test('fleet: an instance counts when it serves and goes when it has finished', () => {
  const hooks = [...all(standard(), 'AWS::AutoScaling::LifecycleHook').values()].map((h) => h.Properties);
  const opening = hooks.find((h) => h.LifecycleTransition.endsWith('LAUNCHING'));
  const closing = hooks.find((h) => h.LifecycleTransition.endsWith('TERMINATING'));
  assert.deepEqual([opening.LifecycleHookName, opening.DefaultResult], ['opening', 'ABANDON']);
  assert.deepEqual([closing.LifecycleHookName, closing.DefaultResult], ['closing', 'CONTINUE']);
  assert.ok(closing.HeartbeatTimeout > architecture.shop.drainSeconds);
});

test('fleet: closed has no instances, and more per zone raises the least', () => {
  const g = (given: Record<string, string>) => one(template({ size: 'small', ...given }), 'AWS::AutoScaling::AutoScalingGroup').Properties;
  assert.deepEqual([g({ closed: 'true' }).MinSize, g({ closed: 'true' }).MaxSize], ['0', '0']);
  assert.deepEqual([g({ perZone: '5' }).MinSize, g({ perZone: '5' }).MaxSize], ['15', '30']);
});

test('cache: several zones, TLS, a password that no template holds', () => {
  const v = one(standard(), 'AWS::ElastiCache::ReplicationGroup').Properties;
  assert.equal(v.Engine, 'valkey');
  assert.deepEqual([v.MultiAZEnabled, v.AutomaticFailoverEnabled, v.TransitEncryptionEnabled, v.AtRestEncryptionEnabled], [true, true, true, true]);
  assert.deepEqual(v.PreferredCacheClusterAZs, zones);
  assert.match(flat(v.AuthToken), /^\{\{resolve:secretsmanager:/);
  assert.equal(v.Port, 6379);
});

test('carts in DynamoDB: the table that the shop would make, kept and restorable', () => {
  const c = one(standard(), 'AWS::DynamoDB::GlobalTable');
  assert.deepEqual(c.Properties.KeySchema, [{ AttributeName: 'id', KeyType: 'HASH' }]);
  assert.deepEqual(c.Properties.TimeToLiveSpecification, { AttributeName: 'expires', Enabled: true });
  assert.equal(c.Properties.Replicas[0].PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled, true);
  assert.equal(c.Properties.Replicas[0].DeletionProtectionEnabled, true);
  assert.equal(c.DeletionPolicy, 'Retain');
});

test('database: a standby in another zone, encrypted, backed up, kept', () => {
  const all_ = [...all(standard(), 'AWS::RDS::DBInstance').values()];
  const primary = all_.find((d) => !d.Properties.SourceDBInstanceIdentifier);
  assert.ok(primary);
  const p = primary.Properties;
  assert.deepEqual([p.Engine, p.MultiAZ, p.StorageEncrypted, p.DeletionProtection, p.PubliclyAccessible, p.BackupRetentionPeriod], ['postgres', true, true, true, false, 14]);
  assert.equal(primary.DeletionPolicy, 'Snapshot');
  const parameters = one(standard(), 'AWS::RDS::DBParameterGroup').Properties.Parameters;
  assert.equal(parameters['rds.force_ssl'], '1');
  assert.equal(parameters.synchronous_commit, 'on');
});

test('database: replicas take turns among the zones, and the shop is told of each', () => {
  for (const n of [0, 1, 5, 15]) {
    const t = template({ size: 'small', replicas: String(n) });
    const replicas = [...all(t, 'AWS::RDS::DBInstance').values()].map((d) => d.Properties).filter((d) => d.SourceDBInstanceIdentifier);
    assert.deepEqual(replicas.map((r) => r.AvailabilityZone), Array.from({ length: n }, (_, i) => zones[i % 3]));
    const told = (settings(t).get('replicas') ?? '').split(' ').filter(Boolean);
    assert.equal(new Set(told).size, n);
    for (const r of told) assert.match(r, /^postgres:\/\/@\{database:username\}:@\{database:password\}@«.+»:5432\/myclothes\?sslmode=verify-full/);
  }
});

test('secrets: what the shop reads rotates, and no value is in the template', () => {
  const t = standard();
  const rotated = new Set([...all(t, 'AWS::SecretsManager::RotationSchedule').values()].map((r) => flat(r.Properties.SecretId)));
  const attached = new Map([...all(t, 'AWS::SecretsManager::SecretTargetAttachment')].map(([name, r]) => [`«${name}»`, flat(r.Properties.SecretId)]));
  const names = [...rotated].map((id) => all(t, 'AWS::SecretsManager::Secret').get((attached.get(id) ?? id).slice(1, -1))?.Properties.Name).sort();
  assert.deepEqual(names, ['myclothes/aws', 'myclothes/database', 'myclothes/owner', 'myclothes/secret-keys', 'myclothes/valkey']);
  for (const r of all(t, 'AWS::SecretsManager::RotationSchedule').values()) assert.equal(r.Properties.RotationRules.ScheduleExpression, 'rate(30 days)');
  for (const s of all(t, 'AWS::SecretsManager::Secret').values()) assert.equal('SecretString' in s.Properties, false);
});

test('media: nobody but the shop, and only over TLS', () => {
  for (const b of all(standard(), 'AWS::S3::Bucket').values()) {
    assert.deepEqual(b.Properties.PublicAccessBlockConfiguration, { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true });
    assert.ok(b.Properties.BucketEncryption);
  }
  assert.equal([...all(standard(), 'AWS::S3::BucketPolicy').values()].filter((p) => JSON.stringify(p).includes('aws:SecureTransport')).length, 3);
});

test('firewall: stands before the balancer, with AWS’s rules and a limit by address', () => {
  const t = standard();
  const rules = one(t, 'AWS::WAFv2::WebACL').Properties.Rules.map((r: { Name: string }) => r.Name);
  assert.deepEqual(rules, ['ManyRequests', 'AmazonIpReputationList', 'CommonRuleSet', 'KnownBadInputsRuleSet', 'SQLiRuleSet']);
  assert.match(flat(one(t, 'AWS::WAFv2::WebACLAssociation').Properties.ResourceArn), /LoadBalancer/);
});

test('alarms: each tells somebody, and all of them are on the dashboard', () => {
  const t = template({ size: 'standard', alarmMail: 'ops@myclothes.example' });
  const alarms = all(t, 'AWS::CloudWatch::Alarm');
  const own = [...alarms].filter(([name]) => name.startsWith('Alarms'));
  assert.ok(own.length >= 15, `${own.length}`);
  const page = flat(one(t, 'AWS::CloudWatch::Dashboard').Properties.DashboardBody);
  for (const [name, a] of own) {
    assert.equal(a.Properties.AlarmActions.length, 1, name);
    assert.ok(page.includes(`«${name}.Arn»`), name);
  }
  assert.equal(one(t, 'AWS::SNS::Subscription').Properties.Endpoint, 'ops@myclothes.example');
});

test('settings: say what the options choose, and nothing secret', () => {
  const s = settings(template({ size: 'standard', cartHome: 'dynamodb', cartHomePrevious: 'valkey', cache: 'off', replicas: '0' }));
  assert.equal(s.get('cart-home'), 'dynamodb');
  assert.equal(s.get('cart-home-previous'), 'valkey');
  assert.equal(s.get('dynamodb'), 'dynamodb://ap-northeast-2/myclothes-carts');
  assert.match(s.get('valkey') ?? '', /^valkeys:\/\/:@\{valkey\}@«.+PrimaryEndPoint.Address»:6379$/);
  assert.equal(s.get('cache'), 'off');
  assert.equal(s.get('trusted-proxies'), '10.0.0.0/24 10.0.1.0/24 10.0.2.0/24');
  assert.equal(s.get('drain-timeout'), `${architecture.shop.drainSeconds}s`);
  assert.equal(s.get('drain-delay'), `${unnoticedSeconds}s`);
  assert.ok(unnoticedSeconds < architecture.shop.drainSeconds);
  assert.equal(s.has('replicas'), false);
});

test('the shop’s own credentials work inside the network alone', () => {
  const of = [...all(standard(), 'AWS::IAM::Policy').values()].filter((p) => p.Properties.Users);
  assert.equal(of.length, 1);
  const policy = JSON.stringify(of[0]?.Properties);
  assert.equal(policy.match(/aws:SourceVpc/g)?.length, policy.match(/"Effect":"Allow"/g)?.length);
});

test('a migration runs with the owner’s rights, on an instance that ends', () => {
  const t = standard();
  const templates = [...all(t, 'AWS::EC2::LaunchTemplate').values()].map((l) => l.Properties.LaunchTemplateData);
  const migration = templates.find((l) => flat(l.UserData).includes('ACT=migrate'));
  assert.equal(migration.InstanceInitiatedShutdownBehavior, 'terminate');
  const reads = (role: RegExp) => [...all(t, 'AWS::IAM::Policy')].filter(([name]) => role.test(name)).map(([, p]) => JSON.stringify(p.Properties)).join();
  assert.match(reads(/^MigrationRole/), /SecretsOwner/);
  assert.doesNotMatch(reads(/^InstanceRole/), /SecretsOwner/);
});
