import { looseMapping, parsing, type IgnoreFile } from './ignore-file.ts';

/**
 * What a scanner's own ignore file says: .trivyignore, .trivyignore.yaml, osv-scanner.toml, .grype.yaml, or a suppression file of Dependency-Check.
 * @throws {UserError} when it cannot be read as what its name promises.
 */
export async function readIgnores(text: string, file: string): Promise<IgnoreFile> {
  return parsing(file, async () => {
    if (file.endsWith('.toml')) {
      const [{ parse }, { parseOsvIgnore }] = await Promise.all([import('smol-toml'), import('./osv-ignore.ts')]);
      return parseOsvIgnore(parse(text), file);
    }
    if (file.endsWith('.xml')) return (await import('./dependency-check-ignore.ts')).parseDependencyCheckIgnore(text, file);
    const trivy = await import('./trivy-ignore.ts');
    return /\.ya?ml$/.test(file) ? readYaml(text, file) : trivy.parseTrivyIgnore(text, file);
  });
}

async function readYaml(text: string, file: string): Promise<IgnoreFile> {
  const { parse } = await import('yaml');
  const yaml: unknown = parse(text);
  if (Array.isArray(looseMapping(yaml)['ignore'])) return (await import('./grype-ignore.ts')).parseGrypeIgnore(yaml, file);
  const keys = Object.keys(looseMapping(yaml));
  if (!keys.some((key) => ['vulnerabilities', 'misconfigurations', 'secrets', 'licenses'].includes(key))) throw new Error('it is neither a .trivyignore.yaml nor a .grype.yaml');
  return (await import('./trivy-ignore.ts')).parseTrivyIgnoreYaml(yaml, file);
}
