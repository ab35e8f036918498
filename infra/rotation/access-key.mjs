/**
 * A user may have two keys: the one in use stays, the one before it makes room.
 *
 * @param {{ list(): Promise<string[]>, remove(id: string): Promise<void>, create(): Promise<{ id: string, secret: string }> }} keys
 */
export function accessKey(keys) {
  return {
    /** @param {string} current */
    next: async (current) => {
      for (const id of await keys.list()) {
        if (!current.includes(id)) await keys.remove(id);
      }
      return JSON.stringify(await keys.create());
    },
    apply: async () => {},
  };
}
