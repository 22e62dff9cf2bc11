import { rule } from '../../../core/rule.ts';
import type { Operation, OperationOf } from '../../../core/sql/operations.ts';
import { tableTitle, type Schema, type Table } from '../../../core/sql/schema.ts';
import { countsAsEmpty } from '../../standards/releases.ts';

/**
 * Whether an index on a partitioned table only takes over what its partitions have: all that are known, or, where a function makes them at
 * run time, those this file has built it on before, by their names.
 */
function partitionsHaveIt(
  index: OperationOf<'createIndex'>,
  table: Table,
  schema: Schema,
  operations: readonly Operation[],
): boolean {
  const key = (columns: readonly (string | undefined)[], method: string, unique: boolean): string =>
    JSON.stringify([columns.map((name) => name ?? ''), method, unique]);
  const columnsOf = (one: OperationOf<'createIndex'>): (string | undefined)[] => one.columns.map(({ name }) => name);
  const wanted = key(columnsOf(index), index.method, index.unique);
  const partitions = [...schema.tables.values()].filter((one) => one.partitionOf === table.id);
  const indexed = new Set<number>();
  for (const one of schema.indexes.values())
    if (key(one.columns, one.method, one.unique) === wanted) indexed.add(one.table);
  if (partitions.length > 0) return partitions.every((one) => indexed.has(one.id));
  return operations
    .slice(0, operations.indexOf(index))
    .some(
      (one) =>
        one.kind === 'createIndex' &&
        one.concurrently &&
        one.table.name.startsWith(`${table.name}_`) &&
        key(columnsOf(one), one.method, one.unique) === wanted,
    );
}

export default rule({
  id: 'sql/index-not-concurrently',
  dialect: 'sql',
  severity: 'warning',
  evidences: [],
  concerns: ['build/indexes', 'handoff/migrations-tested'],
  requirements: ['R003-051', 'R003-109'],
  equivalents: [
    'squawk:require-concurrent-index-creation',
    'pgls:lint/safety/requireConcurrentIndexCreation',
    'eugene:E6',
    'strong_migrations:add_index',
  ],
  says: 'Build indexes on existing tables with CONCURRENTLY.',
  why: `CREATE INDEX holds a SHARE lock for as long as it reads the table: every write to it waits. CONCURRENTLY lets writes pass, but cannot run inside a transaction, so how to write it depends on the migration tool. ${countsAsEmpty}`,
  bad: [
    `CREATE INDEX orders_status_idx ON orders (status);
--                                ^^^^^^ warning: Writes to orders wait while this index is built
`,
    {
      'migrations/1_base.up.sql': `CREATE TABLE orders (id bigint PRIMARY KEY, status text, note text, created_at timestamptz, updated_at timestamptz);
`,
      'migrations/1_base.down.sql': `DROP TABLE orders;
`,
      'migrations/2_index.up.sql': `CREATE INDEX orders_status_idx ON orders (status);
--                                ^^^^^^ warning: Writes to orders wait while this index is built
`,
      'migrations/2_index.down.sql': `DROP INDEX orders_status_idx;
`,
    },
  ],
  good: [
    `CREATE TABLE notes (
  id uuid PRIMARY KEY,
  title text NOT NULL,
  body text NOT NULL,
  rating integer NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX notes_created_at_idx ON notes (created_at);
`,
    `CREATE INDEX CONCURRENTLY orders_status_idx ON orders (status);
`,
    {
      'migrations/1709280000_notes.up.sql': `CREATE TABLE notes (id bigint PRIMARY KEY, body text, kind text, created_at timestamptz, updated_at timestamptz);
`,
      'migrations/1709280000_notes.down.sql': `DROP TABLE notes;
`,
      'migrations/1709290000_index.up.sql': `CREATE INDEX notes_kind_idx ON notes (kind);
`,
      'migrations/1709290000_index.down.sql': `DROP INDEX notes_kind_idx;
`,
    },
    {
      'migrations/0001_base.sql': `CREATE TABLE readings (id bigint, taken_on date, PRIMARY KEY (id, taken_on)) PARTITION BY RANGE (taken_on);
CREATE TABLE readings_2024 PARTITION OF readings FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE samples (id bigint PRIMARY KEY) PARTITION BY HASH (id);
SELECT make_partitions('samples', 1);
`,
      'migrations/0002_index.sql': `CREATE INDEX CONCURRENTLY readings_2024_taken_on_idx ON readings_2024 (taken_on);
CREATE INDEX readings_taken_on_idx ON readings (taken_on);
CREATE INDEX CONCURRENTLY samples_0_id_idx ON samples_0 (id);
CREATE INDEX samples_id_idx ON samples (id);
`,
    },
  ],
  fixed: [
    `CREATE INDEX CONCURRENTLY orders_status_idx ON orders (status);
`,
    {
      'migrations/1_base.up.sql': `CREATE TABLE orders (id bigint PRIMARY KEY, status text, note text, created_at timestamptz, updated_at timestamptz);
`,
      'migrations/1_base.down.sql': `DROP TABLE orders;
`,
      'migrations/2_index.up.sql': `CREATE INDEX CONCURRENTLY orders_status_idx ON orders (status);
`,
      'migrations/2_index.down.sql': `DROP INDEX orders_status_idx;
`,
    },
  ],
  visit: {
    *createIndex(index, { holdsRows, now, operations, inTransaction, statements, toolFacts, file }) {
      if (index.concurrently || index.only || index.conditional || !holdsRows(index.table) || now.isView(index.table))
        return;
      // IF NOT EXISTS over one that history made does nothing.
      if (
        index.ifNotExists &&
        index.name !== undefined &&
        now.index({ ...index.table, name: index.name.name }) !== undefined
      )
        return;
      const table = now.table(index.table);
      const name = tableTitle(index.table);
      const wait = `Writes to ${name} wait while this index is built`;
      if (table?.partitioned === true) {
        if (partitionsHaveIt(index, table, now.schema, operations)) return;
        const advice =
          'CONCURRENTLY does not work on a partitioned table: create it ON ONLY the parent, concurrently on each partition, and attach those';
        yield { at: index.table.at, cause: file, message: `${wait}: ${advice}` };
        return;
      }
      const possible = inTransaction === 'no' || (inTransaction === 'unknown' && statements === 1);
      const advice = possible
        ? 'CREATE INDEX CONCURRENTLY lets them pass'
        : toolFacts.outside === undefined
          ? `${toolFacts.title} runs migrations in one transaction, so build it CONCURRENTLY by hand before, and keep IF NOT EXISTS here`
          : `build it CONCURRENTLY ${toolFacts.outside}`;
      yield {
        at: index.table.at,
        cause: file,
        message: `${wait}: ${advice}`,
        ...(possible
          ? {
              fix: {
                kind: 'refactoring' as const,
                title: 'Build the index concurrently',
                *edits(editor) {
                  yield editor.insert(index.afterIndex, ' CONCURRENTLY');
                },
              },
            }
          : {}),
      };
    },
  },
});
