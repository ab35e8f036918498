import assert from 'node:assert/strict';
import { test } from 'node:test';
import { monthly, prices, traffic } from '../lib/cost.ts';
import { type Given, options } from '../lib/options.ts';
import { sizeNames } from '../lib/sizes.ts';

const cost = (given: Given) => monthly(options({ domain: 'myclothes.example', ...given }));
const sum = (m: Map<string, number>) => [...m.values()].reduce((a, b) => a + b, 0);

test('every size has a price for everything in it, and a bigger one costs more', () => {
  const sums = sizeNames.map((size) => sum(cost({ size })));
  assert.deepEqual(sums, [...sums].sort((a, b) => a - b));
  for (const s of sums) assert.ok(Number.isFinite(s) && s > 100);
});

test('options cost what they add', () => {
  const more = (a: Given, b: Given, part: string) => (cost({ size: 'small', ...b }).get(part) ?? NaN) - (cost({ size: 'small', ...a }).get(part) ?? NaN);
  const replica = 730 * 0.051 + 20 * 0.131;
  assert.ok(Math.abs(more({ replicas: '1' }, { replicas: '4' }, 'read replicas') - 3 * replica) < 1e-6);
  assert.ok(more({}, { cache: 'valkey' }, 'Valkey') > 0);
  assert.ok(more({}, { cartHome: 'dynamodb' }, 'DynamoDB') > 0);
});

test('a part without a price is an error', () => {
  const o = options({ domain: 'myclothes.example', size: 'small' });
  const unknown = { ...o, size: { ...o.size, instance: { ...o.size.instance, type: 'x9.mega' } } };
  assert.throws(() => monthly(unknown, traffic.small), /no perHour\.x9\.mega/);
});

test('the table says when and where its prices are from', () => {
  assert.match(prices.date, /^\d{4}-\d{2}-\d{2}$/);
  assert.equal(prices.region, 'ap-northeast-2');
});
