import type { Engine } from '../engine.ts';
import { alembic } from './alembic.ts';
import { command } from './command.ts';
import { django } from './django.ts';
import { sql } from './sql.ts';

/** The engines there are. */
export const ENGINES: readonly Engine[] = [sql, django, alembic, command];
