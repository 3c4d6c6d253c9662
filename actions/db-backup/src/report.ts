import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatDuration } from '#shared/core/duration';
import { formatSize } from '#shared/core/size';
import { skewOf, type Manifest, type Part } from '#shared/database/backup-set';
import { isRestored } from '#shared/database/source';
import type { Job } from '#shared/runner/action';
import { surroundings } from '#shared/runner/surroundings';
import type { action } from './inputs.ts';

/** Tells of the set that was taken, in log, outputs and summary. */
export async function reportSet(job: Job<typeof action>, folder: string, manifest: Manifest): Promise<void> {
  const { set, parts, size, proof, restoreSeconds } = manifest;
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  const file = join(surroundings().temp, `${set}.manifest.json`);
  await writeFile(file, text);
  job.output({ set, parts, size, proof, 'restore-seconds': restoreSeconds, manifest: text, 'manifest-file': file });
  const line = `Set ${set}: ${parts.length} ${parts.length === 1 ? 'part' : 'parts'}, ${formatSize(size)}, ${wording(proof)}.${isRestored(proof) ? ` Restoring took ${formatDuration(restoreSeconds * 1_000)}.` : ''}`;
  job.log.info(`${line} It is in ${folder}.`);
  job.summarise({
    heading: `${manifest.service}: backup ${set}`,
    paragraphs: [line, ...(parts.length > 1 ? [manifest.quiesced ? 'Writers were held back while its parts were taken.' : `${skewOf(manifest)} s lie between the first and the last of its parts.`] : [])],
    table: { columns: ['Part', 'Kind', 'Proof', 'What is in it', 'Taken', 'Restored in'], rows: parts.map(rowOf) },
  });
}

/** Tells which sets there are, newest first. */
export function reportList(job: Job<typeof action>, directory: string, sets: readonly Manifest[]): void {
  const newestFirst = sets.toReversed();
  job.output({ sets: newestFirst });
  job.log.output(newestFirst.length === 0 ? `There is no set in ${directory}.` : newestFirst.map(({ set, proof, size, parts }) => `${set}  ${proof.padEnd(8)}  ${formatSize(size).padStart(8)}  ${parts.map(({ name }) => name).join(', ')}`).join('\n'));
}

function wording(proof: Manifest['proof']): string {
  switch (proof) {
    case 'equal': return 'restored and equal to what it was taken from';
    case 'restored': return 'restored, and not compared';
    case 'readable': return 'read to its end, and not restored';
    case 'none': return 'not proven in any way';
  }
}

function rowOf(part: Part): readonly string[] {
  const { name, kind, server, proof, provenOn, time, restoreSeconds } = part;
  return [name, server ?? kind, provenOn === undefined ? proof : `${proof}, on ${provenOn}`, contentOf(part), time, restoreSeconds === undefined ? '' : `${restoreSeconds} s`];
}

function contentOf({ tables, rows, files, keys, unchangedKeys }: Part): string {
  if (tables !== undefined) return `${tables} tables, ${rows ?? 0} rows`;
  if (keys !== undefined) return `${keys} keys, of which ${unchangedKeys ?? 0} stood still and were compared`;
  return files === undefined ? '' : `${files} files and folders`;
}
