import { type aws_dynamodb as dynamodb, type aws_ec2 as ec2, aws_iam as iam, type aws_s3 as s3, type aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { acknowledgeObjects } from './checks.ts';
import { Rotation } from './rotation.ts';
import type { Secrets } from './secrets.ts';

/**
 * What the shop itself may do in AWS: its table and its pictures, from inside this network and nothing else. It is a user with a key that rotates.
 * The shop would take the instance's own credentials as well, but those can read every secret, and are kept out of its reach.
 */
export class Credentials extends Construct {
  readonly secret: secretsmanager.ISecret;

  constructor(scope: Construct, id: string, vpc: ec2.IVpc, table: dynamodb.ITable, media: s3.Bucket, secrets: Secrets) {
    super(scope, id);
    const user = new iam.User(this, 'Shop');
    const inside = { StringEquals: { 'aws:SourceVpc': vpc.vpcId } };
    const allow = (actions: string[], resources: string[]) =>
      new iam.PolicyStatement({ actions, resources, conditions: inside });
    user.addToPolicy(allow(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'], [table.tableArn]));
    user.addToPolicy(allow(['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], [media.arnForObjects('pictures/*')]));
    user.addToPolicy(allow(['s3:ListBucket'], [media.bucketArn]));
    acknowledgeObjects(user, media, 'pictures/*', 'Pictures are many objects; the prefix is all that the shop keeps in this bucket.');
    const key = secrets.generated('aws', 'The first rotation, which is at once, makes a key of the user.');
    new Rotation(this, 'Key', {
      secret: key,
      kind: 'access-key',
      target: user.userName,
      rights: [new iam.PolicyStatement({ actions: ['iam:CreateAccessKey', 'iam:DeleteAccessKey', 'iam:ListAccessKeys'], resources: [user.userArn] })],
    });
    this.secret = key;
  }
}
