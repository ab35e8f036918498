import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type aws_ec2 as ec2, aws_s3_assets as assets } from 'aws-cdk-lib';
import { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';

const path = (relative: string) => fileURLToPath(new URL(`../../${relative}`, import.meta.url));

/** What stands in for a release where templates are only looked at. It cannot be started. */
const placeholder = path('deploy/aws/myclothes.service');

/** The file that `make release` builds for that kind of processor. */
export function archiveFor(type: ec2.InstanceType): string {
  return path(`out/release/myclothes-linux-${type.architecture === InstanceArchitecture.ARM_64 ? 'arm64' : 'amd64'}.tar.gz`);
}

/** The release that instances of that type start from. With strict, it must have been built. */
export function release(scope: Construct, id: string, type: ec2.InstanceType, strict: boolean): assets.Asset {
  const archive = archiveFor(type);
  if (strict && !existsSync(archive)) throw new Error(`${archive} is missing: 'make release' builds it`);
  return new assets.Asset(scope, id, { path: strict ? archive : placeholder });
}
