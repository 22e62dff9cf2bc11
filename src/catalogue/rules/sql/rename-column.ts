import { rule } from '../../../core/rule.ts';
import { tableTitle } from '../../../core/sql/schema.ts';
import { shipsTogether } from '../../standards/releases.ts';

export default rule({
  id: 'sql/rename-column',
  dialect: 'sql',
  severity: 'info',
  evidences: ['handoff/migrations-tested'],
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
    *renameColumn({ table, column, to }, { existed, released, now, file }) {
      if (!existed(table) || now.isView(table)) return;
      const present = now.table(table)?.columns.get(column.name);
      if (present !== undefined && !released(present.origin)) return;
      yield {
        at: column.at,
        cause: file,
        message: `Code that still uses ${tableTitle(table)}.${column.name} fails from here on: add ${to.name} beside it and drop it later`,
      };
    },
  },
});
