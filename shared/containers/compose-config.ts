import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '#shared/core/errors';
import { quote } from '#shared/core/quote';
import { isShared, type SharedPath } from '#shared/release/shared-paths';
import type { Tree } from '#shared/release/tree';
import type { ComposeDefinition } from '#shared/server/definition';
import { packet, type PacketEntry } from '#shared/server/packet';
import { scriptCommand } from '#shared/server/scripts';
import type { Server } from '#shared/server/server';
import { composeServices, type ComposeService } from './compose-service.ts';

const script = readFileSync(new URL('./compose-config.sh', import.meta.url), 'utf8');
const LARGEST = 256 * 1_024; // bytes; compose files and what they refer to are far smaller
const LONGEST_SHOWN = 1_000; // characters
const NO_COMPOSE = 69; // by compose-config.sh

/** The release whose compose files are asked about. */
export interface ComposeSource {
  readonly compose: ComposeDefinition;
  /** The service's folder on the server. */
  readonly path: string;
  /** Where the release is on the runner, and what of it. */
  readonly source: string;
  readonly tree: Tree;
  readonly shared: readonly SharedPath[];
  /** What the files find in their environment, besides what a login has. */
  readonly variables?: Readonly<Record<string, string>>;
}

/**
 * The services of a release as compose on the server itself reads its files, with the variables and shared files that are there. Nothing
 * of it stays on the server. @throws {UserError} with what compose says of them.
 */
export async function readComposeServices(server: Server, source: ComposeSource): Promise<ComposeService[]> {
  const { compose, path, tree, variables = {} } = source;
  const absent = compose.files.filter((file) => !has(tree, file));
  if (absent.length > 0) throw new UserError(`The release has no ${shown(absent.join(', no '))}. Name the compose files in compose-files, relative to source.`);
  const exports = Object.entries(variables).map(([name, value]) => `export ${name}=${quote(value)}\n`).join('');
  const command = scriptCommand(exports + script, [`${path}/.slipway`, compose.project, compose.envFile, ...compose.files]);
  const pieces: Buffer[] = [];
  return server.persist(async (connection) => {
    pieces.length = 0;
    const { code, stderr } = await connection.exec(command, { stdin: packet(entriesOf(source)), onOutput: (piece) => void pieces.push(piece) });
    if (code === NO_COMPOSE) throw new UserError(`${connection.label} has no docker compose, version 2. ${stderr.trim()} Install the package docker-compose-plugin there.`.replace('  ', ' '));
    if (code !== 0) throw new UserError(`docker compose on ${connection.label} does not accept ${shown(compose.files.join(', '))}: ${shown(withoutValues(stderr.trim()))}`);
    return composeServices(Buffer.concat(pieces).toString());
  });
}

// Names may be of any length, and hold what a terminal takes for its own.
function shown(words: string): string {
  const plain = words.replaceAll(/[\0-\x09\x0b-\x1f\x7f]/g, ' ');
  return plain.length <= LONGEST_SHOWN ? plain : `${plain.slice(0, LONGEST_SHOWN)} …`;
}

// What it stumbled over in a file of variables may be a secret.
function withoutValues(words: string): string {
  return words.replaceAll(/(unexpected character|variable name|invalid interpolation format|invalid template).*/g, '$1 (what it found is not shown, for it may be a secret)');
}

function has(tree: Tree, wanted: string): boolean {
  for (const { path } of tree.files) if (path === wanted) return true;
  return false;
}

function* entriesOf({ tree, source, shared, path }: ComposeSource): Generator<PacketEntry> {
  for (const folder of tree.folders) yield { kind: 'folder', path: folder.path, mode: 0o700 };
  for (const { path: file, size } of tree.files) {
    if (size <= LARGEST && !isShared(file, shared)) yield { kind: 'file', path: file, mode: 0o600, size, source: join(source, file) };
  }
  for (const each of shared) yield { kind: 'link', path: each.path, mode: 0o777, target: `${path}/shared/${each.path}` };
}
