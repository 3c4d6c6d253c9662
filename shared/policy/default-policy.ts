import { parsePolicy } from './parse-policy.ts';
import type { Policy } from './policy.ts';

const SCANS = ['sast', 'sca', 'container', 'secrets'];
const SECRETS = { name: 'any secret', kinds: 'secrets' };
const STAGING = [{ severity: 'high' }, { severity: 'unknown' }, SECRETS];

/** The policy in force where no file is given, as its YAML would say it; `examples/security/policy.yml` is the same with comments. */
export const DEFAULT_POLICY = {
  stages: {
    'pre-commit': { require: 'secrets', block: SECRETS, exceptions: 'suppressions' },
    build: { require: SCANS, block: [{ severity: 'critical' }, SECRETS], exceptions: ['suppressions', 'vex'] },
    staging: { require: SCANS, block: STAGING, exceptions: ['suppressions', 'vex', 'waivers'] },
    production: { require: SCANS, block: [{ severity: 'medium' }, { severity: 'unknown' }, SECRETS], exceptions: ['vex', 'sign-off'] },
    'dast-weekly': { require: { kind: 'dast', 'max-age': '8d' }, block: { severity: 'high' }, exceptions: ['suppressions', 'waivers'] },
    preview: { require: SCANS, block: STAGING, exceptions: ['suppressions', 'vex', 'waivers'], 'report-only': true },
  },
};

/** The built-in policy. */
export function defaultPolicy(): Policy {
  return parsePolicy(DEFAULT_POLICY);
}
