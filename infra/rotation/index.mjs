// The function that Secrets Manager calls. The clients come with Lambda's runtime.
import { accessKey } from './access-key.mjs';
import { sealKeys } from './seal-keys.mjs';
import { rotate } from './steps.mjs';
import { valkeyToken } from './valkey-token.mjs';

const { KIND = '', TARGET = '' } = process.env;

/** @param {string} name */
const load = (name) => import(/* @vite-ignore */ `@aws-sdk/client-${name}`);

async function secretOf(/** @type {string} */ id) {
  const { SecretsManager } = await load('secrets-manager');
  const client = new SecretsManager();
  const versions = async () => /** @type {Record<string, string[]>} */ ((await client.describeSecret({ SecretId: id })).VersionIdsToStages ?? {});
  return {
    /** @param {string} stage @param {string} [token] */
    async get(stage, token) {
      try {
        return (await client.getSecretValue({ SecretId: id, VersionStage: stage, VersionId: token })).SecretString;
      } catch (e) {
        if (e instanceof Error && e.name === 'ResourceNotFoundException') return undefined;
        throw e;
      }
    },
    /** @param {string} token @param {string} value */
    put: (token, value) => client.putSecretValue({ SecretId: id, ClientRequestToken: token, SecretString: value, VersionStages: ['AWSPENDING'] }),
    /** @param {string} token */
    async promote(token) {
      const old = Object.entries(await versions()).find(([, stages]) => stages.includes('AWSCURRENT'))?.[0];
      if (old !== token) await client.updateSecretVersionStage({ SecretId: id, VersionStage: 'AWSCURRENT', MoveToVersionId: token, RemoveFromVersionId: old });
    },
  };
}

/** @type {Record<string, () => Promise<import('./steps.mjs').Kind>>} */
const kinds = {
  'seal-keys': async () => sealKeys,
  'valkey-token': async () => {
    const { ElastiCache } = await load('elasticache');
    const client = new ElastiCache();
    return valkeyToken(
      {
        modify: (token) => client.modifyReplicationGroup({ ReplicationGroupId: TARGET, AuthToken: token, AuthTokenUpdateStrategy: 'ROTATE', ApplyImmediately: true }),
        status: async () => (await client.describeReplicationGroups({ ReplicationGroupId: TARGET })).ReplicationGroups[0].Status,
      },
      (ms) => new Promise((done) => setTimeout(done, ms)),
    );
  },
  'access-key': async () => {
    const { IAM } = await load('iam');
    const client = new IAM();
    return accessKey({
      list: async () => (await client.listAccessKeys({ UserName: TARGET })).AccessKeyMetadata.map((/** @type {{ AccessKeyId: string }} */ k) => k.AccessKeyId),
      remove: (id) => client.deleteAccessKey({ UserName: TARGET, AccessKeyId: id }),
      create: async () => {
        const { AccessKey } = await client.createAccessKey({ UserName: TARGET });
        return { id: AccessKey.AccessKeyId, secret: AccessKey.SecretAccessKey };
      },
    });
  },
};

/** @param {{ Step: string, SecretId: string, ClientRequestToken: string }} event */
export async function handler(event) {
  const kind = kinds[KIND];
  if (!kind) throw new Error(`there is no kind ${KIND}`);
  await rotate(event.Step, event.ClientRequestToken, await secretOf(event.SecretId), await kind());
}
