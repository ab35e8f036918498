import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessKey } from '../rotation/access-key.mjs';
import { kept, turn } from '../rotation/seal-keys.mjs';
import { type Kind, rotate } from '../rotation/steps.mjs';
import { valkeyToken } from '../rotation/valkey-token.mjs';
import { instanceLifetime, rotationPeriod } from '../lib/rotation.ts';

const day = (n: number) => new Date(Date.UTC(2026, 0, 1 + n));

test('what Secrets Manager generated becomes a ring of two keys', () => {
  const ring = turn('a1b2c3', day(0)).split(' ');
  assert.equal(ring.length, 2);
  for (const key of ring) assert.match(key, /^k20260101-[0-9a-f]{4}:[A-Za-z0-9+/]{43}=$/);
});

test('a key is known for a period before it seals, and good for 90 days and more after it sealed last', () => {
  const rings = [turn('', day(0))];
  for (let i = 1; i < 12; i++) rings.push(turn(rings[i - 1] ?? '', day(30 * i)));
  for (let i = 1; i < rings.length; i++) {
    const sealing = rings[i]?.split(' ')[0] ?? '';
    assert.equal(rings[i - 1]?.split(' ')[1], sealing, 'the key that seals was the next one of the ring before');
  }
  const first = rings[0]?.split(' ')[0] ?? '';
  const gone = rings.findIndex((r) => !r.includes(first));
  // It sealed until the first turn, and in instances of that age for their lifetime more.
  const days = (gone - 1) * rotationPeriod.toDays();
  assert.ok(days >= 90 + instanceLifetime.toDays(), `it is gone ${days} days after the first turn`);
  assert.equal(rings.at(-1)?.split(' ').length, 2 + kept);
});

test('no instance lives long enough to hold a secret that has ended', () => {
  assert.ok(instanceLifetime.toDays() < rotationPeriod.toDays());
});

function secret(current: string) {
  const versions = new Map([['v0', current]]);
  let now = 'v0';
  return {
    value: () => versions.get(now),
    get: async (stage: string, token?: string) => (stage === 'AWSCURRENT' ? versions.get(now) : versions.get(token ?? '')),
    put: async (token: string, value: string) => void versions.set(token, value),
    promote: async (token: string) => void (now = token),
  };
}

test('a rotation whose steps are called twice makes one value', async () => {
  const s = secret('old');
  const told: string[] = [];
  let made = 0;
  const kind: Kind = { next: () => `new${++made}`, apply: async (v) => void told.push(v) };
  for (const step of ['createSecret', 'createSecret', 'setSecret', 'setSecret', 'testSecret', 'finishSecret', 'finishSecret']) await rotate(step, 'v1', s, kind);
  assert.equal(s.value(), 'new1');
  assert.deepEqual(told, ['new1', 'new1']);
  await assert.rejects(rotate('elsewhere', 'v1', s, kind), /no step/);
});

test('the cache is told of a new token when it is at rest, and waited for', async () => {
  const happened: string[] = [];
  const states = ['modifying', 'available', 'modifying', 'available'];
  const kind = valkeyToken({ modify: async (t) => void happened.push(`modify ${t.length}`), status: async () => states.shift() ?? 'available' }, async () => void happened.push('pause'));
  await kind.apply(kind.next());
  assert.deepEqual(happened, ['pause', 'modify 64', 'pause']);
  await assert.rejects(valkeyToken({ modify: async () => {}, status: async () => 'modifying' }, async () => {}).apply('t'), /still being changed/);
});

test('a new key of a user leaves the one in use and removes the one before', async () => {
  const keys = new Set(['AKOLD', 'AKUSED']);
  const kind = accessKey({ list: async () => [...keys], remove: async (id) => void keys.delete(id), create: async () => (keys.add('AKNEW'), { id: 'AKNEW', secret: 's' }) });
  assert.deepEqual(JSON.parse(await kind.next('{"id":"AKUSED","secret":"x"}')), { id: 'AKNEW', secret: 's' });
  assert.deepEqual([...keys], ['AKUSED', 'AKNEW']);
});
