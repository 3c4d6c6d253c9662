import { appendFileSync } from 'node:fs';
import type { OutputValue } from './action.ts';
import { appendValue } from './command-file.ts';
import type { Masks } from './masks.ts';
import { renderSummary, type SummarySection } from './summary.ts';

/** Sets outputs, objects as JSON, with everything secret in them already masked and replaced; undefined sets nothing. */
export function setOutputs(values: Readonly<Record<string, OutputValue>>, masks: Masks): void {
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue;
    appendValue(process.env['GITHUB_OUTPUT'], name, masks.redact(typeof value === 'string' ? value : JSON.stringify(value)));
  }
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
