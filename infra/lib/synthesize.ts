import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { check, strict } from './checks.ts';
import { type Given, options } from './options.ts';
import { Shop } from './shop.ts';

/** What the templates are made under: the behaviour of today's CDK where older applications may keep another. */
const flags = {
  ...strict,
  '@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy': true,
  '@aws-cdk/aws-iam:minimizePolicies': true,
  '@aws-cdk/core:enablePartitionLiterals': true,
  '@aws-cdk/aws-lambda:recognizeLayerVersion': true,
  '@aws-cdk/aws-rds:databaseProxyUniqueResourceName': true,
  '@aws-cdk/aws-s3:createDefaultLoggingPolicy': true,
  '@aws-cdk/aws-sns-subscriptions:restrictSqsDescryption': true,
  '@aws-cdk/aws-ec2:uniqueImdsv2TemplateName': true,
  '@aws-cdk/aws-secretsmanager:useAttachedSecretResourcePolicyForSecretTargetAttachments': true,
};

/** Makes one shop's template, in a folder that is kept if it is named. Findings of the checks are thrown, all of them in the error's message. */
export function synthesize(given: Given, keep?: string, before: (shop: Shop) => void = () => {}): Template {
  const outdir = keep ?? mkdtempSync(join(tmpdir(), 'myclothes-synth-'));
  try {
    const app = new App({ outdir, context: flags, analyticsReporting: false, treeMetadata: false });
    check(app);
    const shop = new Shop(app, 'myclothes', { options: options(given), released: false });
    before(shop);
    return app.synth().getStackByName('myclothes').template as Template;
  } catch (e) {
    throw new Error(`${e}\n${findings(outdir)}`, { cause: e });
  } finally {
    if (!keep) rmSync(outdir, { recursive: true });
  }
}

/** What the checks found, as they wrote it down. */
function findings(outdir: string): string {
  const file = join(outdir, 'validation-report.json');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

export interface Resource {
  Type: string;
  Properties: any;
  [attribute: string]: unknown;
}

export interface Template {
  Resources: Record<string, Resource>;
  Parameters: Record<string, { Type: string; Default?: string }>;
  Outputs: Record<string, unknown>;
}

export { flags };
