import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { artifactOf } from '#shared/github/run-artifact';
import type { Repository } from '#shared/github/questions';
import type { Job } from '#shared/runner/action';
import { surroundings } from '#shared/runner/surroundings';
import { filesOf } from './files.ts';
import type { Inputs } from './inputs.ts';
import { mergeBase } from './merge-base.ts';

/** What stands for the merge base's hash in a path. */
const MERGE_BASE = '{merge-base}';
const ARTIFACT = 'artifact:';

/** Where a baseline is, and why one that was asked for is not there. */
export interface BaselineFiles {
  readonly paths: readonly string[];
  readonly notes: readonly string[];
}

/** The files that the input `baseline` names; the merge base is looked up only where one of them depends on it. */
export async function baselineFiles({ baseline }: Inputs, repository: Repository | undefined, job: Job): Promise<BaselineFiles> {
  const isOfMergeBase = (given: string): boolean => given.startsWith(ARTIFACT) || given.includes(MERGE_BASE);
  const paths = baseline.filter((given) => !isOfMergeBase(given)).flatMap((given) => filesOf(given).files);
  const wanted = baseline.filter(isOfMergeBase);
  if (wanted.length === 0) return { paths, notes: [] };
  const base = await mergeBase(repository, job);
  if (typeof base === 'string') return { paths, notes: [`There is no baseline of the merge base: ${base}.`] };
  const found = await Promise.all(wanted.map(async (given) => (given.startsWith(ARTIFACT) ? await inArtifact(given, base.commit, repository) : atPath(given, base.commit))));
  return { paths: [...paths, ...found.flatMap((one) => one.paths)], notes: found.flatMap((one) => one.notes) };
}

function atPath(given: string, commit: string): BaselineFiles {
  const path = given.replaceAll(MERGE_BASE, commit);
  const { files } = filesOf(path);
  return { paths: files, notes: files.length === 0 ? [`There is no baseline of the merge base: nothing is at ${path}.`] : [] };
}

async function inArtifact(given: string, commit: string, repository: Repository | undefined): Promise<BaselineFiles> {
  const name = given.slice(ARTIFACT.length);
  const found = repository === undefined ? 'artifacts are fetched with github-token, in a run' : await artifactOf(repository, name, commit);
  if (typeof found === 'string') return { paths: [], notes: [`There is no baseline of the merge base: ${found}.`] };
  const path = join(mkdtempSync(join(surroundings().temp, 'slipway-baseline-')), `${name.replaceAll(/[^\w.-]/g, '_')}.zip`);
  writeFileSync(path, found.zip);
  return { paths: [path], notes: [] };
}
