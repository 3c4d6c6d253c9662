import type { Engine } from '../engine.ts';
import { alembic } from './alembic.ts';
import { command } from './command.ts';
import { django } from './django.ts';
import { flyway } from './flyway.ts';
import { golangMigrate } from './golang-migrate.ts';
import { odoo } from './odoo.ts';
import { prisma } from './prisma.ts';
import { rails } from './rails.ts';
import { sql } from './sql.ts';

/** The engines there are. */
export const ENGINES: readonly Engine[] = [sql, django, alembic, rails, golangMigrate, odoo, flyway, prisma, command];
