const ANY_FOLDERS = /^\*\*\/?$/;

/** Whether a name fits a pattern in which `*` stands for any characters; letters count alike, small or capital. */
export function fitsName(pattern: string, name: string): boolean {
  return expression(pattern.toLowerCase().split(/\*+/).map(literally).join('.*')).test(name.toLowerCase());
}

/** Whether a path fits a pattern: `*` stands for any characters but `/`, `**` for any folders, hidden ones too; `docs/` for all below it. */
export function fitsPath(pattern: string, path: string): boolean {
  const whole = plainPath(pattern.endsWith('/') ? `${pattern}**` : pattern);
  const parts = whole.split(/(\*\*\/?)/).map((part) => (ANY_FOLDERS.test(part) ? anyFolders(part) : part.split(/\*+/).map(literally).join('[^/]*')));
  return expression(parts.join('')).test(plainPath(path));
}

function anyFolders(part: string): string {
  return part.endsWith('/') ? '(?:.*/)?' : '.*';
}

function literally(text: string): string {
  return text.replaceAll(/[\\^$.|?+()[\]{}]/g, String.raw`\$&`);
}

function plainPath(path: string): string {
  return path.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
}

const known = new Map<string, RegExp>();

function expression(source: string): RegExp {
  const found = known.get(source) ?? new RegExp(`^${source}$`, 's');
  known.set(source, found);
  return found;
}
