/** What a command may say besides its message: names and values, of which undefined ones are left out. */
export type Properties = Readonly<Record<string, string | number | undefined>>;

/** The line that GitHub's runner obeys instead of showing it, such as `::error title=Oh::what happened`. */
export function workflowCommand(name: string, message = '', properties: Properties = {}): string {
  const given = Object.entries(properties).filter(([, value]) => value !== undefined && value !== '');
  const list = given.map(([key, value]) => `${key}=${escaped(String(value)).replaceAll(':', '%3A').replaceAll(',', '%2C')}`).join(',');
  return `::${name}${list === '' ? '' : ` ${list}`}::${escaped(message)}`;
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
