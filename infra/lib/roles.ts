import { ArnFormat, Stack, aws_iam as iam, type aws_s3_assets as assets, type aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { acknowledge } from './checks.ts';

interface Rights {
  readonly settings: string[];
  readonly secrets: secretsmanager.ISecret[];
  readonly archive: assets.Asset;
}

/** What every instance may do: fetch its release, read its settings and its secrets, and be signed in to through Systems Manager instead of SSH. */
export function instanceRole(scope: Construct, id: string, r: Rights): iam.Role {
  const role = new iam.Role(scope, id, { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
  const parameters = r.settings.map((path) => Stack.of(scope).formatArn({ service: 'ssm', resource: 'parameter', resourceName: path.slice(1), arnFormat: ArnFormat.SLASH_RESOURCE_NAME }));
  role.addToPolicy(new iam.PolicyStatement({ actions: ['ssm:GetParametersByPath'], resources: parameters }));
  role.addToPolicy(
    new iam.PolicyStatement({
      actions: [
        'ssm:UpdateInstanceInformation', 'ssmmessages:CreateControlChannel', 'ssmmessages:CreateDataChannel', 'ssmmessages:OpenControlChannel', 'ssmmessages:OpenDataChannel',
      ],
      resources: ['*'],
    }),
  );
  for (const secret of r.secrets) secret.grantRead(role);
  role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [r.archive.bucket.arnForObjects(r.archive.s3ObjectKey)] }));
  acknowledge(role, 'AwsSolutions-IAM5[Resource::*]', 'Session Manager, which stands in for SSH, has actions that no resource limits.');
  return role;
}
