import { rule } from '../../../core/rule.ts';
import { tableTitle } from '../../../core/sql/schema.ts';
import { countsAsEmpty } from '../../standards/releases.ts';

export default rule({
  id: 'sql/set-not-null',
  dialect: 'sql',
  severity: 'warning',
  evidences: [],
  concerns: ['handoff/migrations-tested'],
  requirements: ['R003-051', 'R004-009'],
  equivalents: ['squawk:adding-not-nullable-field', 'eugene:E2', 'atlas:MF104', 'strong_migrations:change_column_null'],
  says: 'Prove a column free of nulls before SET NOT NULL.',
  why: `SET NOT NULL reads the whole table while nobody else may read or write it, and fails if one row is null. A CHECK (column IS NOT NULL) NOT VALID, validated in a later migration, lets PostgreSQL skip the scan. ${countsAsEmpty}`,
  bad: [
    `ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
--                              ^^^^ warning: Nobody can use orders while every row is checked for a null note
`,
  ],
  good: [
    {
      'migrations/0001_base.sql': `CREATE TABLE orders (id uuid PRIMARY KEY, note text, status text, created_at timestamptz, updated_at timestamptz);
`,
      'migrations/0002_check.sql': `ALTER TABLE orders ADD CONSTRAINT orders_note_present CHECK (note IS NOT NULL) NOT VALID;
`,
      'migrations/0003_validate.sql': `ALTER TABLE orders VALIDATE CONSTRAINT orders_note_present;
`,
      'migrations/0004_not_null.sql': `ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
ALTER TABLE orders DROP CONSTRAINT orders_note_present;
`,
    },
    `CREATE TABLE notes (id uuid PRIMARY KEY, body text, created_at timestamptz);
ALTER TABLE notes ALTER COLUMN body SET NOT NULL;
`,
  ],
  visit: {
    *setNotNull({ table, column, conditional }, { holdsRows, now, file }) {
      if (conditional || !holdsRows(table)) return;
      const known = now.table(table);
      if (known?.columns.get(column.name)?.notNull === true) return;
      if (known?.constraints.some((one) => one.checksNotNull === column.name && one.validated) === true) return;
      yield {
        at: column.at,
        cause: file,
        message: `Nobody can use ${tableTitle(table)} while every row is checked for a null ${column.name}: validate a NOT VALID check first`,
      };
    },
  },
});
