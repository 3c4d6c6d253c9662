import { RULES } from '#shared/migrations/lint/rules';
import { cell, table } from './action-docs.ts';

const NAMES: Readonly<Record<string, string>> = { postgres: 'PostgreSQL', mysql: 'MySQL', mariadb: 'MariaDB', sqlite: 'SQLite' };

/** The page of the lint's rules. */
export function lintPage(): string {
  const rows = RULES.map(({ id, level, engines, why, instead, source }) => [
    `\`${id}\``, level, engines.length === Object.keys(NAMES).length ? 'all' : engines.map((engine) => NAMES[engine]).join(', '), cell(why), cell(instead), source === undefined ? '' : `[docs](${source})`,
  ]);
  return `# The lint of migrations

What [migrate](../actions/migrate/README.md#the-lint) says about pending SQL, with the level that a rule has unless \`lint\` gives it another. Tables that a pending migration makes are exempt: they have no rows, and no release uses them.
An \`error\` stops \`rehearse\` and \`apply\`. A waiver stands at the statement, as \`-- slipway: allow RULE: REASON\` before it or on its last line, or in the input \`waivers\`; one that gives no reason or matches nothing is an error (\`waiver\`).

${table(['Rule', 'Level', 'For', 'Why', 'Instead', 'Source'], rows)}
`;
}
