import { rule } from '../../../core/rule.ts';
import type { ConstraintFacts, TableName } from '../../../core/sql/operations.ts';
import { tableTitle } from '../../../core/sql/schema.ts';
import type { OperationContext, SqlProblem } from '../../../core/sql/visitors.ts';
import { countsAsEmpty } from '../../standards/releases.ts';

function* direct(
  table: TableName,
  constraint: ConstraintFacts,
  { holdsRows, now, file, statement }: OperationContext,
): Iterable<SqlProblem> {
  if (constraint.kind !== 'unique' || constraint.usingIndex !== undefined || !holdsRows(table)) return;
  // A partitioned table cannot take over an index.
  if (now.table(table)?.partitioned === true) return;
  const word = /unique/i.exec(statement.slice(constraint.at.start));
  const start = constraint.at.start + (word?.index ?? 0);
  yield {
    at: { start, end: word === null ? constraint.at.end : start + word[0].length },
    cause: file,
    message: `Nobody can use ${tableTitle(table)} while its unique index is built: build it CONCURRENTLY first and add the constraint USING INDEX`,
  };
}

export default rule({
  id: 'sql/add-unique-directly',
  dialect: 'sql',
  severity: 'warning',
  evidences: [],
  concerns: ['handoff/migrations-tested'],
  requirements: ['R003-051', 'R003-112'],
  equivalents: [
    'squawk:disallowed-unique-constraint',
    'pgls:lint/safety/disallowUniqueConstraint',
    'eugene:E7',
    'strong_migrations:add_unique_constraint',
  ],
  says: 'Build the unique index concurrently before adding a unique constraint to an existing table.',
  why: `ADD UNIQUE builds its index while nobody may read or write the table, and fails on the first duplicate. With an index that was built CONCURRENTLY the constraint takes a moment. ${countsAsEmpty}`,
  bad: [
    `ALTER TABLE orders ADD CONSTRAINT orders_note_key UNIQUE (note);
--                                                ^^^^^^ warning: Nobody can use orders while its unique index is built
`,
    `ALTER TABLE users ADD COLUMN handle text UNIQUE;
--                                       ^^^^^^ warning: Nobody can use users while its unique index is built
`,
  ],
  good: [
    {
      'migrations/0001_base.sql': `CREATE TABLE orders (id uuid PRIMARY KEY, note text, status text, created_at timestamptz, updated_at timestamptz);
`,
      'migrations/0002_index.sql': `CREATE UNIQUE INDEX CONCURRENTLY orders_note_key ON orders (note);
`,
      'migrations/0003_constraint.sql': `ALTER TABLE orders ADD CONSTRAINT orders_note_key UNIQUE USING INDEX orders_note_key;
`,
    },
  ],
  visit: {
    *addConstraint({ table, constraint, conditional }, context) {
      if (!conditional) yield* direct(table, constraint, context);
    },
    *addColumn({ table, column, conditional }, context) {
      if (!conditional) for (const constraint of column.constraints) yield* direct(table, constraint, context);
    },
  },
});
