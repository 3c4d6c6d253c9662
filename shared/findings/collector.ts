import { complete, concealed, severityOf, type Draft } from './draft.ts';
import { KINDS, type Finding, type Kind } from './finding.ts';
import type { HideSecret } from './hidden-secret.ts';
import { plainText } from './plain-text.ts';
import type { Signs } from './report.ts';
import type { Severity } from './severity.ts';
import { createShelf, type Shelf } from './shelf.ts';
import { createSignCollector } from './sign-collector.ts';

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
  /** How many findings are kept, the worst of them. */
  readonly most?: number | undefined;
}

// Four times what GitHub shows of a run; a report of a million takes no more memory than this allows. Beyond it nothing is compared
// any more, so that a finding which is there twice counts twice.
const MOST = 20_000;

/** A collector, and what to call when the report is read. */
export function createCollector({ hide, root, most = MOST }: Collecting): { readonly collect: Collector; readonly collected: () => Collected } {
  const tools: string[] = [];
  const versions: string[] = [];
  const kinds = new Set<Kind>();
  const [open, suppressed] = [createShelf(most), createShelf(most)];
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
      if (on.hasRoomFor(severity)) on.put(complete({ ...draft, tool }, { tool, hide, root }));
      else {
        concealed(draft, hide);
        on.count(severity);
      }
    },
  };
  return { collect, collected: () => ({
    tools, ...(versions[0] === undefined ? {} : { toolVersion: versions[0] }), kinds: KINDS.filter((kind) => kinds.has(kind)),
    signs: signs.collected(), findings: open.all(), suppressed: suppressed.all(), ...beyondOf(open),
  }) };
}

/** A tool's name as policies write it: `OWASP Dependency-Check` is `dependency-check`. */
export function toolName(name: string): string {
  const plain = plainText(name, 60).toLowerCase().replace(/^owasp\s+/, '').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
  return plain === '' ? 'unknown' : plain;
}

function beyondOf(shelf: Shelf): Pick<Collected, 'beyond'> {
  const beyond = shelf.beyond();
  return Object.keys(beyond).length === 0 ? {} : { beyond };
}
