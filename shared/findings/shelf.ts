import type { Finding } from './finding.ts';
import { keyOfNth } from './identity.ts';
import { compareSeverity, SEVERITIES, type Severity } from './severity.ts';

/** The findings of a report, each once: of a package for each version and file, as exceptions may be for one of them. Where there are too many, the worst are kept and the others counted. */
export interface Shelf {
  /** Whether a finding of this severity would be kept, if need be in the place of a lesser one. */
  hasRoomFor(severity: Severity): boolean;
  /** Keeps it, or counts it with one that is there already. */
  put(finding: Finding): void;
  /** Counts one that there is no room for. */
  count(severity: Severity): void;
  /** The worst first. */
  all(): readonly Finding[];
  beyond(): Readonly<Partial<Record<Severity, number>>>;
}

// What goes first when room is needed. What nobody has judged may be anything, so it goes after what is known to be small.
const LEAST_FIRST: readonly Severity[] = ['info', 'low', 'medium', 'unknown', 'high', 'critical'];
const MOST_LOCATIONS = 20;

interface Stock {
  readonly kept: ReadonlyMap<Severity, Map<string, Finding>>;
  readonly beyond: Map<Severity, number>;
  readonly places: Map<string, string>;
  readonly nth: Map<string, number>;
  size: number;
}

/** A shelf with room for so many findings. */
export function createShelf(most: number): Shelf {
  const stock: Stock = { kept: new Map(SEVERITIES.map((severity) => [severity, new Map<string, Finding>()])), beyond: new Map(), places: new Map(), nth: new Map(), size: 0 };
  return {
    hasRoomFor: (severity) => stock.size < most || lesserThan(severity, stock) !== undefined,
    put(finding) {
      put(stock, finding);
      if (stock.size > most) dropOne(stock);
    },
    count: (severity) => { countBeyond(stock, severity); },
    all: () => [...stock.kept.values()].flatMap((of) => [...of.values()]).sort((a, b) => compareSeverity(a.severity, b.severity) || compareKeys(a, b)),
    beyond: () => Object.fromEntries(stock.beyond),
  };
}

function compareKeys({ key: a }: Finding, { key: b }: Finding): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function lesserThan(severity: Severity, { kept }: Stock): Severity | undefined {
  return LEAST_FIRST.slice(0, LEAST_FIRST.indexOf(severity)).find((lesser) => shelfOf(kept, lesser).size > 0);
}

function put(stock: Stock, finding: Finding): void {
  const key = ownKey(stock, finding);
  const name = finding.package === undefined ? key : [key, finding.package.version, finding.location?.path].join('\n');
  const before = SEVERITIES.map((severity) => shelfOf(stock.kept, severity).get(name)).find((one) => one !== undefined);
  const now = before === undefined ? { ...finding, key } : again(before, finding);
  if (before === undefined) stock.size++;
  else if (before.severity !== now.severity) shelfOf(stock.kept, before.severity).delete(name);
  shelfOf(stock.kept, now.severity).set(name, now);
}

function dropOne(stock: Stock): void {
  const least = LEAST_FIRST.find((severity) => shelfOf(stock.kept, severity).size > 0) as Severity;
  const [first] = shelfOf(stock.kept, least).keys();
  shelfOf(stock.kept, least).delete(first as string);
  stock.size--;
  countBeyond(stock, least);
}

function shelfOf(kept: Stock['kept'], severity: Severity): Map<string, Finding> {
  return kept.get(severity) as Map<string, Finding>;
}

function countBeyond({ beyond }: Stock, severity: Severity): void {
  beyond.set(severity, (beyond.get(severity) ?? 0) + 1);
}

// Two findings of a rule in one file are two, if they are at different places; a package or a secret has one key wherever it is.
function ownKey({ places, nth }: Stock, { key, kind, location, package: of, secretHash }: Finding): string {
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
  const worse = compareSeverity(more.severity, before.severity) < 0 ? { ...before, severity: more.severity, claims: more.claims } : before;
  return { ...withScope(worse, more), fixedIn, occurrences, ...otherLocations(before, more) };
}

// What is for development once, and once is not, is of no scope alone.
function withScope(before: Finding, { scope }: Finding): Finding {
  if (before.scope === scope) return before;
  return Object.fromEntries(Object.entries(before).filter(([name]) => name !== 'scope')) as unknown as Finding;
}

function otherLocations({ location, otherLocations: others = [] }: Finding, more: Finding): Pick<Finding, 'otherLocations'> {
  const isNew = more.location !== undefined && ![location, ...others].some((one) => one?.path === more.location?.path && one?.line === more.location?.line);
  return isNew && others.length < MOST_LOCATIONS ? { otherLocations: [...others, more.location] } : {};
}
