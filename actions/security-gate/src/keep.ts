import { closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, UserError } from '#shared/core/errors';
import type { Case } from '#shared/policy/decide';
import type { Decision } from '#shared/policy/decision';
import type { Job } from '#shared/runner/action';
import { surroundings } from '#shared/runner/surroundings';
import type { Inputs } from './inputs.ts';
import { type Fingerprints, recordPieces } from './record.ts';
import { mergedSarif } from './sarif.ts';

const PORTION = 256 * 1024; // characters

/** Where the files are, and what of the findings is not in them. */
export interface Kept {
  readonly report: string | undefined;
  readonly sarif: string | undefined;
  readonly notes: readonly string[];
}

/** Writes the decision as JSON and the findings as SARIF. On a terminal only where a folder is named. @throws {UserError} when they cannot be written. */
export async function keep(decision: Decision, given: Case, fingerprints: Fingerprints, inputs: Inputs, job: Job): Promise<Kept> {
  if (inputs.outputFolder === undefined && job.run.url === '') return { report: undefined, sarif: undefined, notes: [] };
  const folder = inputs.outputFolder ?? join(surroundings().temp, 'security-gate', [decision.stage.name, inputs.name].filter(Boolean).join('-'));
  const [report, sarif] = [join(folder, 'decision.json'), join(folder, 'findings.sarif')];
  const merged = mergedSarif(decision, inputs.name);
  try {
    mkdirSync(folder, { recursive: true });
    writePieces(report, recordPieces(decision, given, job.run, fingerprints), job.redact);
    if (merged !== undefined) writeFileSync(sarif, job.redact(merged.text));
  } catch (error) {
    throw new UserError(`The decision cannot be written to ${folder}: ${messageOf(error)}. Name another output-folder.`);
  }
  if (merged === undefined) return { report, sarif: undefined, notes: ['No SARIF was written: evidence is missing, and GitHub would take what is not in it for mended.'] };
  return { report, sarif, notes: merged.left > 0 ? [`The SARIF has the most important findings; ${merged.left} more are over GitHub's limits.`] : [] };
}

// Redacted in large portions, each of whole pieces: that is cheaper, and no secret is in two of them.
function writePieces(path: string, pieces: Iterable<string>, redact: (text: string) => string): void {
  const file = openSync(path, 'w');
  let portion = '';
  const write = (): void => {
    writeFileSync(file, redact(portion));
    portion = '';
  };
  try {
    for (const piece of pieces) {
      portion += piece;
      if (portion.length > PORTION) write();
    }
    write();
  } finally {
    closeSync(file);
  }
}
