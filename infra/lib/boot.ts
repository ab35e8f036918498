import { Stack, aws_ec2 as ec2, type aws_s3_assets as assets } from 'aws-cdk-lib';

interface Boot {
  /** What the instance is for. */
  readonly act: 'serve' | 'migrate';
  readonly prefix: string;
  /** Paths of the parameters that are its settings; what comes later wins. */
  readonly settings: string[];
  readonly archive: assets.Asset;
  readonly releases: string;
}

/** The first minute of an instance: it fetches the release, which brings everything else along, and hands over to it. */
export function boot(b: Boot): ec2.UserData {
  const { region } = Stack.of(b.archive);
  const data = ec2.UserData.forLinux();
  data.addCommands(
    'set -euo pipefail',
    'install -d -m 0755 /opt/myclothes /etc/myclothes',
    `printf '%s\\n' ACT=${b.act} PREFIX=${b.prefix} GROUP=${b.prefix} 'SETTINGS="${b.settings.join(' ')}"' AWS_REGION=${region} RELEASES=${b.releases} >/etc/myclothes/instance.env`,
    `archive=s3://${b.archive.s3BucketName}/${b.archive.s3ObjectKey}`,
  );
  if (b.act === 'migrate') {
    // The release to migrate to is newer than the one that serves: deploy/aws/migrate.sh names it in a tag.
    data.addCommands(
      "token=$(curl -sf -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' http://169.254.169.254/latest/api/token)",
      `if release=$(curl -sf -H "X-aws-ec2-metadata-token: $token" http://169.254.169.254/latest/meta-data/tags/instance/release); then archive=s3://${b.releases}/$release; fi`,
    );
  }
  data.addCommands(
    `for _ in 1 2 3 4 5 6; do aws --region ${region} s3 cp --only-show-errors "$archive" /tmp/release.tar.gz && break; sleep 5; done`,
    'tar -xzf /tmp/release.tar.gz -C /opt/myclothes --strip-components=1 --no-same-owner',
    'exec /opt/myclothes/aws/install.sh',
  );
  return data;
}

