import type { SqlRule } from '../rule.ts';
import { migrationTools } from './migration-tools.ts';
import type { MigrationSet } from './migrations.ts';
import type { FileFacts } from './read.ts';
import { located, type LocatedProblem } from './run.ts';
import { isTemplated, type Schema, type Table } from './schema.ts';
import type { MigrationContents, SetView } from './visitors.ts';

/** Tables that a migration tool keeps for itself. */
const bookkeeping = new Set([
  'schema_migrations',
  'goose_db_version',
  '_prisma_migrations',
  '__drizzle_migrations',
  'flyway_schema_history',
  'databasechangelog',
  'databasechangeloglock',
  '__diesel_schema_migrations',
  '_sqlx_migrations',
  'gorp_migrations',
  'pgmigrations',
  'knex_migrations',
  'knex_migrations_lock',
  'spatial_ref_sys',
]);

/** Lets `rules` look at a set as a whole, with the schema at the end of the change. */
export function runSet(
  set: MigrationSet,
  schema: Schema,
  facts: (path: string) => FileFacts | undefined,
  rules: readonly SqlRule[],
  found: LocatedProblem[],
): void {
  const looking = rules.filter((rule) => rule.visit.set !== undefined);
  if (looking.length === 0) return;
  const view = setView(set, schema, facts);
  const home = view.migrations.find((one) => one.place !== undefined)?.place?.file ?? set.root;
  for (const rule of looking) {
    for (const problem of rule.visit.set?.(view) ?? []) found.push(located(rule.id, problem, set.root, home, 0));
  }
}

function setView(set: MigrationSet, schema: Schema, facts: (path: string) => FileFacts | undefined): SetView {
  const tables: Table[] = [];
  for (const table of schema.tables.values()) {
    if (!table.temporary && table.partitionOf === undefined && !bookkeeping.has(table.name) && !isTemplated(table.name))
      tables.push(table);
  }
  const migrations = set.migrations.map((migration): MigrationContents => {
    const up = migration.up === undefined ? undefined : facts(migration.up);
    const own = up?.statements ?? [];
    const upward = own.filter((statement) => statement.direction === 'up');
    const first = own.findIndex((statement) => statement.direction === 'up');
    const back = migration.down === undefined ? undefined : facts(migration.down)?.statements.length;
    const text = own[first]?.text ?? '';
    return {
      migration,
      up: upward.length,
      down: back ?? (up?.hasDownSection === true ? own.length - upward.length : undefined),
      place:
        migration.up === undefined || first < 0
          ? undefined
          : { file: migration.up, statement: first, at: { start: 0, end: firstLineLength(text) } },
    };
  });
  return { set, toolFacts: migrationTools[set.tool], standalone: set.tool === 'plain', schema, tables, migrations };
}

function firstLineLength(text: string): number {
  const end = text.search(/[\r\n]/);
  return end < 0 ? text.length : end;
}
