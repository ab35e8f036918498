// What `cdk deploy` runs: one shop, with the options that the command line gives.
import { App } from 'aws-cdk-lib';
import { check } from '../lib/checks.ts';
import { given, options } from '../lib/options.ts';
import { Shop } from '../lib/shop.ts';
import { flags } from '../lib/synthesize.ts';

const app = new App({ context: flags });
check(app);
new Shop(app, 'myclothes', { options: options(given(app.node.getAllContext())), released: true, terminationProtection: true });
