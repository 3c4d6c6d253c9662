import { join, relative } from 'node:path/posix';

/** A file of the release tree, from its root. */
export interface Added { readonly path: string; readonly content: string }

/**
 * What a release adds to the root for one action, so that people write `org/actions/<name>@v1`. Throws when action.yml does not start the action's own bundle.
 */
export function rootFiles(name: string, actionYml: string, readme: string | undefined): Added[] {
  const entry = new RegExp(`^(\\s+main: )\\.\\./\\.\\./(dist/${name}/index\\.js)$`, 'm');
  if (!entry.test(actionYml)) throw new Error(`actions/${name}/action.yml must say "main: ../../dist/${name}/index.js".`);
  const action = actionYml.replace(/^(\s+(?:main|pre|post): )\.\.\/\.\.\//gm, '$1../');
  const files = [{ path: `${name}/action.yml`, content: action }];
  return readme === undefined ? files : [...files, { path: `${name}/README.md`, content: moveLinks(readme, `actions/${name}`, name) }];
}

/** Markdown whose relative links still lead to the same files after it moved from one folder to another. */
export function moveLinks(markdown: string, from: string, to: string): string {
  return markdown.replace(/(\]\()([^)\s]+)/g, (whole, opening: string, link: string) => {
    const isRelative = !/^([a-z]+:|[#/])/i.test(link);
    return isRelative ? `${opening}${relative(to, join(from, link)) || '.'}` : whole;
  });
}
