import { ruled } from '../claim.ts';
import type { Collector } from '../collector.ts';
import type { Draft } from '../draft.ts';
import { each, has, inner, need, number, objects, text, type Fields, wording } from '../fields.ts';
import type { Format } from '../format.ts';
import { elements, members, type Shape } from '../json-shape.ts';

/** GitGuardian's ggshield, `secret scan --json`. https://github.com/GitGuardian/ggshield/blob/main/ggshield/verticals/secret/output/schemas.py */
export const ggshield: Format = {
  name: 'ggshield',
  recognise: (sketch) => sketch.has('total_incidents', 'type') || sketch.has('scans.#.total_incidents') || sketch.has('entities_with_incidents.#.incidents') || sketch.has('secrets_engine_version'),
  read(collect) {
    collect.tool('ggshield');
    collect.kind('secrets');
    let listed = 0;
    let counted = 0;
    const entities = objects((one) => {
      listed++;
      addEntity(collect, one);
    });
    const errors = objects((one) => { collect.gap(`Files were left out: ${text(one, 'description') ?? 'it does not say why'}.`); });
    // Scans that found nothing are not listed, so that none is no sign of anything.
    const scan = (depth: number): Shape => members({ entities_with_incidents: entities, errors, ...depth > 0 ? { scans: elements(scan(depth - 1)) } : {} });
    return { shape: members({
      entities_with_incidents: entities, errors, scans: elements(scan(2)), total_incidents: wording((count) => { counted = Number(count); }),
    }, () => { if (counted > 0 && listed === 0) collect.gap(`It counts ${counted} incidents, and lists none.`); }) };
  },
};

function addEntity(collect: Collector, entity: Fields): void {
  const path = need(entity, 'filename');
  for (const incident of each(entity, 'incidents')) {
    for (const place of each(incident, 'occurrences')) collect.add(draftOf(incident, place, path));
    if (each(incident, 'occurrences').length === 0) collect.add(draftOf(incident, inner(incident, 'none'), path));
  }
}

// Its `ignore_sha` names the secret: a hash that has no key, so it is hidden by ours like the value would be.
function draftOf(incident: Fields, place: Fields, path: string): Draft {
  const type = text(incident, 'type') ?? text(incident, 'detector') ?? need(incident, 'policy');
  const validity = text(incident, 'validity');
  return {
    kind: 'secrets', rule: type, title: validity === 'valid' ? `${type}: a secret that works` : type, path, line: number(place, 'line_start'), endLine: number(place, 'line_end'),
    secret: text(incident, 'ignore_sha'), conceal: [text(place, 'match')], claims: ruled('critical', validity === 'valid' ? 'a secret that works' : 'a secret in the sources'), url: text(incident, 'incident_url'),
    ...(has(incident, 'ignore_reason') ? { suppressedBy: { by: 'ggshield', reason: reasonOf(incident) } } : {}),
  };
}

function reasonOf(incident: Fields): string {
  const given = incident.members['ignore_reason'];
  return typeof given === 'string' ? given : text(inner(incident, 'ignore_reason'), 'kind') ?? '';
}
