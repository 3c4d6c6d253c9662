import { appendFileSync } from 'node:fs';
import type { OutputValue } from './action.ts';
import type { Masks } from './masks.ts';
import { renderSummary, type SummarySection } from './summary.ts';

/** Sets outputs, objects as JSON, with everything secret in them already masked and replaced; undefined sets nothing. */
export function setOutputs(values: Readonly<Record<string, OutputValue>>, masks: Masks): void {
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue;
    addOutput(name, masks.redact(typeof value === 'string' ? value : JSON.stringify(value)));
  }
}

// By hand, because @actions/core loads all of node:crypto for its delimiter: a quarter of the time in which Node starts.
function addOutput(name: string, value: string): void {
  let delimiter = 'END';
  while (value.includes(delimiter)) delimiter += '_';
  const file = process.env['GITHUB_OUTPUT'];
  if (file) appendFileSync(file, `${name}<<${delimiter}\n${value}\n${delimiter}\n`);
}

/** Appends the sections to the job summary; without GitHub's file for it (a run by hand) this does nothing. */
export function writeSummary(sections: readonly SummarySection[], masks: Masks): void {
  const file = process.env['GITHUB_STEP_SUMMARY'];
  if (file && sections.length > 0) appendFileSync(file, renderSummary(sections.map((section) => redactSection(section, masks))));
}

// Before rendering, because escaping would tear a secret apart.
function redactSection(section: SummarySection, masks: Masks): SummarySection {
  return redactDeep(section, masks) as SummarySection;
}

function redactDeep(value: unknown, masks: Masks): unknown {
  if (typeof value === 'string') return masks.redact(value);
  if (Array.isArray(value)) return value.map((item) => redactDeep(item, masks));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redactDeep(item, masks)]));
}
