import { labelled, scored, vectored } from '../claim.ts';
import type { Collector } from '../collector.ts';
import type { Draft } from '../draft.ts';
import { amount, each, type Fields, flag, has, inner, list, need, number, object, objects, text, textOrNumber, texts } from '../fields.ts';
import type { Format } from '../format.ts';
import { either, elements, members } from '../json-shape.ts';

/**
 * Safety's JSON, of `safety check` and of `safety scan`.
 * https://github.com/pyupio/safety/blob/main/safety/formatters/json.py, https://github.com/pyupio/safety_schemas
 */
export const safety: Format = {
  name: 'safety',
  recognise: (sketch) => sketch.has('report_meta', 'vulnerabilities') || sketch.has('report_meta.safety_version') || sketch.has('scan_results.projects') || sketch.has('meta', 'scan_results'),
  read(collect) {
    collect.tool('safety');
    collect.kind('sca');
    const file = object((of) => { addFile(collect, of); });
    return { shape: members({
      report_meta: object((of) => { tellMeta(collect, of); }),
      meta: object((of) => { tellMeta(collect, of); }),
      vulnerabilities: objects((one) => { collect.add(draftOf(one)); }),
      ignored_vulnerabilities: objects((one) => { collect.add({ ...draftOf(one), suppressedBy: ignored(one) }); }),
      scan_results: members({ projects: elements(members({ files: elements(file) })), files: either(elements(file), file) }),
    }, ({ seen }) => { if (!seen.has('vulnerabilities') && !seen.has('scan_results')) collect.failure('It has no list of vulnerabilities, not even an empty one.'); }) };
  },
};

function tellMeta(collect: Collector, of: Fields): void {
  collect.tool('safety', text(of, 'safety_version') ?? text(inner(of, 'telemetry'), 'safety_version'));
  collect.createdAt(text(of, 'timestamp'));
  const packages = amount(of, 'packages_found');
  if (packages !== undefined) collect.scanned(packages, 'packages');
}

function draftOf(one: Fields): Draft {
  const cve = text(one, 'CVE');
  const fixed = list(one, 'fixed_versions').length > 0 ? texts(one, 'fixed_versions') : [text(one, 'closest_versions_without_known_vulnerabilities')].filter((version) => version !== undefined);
  return {
    kind: 'sca', rule: need(one, 'vulnerability_id'), aliases: cve?.split(/[,\s]+/), message: text(one, 'advisory'), url: text(one, 'more_info_url'),
    package: { name: need(one, 'package_name'), version: text(one, 'analyzed_version'), ecosystem: 'pypi' }, fixedIn: fixed, claims: claimsOf(one),
  };
}

// A number where an account would have an object.
function claimsOf(one: Fields): ReturnType<typeof scored> {
  const { severity } = one.members;
  if (typeof severity === 'string') return labelled(severity);
  const of = typeof severity === 'object' ? inner(one, 'severity') : { path: [], members: {} };
  const [v3, v2] = [inner(of, 'cvssv3'), inner(of, 'cvssv2')];
  return [...labelled(text(v3, 'base_severity')), ...scored(number(v3, 'base_score'), 3), ...vectored(text(v3, 'vector_string')), ...scored(number(v2, 'base_score'), 2)];
}

function ignored(one: Fields): { by: string; reason: string } {
  const until = text(one, 'ignored_expires');
  return { by: "Safety's policy", reason: `${text(one, 'ignored_reason') ?? ''}${until === undefined ? '' : ` (until ${until})`}`.trim() };
}

function addFile(collect: Collector, file: Fields): void {
  const dependencies = each(inner(file, 'results'), 'dependencies');
  collect.scanned(dependencies.length, 'dependencies');
  for (const dependency of dependencies) for (const specification of each(dependency, 'specifications')) addSpecification(collect, file, dependency, specification);
}

function addSpecification(collect: Collector, file: Fields, dependency: Fields, specification: Fields): void {
  const of = inner(specification, 'vulnerabilities');
  const fixed = text(inner(of, 'remediation'), 'recommended');
  for (const one of each(of, 'known_vulnerabilities')) {
    const by = inner(one, 'ignored');
    const isIgnored = has(one, 'ignored') && flag(by, 'is_ignored') !== false && Object.keys(by.members).length > 0;
    collect.add({
      kind: 'sca', rule: textOrNumber(one, 'id') ?? need(one, 'id'), path: text(file, 'location'), fixedIn: [fixed], claims: claimsOf(one), aliases: [text(one, 'CVE')],
      package: { name: need(dependency, 'name'), version: /==\s*([\w.+!-]+)/.exec(text(specification, 'raw') ?? '')?.[1], ecosystem: 'pypi' },
      ...(isIgnored ? { suppressedBy: { by: "Safety's policy", reason: text(by, 'reason') ?? '' } } : {}),
    });
  }
}
