import { glob, readFile, writeFile } from 'node:fs/promises';

// None of them does anything on import, but they do not say so; unsaid, undici (1 MB) lands in every bundle for the sake of an OIDC call that no action makes.
const pure = ['node_modules/{@actions/*,undici,tunnel}/package.json', 'node_modules/**/node_modules/{@actions/*,undici,tunnel}/package.json'];

/** Marks packages in node_modules as free of side effects, so that the bundler can leave out what is unused. Idempotent. */
export async function markPure(): Promise<void> {
  for await (const path of glob(pure)) {
    const description = JSON.parse(await readFile(path, 'utf8')) as { sideEffects?: boolean };
    if (description.sideEffects === false) continue;
    await writeFile(path, `${JSON.stringify({ ...description, sideEffects: false }, null, 2)}\n`);
  }
}
