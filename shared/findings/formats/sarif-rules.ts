import { aliasesOf } from '../alias.ts';
import { each, fields, inner, number, text, textOrNumber, texts, type Fields } from '../fields.ts';

/** What of a rule a result's reading needs. */
export interface SarifRule {
  readonly id: string;
  readonly name: string | undefined;
  readonly title: string | undefined;
  readonly help: string | undefined;
  readonly url: string | undefined;
  readonly level: string | undefined;
  /** As it is written, number or not: `"undefined"` and `"High"` occur. */
  readonly securitySeverity: string | undefined;
  readonly problemSeverity: string | undefined;
  readonly tags: readonly string[];
  readonly aliases: readonly string[];
}

/** A run's tool: its driver and extensions with their rules. */
export interface SarifTool {
  readonly name: string;
  readonly version: string | undefined;
  readonly components: readonly SarifComponent[];
}

interface SarifComponent { readonly name: string; readonly rules: readonly SarifRule[]; readonly byId: ReadonlyMap<string, SarifRule> }

/** Reduces a run's `tool`. @throws {Damage} */
export function readTool(value: unknown): SarifTool {
  const tool = fields(value, 'tool');
  const driver = inner(tool, 'driver');
  const components = [driver, ...each(tool, 'extensions')].map(componentOf);
  return { name: text(driver, 'name') ?? '', version: text(driver, 'semanticVersion') ?? text(driver, 'version'), components };
}

function componentOf(component: Fields): SarifComponent {
  const rules = each(component, 'rules').map(ruleOf);
  return { name: text(component, 'name') ?? '', rules, byId: new Map(rules.map((rule) => [rule.id, rule])) };
}

function ruleOf(rule: Fields): SarifRule {
  const properties = inner(rule, 'properties');
  const id = text(rule, 'id') ?? '';
  return {
    id, name: text(rule, 'name'), title: text(inner(rule, 'shortDescription'), 'text') ?? text(inner(rule, 'fullDescription'), 'text'),
    // Of a help, which can be long, only some tools' first lines matter.
    help: text(inner(rule, 'help'), 'text')?.slice(0, 600), url: text(rule, 'helpUri'),
    level: text(inner(rule, 'defaultConfiguration'), 'level'),
    securitySeverity: textOrNumber(properties, 'security-severity'),
    problemSeverity: typeof properties.members['problem.severity'] === 'string' ? properties.members['problem.severity'] : undefined,
    tags: Array.isArray(properties.members['tags']) ? texts(properties, 'tags') : [],
    aliases: aliasesOf([id, ...texts(rule, 'deprecatedIds')]),
  };
}

/**
 * The rule a result refers to, by index or id, in the driver or an extension; an index that leads to a rule of another id is
 * wrong (old Grype writes 0 everywhere), and the id decides. SARIF 2.1.0, 3.27.7 and 3.52.
 */
export function ruleOfResult(tool: SarifTool, result: Fields): SarifRule | undefined {
  const reference = inner(result, 'rule');
  const id = text(result, 'ruleId') ?? text(reference, 'id');
  const index = number(result, 'ruleIndex') ?? number(reference, 'index');
  const component = componentReferred(tool, inner(reference, 'toolComponent'));
  const indexed = index === undefined || index < 0 ? undefined : component?.rules[index];
  if (indexed !== undefined && (id === undefined || isOf(id, indexed.id))) return indexed;
  if (id === undefined) return undefined;
  const found = (component === undefined ? [] : [component]).concat(tool.components).map(({ byId }) => byId.get(id) ?? byId.get(id.replace(/\/[^/]*$/, '')));
  return found.find((rule) => rule !== undefined);
}

/** The level of a failing result when it has none: the run's override, the rule's default, or `warning`. SARIF 2.1.0, 3.27.10. */
export function defaultLevel(rule: SarifRule | undefined, overrides: ReadonlyMap<string, string>): string {
  return overrides.get(rule?.id ?? '') ?? rule?.level ?? 'warning';
}

/** Levels that an invocation sets otherwise than the rules have them, by rule. */
export function levelOverrides(invocations: readonly Fields[]): ReadonlyMap<string, string> {
  const overrides = invocations.flatMap((invocation) => each(invocation, 'ruleConfigurationOverrides'));
  return new Map(overrides.flatMap((override) => {
    const [id, level] = [text(inner(override, 'descriptor'), 'id'), text(inner(override, 'configuration'), 'level')];
    return id === undefined || level === undefined ? [] : [[id, level] as const];
  }));
}

function componentReferred(tool: SarifTool, reference: Fields): SarifComponent | undefined {
  const index = number(reference, 'index');
  if (index !== undefined && index >= 0) return tool.components[index + 1];
  const name = text(reference, 'name');
  return name === undefined ? tool.components[0] : tool.components.find((component) => component.name === name) ?? tool.components[0];
}

// `CA1000/1` is a case of rule `CA1000`.
function isOf(id: string, rule: string): boolean {
  return id === rule || id.startsWith(`${rule}/`);
}

