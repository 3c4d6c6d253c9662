import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from '#shared/testing/programs';
import type { Engine } from './engine.ts';

/** What an image is made of. */
export interface ImageContent {
  /** Shell text that a container runs, as process 1, under busybox; it finds its files in `/`. */
  readonly run: string;
  /** Files at the root: name and text. */
  readonly files?: Readonly<Record<string, string>>;
  /** Docker's own health check, shell text too, asked every half second and given up after four. */
  readonly health?: string;
}

/** Builds an image from scratch with a static busybox, and returns its id. Two images share the layer that busybox is in. */
export async function buildImage(engine: Engine, name: string, { run, files = {}, health }: ImageContent): Promise<string> {
  const folder = join(engine.folder, 'build');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'bin'), { recursive: true });
  mkdirSync(join(folder, 'root'));
  copyFileSync(findProgram('busybox') ?? '', join(folder, 'bin', 'sh'));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, 'root', file), text);
  writeFileSync(join(folder, 'root', 'run'), run);
  // busybox-static of Debian finds its own commands without links to them.
  const check = health === undefined ? [] : [`HEALTHCHECK --interval=500ms --timeout=2s --retries=4 CMD ${JSON.stringify(['/bin/sh', '-c', health])}`];
  writeFileSync(join(folder, 'Dockerfile'), ['FROM scratch', 'COPY bin /bin', 'COPY root /', ...check, 'CMD ["/bin/sh", "/run"]', ''].join('\n'));
  const built = await engine.docker('build', '--quiet', '--tag', name, folder);
  return built.split('\n').at(-1) ?? '';
}

/** An app that answers `/health` and `/version` on port 80, and says what it was started with. Ends at once when told to. */
export function webApp(version: string): ImageContent {
  return {
    files: { health: 'ok\n', version: JSON.stringify({ version }) },
    run: 'echo "started"; trap "exit 0" TERM; httpd -f -p 80 -h / & wait\n',
    health: 'wget -q -O /dev/null http://127.0.0.1/health',
  };
}

/** The same, with a page, as whichever release it is started for. */
export function webOfAnyRelease(): ImageContent {
  const app = webApp('');
  return { ...app, files: { health: 'ok\n', 'index.html': 'shop\n' }, run: `echo "{\\"version\\":\\"$RELEASE\\"}" >/version; ${app.run}` };
}
