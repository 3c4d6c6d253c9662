import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { postgresPrograms } from '#shared/testing/postgres';
import { findProgram } from '#shared/testing/programs';
import type { Engine } from './engine.ts';

// The machine's own programs with the libraries they load, a shell, and the users they run as.
const MAKE_ROOT = `set -e
root=$1; shift
mkdir -p "$root/bin" "$root/tmp" "$root/etc" "$root/var/run/postgresql" "$root/var/lib/mysql"
mkdir -p "$root/var/lib/postgresql/data" && chown -R postgres "$root/var/lib/postgresql" || :
chmod 1777 "$root/tmp" "$root/var/run/postgresql"
for name in sh mkdir printenv cat rm sleep; do cp "$(command -v busybox)" "$root/bin/$name"; done
grep -E '^(root|postgres|mysql):' /etc/passwd >"$root/etc/passwd"; grep -E '^(root|postgres|mysql):' /etc/group >"$root/etc/group"
for file; do cp --parents -rL "$file" "$root"; done
find "$@" -type f -exec ldd {} + 2>/dev/null | sed -n 's/.*=> \\(\\/[^ ]*\\).*/\\1/p; s/^[[:space:]]*\\(\\/lib[^ ]*\\) (.*/\\1/p' | sort -u | while read -r library; do cp --parents -L "$library" "$root"; done
tar -C "$root" -cf "$root.tar" .`;

/** Makes an image of these files of this machine; `command` is shell text that its containers run as `user` unless told otherwise. */
export async function importImage(engine: Engine, name: string, files: readonly string[], { user, command }: { readonly user: string; readonly command: string }): Promise<void> {
  const root = join(engine.folder, 'roots', name.replaceAll(/\W/g, '-'));
  execFileSync('sh', ['-c', MAKE_ROOT, 'sh', root, ...files], { stdio: ['ignore', 'ignore', 'pipe'] });
  const changes = [`ENV PATH=/bin:/usr/bin:/usr/sbin:${postgresPrograms() ?? ''}`, `USER ${user}`, `CMD ${JSON.stringify(['sh', '-c', command])}`];
  await engine.docker('import', ...changes.flatMap((change) => ['--change', change]), `${root}.tar`, name);
}

/** Makes an image of this machine's PostgreSQL, whose superuser `postgres` needs no password; its cluster is in `data`, begun where there is none. */
export async function importPostgres(engine: Engine, name: string, data: string): Promise<void> {
  const programs = postgresPrograms() ?? '';
  const version = /(\d+)\/bin$/.exec(programs)?.[1] ?? '';
  const library = `/usr/lib/postgresql/${version}/lib`;
  const files = [programs, `/usr/share/postgresql/${version}`, '/usr/share/zoneinfo/UTC', '/usr/share/zoneinfo/Etc', `${library}/plpgsql.so`, `${library}/dict_snowball.so`];
  const command = `[ -s ${data}/PG_VERSION ] || initdb -D ${data} -U postgres --auth=trust --no-sync >/dev/null; exec postgres -D ${data} -c listen_addresses=`;
  await importImage(engine, name, files, { user: 'postgres', command });
}

const MARIADB_PROGRAMS = ['mariadbd', 'mariadb', 'mariadb-dump', 'mariadb-install-db', 'my_print_defaults', 'resolveip', 'hostname', 'sed', 'id', 'chown', 'chmod', 'dirname', 'basename', 'uname', 'ls', 'grep'];

/** Makes an image of this machine's MariaDB, whose data is in `data`; it listens on the socket `/tmp/s` alone. */
export async function importMariadb(engine: Engine, name: string, data: string): Promise<void> {
  const files = [...MARIADB_PROGRAMS.map((program) => findProgram(program) ?? ''), '/usr/share/mysql'];
  await importImage(engine, name, files, { user: 'mysql', command: `${mariadbIn(data)} --skip-networking` });
}

/** Shell text that makes a MariaDB in that folder and becomes it; options may follow. */
export function mariadbIn(data: string): string {
  return `mariadb-install-db --no-defaults --datadir=${data} --auth-root-authentication-method=normal --skip-test-db --force >/dev/null && exec mariadbd --no-defaults --datadir=${data} --socket=/tmp/s`;
}
