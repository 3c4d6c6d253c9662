import { cvssVersion, labelled, scored, vectored } from '../claim.ts';
import type { Collector } from '../collector.ts';
import type { Draft } from '../draft.ts';
import { each, fields, inner, list, need, number, object, objects, text, type Fields } from '../fields.ts';
import type { Suppression } from '../finding.ts';
import type { Format } from '../format.ts';
import { factOf, gather, members, type Scope } from '../json-shape.ts';
import { compareSeverity, type SeverityClaim } from '../severity.ts';

type Gathered = readonly (readonly (readonly [string, Component])[])[];
interface Component { readonly name: string; readonly version: string | undefined; readonly purl: string | undefined }

/** CycloneDX 1.4 and later with vulnerabilities. https://cyclonedx.org/docs/1.6/json/#vulnerabilities */
export const cyclonedx: Format = {
  name: 'cyclonedx',
  recognise: (sketch) => sketch.text('bomFormat') === 'CycloneDX',
  read(collect) {
    let components = 0;
    return { shape: members({
      metadata: object((of) => { tellMetadata(collect, of); }),
      components: gather((one) => {
        const all = componentsIn(fields(one, 'components'));
        components += new Set(all.map(([, component]) => component)).size;
        return all;
      }),
      vulnerabilities: objects((one, scope) => { for (const draft of draftsOf(one, scope)) collect.add(draft); }),
    }, ({ seen }) => {
      collect.tool('cyclonedx');
      collect.kind('sca');
      if (!seen.has('vulnerabilities')) collect.nothingScanned('It lists components, and nobody looked for vulnerabilities in them.');
      else if (seen.has('components')) collect.scanned(components, 'components');
    }) };
  },
};

function componentsIn(one: Fields): readonly (readonly [string, Component])[] {
  const purl = text(one, 'purl');
  const group = text(one, 'group') ?? '';
  const component = { name: `${group === '' ? '' : `${group}/`}${need(one, 'name')}`, version: text(one, 'version'), purl };
  const own = [text(one, 'bom-ref'), purl].filter((ref) => ref !== undefined).map((ref) => [ref, component] as const);
  return [...own, ...each(one, 'components').flatMap(componentsIn)];
}

function tellMetadata(collect: Collector, of: Fields): void {
  collect.createdAt(text(of, 'timestamp'));
  const tools = Array.isArray(of.members['tools']) ? each(of, 'tools') : each(inner(of, 'tools'), 'components');
  for (const tool of tools) collect.tool(text(tool, 'name') ?? '', text(tool, 'version'));
  const subject = inner(of, 'component');
  collect.subject('names', text(subject, 'name'));
  collect.subject('digests', /@(sha256[:%].*?)(?:\?|$)/.exec(text(subject, 'purl') ?? '')?.[1]?.replace('%3A', ':'));
  if (text(subject, 'type') === 'container') collect.kind('container');
}

function draftsOf(one: Fields, scope: Scope): readonly Draft[] {
  const components = byReference((factOf(scope, 'components') ?? []) as Gathered);
  const affected = each(one, 'affects').map((affects) => need(affects, 'ref'));
  const claims = each(one, 'ratings').flatMap(claimsOf).sort((a, b) => compareSeverity(a.severity, b.severity));
  const draft: Draft = {
    kind: 'sca', rule: need(one, 'id'), aliases: each(one, 'references').map((reference) => text(reference, 'id')), message: text(one, 'description') ?? text(one, 'detail'),
    claims, cwes: list(one, 'cwes').map(Number), url: text(inner(one, 'source'), 'url'), fixedIn: fixesOf(one), suppressedBy: analysed(inner(one, 'analysis')),
  };
  return affected.length === 0 ? [draft] : affected.map((ref) => ({ ...draft, package: packageOf(ref, components) }));
}

const references = new WeakMap<Gathered, ReadonlyMap<string, Component>>();

// Made once for all vulnerabilities.
function byReference(gathered: Gathered): ReadonlyMap<string, Component> {
  const known = references.get(gathered) ?? new Map(gathered.flat());
  references.set(gathered, known);
  return known;
}

// A reference can be `urn:cdx:<serial>/<version>#<bom-ref>`, and a bom-ref is often a purl.
function packageOf(ref: string, components: ReadonlyMap<string, Component>): Draft['package'] {
  const local = /^urn:cdx:[^#]*#(.*)$/s.exec(ref)?.[1];
  const found = components.get(ref) ?? components.get(local ?? '') ?? components.get(decodedOr(local ?? ref));
  const purl = [found?.purl, ref, local].find((one) => one?.startsWith('pkg:') === true);
  return { name: found?.name ?? ref, version: found?.version, purl };
}

function claimsOf(rating: Fields): SeverityClaim[] {
  const [source, vector] = [text(inner(rating, 'source'), 'name'), text(rating, 'vector')];
  const method = text(rating, 'method') ?? '';
  const score = method.startsWith('CVSS') ? scored(number(rating, 'score'), cvssVersion(method.replace(/^CVSSv?/, '')), source, vector) : [];
  const word = text(rating, 'severity');
  return [...labelled(word, source), ...score, ...score.length > 0 ? [] : vectored(vector, source)];
}

function fixesOf(one: Fields): readonly string[] {
  const unaffected = each(one, 'affects').flatMap((affects) => each(affects, 'versions')).filter((version) => text(version, 'status') === 'unaffected').flatMap((version) => text(version, 'version') ?? []);
  const told = [...(text(one, 'recommendation') ?? '').matchAll(/\bto (?:version )?v?(\d[\w.+~:-]*)/gi)].map(([, version]) => version?.replace(/[.,;]$/, '') ?? '');
  return [...unaffected, ...told];
}

function analysed(analysis: Fields): Suppression | undefined {
  const state = text(analysis, 'state') ?? '';
  if (!['not_affected', 'false_positive', 'resolved', 'resolved_with_pedigree'].includes(state)) return undefined;
  const why = [state.replaceAll('_', ' '), text(analysis, 'justification')?.replaceAll('_', ' '), text(analysis, 'detail')];
  return { by: 'the analysis in the SBOM', reason: why.filter((one) => one !== undefined).join(': ') };
}

function decodedOr(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

