import { Duration, RemovalPolicy, aws_s3 as s3 } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { acknowledge } from './checks.ts';

/** Pictures, releases to migrate with, and the logs of who asked for what. None is public: pictures travel through the shop. */
export class Buckets extends Construct {
  readonly logs: s3.Bucket;
  readonly media: s3.Bucket;
  readonly releases: s3.Bucket;

  constructor(scope: Construct, id: string, logDays: number) {
    super(scope, id);
    const closed = {
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      encryption: s3.BucketEncryption.S3_MANAGED, // the load balancer can write its logs to no other kind
      enforceSSL: true,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: RemovalPolicy.RETAIN,
    };
    this.logs = new s3.Bucket(this, 'Logs', { ...closed, lifecycleRules: [{ expiration: Duration.days(logDays) }] });
    acknowledge(this.logs, 'AwsSolutions-S1', 'It is where the others write their logs; a log of its own would have no end.');
    const logged = (prefix: string) => ({ ...closed, serverAccessLogsBucket: this.logs, serverAccessLogsPrefix: prefix });
    this.media = new s3.Bucket(this, 'Media', {
      ...logged('media/'),
      versioned: true,
      lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(90), abortIncompleteMultipartUploadAfter: Duration.days(7) }],
    });
    this.releases = new s3.Bucket(this, 'Releases', { ...logged('releases/'), lifecycleRules: [{ expiration: Duration.days(90) }] });
  }
}
