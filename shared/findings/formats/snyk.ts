import { cvssVersion, labelled, scored } from '../claim.ts';
import type { Collector } from '../collector.ts';
import { Damage } from '../damage.ts';
import type { Draft } from '../draft.ts';
import { each, inner, need, number, objects, text, texts, wording, type Fields } from '../fields.ts';
import type { Kind, Suppression } from '../finding.ts';
import type { Format } from '../format.ts';
import { either, elements, fact, factOf, factText, members, type Scope, type Shape } from '../json-shape.ts';

/** Snyk's JSON of `test` and `container test`: one project, or a list of them. https://docs.snyk.io/developer-tools/snyk-cli/commands/test */
export const snyk: Format = {
  name: 'snyk',
  recognise: (sketch) => ['', '#.'].some((at) => sketch.has(`${at}ok`) && (sketch.has(`${at}vulnerabilities`) || sketch.has(`${at}error`)) || sketch.has(`${at}vulnerabilities`, `${at}dependencyCount`)),
  read(collect) {
    collect.tool('snyk');
    let projects = 0;
    const counted = (): void => { projects++; };
    const project = projectShape(collect, counted);
    return {
      shape: either(elements(project), project),
      done: () => { if (projects === 0) collect.nothingScanned('It has no project.'); },
    };
  },
};

function projectShape(collect: Collector, begin: () => void, isInner = false): Shape {
  let ids = new Set<string>();
  const vulnerabilities = objects((one, scope) => {
    ids.add(need(one, 'id'));
    collect.add(draftOf(one, scope));
  });
  return members({
    packageManager: fact(), docker: fact(), displayTargetFile: fact(), error: fact(), uniqueCount: fact(countOf), ok: fact(),
    path: wording((name) => { if (!isInner) collect.subject('names', name); }),
    dependencyCount: wording((count) => { collect.scanned(Number(count), 'dependencies'); }),
    vulnerabilities, ...(isInner ? {} : { applications: elements(projectShape(collect, begin, true)) }),
  }, (scope) => {
    begin();
    endProject(collect, scope, ids.size);
    ids = new Set();
  });
}

function countOf(count: unknown): number {
  if (typeof count !== 'number') throw new Damage('uniqueCount is no number');
  return count;
}

function endProject(collect: Collector, scope: Scope, found: number): void {
  const { facts: { error, uniqueCount, ok }, seen } = scope;
  collect.kind(kindOf(scope));
  if (error !== undefined) return collect.failure(`Snyk could not test a project: ${typeof error === 'string' ? error : 'it does not say why'}.`);
  if (!seen.has('vulnerabilities')) collect.failure('A project has no list of vulnerabilities, not even an empty one.');
  if (typeof uniqueCount === 'number' && uniqueCount > found) collect.gap(`Snyk counts ${uniqueCount} problems, and lists ${found}.`);
  else if (ok === false && found === 0 && uniqueCount === undefined) collect.gap('Snyk says that something is wrong, and lists nothing.');
}

// One entry for each path to the package; together they are one finding.
function draftOf(one: Fields, scope: Scope): Draft {
  const ids = inner(one, 'identifiers');
  const isLicence = text(one, 'type') === 'license';
  const name = text(one, 'packageName') ?? text(one, 'moduleName') ?? need(one, 'name');
  const vector = text(one, 'CVSSv3');
  return {
    kind: isLicence ? 'licence' : kindOf(scope), rule: need(one, 'id'), aliases: [...texts(ids, 'CVE'), ...texts(ids, 'GHSA')], title: text(one, 'title'),
    package: { name, version: text(one, 'version'), ecosystem: ecosystemOf(one, scope) }, fixedIn: texts(one, 'fixedIn'), cwes: texts(ids, 'CWE'),
    path: factText(scope, 'displayTargetFile'), claims: [...labelled(text(one, 'severityWithCritical') ?? text(one, 'severity')), ...scored(number(one, 'cvssScore'), cvssVersion(vector), undefined, vector)],
    licence: isLicence ? text(one, 'license') ?? text(one, 'title') : undefined, suppressedBy: ignored(inner(one, 'filtered')),
  };
}

function ecosystemOf(one: Fields, scope: Scope): string | undefined {
  return text(one, 'packageManager') ?? factText(scope, 'packageManager') ?? text(one, 'language');
}

function ignored(filtered: Fields): Suppression | undefined {
  const [by] = each(filtered, 'ignored');
  return by === undefined ? undefined : { by: 'a .snyk policy', reason: text(by, 'reason') ?? '' };
}

function kindOf(scope: Scope): Kind {
  return factOf(scope, 'docker') !== undefined || ['deb', 'apk', 'rpm', 'linux'].includes(factText(scope, 'packageManager') ?? '') ? 'container' : 'sca';
}
