// What each size costs in a month: npm run cost
import { monthly, prices, traffic } from '../lib/cost.ts';
import { options } from '../lib/options.ts';
import { sizeNames } from '../lib/sizes.ts';

const columns = sizeNames.map((size) => monthly(options({ size, domain: 'myclothes.example' })));
const sums = columns.map((c) => [...c.values()].reduce((a, b) => a + b, 0));
const row = (name: string, values: (string | number)[]) => console.log(`| ${name} | ${values.map((v) => (typeof v === 'number' ? Math.round(v).toLocaleString('en-US') : v)).join(' | ')} |`);

console.log(`${prices.currency} a month in ${prices.region}, on demand, before tax; prices of ${prices.date} (${prices.source})\n`);
row('', [...sizeNames]);
console.log(`|---|${sizeNames.map(() => '---:|').join('')}`);
row('instances running', sizeNames.map((s) => traffic[s].instances));
row('million requests', sizeNames.map((s) => traffic[s].millionRequests));
for (const part of columns[0]?.keys() ?? []) row(part, columns.map((c) => c.get(part) ?? 0));
row('**together**', sums);
