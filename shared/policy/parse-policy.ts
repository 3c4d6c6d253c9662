import { UserError } from '#shared/core/errors';
import { likelyMeant } from '#shared/core/nearest';
import type { Severity } from '#shared/findings/severity';
import type { Policy, Requirement, Rule, Stage, WaiverTerms } from './policy.ts';
import { policyFields, type ruleFields, type requirementFields, type stageFields, type waiverTermFields } from './policy-fields.ts';
import { readShape } from './read-shape.ts';

type Given<Fields extends { readonly reader: (...given: never[]) => unknown }> = NonNullable<ReturnType<Fields['reader']>>;

const DAY_MS = 86_400_000;
const LIFETIME: Readonly<Record<Severity, number>> = { critical: 7 * DAY_MS, high: 30 * DAY_MS, medium: 90 * DAY_MS, low: 180 * DAY_MS, info: 180 * DAY_MS, unknown: 30 * DAY_MS };
const SOON = 14 * DAY_MS;
const MAX_FEED_AGE = 7 * DAY_MS;

/** The policy in a file's YAML. @throws {UserError} that names every mistake by its place, such as `stages.build.block[0].severity`. */
export function parsePolicy(yaml: unknown): Policy {
  const given = readShape(yaml, policyFields.reader, (read, faults) => {
    faults.push(...Object.entries(read.stages ?? {}).flatMap(([name, stage]) => stageFaults(`stages.${name}`, stage)));
  });
  return {
    stages: Object.fromEntries(Object.entries(given.stages ?? {}).map(([name, stage]) => [name, stageOf(name, stage)])),
    waivers: termsOf(given.waivers ?? {}),
    severityFrom: (given['severity-from'] ?? []).map((name) => name.toLowerCase()),
    maxFeedAge: given['max-feed-age'] ?? MAX_FEED_AGE,
  };
}

/** The stage of that name. @throws {UserError} that names those there are. */
export function stageNamed(policy: Policy, name: string): Stage {
  const found = Object.hasOwn(policy.stages, name) ? policy.stages[name] : undefined;
  if (found !== undefined) return found;
  const names = Object.keys(policy.stages);
  const near = likelyMeant(name, names);
  throw new UserError(`The policy has no stage ${name}${near === undefined ? '' : `; the nearest is ${near}`}. It has ${names.join(', ')}.`);
}

// A rule that asks for nothing would be met by everything: somebody has mistyped, or left a condition for later.
function stageFaults(place: string, { block = [], require = [] }: Given<typeof stageFields>): readonly string[] {
  const bare = block.flatMap((rule, index) => (Object.keys(rule).some((name) => name !== 'name') ? [] : [`${place}.block[${index}] has no condition; severity: info with a second rule for unknown is everything`]));
  const kinds = require.map(({ kind }) => kind);
  const twice = kinds.filter((kind, index) => kinds.indexOf(kind) !== index);
  return [...bare, ...twice.map((kind) => `${place}.require names ${kind} twice: say all about it in one place`)];
}

function stageOf(name: string, given: Given<typeof stageFields>): Stage {
  return {
    name, require: (given.require ?? []).map(requirementOf), block: (given.block ?? []).map(ruleOf), exceptions: given.exceptions ?? [],
    isReportOnly: given['report-only'] ?? false, maxAge: given['max-age'], maxDatabaseAge: given['max-database-age'], needsSubject: given.subject === 'required',
  };
}

function requirementOf(given: Given<typeof requirementFields>): Requirement {
  return { kind: given.kind!, tools: (given.tools ?? []).map((tool) => tool.toLowerCase()), maxAge: given['max-age'], takesIncomplete: given['accept-incomplete'] ?? false };
}

function ruleOf(given: Given<typeof ruleFields>): Rule {
  const { name, 'older-than': olderThan, ...conditions } = given;
  return { ...conditions, ...(olderThan !== undefined && { olderThan }), name: name ?? ruleName(given) };
}

/** What the rule asks for, in words: `high or worse, fixable`. */
function ruleName({ severity, fixable, kev, new: isNew, ...given }: Given<typeof ruleFields>): string {
  const words = [
    severity === undefined ? '' : severity === 'critical' || severity === 'unknown' ? severity : `${severity} or worse`,
    isNew === undefined ? '' : isNew ? 'new' : 'not new', fixable === undefined ? '' : fixable ? 'fixable' : 'without a fix', kev === undefined ? '' : kev ? 'known exploited' : 'not known exploited',
    ...Object.entries(given).map(([name, value]) => (name === 'kinds' ? [value].flat().join(' or ') : `${name} ${name === 'older-than' ? `${Number(value) / DAY_MS}d` : [value].flat().join(' or ')}`)),
  ];
  return words.filter((part) => part !== '').join(', ');
}

function termsOf(given: Given<typeof waiverTermFields>): WaiverTerms {
  return { lifetime: { ...LIFETIME, ...given.lifetime }, approval: given.approval ?? 'checked', soon: given.soon ?? SOON };
}
