import { labelled, scored } from '../claim.ts';
import type { Draft } from '../draft.ts';
import { each, inner, need, number, objects, text, texts, wording, type Fields } from '../fields.ts';
import type { Format } from '../format.ts';
import { members } from '../json-shape.ts';

/** Anchore Engine's and Enterprise's vulnerabilities of an image. https://docs.anchore.com/current/docs/integration/api_cli */
export const anchore: Format = {
  name: 'anchore',
  recognise: (sketch) => sketch.has('imageDigest', 'vulnerabilities') || sketch.has('image_digest', 'vulnerabilities') || sketch.has('vulnerabilities.#.vuln', 'vulnerabilities.#.package'),
  read(collect) {
    collect.tool('anchore');
    collect.kind('container');
    return { shape: members({
      imageDigest: wording((digest) => { collect.subject('digests', digest); }),
      image_digest: wording((digest) => { collect.subject('digests', digest); }),
      vulnerabilities: objects((one) => { collect.add(draftOf(one)); }),
    }, ({ seen }) => { if (!seen.has('vulnerabilities')) collect.failure('It has no list of vulnerabilities, not even an empty one.'); }) };
  },
};

function draftOf(one: Fields): Draft {
  const fix = text(one, 'fix');
  const scores = each(one, 'nvd_data').map((data) => number(inner(data, 'cvss_v3'), 'base_score')).filter((score) => (score ?? 0) > 0);
  return {
    kind: 'container', rule: need(one, 'vuln'), aliases: each(one, 'nvd_data').map((data) => text(data, 'id')), url: text(one, 'url'),
    package: { name: text(one, 'package_name') ?? need(one, 'package'), version: text(one, 'package_version'), ecosystem: text(one, 'package_type'), purl: text(one, 'purl') },
    fixedIn: fix === undefined || fix === 'None' ? [] : texts(one, 'fix'), path: text(one, 'package_path') === 'pkgdb' ? undefined : text(one, 'package_path'),
    claims: [...labelled(need(one, 'severity')), ...scores.flatMap((score) => scored(score, 3, 'nvd'))],
  };
}
