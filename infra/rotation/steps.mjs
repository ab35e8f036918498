/**
 * The four steps of a rotation, as Secrets Manager calls them. Each may be called again.
 *
 * The new value is usable beside the one before until the rotation after it: an instance reads its secrets when it starts and lives for less than a period.
 *
 * @typedef {{ get(stage: string, token?: string): Promise<string | undefined>, put(token: string, value: string): Promise<void>, promote(token: string): Promise<void> }} Secret
 * @typedef {{ next(current: string): Promise<string> | string, apply(pending: string): Promise<void> }} Kind
 * @param {string} step
 * @param {string} token
 * @param {Secret} secret
 * @param {Kind} kind
 */
export async function rotate(step, token, secret, kind) {
  const pending = () => secret.get('AWSPENDING', token);
  switch (step) {
    case 'createSecret':
      if ((await pending()) === undefined) await secret.put(token, await kind.next((await secret.get('AWSCURRENT')) ?? ''));
      return;
    case 'setSecret': {
      const value = await pending();
      if (value === undefined) throw new Error('there is no pending value');
      return kind.apply(value);
    }
    case 'testSecret':
      return;
    case 'finishSecret':
      return secret.promote(token);
    default:
      throw new Error(`there is no step ${step}`);
  }
}
