import { UserError } from '#shared/core/errors';
import { scriptCommand } from '#shared/server/scripts';
import type { Server } from '#shared/server/server';
import type { Engine, Setup, Status } from './engine.ts';
import type { Facts, Rehearsal } from './rehearsal.ts';

/** What an apply that was killed had begun, and how the database looked before. */
export interface UnderWay {
  readonly plan: string;
  readonly what: 'apply' | 'undo';
  readonly time: string;
  readonly run: string;
  readonly migrations: readonly string[];
  readonly before: Status;
  /** Lines of the schema that differ from then. */
  readonly difference: readonly string[];
}

/** What a look at a database and its migrations found. */
export interface Seen {
  /** The plan that looked. */
  readonly plan: string;
  readonly status: Status;
  readonly facts: Facts;
  /** What an apply must find again: hashes of facts and status. */
  readonly identity: string;
  /** sha256 of each file of the migrations, by its path below the folder that commands run in. */
  readonly hashes: ReadonlyMap<string, string>;
  readonly chain: string;
  readonly rehearsals: readonly Rehearsal[];
  readonly underWay: UnderWay | undefined;
}

const READ = `cd "$1" && shift && for file; do [ ! -f "$file" ] || { printf '\\036%s\\n' "$file" && cat "$file" || exit 1; }; done`;
const FILES = ['status', 'facts', 'identity', 'files', 'chain', 'rehearsals', 'under-way/about', 'under-way/status', 'under-way/difference'];

/** Texts of a folder of the server, by their paths in it; those that there are. @throws {UserError} when one cannot be read. */
export async function readTexts(server: Server, folder: string, paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { code, stdout, stderr } = await server.persist((connection) => connection.exec(scriptCommand(READ, [folder, ...paths])));
  if (code !== 0) throw new UserError(`${folder} of ${server.label} could not be read: ${stderr.trim()}`);
  return new Map(stdout.split('\u001e').slice(1).map((part) => {
    const end = part.indexOf('\n');
    return [part.slice(0, end), part.slice(end + 1)] as const;
  }));
}

/** What the look of a plan found. @throws {UserError} when its status is not what the engine prints. */
export async function readSeen(server: Server, state: string, plan: string, engine: Engine, setup: Setup): Promise<Seen> {
  const texts = await readTexts(server, `${state}/plans/${plan}/look`, FILES);
  const text = (path: string): string => texts.get(path) ?? '';
  const about = texts.get('under-way/about');
  return {
    plan, status: engine.parseStatus(text('status'), setup),
    facts: factsOf(text('facts')),
    identity: text('identity').trim(),
    hashes: hashesOf(text('files'), setup.directory),
    chain: text('chain'),
    rehearsals: linesOf(text('rehearsals')).map((line) => JSON.parse(line) as Rehearsal),
    underWay: about === undefined ? undefined : {
      ...(JSON.parse(about) as Pick<UnderWay, 'plan' | 'what' | 'time' | 'run' | 'migrations'>),
      before: engine.parseStatus(text('under-way/status'), setup), difference: linesOf(text('under-way/difference')),
    },
  };
}

/** The lines of a text that are not empty. */
export function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '');
}

function factsOf(text: string): Facts {
  const facts = new Map(linesOf(text).map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]));
  return { schema: facts.get('schema') ?? '', files: facts.get('files') ?? '', release: facts.get('release') ?? '', server: facts.get('server') ?? '' };
}

function hashesOf(text: string, directory: string): ReadonlyMap<string, string> {
  return new Map(linesOf(text).map((line) => [`${directory}/${line.slice(68)}`, line.slice(0, 64)]));
}
