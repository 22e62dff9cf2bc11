import { rule } from '../../../core/rule.ts';
import { tableTitle } from '../../../core/sql/schema.ts';

export default rule({
  id: 'sql/add-foreign-key-not-valid',
  dialect: 'sql',
  severity: 'warning',
  evidences: ['handoff/migrations-tested'],
  requirements: ['R003-051', 'R003-110'],
  equivalents: [
    'squawk:adding-foreign-key-constraint',
    'squawk:constraint-missing-not-valid',
    'pgls:lint/safety/addingForeignKeyConstraint',
    'strong_migrations:add_foreign_key',
  ],
  says: 'Add a foreign key to an existing table as NOT VALID and validate it in a later migration.',
  why: 'Adding it checks every row while writes to both tables wait. NOT VALID takes the lock only for a moment; VALIDATE CONSTRAINT checks the rows later while writes go on.',
  bad: [
    `ALTER TABLE orders ADD CONSTRAINT orders_user_fk FOREIGN KEY (user_id) REFERENCES users (id);
--                                               ^^^^^^^^^^^ warning: Writes to orders and users wait while every row of orders is checked
`,
  ],
  good: [
    `ALTER TABLE orders ADD CONSTRAINT orders_user_fk FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;
`,
    `CREATE TABLE notes (id uuid PRIMARY KEY, user_id uuid, created_at timestamptz, updated_at timestamptz);
CREATE INDEX notes_user_id_idx ON notes (user_id);
ALTER TABLE notes ADD CONSTRAINT notes_user_fk FOREIGN KEY (user_id) REFERENCES users (id);
`,
  ],
  visit: {
    *addConstraint({ table, constraint, conditional }, { holdsRows, now, file, statement }) {
      if (constraint.kind !== 'foreignKey' || constraint.notValid || conditional || constraint.references === undefined)
        return;
      // Before PostgreSQL 18 a partitioned table takes no NOT VALID foreign key.
      if (!holdsRows(table) || now.table(table)?.partitioned === true) return;
      const own = tableTitle(table);
      const other = tableTitle(constraint.references.table);
      const both = own === other ? own : `${own} and ${other}`;
      const words = /foreign\s+key/i.exec(statement.slice(constraint.at.start));
      const start = constraint.at.start + (words?.index ?? 0);
      yield {
        at: { start, end: words === null ? constraint.at.end : start + words[0].length },
        cause: file,
        message: `Writes to ${both} wait while every row of ${own} is checked: add it NOT VALID and validate it in a later migration`,
      };
    },
  },
});
