// Leaves the template of every size in cdk.out/SIZE, without an account and without asking anybody.
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sizeNames } from '../lib/sizes.ts';
import { synthesize } from '../lib/synthesize.ts';

const out = fileURLToPath(new URL('../cdk.out', import.meta.url));
rmSync(out, { recursive: true, force: true });
for (const size of sizeNames) {
  synthesize({ size, domain: 'myclothes.example' }, `${out}/${size}`);
  console.log(`${size}: infra/cdk.out/${size}/myclothes.template.json`);
}
