import { UserError } from '#shared/core/errors';

const LONGEST_PATH = 1_000; // bytes
const LONGEST_NAME = 255; // bytes, on every common file system

/** A path that all releases share; a folder is created empty when it is missing, a file must be there. */
export interface SharedPath { readonly path: string; readonly kind: 'folder' | 'file' }

/**
 * The `shared` input's lines as paths: relative, inside of the release, none below another. A trailing slash says folder.
 * @throws {UserError} naming the first line that is none of these.
 */
export function parseSharedPaths(lines: readonly string[]): readonly SharedPath[] {
  const paths = lines.map(parseSharedPath);
  for (const [index, { path }] of paths.entries()) {
    const other = paths.find((candidate, at) => at !== index && (path === candidate.path || path.startsWith(`${candidate.path}/`)));
    if (other?.path === path) throw new UserError(`shared lists ${path} twice. Keep one of them.`);
    if (other !== undefined) throw new UserError(`shared lists ${path}, which is inside of ${other.path} already. Keep ${other.path} alone, or list what is inside of it one by one.`);
  }
  return paths;
}

/** Whether a path of the release is a shared path or below one. */
export function isShared(path: string, shared: readonly SharedPath[]): boolean {
  return shared.some((entry) => path === entry.path || path.startsWith(`${entry.path}/`));
}

function parseSharedPath(line: string): SharedPath {
  const refuse = (reason: string): UserError =>
    new UserError(`shared lists ${shortened(line)}, which ${reason}. Give paths inside of the release, such as storage/ (a folder) or .env (a file).`);
  if (line.trim() === '') throw refuse('is empty');
  if (/[\0-\x1f\x7f]/.test(line)) throw refuse('holds a control character');
  if (line.startsWith('/')) throw refuse('is absolute');
  const segments = line.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (segments.includes('..')) throw refuse('climbs out with ".."');
  if (segments.length === 0) throw refuse('is the release itself');
  if (Buffer.byteLength(line) > LONGEST_PATH || segments.some((segment) => Buffer.byteLength(segment) > LONGEST_NAME)) throw refuse(`is too long (${LONGEST_PATH} bytes at most, and ${LONGEST_NAME} a name)`);
  return { path: segments.join('/'), kind: /\/\.?$/.test(line) ? 'folder' : 'file' };
}

function shortened(line: string): string {
  return line.length > 100 ? `${JSON.stringify(line.slice(0, 40))}… (${line.length} characters)` : JSON.stringify(line);
}
