import { fileURLToPath } from 'node:url';
import { Duration, RemovalPolicy, aws_iam as iam, aws_lambda as lambda, aws_logs as logs, type aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { acknowledge } from './checks.ts';

/** How often a secret that the shop reads gets a new value. */
export const rotationPeriod = Duration.days(30);

/** How long an instance lives at most. Each reads its secrets when it starts; a value stays good for a period after the next one came. */
export const instanceLifetime = Duration.days(7);

interface Props {
  readonly secret: secretsmanager.Secret;
  /** Which of rotation/ makes the new value. */
  readonly kind: 'seal-keys' | 'valkey-token' | 'access-key';
  /** What the new value is told to: the cache or the user. */
  readonly target?: string;
  readonly rights?: iam.PolicyStatement[];
}

/** A function of ours that gives a secret a new value. */
export class Rotation extends Construct {
  constructor(scope: Construct, id: string, p: Props) {
    super(scope, id);
    const logGroup = new logs.LogGroup(this, 'Log', { retention: logs.RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
    const role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    for (const right of p.rights ?? []) role.addToPolicy(right);
    const rotator = new lambda.Function(this, 'Function', {
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      handler: 'index.handler',
      code: lambda.Code.fromAsset(fileURLToPath(new URL('../rotation', import.meta.url))),
      environment: { KIND: p.kind, TARGET: p.target ?? '' },
      timeout: Duration.minutes(10),
      role,
      logGroup,
    });
    p.secret.addRotationSchedule('Rotation', { rotationLambda: rotator, automaticallyAfter: rotationPeriod });
    acknowledge(role, 'AwsSolutions-IAM5[Resource::*]', 'Secrets Manager has the function allowed to ask for a random password, which no resource limits.');
  }
}
