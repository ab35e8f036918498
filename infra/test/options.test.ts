import assert from 'node:assert/strict';
import { test } from 'node:test';
import { given, options, usesValkey } from '../lib/options.ts';
import { type Cache, type CartHome, type SizeName, caches, cartHomes } from '../lib/sizes.ts';
import { all, one, settings, template } from './template.ts';

/** Every combination for one size; the others differ in numbers alone, so for them each option by itself. */
function* cases(): Generator<Case> {
  for (const cartHome of cartHomes) {
    for (const cache of caches) {
      for (const replicas of counts) {
        for (const stickiness of [true, false]) yield { size: 'standard', cartHome, cache, replicas, stickiness };
      }
    }
  }
  for (const size of ['small', 'large'] as const) {
    const plain = { size, cartHome: 'database', cache: 'memory', replicas: 0, stickiness: false } as const;
    for (const cartHome of cartHomes) yield { ...plain, cartHome };
    for (const cache of caches) yield { ...plain, cache };
    for (const replicas of counts) yield { ...plain, replicas };
    yield { ...plain, stickiness: true };
  }
}

type Case = { size: SizeName; cartHome: CartHome; cache: Cache; replicas: number; stickiness: boolean };
const counts = [0, 1, 5, 15];

test('every choice makes a template that the checks find nothing in', () => {
  let n = 0;
  for (const c of cases()) {
    const about = JSON.stringify(c);
    const t = template({ ...c, replicas: String(c.replicas), stickiness: String(c.stickiness) });
    assert.equal(all(t, 'AWS::ElastiCache::ReplicationGroup').size, c.cache === 'valkey' || c.cartHome === 'valkey' ? 1 : 0, about);
    assert.equal(all(t, 'AWS::RDS::DBInstance').size, 1 + c.replicas, about);
    const s = settings(t);
    assert.deepEqual([s.get('cart-home'), s.get('cache')], [c.cartHome, c.cache], about);
    assert.equal(s.get('replicas')?.split(' ').length ?? 0, c.replicas, about);
    const pinned = one(t, 'AWS::ElasticLoadBalancingV2::TargetGroup').Properties.TargetGroupAttributes.find((a: { Key: string }) => a.Key === 'stickiness.enabled');
    assert.equal(pinned.Value, String(c.stickiness), about);
    n++;
  }
  assert.equal(n, 5 * 3 * 4 * 2 + 2 * (5 + 3 + 4 + 1));
});

test('wrong options are named together', () => {
  assert.throws(
    () => options({ size: 'tiny', cartHome: 'fridge', replicas: '16', stickiness: 'yes', domain: 'shop', cartHomePrevious: 'fridge', perZone: '-1', region: 'mars' }),
    (e: Error) => ['size', 'cartHome', 'replicas', 'stickiness', 'domain', 'perZone', 'region'].every((name) => e.message.includes(`\n${name}: `)),
  );
  assert.throws(() => options({ domain: 'myclothes.com', cartHome: 'cookie', cartHomePrevious: 'cookie' }), /same as cartHome/);
});

test('a misspelt option is not taken for an absent one', () => {
  const context = { '@aws-cdk/core:x': true, 'aws:cdk:bundling-stacks': [], domain: 'myclothes.com', carthome: 'cookie', replicas: 2 };
  assert.deepEqual(given(context), { domain: 'myclothes.com', carthome: 'cookie', replicas: '2' });
  assert.throws(() => options(given(context)), /carthome: is not an option/);
});

test('Valkey is there for whoever needs it, and for carts that still have to move out', () => {
  const o = (given: object) => options({ domain: 'myclothes.com', size: 'small', ...given });
  assert.equal(usesValkey(o({})), false);
  assert.equal(usesValkey(o({ cache: 'valkey' })), true);
  assert.equal(usesValkey(o({ cartHome: 'valkey' })), true);
  assert.equal(usesValkey(o({ cartHomePrevious: 'valkey' })), true);
});

test('other regions have zones of their own', () => {
  const t = template({ size: 'small', region: 'ap-northeast-1' });
  const zones = new Set([...all(t, 'AWS::EC2::Subnet').values()].map((s) => s.Properties.AvailabilityZone));
  assert.deepEqual([...zones].sort(), ['ap-northeast-1a', 'ap-northeast-1c', 'ap-northeast-1d']);
});
