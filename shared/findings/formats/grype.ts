import { cvssVersion, labelled, scored } from '../claim.ts';
import type { Collector } from '../collector.ts';
import type { Draft } from '../draft.ts';
import { each, fields, flag, inner, list, need, number, object, objects, text, texts, type Fields } from '../fields.ts';
import type { Format } from '../format.ts';
import { fact, factOf, members, type Scope } from '../json-shape.ts';

/** Grype's JSON. https://github.com/anchore/grype/tree/main/grype/presenter/models */
export const grype: Format = {
  name: 'grype',
  recognise: (sketch) => sketch.has('matches.#.vulnerability', 'matches.#.artifact') || (sketch.has('matches') && sketch.text('descriptor.name') === 'grype'),
  read(collect) {
    collect.tool('grype');
    return { shape: members({
      source: fact(),
      matches: objects((match, scope) => { collect.add(draftOf(match, scope)); }),
      ignoredMatches: objects((match, scope) => { collect.add({ ...draftOf(match, scope), suppressedBy: ruleThatIgnores(match) }); }),
      distro: object((of) => { collect.subject('names', text(of, 'name') === '' ? undefined : `${text(of, 'name') ?? ''} ${text(of, 'version') ?? ''}`.trim()); }),
      descriptor: object((of) => { tellRun(collect, of); }),
    }, (scope) => {
      collect.kind(isImage(scope) ? 'container' : 'sca');
      tellSource(collect, sourceOf(scope));
    }) };
  },
};

function draftOf(match: Fields, scope: Scope): Draft {
  const vulnerability = inner(match, 'vulnerability');
  const artifact = inner(match, 'artifact');
  const fix = inner(vulnerability, 'fix');
  const related = each(match, 'relatedVulnerabilities');
  const epss = each(vulnerability, 'epss').concat(related.flatMap((one) => each(one, 'epss'))).map((one) => number(one, 'epss') ?? 0);
  return {
    kind: isImage(scope) ? 'container' : 'sca', rule: need(vulnerability, 'id'), aliases: related.map((one) => text(one, 'id')),
    message: text(vulnerability, 'description') ?? related.map((one) => text(one, 'description')).find((one) => one !== undefined),
    package: { name: need(artifact, 'name'), version: text(artifact, 'version'), ecosystem: text(artifact, 'type'), purl: text(artifact, 'purl') },
    fixedIn: text(fix, 'state') === 'fixed' ? texts(fix, 'versions') : [], path: each(artifact, 'locations').map((one) => text(one, 'path'))[0],
    claims: [...labelled(text(vulnerability, 'severity')), ...[vulnerability, ...related].flatMap(scoresOf)], url: text(vulnerability, 'dataSource'),
    ...(epss.length === 0 ? {} : { epss: Math.max(...epss) }),
    ...([vulnerability, ...related].some((one) => list(one, 'knownExploited').length > 0) ? { knownExploited: true } : {}),
  };
}

function scoresOf(vulnerability: Fields): ReturnType<typeof scored> {
  return each(vulnerability, 'cvss').flatMap((one) => scored(number(inner(one, 'metrics'), 'baseScore'), cvssVersion(text(one, 'version')), text(one, 'source'), text(one, 'vector')));
}

function ruleThatIgnores(match: Fields): { by: string; reason: string } {
  const reasons = each(match, 'appliedIgnoreRules').map((rule) => text(rule, 'reason') ?? text(rule, 'vex-status') ?? text(rule, 'vulnerability') ?? '');
  return { by: "Grype's ignore rules", reason: reasons.filter((reason) => reason !== '').join(', ') };
}

function sourceOf(scope: Scope): Fields {
  return fields(factOf(scope, 'source') ?? {}, 'source');
}

// Without a source, older versions were asked about an image.
function isImage(scope: Scope): boolean {
  return (text(sourceOf(scope), 'type') ?? 'image') === 'image';
}

function tellSource(collect: Collector, source: Fields): void {
  const { target } = source.members;
  if (typeof target === 'string') return collect.subject('names', target);
  const of = inner(source, 'target');
  for (const digest of [text(of, 'imageID'), text(of, 'manifestDigest'), ...texts(of, 'repoDigests').map((one) => one.split('@')[1])]) collect.subject('digests', digest);
  for (const name of [text(of, 'userInput'), ...texts(of, 'tags')]) collect.subject('names', name);
}

function tellRun(collect: Collector, descriptor: Fields): void {
  const database = inner(descriptor, 'db');
  const status = inner(database, 'status');
  collect.tool('grype', text(descriptor, 'version'));
  collect.createdAt(text(descriptor, 'timestamp'));
  collect.databaseAt(text(status, 'built') ?? text(database, 'built'));
  const error = text(status, 'error') ?? text(database, 'error') ?? '';
  const isInvalid = flag(status, 'valid') === false || flag(database, 'valid') === false;
  if (isInvalid || error !== '') collect.failure(`Grype's database of vulnerabilities was not usable${error === '' ? '' : `: ${error}`}.`);
}
