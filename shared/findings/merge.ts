import type { Finding, Location, MergedFinding } from './finding.ts';
import { isVulnerability, keyOf } from './identity.ts';
import { aliasesOf } from './alias.ts';
import { packageName } from './package-name.ts';
import { compareSeverity, worst } from './severity.ts';
import { createUnion, type Union } from './union.ts';

const MOST_LOCATIONS = 100;

/**
 * The problems behind findings of several reports, each once, the worst first. Vulnerabilities are the same when one of their
 * names and the package are; secrets when their value is; anything else when the same tool means the same place.
 * The severity is the highest of the sources'. The order of the given findings does not matter.
 */
export function mergeFindings(findings: readonly Finding[]): readonly MergedFinding[] {
  const ordered = findings.toSorted((a, b) => compare(a.key, b.key) || compare(a.tool, b.tool) || compare(a.location?.path ?? '', b.location?.path ?? '') || compare(a.package?.version ?? '', b.package?.version ?? '') || compareSeverity(a.severity, b.severity));
  const union = createUnion(ordered.length);
  joinByKey(ordered, union);
  joinByAlias(ordered, union);
  const groups = Map.groupBy(ordered.keys(), union.rootOf);
  return [...groups.values()].map((indices) => merged(indices.map((index) => ordered[index] as Finding)))
    .sort((a, b) => compareSeverity(a.severity, b.severity) || compare(a.key, b.key));
}

function joinByKey(findings: readonly Finding[], { join }: Union): void {
  const first = new Map<string, number>();
  for (const [index, { key, kind, tool, rule, location, secretHash, package: of }] of findings.entries()) {
    const isAtPlace = !isVulnerability(kind) && of === undefined && secretHash === undefined && location?.line !== undefined;
    // SARIF and a tool's own format fingerprint differently; rule and line are the same.
    const names = isAtPlace ? [key, JSON.stringify([kind, tool, rule, location.path, location.line])] : [key];
    for (const name of names) join(first.get(name) ?? index, index);
    for (const name of names) if (!first.has(name)) first.set(name, index);
  }
}

interface Named { readonly index: number; readonly ecosystem: string; readonly name: string | undefined }

// A package without an ecosystem, or none at all, is taken for the only one that the advisory is otherwise about.
function joinByAlias(findings: readonly Finding[], { join }: Union): void {
  const byAlias = new Map<string, Named[]>();
  for (const [index, finding] of findings.entries()) {
    if (!isVulnerability(finding.kind)) continue;
    const of = finding.package === undefined ? undefined : packageName(finding.package);
    for (const alias of finding.aliases) {
      const known = byAlias.get(alias) ?? [];
      byAlias.set(alias, known);
      known.push({ index, ecosystem: of?.ecosystem ?? '', name: of?.name });
    }
  }
  for (const all of byAlias.values()) joinNamed(all, join);
}

function joinNamed(all: readonly Named[], join: Union['join']): void {
  const byName = Map.groupBy(all.filter(({ name }) => name !== undefined), ({ name }) => name);
  for (const same of byName.values()) {
    const ecosystems = Map.groupBy(same, ({ ecosystem }) => ecosystem);
    for (const one of ecosystems.values()) joinAll(one, join);
    const known = [...ecosystems.keys()].filter((ecosystem) => ecosystem !== '');
    if (known.length === 1) joinAll(same, join);
  }
  const nameless = all.filter(({ name }) => name === undefined);
  joinAll(nameless, join);
  if (byName.size === 1) joinAll([...nameless.slice(0, 1), ...all.filter(({ name }) => name !== undefined).slice(0, 1)], join);
}

function joinAll(all: readonly Named[], join: Union['join']): void {
  for (const one of all.slice(1)) join((all[0] as Named).index, one.index);
}

// Sources that set it aside do not make it less; it is set aside when all of them do.
function merged(sources: readonly Finding[]): MergedFinding {
  const open = sources.filter(({ suppressedBy }) => suppressedBy === undefined);
  const counted = open.length > 0 ? open : sources;
  const severity = worst(counted.map((one) => one.severity));
  const main = counted.find((one) => one.severity === severity) as Finding;
  const aliases = aliasesOf(sources.flatMap((one) => one.aliases));
  const epss = sources.flatMap((one) => one.epss ?? []);
  return {
    ...unjudged(main), ...filledIn(sources), ...scopeOf(sources), ...(open.length > 0 || main.suppressedBy === undefined ? {} : { suppressedBy: main.suppressedBy }),
    key: keyOfAll(main, aliases, sources), aliases, severity, fixedIn: [...new Set(sources.flatMap((one) => one.fixedIn))],
    cwes: [...new Set(sources.flatMap((one) => one.cwes))].sort(), occurrences: occurrencesOf(sources),
    keys: [...new Set([keyOfAll(main, aliases, sources), ...sources.map((one) => one.key)])].sort(),
    kinds: [...new Set(sources.map((one) => one.kind))].sort(), tools: [...new Set(sources.map((one) => one.tool))].sort(),
    locations: locationsOf(sources), sources, isDisputed: isDisputed(counted),
    ...(sources.some((one) => one.knownExploited === true) ? { knownExploited: true } : {}), ...(epss.length > 0 ? { epss: Math.max(...epss) } : {}),
  };
}

// What depends on all sources is left out.
function unjudged(main: Finding): Finding {
  return Object.fromEntries(Object.entries(main).filter(([name]) => !['suppressedBy', 'scope', 'otherLocations'].includes(name))) as unknown as Finding;
}

// What one source lacks another may have.
function filledIn(sources: readonly Finding[]): Partial<Finding> {
  const of = sources.map((one) => one.package).filter((one) => one !== undefined).sort((a, b) => Number(a.purl === undefined) - Number(b.purl === undefined))[0];
  const seen = sources.flatMap((one) => one.firstSeen ?? []).sort()[0];
  return { ...(of === undefined ? {} : { package: of }), ...(seen === undefined ? {} : { firstSeen: seen }) };
}

// For development only when every source says so.
function scopeOf(sources: readonly Finding[]): Pick<Finding, 'scope'> {
  const scopes = new Set(sources.map(({ scope }) => scope));
  if (scopes.has('runtime')) return { scope: 'runtime' };
  return scopes.size === 1 && scopes.has('development') ? { scope: 'development' } : {};
}

// By the names all sources together know, so that it does not depend on which tool told the preferred one.
function keyOfAll(main: Finding, aliases: readonly string[], sources: readonly Finding[]): string {
  if (!isVulnerability(main.kind) || aliases.length === 0) return sources.length === 1 ? main.key : sources.map(({ key }) => key).sort()[0] as string;
  const named = sources.map((one) => one.package).find((one) => one !== undefined && packageName(one).ecosystem !== '') ?? main.package;
  return keyOf({ kind: main.kind, tool: main.tool, rule: main.rule, aliases, package: named, path: main.location?.path });
}

// Each tool counts them all.
function occurrencesOf(sources: readonly Finding[]): number {
  const byTool = Map.groupBy(sources, ({ tool }) => tool);
  return Math.max(...[...byTool.values()].map((all) => all.reduce((sum, { occurrences }) => sum + occurrences, 0)));
}

function isDisputed(sources: readonly Finding[]): boolean {
  const byTool = Map.groupBy(sources, ({ tool }) => tool);
  const judged = [...byTool.values()].map((all) => worst(all.map((one) => one.severity))).filter((severity) => severity !== 'unknown');
  return new Set(judged).size > 1;
}

function locationsOf(sources: readonly Finding[]): readonly Location[] {
  const all = sources.flatMap(({ location, otherLocations = [] }) => (location === undefined ? [] : [location, ...otherLocations])).map((location) => [`${location.path}:${location.line ?? ''}`, location] as const);
  return [...new Map(all).values()].sort((a, b) => compare(a.path, b.path) || (a.line ?? 0) - (b.line ?? 0)).slice(0, MOST_LOCATIONS);
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
