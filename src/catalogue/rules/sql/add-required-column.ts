import { rule } from '../../../core/rule.ts';
import { tableTitle } from '../../../core/sql/schema.ts';

export default rule({
  id: 'sql/add-required-column',
  dialect: 'sql',
  severity: 'error',
  evidences: ['handoff/migrations-tested'],
  requirements: ['R003-051', 'R004-009'],
  equivalents: ['squawk:adding-required-field', 'pgls:lint/safety/addingRequiredField', 'atlas:MF103'],
  says: 'Give a new NOT NULL column a default.',
  why: 'The rows that are there already have no value for it, so the statement fails on every table that is not empty: it passes on the developer’s machine and stops the release.',
  bad: [
    `ALTER TABLE users ADD COLUMN region text NOT NULL;
--                           ^^^^^^ error: This fails as soon as users has rows: region is NOT NULL without a default
`,
  ],
  good: [
    `ALTER TABLE users ADD COLUMN region text NOT NULL DEFAULT 'eu';
ALTER TABLE users ADD COLUMN nickname text;
ALTER TABLE users ADD COLUMN position bigint GENERATED ALWAYS AS IDENTITY;
`,
    `TRUNCATE users CASCADE;
ALTER TABLE users ADD COLUMN region text NOT NULL;
`,
  ],
  visit: {
    *addColumn({ table, column, conditional }, { holdsRows, now, file }) {
      const filled =
        column.generated !== undefined || (column.default !== undefined && column.default.value !== 'null');
      if (!column.notNull || filled || conditional || !holdsRows(table) || now.isView(table)) return;
      yield {
        at: column.at,
        cause: file,
        message: `This fails as soon as ${tableTitle(table)} has rows: ${column.name} is NOT NULL without a default`,
      };
    },
  },
});
