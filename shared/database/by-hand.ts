import { quote } from '#shared/core/quote';
import { fileOf, type Compression, type Source } from './source.ts';

/** How to restore a part with plain tools, one command a line, for somebody who has the set and nothing of ours. */
export function byHand(source: Source, compression: Compression, encryption: 'none' | 'age' | 'gpg'): readonly string[] {
  const open = (file: string): string => reading(file, compression, encryption);
  switch (source.kind) {
    case 'postgres': return [
      '# Makes roles (without passwords; those that are there already are told as errors) and an empty database like the old one:',
      `${open(`${source.name}.setup.sql`)} | psql -X -d postgres -v restored=${quote(`${source.database}_restored`)}`,
      '# Fills it, wholly or not at all, then gathers statistics:',
      `${open(fileOf(source))} | psql -X -q -v ON_ERROR_STOP=1 --single-transaction -d ${quote(`${source.database}_restored`)} && vacuumdb --analyze-only -d ${quote(`${source.database}_restored`)}`,
    ];
    case 'mysql': return [
      `# Character set and collation are in ${source.name}.setup.sql:`,
      open(`${source.name}.setup.sql`),
      `mysql -e ${quote(`create database ${identifier(`${source.database}_restored`)}`)} && ${open(fileOf(source))} | mysql ${quote(`${source.database}_restored`)}`,
    ];
    case 'redis': return [
      '# With Redis stopped, in its folder (redis-cli config get dir). With appendonly yes it reads another file: start it with appendonly no then.',
      `${open(fileOf(source))} >dump.rdb`,
    ];
    case 'mongodb': return [`${open(fileOf(source))} | mongorestore --archive --nsFrom=${quote(`${source.database}.*`)} --nsTo=${quote(`${source.database}_restored.*`)}`];
    case 'sqlite': return [`# With what uses it stopped, and no -wal or -shm beside it:`, `${open(fileOf(source))} >restored.sqlite && sqlite3 restored.sqlite 'pragma integrity_check'`];
    case 'files': return [`mkdir restored && ${open(fileOf(source))} | tar -xpf - -C restored`];
    case 'command': return [open(fileOf(source))];
  }
}

function identifier(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

function reading(file: string, compression: Compression, encryption: 'none' | 'age' | 'gpg'): string {
  const kept = `${file}${{ zstd: '.zst', gzip: '.gz', none: '' }[compression]}${encryption === 'none' ? '' : `.${encryption}`}`;
  const opened = { age: ['age -d -i YOUR-KEY'], gpg: ['gpg --decrypt'], none: [] }[encryption];
  const unpacked = { zstd: ['zstd -dc'], gzip: ['gzip -dc'], none: [] }[compression];
  const [first = 'cat', ...rest] = [...opened, ...unpacked];
  return [`${first} ${quote(kept)}`, ...rest].join(' | ');
}
