import { type App, Stack, Validations, type aws_s3 as s3 } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';

/** cdk-nag's rules of AwsSolutions, beside the validation of templates that CDK does by itself. Either's findings end the synthesis. */
export function check(app: App): void {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
}

/** The context that makes errors of CDK's template validation errors. */
export const strict = { '@aws-cdk/core:validateAgainstDefaultRules': true };

/** Says in a sentence why a rule does not apply to a construct and what is inside it. */
export function acknowledge(construct: IConstruct, id: string, reason: string): void {
  Validations.of(construct).acknowledge({ id, reason });
}

/** The same for a right on all of a bucket's objects below a prefix. */
export function acknowledgeObjects(construct: IConstruct, bucket: s3.Bucket, objects: string, reason: string): void {
  const name = Stack.of(bucket).getLogicalId(bucket.node.defaultChild as s3.CfnBucket);
  acknowledge(construct, `AwsSolutions-IAM5[Resource::<${name}.Arn>/${objects}]`, reason);
}
