/** A folder, or the nearest of its parents that is there. */
export interface Place {
  readonly nearest: string;
  readonly isFolder: boolean;
  readonly isWritable: boolean;
  /** As `stat -f` names it: `tmpfs`, `ext2/ext3`, `unknown`. */
  readonly fileSystem: string;
}

/** Who may do what with a folder or socket. */
export interface Rights {
  readonly path: string;
  /** As `ls -l` prints it, `drwxr-xr-x`. */
  readonly mode: string;
  readonly uid: number;
  readonly gid: number;
}

/** What is where a link is expected; `target` of a link alone. */
export interface Link {
  readonly kind: 'link' | 'folder' | 'file' | 'none';
  readonly target: string;
}

/** How full a disk is, in bytes or inodes. */
export interface Fill {
  readonly free: number;
  readonly total: number;
}

/** A process of nginx, and as whom it works. */
export interface WebServer {
  readonly pid: number;
  readonly isWorker: boolean;
  readonly uid: number;
  readonly groups: readonly number[];
  /** Name of its first group; empty where it has none. */
  readonly groupName: string;
}

/** Who listens on a TCP port. */
export interface PortUser {
  readonly port: number;
  readonly owner: string;
  /** Empty where the process is another user's. */
  readonly process: string;
}

/** The lines of a section that hold something. */
export function lines(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

/** Reads `<kind> <writable> <type> <which>`. */
export function place(line: string): Place {
  const [kind, writable, fileSystem = 'unknown', ...nearest] = line.split(' ');
  return { nearest: nearest.join(' '), isFolder: kind === 'folder', isWritable: writable === 'yes', fileSystem };
}

/** Reads `<mode> <uid> <gid> <path>`. */
export function rights(line: string): Rights {
  const [mode = '', uid, gid, ...path] = line.split(' ');
  return { mode, uid: Number(uid), gid: Number(gid), path: path.join(' ') };
}

/** Reads `<kind> <path> [<target>]`, by path. */
export function link(line: string): readonly [string, Link] {
  const [kind = 'none', path = '', target = ''] = line.split(' ');
  return [path, { kind: kind as Link['kind'], target }];
}

/** Reads a line of `df -Pk`; the columns are told by the percent sign, because names of devices may hold blanks. */
export function space(line = ''): Fill | undefined {
  return fill(line, 1_024);
}

/** The same of `df -Pi`; undefined where the file system counts no inodes. */
export function inodes(line = ''): Fill | undefined {
  return fill(line, 1);
}

/** Reads the words `<pid> nginx <title> <group name>- <uid> <gid> <group>...`. */
export function webServer([pid, , title = '', groupName = '', uid, ...groups]: readonly string[]): WebServer {
  return { pid: Number(pid), isWorker: title.startsWith('nginx:_worker'), uid: Number(uid), groups: groups.map(Number), groupName: groupName.replace(/-$/, '') };
}

/** Reads `<port> <owner> <pid or hyphen> <command line>`. */
export function portUser(line: string): PortUser {
  const [port, owner = '', pid = '-', ...command] = line.split(' ');
  return { port: Number(port), owner, process: pid === '-' ? '' : `process ${pid} (${command.join(' ').trim()})` };
}

function fill(line: string, unit: number): Fill | undefined {
  const [, used, free] = /\s(\d+)\s+(\d+)\s+\d+%/.exec(line) ?? [];
  const counts = { free: Number(free) * unit, total: (Number(used) + Number(free)) * unit };
  return used === undefined || counts.total === 0 ? undefined : counts;
}
