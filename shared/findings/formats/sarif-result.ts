import { aliasesIn } from '../alias.ts';
import { labelled, levelled, scored } from '../claim.ts';
import type { Draft } from '../draft.ts';
import { each, inner, number, text, textOrNumber, texts, type Fields } from '../fields.ts';
import type { Suppression } from '../finding.ts';
import type { Severity, SeverityClaim } from '../severity.ts';
import { defaultLevel, type SarifRule } from './sarif-rules.ts';
import type { SarifQuirks } from './sarif-tools.ts';

const LEVELS: Readonly<Record<string, Severity>> = { error: 'high', warning: 'medium', note: 'low', none: 'info' };

/** The draft of a result that is a failure. @throws {Damage} */
export function draftOf(result: Fields, rule: SarifRule | undefined, quirks: SarifQuirks, overrides: ReadonlyMap<string, string>): Draft {
  const [first] = each(result, 'locations');
  const place = first === undefined ? undefined : inner(first, 'physicalLocation');
  const region = place === undefined ? undefined : inner(place, 'region');
  const message = messageOf(result);
  const logical = first === undefined ? [] : each(first, 'logicalLocations').flatMap((one) => text(one, 'fullyQualifiedName') ?? []);
  const snippet = region === undefined ? undefined : text(inner(region, 'snippet'), 'text');
  const draft: Draft = {
    kind: quirks.kinds[0] ?? 'sast', tool: quirks.tool, rule: idOf(result, rule), title: rule?.title ?? message, message,
    aliases: [...rule?.aliases ?? [], ...aliasesIn(`${rule?.id ?? ''} ${rule?.tags.join(' ') ?? ''}`)],
    path: place === undefined ? undefined : text(inner(place, 'artifactLocation'), 'uri'),
    line: region === undefined ? undefined : number(region, 'startLine'), endLine: region === undefined ? undefined : number(region, 'endLine'),
    fingerprint: fingerprintOf(result), code: snippet, url: rule?.url, cwes: cwesOf(rule), claims: [],
    suppressedBy: quirks.suppressesAll === true ? undefined : suppressionOf(result),
  };
  const own = quirks.refine?.(draft, { message, rule, snippet, logical }) ?? {};
  return { ...draft, ...own, claims: [...own.claims ?? [], ...claimsOf(result, rule, quirks, overrides)] };
}

/** Whether a result is a finding: other kinds are checks that passed or did not apply, and an absent one is of an older scan. SARIF 2.1.0, 3.27.9 and 3.27.24. */
export function isFailure(result: Fields): boolean {
  return (text(result, 'kind') ?? 'fail') === 'fail' && text(result, 'baselineState') !== 'absent';
}

// The score of the result, then of the rule, then a word in their place, then the level, which every result has.
function claimsOf(result: Fields, rule: SarifRule | undefined, quirks: SarifQuirks, overrides: ReadonlyMap<string, string>): SeverityClaim[] {
  const own = textOrNumber(inner(result, 'properties'), 'security-severity');
  const given = [own, rule?.securitySeverity].filter((one) => one !== undefined && one !== '');
  const scores = given.flatMap((one) => scored(Number.isNaN(Number(one)) ? undefined : Number(one)));
  const words = given.flatMap((one) => (Number.isNaN(Number(one)) ? labelled(one) : [])).filter(({ severity }) => severity !== 'unknown');
  if (quirks.hasNoLevel === true) return [...scores, ...words];
  const level = text(result, 'level') ?? defaultLevel(rule, overrides);
  return [...scores, ...words, ...levelled(Object.hasOwn(LEVELS, level) ? LEVELS[level] ?? 'unknown' : 'unknown', level)];
}

function idOf(result: Fields, rule: SarifRule | undefined): string {
  return text(result, 'ruleId') ?? text(inner(result, 'rule'), 'id') ?? rule?.id ?? '(no rule)';
}

function messageOf(result: Fields): string {
  const message = inner(result, 'message');
  return text(message, 'text') ?? text(message, 'markdown') ?? text(message, 'id') ?? '';
}

// Only what is made to survive moved lines; others hold a commit or an author.
function fingerprintOf(result: Fields): string | undefined {
  const partial = inner(result, 'partialFingerprints');
  const whole = inner(result, 'fingerprints');
  return text(partial, 'primaryLocationLineHash') ?? text(whole, 'matchBasedId/v1')?.replace(/_\d+$/, '') ?? text(whole, '1') ?? text(whole, '0');
}

/** Set aside only when there is a suppression and none of them is rejected or still to be reviewed. SARIF 2.1.0, 3.27.23. */
function suppressionOf(result: Fields): Suppression | undefined {
  const all = each(result, 'suppressions');
  const isHeld = all.some((one) => !['accepted', undefined].includes(text(one, 'status')));
  const [first] = all;
  if (first === undefined || isHeld) return undefined;
  const reason = text(first, 'justification');
  return { by: text(first, 'kind') === 'inSource' ? 'a comment in the source' : 'the scanner\'s configuration', ...(reason === undefined ? {} : { reason }) };
}

function cwesOf(rule: SarifRule | undefined): readonly string[] {
  return (rule?.tags ?? []).flatMap((tag) => /\bcwe-?\/?(?:cwe-)?(\d+)/i.exec(tag)?.[1] ?? []);
}

/** Commits that the run says it was of. */
export function commitsOf(provenance: readonly Fields[]): readonly string[] {
  return provenance.flatMap((one) => text(one, 'revisionId') ?? []);
}

/** The image that a run says it was of, as Trivy writes it. */
export function imageOf(properties: Fields): { readonly names: readonly string[]; readonly digests: readonly string[] } {
  const id = text(properties, 'imageID');
  const digests = texts(properties, 'repoDigests').flatMap((one) => one.split('@')[1] ?? []);
  return { names: [text(properties, 'imageName') ?? '', ...texts(properties, 'repoTags')].filter((name) => name !== ''), digests: id === undefined ? digests : [...digests, id] };
}
