import type { Template } from '../lib/synthesize.ts';

/** A template as people can read it again after a change: what only changes with a file's content is left out, and small things stand in one line. */
export function readable(t: Template): string {
  const text = JSON.stringify({ Parameters: t.Parameters, Resources: t.Resources, Outputs: t.Outputs })
    .replace(/[0-9a-f]{64}/g, 'HASH')
    .replace(/"Tags":\[\{"Key":"(aws-cdk:subnet-name|Name)"[^\]]*\],?/g, '');
  return `${lines(JSON.parse(text.replace(/,([}\]])/g, '$1')), '')}\n`;
}

const width = 150;

function lines(value: unknown, indent: string): string {
  const short = JSON.stringify(value);
  if (typeof value !== 'object' || value === null || short.length + indent.length <= width) return short;
  const inner = `${indent}  `;
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const parts = Array.isArray(value)
    ? value.map((v) => inner + lines(v, inner))
    : Object.entries(value).map(([k, v]) => `${inner}${JSON.stringify(k)}: ${lines(v, inner)}`);
  return `${open}\n${parts.join(',\n')}\n${indent}${close}`;
}
