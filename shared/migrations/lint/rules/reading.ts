import { ALL, type Rule } from '../rule.ts';
import { onChange } from './on-change.ts';

/** What the lint cannot see through, and says so. */
export const READING: readonly Rule[] = [
  {
    id: 'unreadable', level: 'error', engines: ALL,
    why: 'The lint cannot tell where its statements end, so it has not read them.',
    instead: 'Close what was opened.',
    find: ({ statement }) => statement.tokens.filter(({ isOpen }) => isOpen === true).map(({ kind }) => `A ${kind === 'name' ? 'quoted name' : kind} that begins here has no end`),
  },
  {
    id: 'dynamic-sql', level: 'notice', engines: ALL,
    why: 'What it carries out is known only when it runs, so the lint has not read it.',
    instead: 'Write the statements out, or look at what the rehearsal tells of them.',
    find: ({ act, statement }) => {
      if (statement.tokens.some(({ kind, text }) => kind === 'comment' && UNWRITTEN.test(text))) return ['Code does this, and no SQL tells what'];
      if (act.kind === 'block') return act.body === undefined ? ['A block of statements is run'] : [];
      return act.kind === 'other' && DYNAMIC.includes(act.verb) ? ['SQL that is put together is run'] : [];
    },
  },
  {
    id: 'json-column', level: 'notice', engines: ['postgres'],
    why: 'The type json cannot be compared, so SELECT DISTINCT and GROUP BY of the table fail from then on.',
    instead: 'Use jsonb.',
    find: onChange('add-column', ({ column }, table) => (column.type === 'json' ? `${table}.${column.name} is json` : undefined)),
  },
];

// As Django's sqlmigrate says it, in one version and another.
const UNWRITTEN = /^--.*\bCANNOT BE WRITTEN AS SQL\b/;
const DYNAMIC = ['EXECUTE', 'PREPARE'];
