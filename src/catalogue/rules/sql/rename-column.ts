import { rule } from '../../../core/rule.ts';
import type { Operation } from '../../../core/sql/operations.ts';
import { tableTitle } from '../../../core/sql/schema.ts';
import { shipsTogether } from '../../standards/releases.ts';

function takesName(operation: Operation, table: string, column: string): boolean {
  if (operation.kind === 'addColumn') return operation.table.name === table && operation.column.name === column;
  return operation.kind === 'renameColumn' && operation.table.name === table && operation.to.name === column;
}

export default rule({
  id: 'sql/rename-column',
  dialect: 'sql',
  severity: 'info',
  evidences: [],
  concerns: ['handoff/migrations-tested'],
  requirements: ['R003-051', 'R004-009'],
  equivalents: [
    'squawk:renaming-column',
    'pgls:lint/safety/renamingColumn',
    'atlas:BC102',
    'strong_migrations:rename_column',
  ],
  says: 'Rename a column by adding the new one, copying, and dropping the old one later.',
  why: `The moment the column has its new name, every running instance of the old code fails on it, and the new code fails until then: there is no order of deployment that works. ${shipsTogether}`,
  bad: [
    `ALTER TABLE users RENAME COLUMN email TO mail;
--                              ^^^^^ info: Code that still uses users.email fails from here on
`,
    `ALTER TABLE orders RENAME COLUMN note TO old_note;
--                               ^^^^ info: Code that uses orders.note finds another column of that name from here on: what it held is in old_note
ALTER TABLE orders ADD COLUMN note text;
`,
  ],
  good: [
    `ALTER TABLE users ADD COLUMN mail text;
UPDATE users SET mail = email WHERE mail IS NULL;
`,
    `CREATE TABLE notes (id uuid PRIMARY KEY, bdoy text, created_at timestamptz);
ALTER TABLE notes RENAME COLUMN bdoy TO body;
`,
    {
      'migrations/2024-03-01-090000_base/up.sql': `CREATE TABLE notes (id uuid PRIMARY KEY, bdoy text, created_at timestamptz);
`,
      'migrations/2024-03-01-090000_base/down.sql': `DROP TABLE notes;
`,
      'migrations/2024-03-01-110000_spell/up.sql': `ALTER TABLE notes RENAME COLUMN bdoy TO body;
`,
      'migrations/2024-03-01-110000_spell/down.sql': `ALTER TABLE notes RENAME COLUMN body TO bdoy;
`,
    },
  ],
  visit: {
    *renameColumn(operation, { existed, released, operations, now, file }) {
      const { table, column, to } = operation;
      if (!existed(table) || now.isView(table)) return;
      const present = now.table(table)?.columns.get(column.name);
      if (present !== undefined && !released(present.origin)) return;
      const place = `${tableTitle(table)}.${column.name}`;
      const later = operations.slice(operations.indexOf(operation));
      // Another one in its place does not fail the old code, which is worse: it finds other values.
      if (later.some((one) => takesName(one, table.name, column.name))) {
        const message = `Code that uses ${place} finds another column of that name from here on: what it held is in ${to.name}`;
        yield { at: column.at, cause: file, message };
        return;
      }
      yield {
        at: column.at,
        cause: file,
        message: `Code that still uses ${place} fails from here on: add ${to.name} beside it and drop it later`,
      };
    },
  },
});
