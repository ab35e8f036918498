// What each size deploys, as it was when somebody last looked at it: UPDATE_GOLDEN=1 npm test, then look at the difference.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { sizeNames } from '../lib/sizes.ts';
import { readable } from './golden.ts';
import { template } from './template.ts';

const folder = new URL('golden/', import.meta.url);

for (const size of sizeNames) {
  test(`${size}: nothing changed that nobody looked at`, () => {
    const file = new URL(`${size}.json`, folder);
    const now = readable(template({ size }));
    if (process.env.UPDATE_GOLDEN) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, now);
    }
    assert.deepEqual(changes(readFileSync(file, 'utf8'), now), []);
  });
}

/** Lines that are only in one of two texts, as a difference shows them. */
function changes(before: string, after: string): string[] {
  if (before === after) return [];
  const [old, now] = [before.split('\n'), after.split('\n')];
  const lost = old.filter((l) => !now.includes(l)).map((l) => `- ${l}`);
  const come = now.filter((l) => !old.includes(l)).map((l) => `+ ${l}`);
  return [...lost, ...come, 'UPDATE_GOLDEN=1 npm test writes it down, for git diff to show'];
}
