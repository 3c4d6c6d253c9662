import { aliasesOf } from '../alias.ts';
import { labelled, scored, vectored } from '../claim.ts';
import type { Collector } from '../collector.ts';
import type { Draft } from '../draft.ts';
import { each, fields, inner, need, number, objects, text, texts, type Fields } from '../fields.ts';
import type { Format } from '../format.ts';
import { elements, fact, factOf, members, type Scope } from '../json-shape.ts';

/** OSV-Scanner's JSON. https://github.com/google/osv-scanner/blob/main/pkg/models/results.go */
export const osvScanner: Format = {
  name: 'osv-scanner',
  recognise: (sketch) => sketch.has('results.#.packages', 'results.#.source') || sketch.has('results.#.packages.#.groups') || sketch.has('results', 'experimental_config'),
  read(collect) {
    collect.tool('osv-scanner');
    collect.kind('sca');
    return { shape: members({
      results: elements(members({ source: fact(), packages: objects((one, scope) => { addPackage(collect, one, scope); }) })),
    }, ({ seen }) => { if (!seen.has('results')) collect.failure('It has no results, not even none.'); }) };
  },
};

// A group is one problem under its several names.
function addPackage(collect: Collector, one: Fields, scope: Scope): void {
  collect.scanned(1, 'packages');
  const source = fields(factOf(scope, 'source') ?? {}, 'source');
  const advisories = each(one, 'vulnerabilities');
  const byId = new Map(advisories.map((advisory) => [need(advisory, 'id'), advisory]));
  const groups = each(one, 'groups').map((group) => ({ ids: texts(group, 'ids'), group }));
  const grouped = new Set(groups.flatMap(({ ids }) => ids));
  const single = [...byId.keys()].filter((id) => !grouped.has(id)).map((id) => ({ ids: [id], group: undefined }));
  for (const { ids, group } of [...groups, ...single]) {
    collect.add(draftOf(inner(one, 'package'), ids, group, ids.flatMap((id) => byId.get(id) ?? []), source));
  }
}

function draftOf(of: Fields, ids: readonly string[], group: Fields | undefined, advisories: readonly Fields[], source: Fields): Draft {
  const name = text(of, 'name') || text(of, 'commit') || need(source, 'path');
  const aliases = aliasesOf([...ids, ...group === undefined ? [] : texts(group, 'aliases'), ...advisories.flatMap((one) => texts(one, 'aliases'))]);
  const told = (member: string): string | undefined => advisories.map((one) => text(one, member)).find((one) => one !== undefined && one !== '');
  return {
    kind: text(source, 'type') === 'docker' ? 'container' : 'sca', rule: ids[0] ?? aliases[0] ?? '', aliases, title: told('summary'), message: told('details'),
    package: { name, version: text(of, 'version'), ecosystem: text(of, 'ecosystem') }, fixedIn: advisories.flatMap((one) => fixesOf(one, name)), path: text(source, 'path'),
    claims: [...scored(group === undefined ? undefined : number(group, 'max_severity')), ...advisories.flatMap(claimsOf)],
    cwes: advisories.flatMap((one) => texts(inner(one, 'database_specific'), 'cwe_ids')), url: aliases[0] === undefined ? undefined : `https://osv.dev/${aliases[0]}`,
  };
}

function claimsOf(advisory: Fields): ReturnType<typeof labelled> {
  const vectors = each(advisory, 'severity').flatMap((one) => vectored(text(one, 'score'), text(advisory, 'id')));
  const { severity } = inner(advisory, 'database_specific').members;
  return [...vectors, ...typeof severity === 'string' ? labelled(severity, text(advisory, 'id')) : []];
}

function fixesOf(advisory: Fields, name: string): readonly (string | undefined)[] {
  const affected = each(advisory, 'affected').filter((one) => (text(inner(one, 'package'), 'name') ?? name) === name);
  return affected.flatMap((one) => each(one, 'ranges')).filter((range) => text(range, 'type') !== 'GIT')
    .flatMap((range) => each(range, 'events')).map((event) => text(event, 'fixed'));
}

