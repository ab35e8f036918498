import { randomBytes } from 'node:crypto';

/**
 * ElastiCache takes the new token beside the one before (strategy ROTATE), until the next rotation.
 *
 * @param {{ modify(token: string): Promise<void>, status(): Promise<string> }} group
 * @param {(ms: number) => Promise<void>} pause
 */
export function valkeyToken(group, pause) {
  return {
    next: () => randomBytes(32).toString('hex'),
    /** @param {string} token */
    apply: async (token) => {
      const settled = async () => {
        for (let i = 0; i < 50; i++) {
          if ((await group.status()) === 'available') return;
          await pause(5000);
        }
        throw new Error('the cache is still being changed');
      };
      await settled();
      await group.modify(token);
      await settled();
    },
  };
}
