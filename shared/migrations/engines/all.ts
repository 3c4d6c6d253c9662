import type { Engine } from '../engine.ts';
import { command } from './command.ts';
import { sql } from './sql.ts';

/** The engines there are. */
export const ENGINES: readonly Engine[] = [sql, command];
