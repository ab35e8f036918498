import { CfnOutput, type aws_ec2 as ec2, aws_iam as iam, type aws_s3 as s3 } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { acknowledgeObjects } from './checks.ts';
import { launchTemplate } from './fleet.ts';
import type { Network } from './network.ts';
import type { Options } from './options.ts';

interface Props {
  readonly options: Options;
  readonly network: Network;
  readonly group: ec2.ISecurityGroup;
  readonly role: iam.Role;
  readonly userData: ec2.UserData;
  readonly releases: s3.Bucket;
}

/** From what deploy/aws/migrate.sh starts an instance that may change the schema, does that, and ends. The shop's own instances may not. */
export class Migration extends Construct {
  constructor(scope: Construct, id: string, p: Props) {
    super(scope, id);
    p.role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [p.releases.arnForObjects('*')] }));
    p.role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:PutObject'], resources: [p.releases.arnForObjects('results/*')] }));
    acknowledgeObjects(p.role, p.releases, '*', 'It reads whichever release it is to migrate to, from the one bucket that has them.');
    acknowledgeObjects(p.role, p.releases, 'results/*', 'It leaves its result under its own name, which nobody knows before it is there.');
    const template = launchTemplate(this, 'Template', { ...p, temporary: true });
    const output = (name: string, value: string) => new CfnOutput(this, name, { value }).overrideLogicalId(name);
    output('Releases', p.releases.bucketName);
    output('MigrationTemplate', template.launchTemplateId ?? '');
    output('MigrationSubnet', p.network.vpc.selectSubnets(p.network.app).subnetIds[0] ?? '');
  }
}
