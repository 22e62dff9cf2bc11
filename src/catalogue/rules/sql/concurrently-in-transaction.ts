import { rule } from '../../../core/rule.ts';
import type { Span } from '../../../core/text.ts';
import type { OperationContext, SqlProblem } from '../../../core/sql/visitors.ts';

function* refused(
  what: string,
  at: Span,
  { inTransaction, toolFacts, transaction, file }: OperationContext,
): Iterable<SqlProblem> {
  if (inTransaction !== 'yes') return;
  const because =
    transaction === 'implicit'
      ? `${toolFacts.title} sends this file as one message, which is a transaction unless it holds a single statement`
      : transaction === 'per-file' || transaction === 'all-pending'
        ? `${toolFacts.title} runs this file in a transaction`
        : 'it stands between BEGIN and COMMIT';
  const remedy = toolFacts.outside === undefined ? '' : `; write it ${toolFacts.outside}`;
  yield { at, cause: file, message: `PostgreSQL refuses ${what} here: ${because}${remedy}` };
}

const wordSpan = (statement: string): Span => {
  const found = /\bconcurrently\b/i.exec(statement);
  return found === null
    ? { start: 0, end: statement.length }
    : { start: found.index, end: found.index + found[0].length };
};

export default rule({
  id: 'sql/concurrently-in-transaction',
  dialect: 'sql',
  severity: 'error',
  evidences: ['handoff/migrations-tested'],
  requirements: ['R001-061', 'R003-051'],
  equivalents: [
    'squawk:ban-concurrent-index-creation-in-transaction',
    'pgls:lint/safety/banConcurrentIndexCreationInTransaction',
  ],
  says: 'Run CONCURRENTLY outside a transaction.',
  why: 'PostgreSQL stops with “cannot run inside a transaction block”. Whether a file runs in one depends on the tool: some open it, some send the file as one message, which is a transaction of its own as soon as it holds two statements.',
  bad: [
    `BEGIN;
CREATE INDEX CONCURRENTLY orders_status_idx ON orders (status);
--           ^^^^^^^^^^^^ error: PostgreSQL refuses CREATE INDEX CONCURRENTLY here: it stands between BEGIN and COMMIT
COMMIT;
`,
    {
      'prisma/migrations/20240101000000_base/migration.sql': `CREATE TABLE "orders" ("id" uuid PRIMARY KEY, "status" text, "created_at" timestamptz, "updated_at" timestamptz);
`,
      'prisma/migrations/20240102000000_index/migration.sql': `ALTER TABLE "orders" ADD COLUMN "note" text;
CREATE INDEX CONCURRENTLY "orders_status_idx" ON "orders" ("status");
--           ^^^^^^^^^^^^ error: PostgreSQL refuses CREATE INDEX CONCURRENTLY here: Prisma sends this file as one message
`,
    },
    {
      'migrations/00001_base.sql': `-- +goose Up
CREATE TABLE orders (id uuid PRIMARY KEY, status text, note text, created_at timestamptz, updated_at timestamptz);
-- +goose Down
DROP TABLE orders;
`,
      'migrations/00002_index.sql': `-- +goose Up
CREATE INDEX CONCURRENTLY orders_status_idx ON orders (status);
--           ^^^^^^^^^^^^ error: PostgreSQL refuses CREATE INDEX CONCURRENTLY here: goose runs this file in a transaction
-- +goose Down
DROP INDEX orders_status_idx;
`,
    },
  ],
  good: [
    `CREATE INDEX CONCURRENTLY orders_status_idx ON orders (status);
`,
    {
      'migrations/00001_base.sql': `-- +goose Up
CREATE TABLE orders (id uuid PRIMARY KEY, status text, note text, created_at timestamptz, updated_at timestamptz);
-- +goose Down
DROP TABLE orders;
`,
      'migrations/00002_index.sql': `-- +goose NO TRANSACTION
-- +goose Up
CREATE INDEX CONCURRENTLY orders_status_idx ON orders (status);
-- +goose Down
DROP INDEX CONCURRENTLY orders_status_idx;
`,
    },
    {
      'prisma/migrations/20240101000000_base/migration.sql': `CREATE TABLE "orders" ("id" uuid PRIMARY KEY, "status" text, "note" text, "created_at" timestamptz, "updated_at" timestamptz);
`,
      'prisma/migrations/20240102000000_index/migration.sql': `CREATE INDEX CONCURRENTLY "orders_status_idx" ON "orders" ("status");
`,
    },
  ],
  inDowns: true,
  visit: {
    *createIndex(index, context) {
      if (index.concurrently) yield* refused('CREATE INDEX CONCURRENTLY', wordSpan(context.statement), context);
    },
    *dropIndex(index, context) {
      if (index.concurrently) yield* refused('DROP INDEX CONCURRENTLY', wordSpan(context.statement), context);
    },
    *other(operation, context) {
      // REFRESH MATERIALIZED VIEW CONCURRENTLY may run in a transaction.
      if (operation.concurrently && operation.statement === 'ReindexStmt')
        yield* refused('REINDEX CONCURRENTLY', wordSpan(context.statement), context);
    },
  },
});
