import { aws_ssm as ssm } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** Settings of the shop, one parameter each, below one path and named as the shop names them. What is secret is named in them and kept elsewhere. */
export class Settings extends Construct {
  constructor(
    scope: Construct,
    id: string,
    readonly path: string,
    settings: Record<string, string>,
  ) {
    super(scope, id);
    for (const [name, stringValue] of Object.entries(settings)) {
      if (stringValue !== '') new ssm.StringParameter(this, name, { parameterName: `${path}/${name}`, stringValue });
    }
  }
}
