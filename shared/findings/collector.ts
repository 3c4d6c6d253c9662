import { complete, concealed, severityOf, type Draft } from './draft.ts';
import { KINDS, type Finding, type Kind } from './finding.ts';
import type { HideSecret } from './hidden-secret.ts';
import { keyOfNth } from './identity.ts';
import { plainText } from './plain-text.ts';
import type { Signs } from './report.ts';
import { createSignCollector } from './sign-collector.ts';
import { SEVERITIES, type Severity } from './severity.ts';

/** What a format's reader tells of a report while it reads. */
export interface Collector {
  /** The tool, as it calls itself; the first one names findings that name none. */
  tool(name: string, version?: string): void;
  kind(...kinds: readonly Kind[]): void;
  add(draft: Draft): void;
  /** The scan failed. Sentences for people, as are the next three. */
  failure(sentence: string): void;
  /** A part was left out. */
  gap(sentence: string): void;
  nothingScanned(sentence: string): void;
  remark(sentence: string): void;
  /** So much more was scanned. */
  scanned(count: number, of: string): void;
  createdAt(time: string | undefined): void;
  databaseAt(time: string | undefined): void;
  subject(of: 'commits' | 'digests' | 'names', value: string | undefined): void;
}

/** What was collected; the rest of a report is known without reading it. */
export interface Collected {
  readonly tools: readonly string[];
  readonly toolVersion?: string;
  readonly kinds: readonly Kind[];
  readonly signs: Signs;
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Finding[];
  readonly beyond?: Readonly<Partial<Record<Severity, number>>>;
}

/** What a collector works with. */
export interface Collecting {
  readonly hide: HideSecret;
  readonly root?: string | undefined;
  /** How many findings of each severity are kept. */
  readonly most?: number | undefined;
}

// Four times what GitHub shows of a run; a report of a million takes no more memory than this allows. Beyond it nothing is compared
// any more, so that a finding which is there twice counts twice.
const MOST = 20_000;
const MOST_LOCATIONS = 20;

interface Shelf { readonly byKey: Map<string, Finding>; readonly places: Map<string, string>; readonly nth: Map<string, number>; readonly counts: Map<Severity, number>; readonly beyond: Map<Severity, number> }

/** A collector, and what to call when the report is read. */
export function createCollector({ hide, root, most = MOST }: Collecting): { readonly collect: Collector; readonly collected: () => Collected } {
  const tools: string[] = [];
  const versions: string[] = [];
  const kinds = new Set<Kind>();
  const [open, suppressed] = [shelf(), shelf()];
  const signs = createSignCollector();
  const collect: Collector = {
    ...signs.collect,
    tool(name, version) {
      if (!tools.includes(toolName(name))) tools.push(toolName(name));
      if (version !== undefined && version !== '') versions.push(plainText(version, 60));
    },
    kind(...more) { for (const kind of more) kinds.add(kind); },
    add(draft) {
      kinds.add(draft.kind);
      const tool = draft.tool === undefined ? tools[0] ?? 'unknown' : toolName(draft.tool);
      const on = draft.suppressedBy === undefined ? open : suppressed;
      const severity = severityOf(draft);
      if ((on.counts.get(severity) ?? 0) < most) put(on, complete({ ...draft, tool }, { tool, hide, root }));
      else {
        concealed(draft, hide);
        on.beyond.set(severity, (on.beyond.get(severity) ?? 0) + 1);
      }
    },
  };
  return { collect, collected: () => ({
    tools, ...(versions[0] === undefined ? {} : { toolVersion: versions[0] }), kinds: KINDS.filter((kind) => kinds.has(kind)),
    signs: signs.collected(), findings: sorted(open), suppressed: sorted(suppressed), ...(open.beyond.size === 0 ? {} : { beyond: Object.fromEntries(open.beyond) }),
  }) };
}

/** A tool's name as policies write it: `OWASP Dependency-Check` is `dependency-check`. */
export function toolName(name: string): string {
  const plain = plainText(name, 60).toLowerCase().replace(/^owasp\s+/, '').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
  return plain === '' ? 'unknown' : plain;
}

function shelf(): Shelf {
  return { byKey: new Map(), places: new Map(), nth: new Map(), counts: new Map(), beyond: new Map() };
}

function put(on: Shelf, finding: Finding): void {
  const key = ownKey(on, finding);
  const before = on.byKey.get(key);
  on.byKey.set(key, before === undefined ? (key === finding.key ? finding : { ...finding, key }) : again(before, finding));
  if (before === undefined) on.counts.set(finding.severity, (on.counts.get(finding.severity) ?? 0) + 1);
}

// Two findings of a rule in one file are two, if they are at different places; a package or a secret is one wherever it is.
function ownKey({ places, nth }: Shelf, { key, kind, location, package: of, secretHash }: Finding): string {
  if (of !== undefined || secretHash !== undefined || location === undefined || kind === 'dast') return key;
  const place = `${key}:${location.line ?? ''}:${location.endLine ?? ''}`;
  const known = places.get(place);
  if (known !== undefined) return known;
  const n = (nth.get(key) ?? 0) + 1;
  nth.set(key, n);
  const own = keyOfNth(key, n);
  places.set(place, own);
  return own;
}

function again(before: Finding, more: Finding): Finding {
  const occurrences = before.occurrences + 1;
  const fixedIn = before.fixedIn.length === 0 ? more.fixedIn : before.fixedIn;
  const worse = SEVERITIES.indexOf(more.severity) < SEVERITIES.indexOf(before.severity) ? { ...before, severity: more.severity, claims: more.claims } : before;
  return { ...worse, fixedIn, occurrences, ...otherLocations(before, more) };
}

function otherLocations({ location, otherLocations: others = [] }: Finding, more: Finding): Pick<Finding, 'otherLocations'> {
  const isNew = more.location !== undefined && ![location, ...others].some((one) => one?.path === more.location?.path && one?.line === more.location?.line);
  return isNew && others.length < MOST_LOCATIONS ? { otherLocations: [...others, more.location] } : {};
}

function sorted({ byKey }: Shelf): readonly Finding[] {
  return [...byKey.values()].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || (a.key < b.key ? -1 : 1));
}
