import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { appendValue } from './command-file.ts';

/** What a step finds around it besides inputs and run. */
export interface Surroundings {
  /** Addresses of GitHub, without a slash at the end. */
  readonly apiUrl: string;
  readonly serverUrl: string;
  /** A folder for files of this job. */
  readonly temp: string;
  /** The event that started the run, as GitHub sent it; empty where there is none. */
  readonly event: Readonly<Record<string, unknown>>;
  readonly isTag: boolean;
  /** The proxy settings that are there, under their own names. */
  readonly proxy: Readonly<Record<string, string>>;
}

const PROXY_NAMES = ['http_proxy', 'https_proxy', 'no_proxy'].flatMap((name) => [name, name.toUpperCase()]);

/** What the environment says. */
export function surroundings(environment: Readonly<Record<string, string | undefined>> = process.env): Surroundings {
  const { GITHUB_API_URL = 'https://api.github.com', GITHUB_SERVER_URL = 'https://github.com', RUNNER_TEMP, GITHUB_EVENT_PATH, GITHUB_REF_TYPE, GITHUB_REF = '' } = environment;
  const proxy = PROXY_NAMES.flatMap((name) => (environment[name] ? [[name, environment[name]] as const] : []));
  return {
    apiUrl: GITHUB_API_URL, serverUrl: GITHUB_SERVER_URL, temp: RUNNER_TEMP || tmpdir(), event: readEvent(GITHUB_EVENT_PATH),
    isTag: GITHUB_REF_TYPE === 'tag' || GITHUB_REF.startsWith('refs/tags/'), proxy: Object.fromEntries(proxy),
  };
}

/** All variables of the job, for programs that are to see some of them; what was read as a secret is no longer among them. */
export function jobEnvironment(): Readonly<Record<string, string | undefined>> {
  return { ...process.env };
}

/** What an earlier step of this job kept under a name; empty where none did. */
export function keptForJob(name: string): string {
  return process.env[name] ?? '';
}

/** Keeps a text for later steps of this job, where the runner has a file for that. */
export function keepForJob(name: string, text: string): void {
  appendValue(process.env['GITHUB_ENV'], name, text);
}

function readEvent(path: string | undefined): Surroundings['event'] {
  try {
    const event: unknown = path === undefined ? {} : JSON.parse(readFileSync(path, 'utf8'));
    return typeof event === 'object' && event !== null ? event as Surroundings['event'] : {};
  } catch {
    return {}; // It is only a source of what would be nice to show.
  }
}
