import { labelled, scored } from '../claim.ts';
import type { Collector } from '../collector.ts';
import type { Draft } from '../draft.ts';
import { each, has, inner, need, number, object, objects, text, texts, type Fields } from '../fields.ts';
import type { Format } from '../format.ts';
import { members } from '../json-shape.ts';
import { parsePurl } from '../package-name.ts';

/** OWASP Dependency-Check's JSON. https://github.com/dependency-check/DependencyCheck/blob/main/core/src/main/resources/templates/jsonReport.vsl */
export const dependencyCheck: Format = {
  name: 'dependency-check',
  recognise: (sketch) => sketch.has('scanInfo.engineVersion') || sketch.has('reportSchema', 'scanInfo'),
  read(collect) {
    collect.tool('dependency-check');
    collect.kind('sca');
    return { shape: members({
      scanInfo: object((of) => { tellScan(collect, of); }),
      projectInfo: object((of) => {
        collect.createdAt(text(of, 'reportDate'));
        collect.subject('names', text(of, 'name'));
      }),
      dependencies: objects((one) => { addDependency(collect, one); }),
    }, ({ seen }) => {
      if (!seen.has('dependencies')) collect.failure('It has no list of dependencies.');
      collect.scanned(0, 'dependencies');
    }) };
  },
};

function tellScan(collect: Collector, of: Fields): void {
  collect.tool('dependency-check', text(of, 'engineVersion'));
  for (const { members: { exception } } of each(of, 'analysisExceptions')) {
    const said = typeof exception === 'object' && exception !== null && 'message' in exception && typeof exception.message === 'string' ? exception.message : 'it does not say which';
    collect.failure(`An analysis failed: ${said}.`);
  }
  // How new the data is, not when it was looked for; older versions have one time only.
  const sources = each(of, 'dataSource');
  const modified = sources.filter((one) => /modified/i.test(text(one, 'name') ?? ''));
  for (const one of modified.length === 0 ? sources : modified) collect.databaseAt(text(one, 'timestamp'));
}

function addDependency(collect: Collector, dependency: Fields): void {
  collect.scanned(1, 'dependencies');
  for (const one of each(dependency, 'vulnerabilities')) collect.add(draftOf(one, dependency));
  for (const one of each(dependency, 'suppressedVulnerabilities')) {
    collect.add({ ...draftOf(one, dependency), suppressedBy: { by: "Dependency-Check's suppression file", reason: text(one, 'notes') ?? '' } });
  }
}

function draftOf(one: Fields, dependency: Fields): Draft {
  const purl = each(dependency, 'packages').map((of) => text(of, 'id')).find((id) => id?.startsWith('pkg:'));
  const of = purl === undefined ? undefined : parsePurl(purl);
  const name = need(one, 'name');
  return {
    kind: 'sca', rule: name, aliases: [text(one, 'source') === 'NVD' ? name : undefined], message: text(one, 'description'), path: text(dependency, 'filePath'),
    package: of === undefined ? { name: need(dependency, 'fileName') } : { ...of, purl }, claims: claimsOf(one), cwes: texts(one, 'cwes'),
    url: each(one, 'references').map((reference) => text(reference, 'url')).find((url) => url !== undefined),
    ...(has(one, 'knownExploitedVulnerability') ? { knownExploited: true } : {}),
  };
}

// `unscored` ones have no severity, whatever the word in its place says.
function claimsOf(one: Fields): ReturnType<typeof scored> {
  const isUnscored = ['true', true].includes(one.members['unscored'] as string | boolean);
  const scores = [
    ...scored(number(inner(one, 'cvssv4'), 'baseScore'), 4), ...scored(number(inner(one, 'cvssv3'), 'baseScore'), 3), ...scored(number(inner(one, 'cvssv2'), 'score'), 2),
  ];
  const word = text(one, 'severity');
  return isUnscored ? labelled(word).map((claim) => ({ ...claim, severity: 'unknown' as const })) : [...labelled(word), ...scores];
}
