import { labelled } from '../claim.ts';
import type { Collector } from '../collector.ts';
import { Damage } from '../damage.ts';
import type { Draft } from '../draft.ts';
import { fields, inner, need, objects, text, wording, type Fields } from '../fields.ts';
import type { Format } from '../format.ts';
import { entries, fact, factOf, members, value, type Scope } from '../json-shape.ts';

/** Clair 4's report, and that of clair-scanner for older ones. https://github.com/quay/clair/blob/main/Documentation/reference/api.md */
export const clair: Format = {
  name: 'clair',
  recognise: (sketch) => sketch.has('manifest_hash', 'packages') || sketch.has('package_vulnerabilities', 'vulnerabilities') || sketch.has('image', 'unapproved', 'vulnerabilities'),
  read(collect) {
    collect.tool('clair');
    collect.kind('container');
    return { shape: members({
      manifest_hash: wording((hash) => { collect.subject('digests', hash); }),
      image: wording((name) => { collect.subject('names', name); }),
      packages: fact(), unapproved: fact(),
      vulnerabilities: { kind: 'either', list: objects((one) => { collect.add(oldDraft(one)); }), object: fact() },
      package_vulnerabilities: entries(value((ids, scope, of) => { addAll(collect, ids, scope, String(of)); })),
      error: value(() => { collect.failure('Clair answered with an error.'); }),
    }, ({ seen, facts }) => {
      if (seen.has('unapproved') && facts['vulnerabilities'] !== undefined) throw new Damage('vulnerabilities is an object, expected is a list');
      if (seen.has('unapproved')) return;
      if (!seen.has('package_vulnerabilities') || !seen.has('packages')) collect.failure('It does not say which packages were looked at and what is wrong with them.');
      else collect.scanned(Object.keys(fields(facts['packages'], 'packages').members).length, 'packages');
    }) };
  },
};

function addAll(collect: Collector, ids: unknown, scope: Scope, of: string): void {
  const packages = fields(factOf(scope, 'packages') ?? {}, 'packages');
  const vulnerabilities = fields(factOf(scope, 'vulnerabilities') ?? {}, 'vulnerabilities');
  if (!Array.isArray(ids)) throw new Damage('package_vulnerabilities has something else than lists');
  for (const id of ids) {
    const one = fields(vulnerabilities.members[String(id)], 'vulnerabilities', String(id));
    collect.add(draftOf(one, inner(packages, of)));
  }
}

function draftOf(one: Fields, of: Fields): Draft {
  const name = need(one, 'name');
  return {
    kind: 'container', rule: name, aliases: [name.split(' ')[0]], message: text(one, 'description'), url: text(one, 'links')?.split(' ')[0],
    package: { name: text(of, 'name') ?? need(inner(one, 'package'), 'name'), version: text(of, 'version'), ecosystem: text(inner(one, 'distribution'), 'did') },
    fixedIn: [text(one, 'fixed_in_version')], claims: [...labelled(text(one, 'normalized_severity')), ...labelled(text(one, 'severity'), 'distribution')],
  };
}

function oldDraft(one: Fields): Draft {
  return {
    kind: 'container', rule: need(one, 'vulnerability'), message: text(one, 'description'), url: text(one, 'link'), claims: labelled(need(one, 'severity')),
    package: { name: need(one, 'featurename'), version: text(one, 'featureversion'), ecosystem: text(one, 'namespace') }, fixedIn: [text(one, 'fixedby')],
  };
}

