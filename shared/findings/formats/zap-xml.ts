import { SaxesParser } from 'saxes';
import { createCollector, type Collected, type Collecting, type Collector } from '../collector.ts';
import { Damage } from '../damage.ts';
import { fields } from '../fields.ts';
import type { ReportBytes } from '../report-bytes.ts';
import { addAlert } from './zap.ts';

// An alert with all its instances; a page's evidence is some kilobytes.
const LARGEST_ALERT = 16 * 1024 * 1024;
const DEEPEST = 50;

/** Whether a document begins as XML does. */
export async function isXml(bytes: ReportBytes): Promise<boolean> {
  for await (const chunk of bytes.open()) return /^\s*<[?!a-z]/i.test(chunk.toString('latin1', 0, 200));
  return false;
}

interface State { readonly collect: Collector; readonly path: string[]; site: string; alert: Record<string, unknown> | undefined; instance: Record<string, unknown> | undefined; text: string; size: number; sites: number }

/**
 * Reads ZAP's XML report. Entities that a document declares itself are not known to the parser, so none can be a bomb.
 * @throws {Damage} when it is not XML, or no report of ZAP.
 */
export async function readZapXml(bytes: ReportBytes, options: Collecting): Promise<Collected> {
  const { collect, collected } = createCollector(options);
  collect.tool('zap');
  collect.kind('dast');
  const state: State = { collect, path: [], site: '', alert: undefined, instance: undefined, text: '', size: 0, sites: 0 };
  const parser = new SaxesParser();
  parser.on('error', () => { throw new Damage('it is not valid XML'); });
  parser.on('opentag', ({ name, attributes }) => { opened(state, name, attributes as Record<string, string>); });
  parser.on('closetag', ({ name }) => { closed(state, name); });
  parser.on('text', (text) => { addText(state, text); });
  parser.on('cdata', (text) => { addText(state, text); });
  const decoder = new TextDecoder();
  for await (const chunk of bytes.open()) parser.write(decoder.decode(chunk, { stream: true }));
  parser.close();
  if (state.sites === 0) collect.nothingScanned('It has no site: ZAP reached nothing.');
  return collected();
}

function opened(state: State, name: string, attributes: Readonly<Record<string, string>>): void {
  if (state.path.length === 0 && name !== 'OWASPZAPReport') throw new Damage('it is XML, but no report of ZAP');
  if (state.path.length > DEEPEST) throw new Damage(`elements are nested more than ${DEEPEST} deep`);
  state.path.push(name);
  state.text = '';
  if (name === 'OWASPZAPReport') tellReport(state.collect, attributes);
  if (name === 'site') {
    state.sites++;
    state.site = attributes['name'] ?? attributes['host'] ?? '';
    if (state.site === '') throw new Damage('a site has no name');
    state.collect.subject('names', state.site);
  }
  if (name === 'alertitem') {
    state.alert = { instances: [] };
    state.size = 0;
  }
  if (name === 'instance') state.instance = {};
}

function tellReport(collect: Collector, attributes: Readonly<Record<string, string>>): void {
  collect.tool('zap', attributes['version']);
  collect.createdAt(attributes['created'] ?? attributes['generated']);
}

function closed(state: State, name: string): void {
  state.path.pop();
  const parent = state.path.at(-1);
  if (name === 'alertitem' && state.alert !== undefined) {
    addAlert(state.collect, state.site, fields(state.alert, 'alertitem'));
    state.alert = undefined;
  } else if (name === 'instance' && state.instance !== undefined) {
    (state.alert?.['instances'] as unknown[] | undefined)?.push(state.instance);
    state.instance = undefined;
  } else if (parent === 'instance' && state.instance !== undefined) state.instance[name] = state.text;
  else if (parent === 'alertitem' && state.alert !== undefined) setText(state.alert, name, state.text);
  else if (name === 'stoppingInsight') state.collect.failure('ZAP stopped the scan.');
}

function setText(alert: Record<string, unknown>, name: string, text: string): void {
  if (name !== 'instances') alert[name] = text.trim();
}

function addText(state: State, text: string): void {
  state.size += text.length;
  if (state.size > LARGEST_ALERT) throw new Damage('one alert takes more than 16 MiB');
  state.text += text;
}
