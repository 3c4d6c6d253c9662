/** What expressions may ask for. */
export interface Context {
  readonly inputs: Readonly<Record<string, string>>;
  readonly vars: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly steps: Record<string, { readonly outputs: Readonly<Record<string, string>> }>;
}

/** The text with each `${{ ... }}` replaced. Only names (`inputs.release`), quoted text and `||` are understood; throws on anything else. */
export function evaluate(text: string, context: Context): string {
  return text.replace(/\$\{\{(.*?)\}\}/gs, (_, expression: string) => alternatives(expression).map((one) => valueOf(one, context)).find((value) => value !== '') ?? '');
}

function alternatives(expression: string): string[] {
  return expression.split('||').map((one) => one.trim());
}

function valueOf(expression: string, { inputs, vars, secrets, steps }: Context): string {
  const [, quoted] = /^'((?:[^']|'')*)'$/.exec(expression) ?? [];
  if (quoted !== undefined) return quoted.replaceAll("''", "'");
  const [, step, output] = /^steps\.([\w-]+)\.outputs\.([\w-]+)$/.exec(expression) ?? [];
  if (step !== undefined && output !== undefined) return steps[step]?.outputs[output] ?? '';
  const [, from, name] = /^(inputs|vars|secrets)\.([\w-]+)$/.exec(expression) ?? [];
  if (from === undefined || name === undefined) throw new Error(`The expression "${expression}" is one that only act understands.`);
  return { inputs, vars, secrets }[from as 'inputs']?.[name] ?? '';
}
