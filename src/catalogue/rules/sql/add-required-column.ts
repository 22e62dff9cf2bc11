import { rule } from '../../../core/rule.ts';
import { isRequired } from '../../../core/sql/operations.ts';
import { tableTitle } from '../../../core/sql/schema.ts';
import { countsAsEmpty } from '../../standards/releases.ts';

export default rule({
  id: 'sql/add-required-column',
  dialect: 'sql',
  severity: 'error',
  evidences: [],
  concerns: ['handoff/migrations-tested'],
  requirements: ['R003-051', 'R004-009'],
  equivalents: ['squawk:adding-required-field', 'pgls:lint/safety/addingRequiredField', 'atlas:MF103'],
  says: 'Give a new NOT NULL column a default.',
  why: `The rows that are there already have no value for it, so the statement fails on every table that is not empty: it passes on the developer’s machine and stops the release. ${countsAsEmpty}`,
  bad: [
    `ALTER TABLE users ADD COLUMN region text NOT NULL;
--                           ^^^^^^ error: This fails as soon as users has rows: region is NOT NULL without a default
`,
    {
      'migrations/20240101000000_base.sql': `CREATE TABLE notes (id uuid PRIMARY KEY, body text, created_at timestamptz);
`,
      'migrations/20240301000000_kind.sql': `ALTER TABLE notes ADD COLUMN kind text NOT NULL;
--                           ^^^^ error: This fails as soon as notes has rows: kind is NOT NULL without a default
`,
      'migrations/20240302000000_index.sql': `CREATE INDEX CONCURRENTLY notes_kind_idx ON notes (kind);
`,
    },
  ],
  good: [
    `ALTER TABLE users ADD COLUMN region text NOT NULL DEFAULT 'eu';
ALTER TABLE users ADD COLUMN nickname text;
ALTER TABLE users ADD COLUMN position bigint GENERATED ALWAYS AS IDENTITY;
`,
    `TRUNCATE users CASCADE;
ALTER TABLE users ADD COLUMN region text NOT NULL;
`,
    {
      'migrations/20240101000000_base.sql': `CREATE TABLE notes (id uuid PRIMARY KEY, body text, created_at timestamptz, updated_at timestamptz);
`,
      'migrations/20240115000000_body.sql': `CREATE INDEX notes_body_idx ON notes (body);
`,
      'migrations/20240301000000_kind.sql': `ALTER TABLE notes ADD COLUMN kind text NOT NULL;
`,
      'migrations/20240401000000_index.sql': `CREATE INDEX CONCURRENTLY notes_kind_idx ON notes (kind);
`,
    },
  ],
  visit: {
    *addColumn({ table, column, conditional }, { holdsRows, now, file }) {
      if (!isRequired(column) || conditional || !holdsRows(table) || now.isView(table)) return;
      yield {
        at: column.at,
        cause: file,
        message: `This fails as soon as ${tableTitle(table)} has rows: ${column.name} is NOT NULL without a default`,
      };
    },
  },
});
