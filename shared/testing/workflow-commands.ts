/** What GitHub would show beside a job. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly message: string;
  readonly title?: string;
}

/** What a step's output tells the runner, and what is left of it for people. */
export function readJobOutput(raw: string): { readonly log: string; readonly annotations: readonly Annotation[]; readonly masks: readonly string[] } {
  const lines = raw.split(/\r\n|\n|\r/);
  const commands = lines.map(parseCommand);
  return {
    log: lines.filter((_, index) => commands[index]?.name !== 'add-mask').join('\n'),
    masks: commands.filter((command) => command?.name === 'add-mask').map((command) => command!.message),
    annotations: commands.filter((command) => command !== undefined).filter(isAnnotation)
      .map(({ name, message, title }) => ({ level: name, message, ...(title !== undefined && { title }) })),
  };
}

interface Command {
  readonly name: string;
  readonly message: string;
  readonly title?: string;
}

/** A workflow command as the runner reads it, or undefined for a line that is none: white space before it does not matter. */
export function parseCommand(line: string): Command | undefined {
  const [, name, properties = '', message = ''] = /^\s*::([\w-]+)(?: ([^:]*))?::(.*)$/s.exec(line) ?? [];
  if (name === undefined) return legacyCommand(line);
  const title = /(?:^|,)title=([^,]*)/.exec(properties)?.[1];
  return { name, message: unescape(message), ...(title !== undefined && { title: unescape(title) }) };
}

// The older form is looked for anywhere in a line.
function legacyCommand(line: string): Command | undefined {
  const [, name, message = ''] = /##\[([\w-]+)[^\]]*\](.*)$/s.exec(line) ?? [];
  return name === undefined ? undefined : { name, message };
}

function isAnnotation(command: Command): command is Command & { readonly name: Annotation['level'] } {
  return ['error', 'warning', 'notice'].includes(command.name);
}

function unescape(text: string): string {
  return text.replace(/%(25|0D|0A|3A|2C)/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
