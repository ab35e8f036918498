// The checks themselves: what they let through would not be worth much if they let everything through.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { CfnResource, aws_ec2 as ec2, aws_s3 as s3 } from 'aws-cdk-lib';
import { synthesize } from '../lib/synthesize.ts';

const given = { size: 'small', domain: 'myclothes.example' };

test('cdk-nag ends the synthesis', () => {
  assert.throws(() => synthesize(given, undefined, (shop) => void new s3.Bucket(shop, 'Open')), /AwsSolutions-S10/);
});

test('cdk-nag sees a port that is open to everybody', () => {
  const open = () =>
    synthesize(given, undefined, (shop) => {
      new ec2.SecurityGroup(shop, 'Careless', { vpc: shop.node.findChild('Network').node.findChild('Vpc') as ec2.Vpc }).addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(22));
    });
  assert.throws(open, /AwsSolutions-EC23/);
});

test('CDK’s own validation ends the synthesis', () => {
  const wrong = () => synthesize(given, undefined, (shop) => void new CfnResource(shop, 'Wrong', { type: 'AWS::SNS::Topic', properties: { DisplayName: ['not', 'text'], Nothing: 1 } }));
  assert.throws(wrong, /CloudFormation Validate[^]*Nothing/);
});

test('every rule that is put aside has a sentence', () => {
  const folder = new URL('../lib/', import.meta.url);
  let n = 0;
  for (const file of readdirSync(folder)) {
    const text = readFileSync(new URL(file, folder), 'utf8');
    for (const [, reason] of text.matchAll(/acknowledge\(\s*[^;]*?['`]AwsSolutions-[^'`]+['`],\s*'([^']+)'/g)) {
      assert.match(reason ?? '', /^[A-Z].{30,}\.$/, file);
      n++;
    }
  }
  assert.ok(n >= 12, `${n} were found`);
});
