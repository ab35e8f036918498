import type { Given } from '../lib/options.ts';
import { type Resource, type Template, synthesize } from '../lib/synthesize.ts';

const made = new Map<string, Template>();

/** The template for those options, made once. */
export function template(given: Given = {}): Template {
  const key = JSON.stringify(given);
  let found = made.get(key);
  if (!found) made.set(key, (found = synthesize({ domain: 'myclothes.example', ...given })));
  return found;
}

/** Every resource of a type, by its name. */
export function all(t: Template, type: string): Map<string, Resource> {
  return new Map(Object.entries(t.Resources).filter(([, r]) => r.Type === type));
}

/** The only resource of a type. */
export function one(t: Template, type: string): Resource {
  const found = [...all(t, type).values()];
  if (found.length !== 1 || !found[0]) throw new Error(`there are ${found.length} of ${type}`);
  return found[0];
}

/** The value of a setting, with what CloudFormation fills in as «Name.Attribute». */
export function settings(t: Template): Map<string, string> {
  return new Map([...all(t, 'AWS::SSM::Parameter').values()].filter((r) => r.Properties.Name.startsWith('/myclothes/stack/')).map((r) => [r.Properties.Name.slice('/myclothes/stack/'.length), flat(r.Properties.Value)]));
}

/** A value as text: joins are joined, references stand in «». */
export function flat(value: any): string {
  if (typeof value === 'string') return value;
  if ('Ref' in value) return `«${value.Ref}»`;
  if ('Fn::GetAtt' in value) return `«${value['Fn::GetAtt'].join('.')}»`;
  if ('Fn::Join' in value) return value['Fn::Join'][1].map(flat).join(value['Fn::Join'][0]);
  if ('Fn::Base64' in value) return flat(value['Fn::Base64']);
  if ('Fn::Sub' in value) return value['Fn::Sub'];
  return JSON.stringify(value);
}
