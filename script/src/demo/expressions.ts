/** What expressions may ask for. */
export interface Context {
  readonly inputs: Readonly<Record<string, string>>;
  readonly vars: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly steps: Record<string, { readonly outputs: Readonly<Record<string, string>>; readonly outcome: string }>;
}

/** The text with each `${{ ... }}` replaced. Only names (`inputs.release`), quoted text and `||` are understood; throws on anything else. */
export function evaluate(text: string, context: Context): string {
  return text.replace(/\$\{\{(.*?)\}\}/gs, (_, expression: string) => alternatives(expression).map((one) => valueOf(one, context)).find((value) => value !== '') ?? '');
}

/** Whether a step is due: one without a condition while nothing has failed; of conditions `failure()` and what a step has come to are understood. Throws on anything else. */
export function isDue(condition: string | undefined, hasFailed: boolean, context: Context): boolean {
  if (condition === undefined) return !hasFailed;
  const [, step, sign, outcome] = /^failure\(\)(?: && steps\.([\w-]+)\.outcome ([!=]=) '(\w+)')?$/.exec(condition) ?? [undefined, ''];
  if (step === '') throw new Error(`The condition "${condition}" is one that only act understands.`);
  return hasFailed && (step === undefined || ((context.steps[step]?.outcome ?? 'skipped') === outcome) === (sign === '=='));
}

function alternatives(expression: string): string[] {
  return expression.split('||').map((one) => one.trim());
}

function valueOf(expression: string, { inputs, vars, secrets, steps }: Context): string {
  const [, quoted] = /^'((?:[^']|'')*)'$/.exec(expression) ?? [];
  if (quoted !== undefined) return quoted.replaceAll("''", "'");
  const [, step, output] = /^steps\.([\w-]+)\.outputs\.([\w-]+)$/.exec(expression) ?? [];
  if (step !== undefined && output !== undefined) return steps[step]?.outputs[output] ?? '';
  const [, ended] = /^steps\.([\w-]+)\.outcome$/.exec(expression) ?? [];
  if (ended !== undefined) return steps[ended]?.outcome ?? 'skipped';
  const [, from, name] = /^(inputs|vars|secrets)\.([\w-]+)$/.exec(expression) ?? [];
  if (from === undefined || name === undefined) throw new Error(`The expression "${expression}" is one that only act understands.`);
  return { inputs, vars, secrets }[from as 'inputs']?.[name] ?? '';
}
