import { aliasesOf } from './alias.ts';
import { Damage } from './damage.ts';
import type { Finding, Kind, Package, Suppression } from './finding.ts';
import { isBlotted, isTelling, type HideSecret } from './hidden-secret.ts';
import { codeFingerprint, keyOf, normalisePath } from './identity.ts';
import { plainText } from './plain-text.ts';
import type { Severity, SeverityClaim } from './severity.ts';

type Maybe<Value> = { readonly [Name in keyof Value]: Value[Name] | undefined };

/** A finding as a format's reader hands it over: what the tool wrote, as it wrote it. */
export interface Draft {
  readonly kind: Kind;
  readonly rule: string;
  /** When it is not the report's only tool. */
  readonly tool?: string | undefined;
  /** Anything that may be an advisory's name; what is none is left out. */
  readonly aliases?: readonly (string | undefined)[] | undefined;
  readonly title?: string | undefined;
  readonly message?: string | undefined;
  readonly package?: ({ readonly name: string } & Partial<Maybe<Omit<Package, 'name'>>>) | undefined;
  readonly fixedIn?: readonly (string | undefined)[] | undefined;
  readonly path?: string | undefined;
  readonly line?: number | undefined;
  readonly endLine?: number | undefined;
  /** The tool's own judgement first, then what else it passes on. */
  readonly claims?: readonly SeverityClaim[] | undefined;
  readonly scope?: 'runtime' | 'development' | undefined;
  readonly firstSeen?: string | undefined;
  readonly suppressedBy?: Suppression | undefined;
  /** The value of a secret: hidden and hashed at once, and cut out of the texts. */
  readonly secret?: string | undefined;
  /** Other values to hide, which the finding is not known by. */
  readonly conceal?: readonly (string | undefined)[] | undefined;
  /** What the tool recognises it by, if that survives moved lines. */
  readonly fingerprint?: string | undefined;
  /** The code at the place: what it is recognised by when there is no fingerprint. Never kept. */
  readonly code?: string | undefined;
  readonly cwes?: readonly (string | number | undefined)[] | undefined;
  readonly url?: string | undefined;
  readonly knownExploited?: boolean | undefined;
  readonly epss?: number | undefined;
  readonly licence?: string | undefined;
}

/** What a draft is completed with. */
export interface Completion {
  readonly tool: string;
  readonly hide: HideSecret;
  /** The checkout's folder, with `/`: absolute paths in it become relative. */
  readonly root: string | undefined;
}

const LONG_TEXT = 1_000;

/** The tool's own judgement: the first of a draft's claims that says anything. */
export function severityOf({ claims = [] }: Draft): Severity {
  return claims.find(({ severity }) => severity !== 'unknown')?.severity ?? 'unknown';
}

/** Hides what a draft holds of secrets; the hash of the one it is known by, and a way to say texts without any of them. */
export function concealed(draft: Draft, hide: HideSecret): { readonly secretHash: string | undefined; readonly say: (text: string, most?: number) => string } {
  const hidden = [draft.secret, ...draft.conceal ?? []].filter((value) => value !== undefined && isTelling(value)) as readonly string[];
  const hashes = hidden.map(hide);
  const isKnown = draft.secret !== undefined && hidden[0] === draft.secret && !isBlotted(draft.secret);
  return { secretHash: isKnown ? hashes[0] : undefined, say: speaker(hidden) };
}

/** The finding that a draft is. Secrets are hidden before anything else is done with it. @throws {Damage} when it has no name. */
export function complete(draft: Draft, { tool, hide, root }: Completion): Finding {
  const { secretHash, say } = concealed(draft, hide);
  const rule = say(draft.rule);
  // Policies and waivers go by it: without one nobody could say which finding is meant.
  if (rule === '') throw new Damage('a finding does not say of which rule or advisory it is');
  const aliases = aliasesOf([draft.rule, ...draft.aliases ?? []]);
  const path = draft.path === undefined || draft.path === '' ? undefined : say(normalisePath(draft.path, root));
  const claims = draft.claims ?? [];
  const fingerprint = draft.fingerprint ?? (draft.code === undefined ? undefined : codeFingerprint(draft.code));
  const ownTool = draft.tool ?? tool;
  return compact({
    key: keyOf({ kind: draft.kind, tool: ownTool, rule, aliases, package: packageOf(draft), path, licence: draft.licence, secretHash, fingerprint }),
    kind: draft.kind, tool: ownTool, rule, aliases, title: say(draft.title ?? draft.message ?? draft.rule, 200),
    message: draft.message === undefined || draft.message === draft.title ? undefined : say(draft.message, LONG_TEXT),
    package: packageOf(draft), fixedIn: versionsOf(draft.fixedIn),
    location: path === undefined ? undefined : compact({ path, line: lineOf(draft.line), endLine: lineOf(draft.endLine) }),
    severity: severityOf(draft), claims: distinct(claims),
    scope: draft.scope, firstSeen: draft.firstSeen === undefined ? undefined : isoTime(draft.firstSeen),
    suppressedBy: draft.suppressedBy === undefined ? undefined : compact({ by: say(draft.suppressedBy.by), reason: draft.suppressedBy.reason === undefined ? undefined : say(draft.suppressedBy.reason) }),
    secretHash, cwes: cwesOf(draft.cwes), url: urlOf(draft.url, say), knownExploited: draft.knownExploited, epss: draft.epss,
    licence: draft.licence === undefined ? undefined : say(draft.licence), occurrences: 1,
  });
}

/** A time in any of the forms tools write it, as ISO 8601 in UTC; undefined for what is no time. */
export function isoTime(text: string): string | undefined {
  // Go prints nanoseconds and a zone's name.
  const given = text.trim().replace(/(\.\d{3})\d+/, '$1').replace(/ UTC$/, 'Z').replace(/ ([+-]\d{2}):?(\d{2})(?: \w+)?$/, '$1:$2');
  // Without a zone it is UTC, which runners have; the machine that reads may have another.
  const zoned = /[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/.test(given) ? given.replace(/^(\d{4}-\d{2}-\d{2}) /, '$1T').replace(/$/, given.startsWith('2') ? 'Z' : ' UTC') : given;
  const time = new Date(zoned);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

function speaker(secrets: readonly string[]): (text: string, most?: number) => string {
  const telling = secrets.map((secret) => secret.trim()).filter((secret) => secret.length > 1);
  return (text, most) => plainText(telling.reduce((rest, secret) => rest.replaceAll(secret, '***'), text), most);
}

function packageOf({ package: given }: Draft): Package | undefined {
  if (given === undefined) return undefined;
  const { name, version, ecosystem, purl } = given;
  return compact({ name: plainText(name), version: filled(version), ecosystem: filled(ecosystem), purl: filled(purl) });
}

function filled(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : plainText(text);
}

function versionsOf(given: readonly (string | undefined)[] = []): readonly string[] {
  const versions = given.flatMap((one) => (one ?? '').split(/,\s*/)).map((one) => plainText(one, 100)).filter((one) => one !== '');
  return [...new Set(versions)].slice(0, 20);
}

function cwesOf(given: readonly (string | number | undefined)[] = []): readonly string[] {
  const numbers = given.flatMap((one) => /(?:^|cwe-)(\d+)/i.exec(String(one ?? ''))?.[1] ?? []).filter((one) => Number(one) > 0);
  return [...new Set(numbers.map((one) => `CWE-${Number(one)}`))].slice(0, 20);
}

function urlOf(url: string | undefined, say: (text: string, most?: number) => string): string | undefined {
  return url !== undefined && /^https?:\/\//i.test(url) && url.length < 500 ? say(url, 500) : undefined;
}

function lineOf(line: number | undefined): number | undefined {
  return line !== undefined && Number.isInteger(line) && line > 0 ? line : undefined;
}

function distinct(claims: readonly SeverityClaim[]): readonly SeverityClaim[] {
  const told = claims.map((claim) => ({ ...claim, text: plainText(claim.text, 150) }));
  if (told.length < 2) return told;
  return [...new Map(told.map((claim) => [JSON.stringify(claim), claim])).values()].slice(0, 12);
}

// Members that are undefined are left out, as the types promise.
function compact<Value extends object>(value: Value): { [Name in keyof Value]: Exclude<Value[Name], undefined> } {
  const filled: Record<string, unknown> = {};
  for (const [name, one] of Object.entries(value)) if (one !== undefined) filled[name] = one;
  return filled as never;
}
