import { UserError } from '#shared/core/errors';
import { likelyMeant } from '#shared/core/nearest';

/** Values by the names they have between `{{ }}`. */
export type TemplateValues = Readonly<Record<string, string>>;

const PLACEHOLDER = /\{\{\s*([a-z][\w-]*)\s*\}\}/g;

/** The text with those `{{ names }}` replaced that there are values for; anything else in it is text, whoever wrote it. */
export function filledText(template: string, values: TemplateValues): string {
  return template.replace(PLACEHOLDER, (placeholder, name: string) => (Object.hasOwn(values, name) ? values[name] ?? '' : placeholder));
}

/**
 * The text with its `{{ names }}` replaced by values, each made fit for its place by `escape`; what a value holds is not looked at again.
 * @throws {UserError} on a name that is none, with the nearest.
 */
export function filled(template: string, values: TemplateValues, escape: (value: string) => string = (value) => value): string {
  return template.replace(PLACEHOLDER, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) throw new UserError(unknownName(name, Object.keys(values)));
    return escape(value);
  });
}

function unknownName(name: string, known: readonly string[]): string {
  const near = likelyMeant(name, known);
  return `{{ ${name} }} is not known; ${near === undefined ? `there are ${known.join(', ')}` : `the nearest is {{ ${near} }}`}`;
}
