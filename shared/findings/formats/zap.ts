import type { Collector } from '../collector.ts';
import { levelled } from '../claim.ts';
import { each, fields, has, list, need, object, text, textOrNumber, wording, type Fields } from '../fields.ts';
import type { Format } from '../format.ts';
import { either, elements, fact, members, value } from '../json-shape.ts';
import type { Severity } from '../severity.ts';

const RISKS: Readonly<Record<string, Severity>> = { 3: 'high', 2: 'medium', 1: 'low', 0: 'info' };

/** ZAP's traditional JSON. https://github.com/zaproxy/zap-extensions/tree/main/addOns/reports/src/main/zapHomeFiles/reports/traditional-json */
export const zap: Format = {
  name: 'zap',
  recognise: (sketch) => sketch.has('site', '@version') || sketch.has('site', '@generated') || sketch.has('site.#.alerts') || sketch.has('site.alerts'),
  read(collect) {
    collect.tool('zap');
    collect.kind('dast');
    let sites = 0;
    const site = object((one) => {
      sites++;
      addSite(collect, one);
    });
    return { shape: members({
      '@version': wording((version) => { collect.tool('zap', version); }),
      '@generated': wording((time) => { collect.createdAt(time); }),
      created: fact((time) => { collect.createdAt(String(time)); }),
      stoppingInsight: value((of) => { tellStop(collect, of); }),
      site: either(elements(site), site),
    }, ({ seen }) => {
      if (!seen.has('site')) collect.failure('It has no list of sites.');
      else if (sites === 0) collect.nothingScanned('It has no site: ZAP reached nothing.');
    }) };
  },
};

function addSite(collect: Collector, site: Fields): void {
  const name = text(site, '@name') ?? need(site, '@host');
  collect.subject('names', name);
  for (const alert of has(site, 'alerts') ? each(site, 'alerts') : []) addAlert(collect, name, alert);
}

/** Adds an alert of a site; JSON and XML have the same members. @throws {Damage} */
export function addAlert(collect: Collector, site: string, alert: Fields): void {
  const risk = textOrNumber(alert, 'riskcode') ?? '';
  const plugin = textOrNumber(alert, 'alertRef') || textOrNumber(alert, 'pluginid') || need(alert, 'name');
  const places = list(alert, 'instances').map((one, index) => fields(one, ...alert.path, 'instances', index));
  const title = text(alert, 'name') ?? text(alert, 'alert') ?? plugin;
  // Once for each place: they are one finding, and its number of occurrences.
  for (const place of places.length === 0 ? [undefined] : places) {
    collect.add({
      kind: 'dast', rule: plugin, title, message: place === undefined ? undefined : placeOf(place), path: site, fingerprint: 'site',
      claims: levelled(RISKS[risk] ?? 'unknown', text(alert, 'riskdesc') ?? risk), cwes: [textOrNumber(alert, 'cweid')],
      ...(textOrNumber(alert, 'confidence') === '0' ? { suppressedBy: { by: 'ZAP', reason: 'marked as a false positive' } } : {}),
    });
  }
}

// A query can hold a session or a token.
function placeOf(place: Fields): string {
  const uri = (text(place, 'uri') ?? '').replace(/[?#].*$/s, '');
  const parameter = text(place, 'param') ?? '';
  return `${text(place, 'method') ?? ''} ${uri}${parameter === '' ? '' : ` (parameter ${parameter})`}`.trim();
}

function tellStop(collect: Collector, insight: unknown): void {
  const of = typeof insight === 'object' && insight !== null && !Array.isArray(insight) ? fields(insight, 'stoppingInsight') : undefined;
  collect.failure(`ZAP stopped the scan: ${of === undefined ? 'it does not say why' : text(of, 'description') ?? text(of, 'reason') ?? 'it does not say why'}.`);
}
