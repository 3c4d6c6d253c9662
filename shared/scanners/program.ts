import { UserError } from '#shared/core/errors';
import { passedOn } from './environment.ts';
import { install, type Installing } from './install.ts';
import type { Lock, Release } from './lock.ts';
import { findOnPath, versionOf } from './on-path.ts';
import { pickRelease, type Terms } from './pick.ts';
import type { Scan } from './scan.ts';

export type { Terms } from './pick.ts';

/** The program of a scanner. */
export interface Program {
  readonly path: string;
  /** Undefined when a program on PATH was not asked, or does not tell. */
  readonly version: string | undefined;
  readonly from: 'PATH' | 'tool cache' | 'release';
}

/** Where programs are looked for. */
export interface Finding {
  readonly lock: Lock;
  readonly workspace: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly terms: Omit<Terms, 'version'>;
  readonly installing: Installing;
  readonly signal: AbortSignal;
}

/**
 * The program for a scan: on PATH when it is there in the wanted version, else installed from what is pinned.
 * @throws {UserError} when it is to be had in neither way.
 */
export async function programFor({ scanner, version }: Scan, finding: Finding): Promise<Program> {
  const { name } = scanner;
  const path = findOnPath(scanner.program, finding.environment['PATH'] ?? '', finding.workspace);
  const releases = finding.lock[name];
  // Starting it only to ask its version would take as long as many a scan.
  const isVersionAsked = path !== undefined && (releases !== undefined || version !== undefined);
  const there = isVersionAsked ? await versionOf(path, scanner.versionArgs, { cwd: finding.workspace, env: passedOn(finding.environment, scanner.passesOn), signal: finding.signal }) : undefined;
  const onPath = path === undefined ? undefined : { path, version: there, from: 'PATH' as const };
  if (releases === undefined) return fromPathAlone(name, version, onPath);
  if (onPath !== undefined && there !== undefined && (version === undefined ? releases.some((release) => release.version === there) : version === there)) return onPath;
  const release = pickRelease(name, releases, { ...finding.terms, version });
  if (onPath !== undefined) finding.installing.log.info(`${onPath.path} is ${there ?? 'of an untold version'}, and not ${release.version}: it is passed over.`);
  return { ...await installed(name, release, finding.installing), version: release.version };
}

function fromPathAlone(name: string, version: string | undefined, onPath: Program | undefined): Program {
  if (onPath === undefined) throw new UserError(`${name} is not on PATH, and is not among the scanners that are installed here. Install it in a step before this one.`);
  if (version !== undefined && onPath.version !== version) throw new UserError(`${name} on PATH is ${onPath.version ?? 'of an untold version'}, and not ${version}.`);
  return onPath;
}

// Two scans with the same scanner install it once.
const underWay = new WeakMap<object, Map<string, ReturnType<typeof install>>>();

function installed(name: string, release: Release, installing: Installing): ReturnType<typeof install> {
  const ofJob = underWay.get(installing.downloading) ?? new Map<string, ReturnType<typeof install>>();
  underWay.set(installing.downloading, ofJob);
  const key = `${name} ${release.version}`;
  const started = ofJob.get(key) ?? install(name, release, installing);
  ofJob.set(key, started);
  return started;
}
