import type { Keys } from '#shared/policy/field';
import { policyFields, requirementFields, ruleFields, stageFields, waiverTermFields } from '#shared/policy/policy-fields';
import { policySchema, waiverSchema } from '#shared/policy/policy-schema';
import { signOffFields, waiverFields } from '#shared/policy/waiver-fields';
import { between, cell, table } from './action-docs.ts';

const SECTIONS: readonly (readonly [heading: string, keys: Keys])[] = [
  ['The file', policyFields.keys], ['A stage', stageFields.keys], ['Evidence under `require`', requirementFields.keys], ['A rule under `block`', ruleFields.keys], ['Terms under `waivers`', waiverTermFields.keys],
];
const WAIVER_SECTIONS: typeof SECTIONS = [['A waiver under `waivers`', waiverFields.keys], ['A sign-off under `sign-offs`', signOffFields.keys]];

/** The JSON Schemas of security-gate's files, by path. */
export function policySchemas(): Readonly<Record<string, string>> {
  return { 'examples/security/policy.schema.json': json(policySchema()), 'examples/security/waivers.schema.json': json(waiverSchema()) };
}

/** A README with the reference of the policy's and the waivers' keys brought up to date, where it has markers for them. */
export function withPolicyReference(readme: string): string {
  if (!readme.includes('<!-- policy -->')) return readme;
  return between(between(readme, 'policy', reference(SECTIONS)), 'waivers', reference(WAIVER_SECTIONS));
}

function reference(sections: typeof SECTIONS): string {
  return sections.map(([heading, keys]) => `### ${heading}\n\n${keysTable(keys)}`).join('\n\n');
}

function keysTable(keys: Keys): string {
  return table(['Key', 'What it is', 'Takes'], Object.entries(keys).map(([name, { description, accepts }]) => [`\`${name}\``, cell(description), cell(accepts)]));
}

function json(schema: object): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}
