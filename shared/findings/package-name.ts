import type { Package } from './finding.ts';

// What tools call an ecosystem, and its purl type.
const ECOSYSTEMS: Readonly<Record<string, string>> = {
  npm: 'npm', 'node-pkg': 'npm', node: 'npm', yarn: 'npm', pnpm: 'npm', javascript: 'npm', bun: 'npm', nodejs: 'npm',
  pypi: 'pypi', pip: 'pypi', python: 'pypi', 'python-pkg': 'pypi', pipenv: 'pypi', poetry: 'pypi', uv: 'pypi', 'conda-pkg': 'conda',
  go: 'golang', golang: 'golang', gomod: 'golang', gobinary: 'golang', gomodules: 'golang', 'go-module': 'golang',
  maven: 'maven', jar: 'maven', pom: 'maven', gradle: 'maven', 'java-archive': 'maven', sbt: 'maven', java: 'maven',
  cargo: 'cargo', 'crates.io': 'cargo', rust: 'cargo', 'rust-binary': 'cargo', rustbinary: 'cargo', 'rust-crate': 'cargo',
  rubygems: 'gem', gem: 'gem', gemspec: 'gem', bundler: 'gem', ruby: 'gem',
  packagist: 'composer', composer: 'composer', php: 'composer', 'php-composer': 'composer', 'composer-vendor': 'composer',
  nuget: 'nuget', dotnet: 'nuget', 'dotnet-core': 'nuget', 'packages-props': 'nuget',
  pub: 'pub', hex: 'hex', swift: 'swift', swifturl: 'swift', cocoapods: 'cocoapods', conan: 'conan', githubactions: 'githubactions', actions: 'githubactions',
  debian: 'deb', ubuntu: 'deb', deb: 'deb', dpkg: 'deb', alpine: 'apk', apk: 'apk', wolfi: 'apk', chainguard: 'apk',
  redhat: 'rpm', rhel: 'rpm', centos: 'rpm', rocky: 'rpm', almalinux: 'rpm', alma: 'rpm', amazon: 'rpm', oracle: 'rpm', fedora: 'rpm', suse: 'rpm', opensuse: 'rpm', photon: 'rpm', rpm: 'rpm',
};

const SYSTEMS = ['deb', 'rpm', 'apk'];

/** A package whose ecosystem may be unknown, named the same whichever tool names it; versions are no part of it. */
export interface PackageName { readonly ecosystem: string; readonly name: string }

/** The purl type of what a tool calls an ecosystem: `Debian:12` is `deb`. Undefined when it is not known. */
export function ecosystemOf(word: string | undefined): string | undefined {
  const key = word?.toLowerCase().replace(/[: ].*$/, '') ?? '';
  return Object.hasOwn(ECOSYSTEMS, key) ? ECOSYSTEMS[key] : undefined;
}

/**
 * What a purl names, or undefined for what is none: `pkg:maven/org.apache/x@1` is `org.apache/x` of maven.
 * https://github.com/package-url/purl-spec
 */
export function parsePurl(purl: string): { readonly ecosystem: string; readonly name: string; readonly version?: string } | undefined {
  const found = /^pkg:\/{0,2}([a-z][\w.+-]*)\/([^?#]+)/i.exec(purl);
  if (found?.[1] === undefined || found[2] === undefined) return undefined;
  const at = found[2].lastIndexOf('@');
  const hasVersion = at > found[2].lastIndexOf('/');
  const name = decoded((hasVersion ? found[2].slice(0, at) : found[2]).replace(/\/$/, ''));
  const ecosystem = found[1].toLowerCase();
  // The distribution is no part of a system package's name.
  const own = SYSTEMS.includes(ecosystem) ? name.slice(name.lastIndexOf('/') + 1) : name;
  return { ecosystem, name: own, ...(hasVersion ? { version: decoded(found[2].slice(at + 1)) } : {}) };
}

/** The name by which packages of different tools are compared; ecosystem `''` when nothing tells it. */
export function packageName(given: Package): PackageName {
  const purl = given.purl === undefined ? undefined : parsePurl(given.purl);
  const ecosystem = purl?.ecosystem ?? ecosystemOf(given.ecosystem) ?? given.ecosystem?.toLowerCase() ?? '';
  return { ecosystem, name: normalise(purl?.name ?? given.name, ecosystem) };
}

function normalise(name: string, ecosystem: string): string {
  const lower = name.trim().toLowerCase();
  if (ecosystem === 'pypi') return lower.replace(/[-_.]+/g, '-'); // https://peps.python.org/pep-0503/
  // Snyk puts the source package in front: `openssl/libssl3`.
  if (SYSTEMS.includes(ecosystem)) return lower.slice(lower.lastIndexOf('/') + 1);
  return ecosystem === 'maven' ? lower.replace(':', '/') : lower;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
