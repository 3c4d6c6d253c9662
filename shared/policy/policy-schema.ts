import { policyFields } from './policy-fields.ts';
import { waiverFileFields } from './waiver-fields.ts';

const DIALECT = { $schema: 'https://json-schema.org/draft/2020-12/schema' };

/** The JSON Schema of a policy file, for completion in editors: made of the fields by which the file is read. */
export function policySchema(): object {
  return { ...DIALECT, title: 'Slipway security-gate: policy', ...policyFields.schema };
}

/** The JSON Schema of a waiver file. */
export function waiverSchema(): object {
  return { ...DIALECT, title: 'Slipway security-gate: waivers and sign-offs', ...waiverFileFields.schema };
}
