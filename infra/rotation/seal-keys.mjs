import { randomBytes } from 'node:crypto';

/** How many keys are kept after they sealed: what was sealed last is good for 90 days, three periods of 30, and an instance seals with an old key for a few days more. */
export const kept = 4;

const valid = /^[A-Za-z0-9-]{1,16}:[A-Za-z0-9+/]{43}=$/;

/** @param {Date} at */
function fresh(at) {
  return `k${at.toISOString().slice(0, 10).replaceAll('-', '')}-${randomBytes(2).toString('hex')}:${randomBytes(32).toString('base64')}`;
}

/**
 * A ring is: the key that seals, the key that will seal next, and keys that sealed before. The next key is in every instance's ring for a whole period before it
 * seals, so that no instance ever meets what it cannot open.
 *
 * @param {string} ring
 * @param {Date} [at]
 */
export function turn(ring, at = new Date()) {
  const [sealing, next, ...old] = ring.split(' ').filter((k) => valid.test(k));
  if (!sealing || !next) return [sealing ?? fresh(at), fresh(at)].join(' ');
  return [next, fresh(at), sealing, ...old].slice(0, 2 + kept).join(' ');
}

export const sealKeys = { next: turn, apply: async () => {} };
