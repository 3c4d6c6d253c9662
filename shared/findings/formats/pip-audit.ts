import type { Collector } from '../collector.ts';
import { each, need, object, text, texts, type Fields } from '../fields.ts';
import type { Format } from '../format.ts';
import { either, elements, members } from '../json-shape.ts';

/** pip-audit's JSON; before 2.0 it was the bare list. https://github.com/pypa/pip-audit/blob/main/pip_audit/_format/json.py */
export const pipAudit: Format = {
  name: 'pip-audit',
  recognise: (sketch) => ['dependencies.#', '#'].some((at) => sketch.has(`${at}.name`) && (sketch.has(`${at}.vulns`) || sketch.has(`${at}.skip_reason`))) || sketch.has('dependencies', 'fixes'),
  read(collect) {
    collect.tool('pip-audit');
    collect.kind('sca');
    const dependencies = elements(object((one) => { addDependency(collect, one); }));
    return {
      shape: either(dependencies, members({ dependencies }, ({ seen }) => { if (!seen.has('dependencies')) collect.failure('It has no list of dependencies.'); })),
      // None audited is none scanned, also where every one was skipped.
      done: () => { collect.scanned(0, 'dependencies'); },
    };
  },
};

function addDependency(collect: Collector, dependency: Fields): void {
  const name = need(dependency, 'name');
  const skipped = text(dependency, 'skip_reason');
  if (skipped !== undefined) return collect.gap(`${name} was not audited: ${skipped}.`);
  collect.scanned(1, 'dependencies');
  for (const one of each(dependency, 'vulns')) {
    collect.add({
      kind: 'sca', rule: need(one, 'id'), aliases: texts(one, 'aliases'), message: text(one, 'description'),
      package: { name, version: text(dependency, 'version'), ecosystem: 'pypi' }, fixedIn: texts(one, 'fix_versions'), claims: [],
    });
  }
}
