import { rule } from '../../../core/rule.ts';
import { tableTitle, type Schema, type Table } from '../../../core/sql/schema.ts';
import { countsAsEmpty } from '../../standards/releases.ts';

/** Whether a foreign key from the table to the other one was there before this migration and is not any more. */
function dropsKey(before: Schema, table: Table | undefined, other: number): boolean {
  const keys = (one: Table | undefined): Set<string> =>
    new Set(
      one?.constraints
        .filter(({ kind, references }) => kind === 'foreignKey' && references?.table === other)
        .map(({ origin }) => `${origin.file} ${origin.statement} ${origin.at.start}`),
    );
  const kept = keys(table);
  return table !== undefined && [...keys(before.tables.get(table.id))].some((key) => !kept.has(key));
}

export default rule({
  id: 'sql/add-foreign-key-not-valid',
  dialect: 'sql',
  severity: 'warning',
  evidences: [],
  concerns: ['handoff/migrations-tested'],
  requirements: ['R003-051', 'R003-110'],
  equivalents: [
    'squawk:adding-foreign-key-constraint',
    'squawk:constraint-missing-not-valid',
    'pgls:lint/safety/addingForeignKeyConstraint',
    'strong_migrations:add_foreign_key',
  ],
  says: 'Add a foreign key to an existing table as NOT VALID and validate it in a later migration.',
  why: `Adding it checks every row while writes to both tables wait. NOT VALID takes the lock only for a moment; VALIDATE CONSTRAINT checks the rows later while writes go on. ${countsAsEmpty}`,
  bad: [
    `ALTER TABLE orders ADD CONSTRAINT orders_user_fk FOREIGN KEY (user_id) REFERENCES users (id);
--                                               ^^^^^^^^^^^ warning: Writes to orders and users wait while every row of orders is checked
`,
    {
      'migrations/20240101000000_base/up.sql': `CREATE TABLE teams (id uuid PRIMARY KEY, name text);
CREATE TABLE notes (id uuid PRIMARY KEY, team_id uuid CONSTRAINT notes_team_fk REFERENCES teams (id), created_at timestamptz);
CREATE INDEX notes_team_id_idx ON notes (team_id);
`,
      'migrations/20240101000000_base/down.sql': `DROP TABLE notes;
DROP TABLE teams;
`,
      'migrations/20240301000000_cascade/up.sql': `ALTER TABLE notes DROP CONSTRAINT notes_team_fk;
ALTER TABLE notes ADD CONSTRAINT notes_team_fk FOREIGN KEY (team_id) REFERENCES teams (id) ON DELETE CASCADE;
--                                             ^^^^^^^^^^^ warning: Nobody can use notes and teams while every row of notes is checked: dropping the old key shuts out reads too
`,
      'migrations/20240301000000_cascade/down.sql': `ALTER TABLE notes DROP CONSTRAINT notes_team_fk;
ALTER TABLE notes ADD CONSTRAINT notes_team_fk FOREIGN KEY (team_id) REFERENCES teams (id);
`,
    },
    `ALTER TABLE orders ADD COLUMN seller_id uuid;
ALTER TABLE orders ADD FOREIGN KEY (seller_id) REFERENCES users (id);
--                     ^^^^^^^^^^^ warning: Writes to orders and users wait while every row of orders is checked: write REFERENCES into the ADD COLUMN of seller_id
CREATE INDEX CONCURRENTLY orders_seller_id_idx ON orders (seller_id);
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
    *addConstraint({ table, constraint, conditional }, { holdsRows, before, now, file, statement, inTransaction }) {
      if (constraint.kind !== 'foreignKey' || constraint.notValid || conditional || constraint.references === undefined)
        return;
      // Before PostgreSQL 18 a partitioned table takes no NOT VALID foreign key.
      if (!holdsRows(table) || now.table(table)?.partitioned === true) return;
      const own = tableTitle(table);
      const other = tableTitle(constraint.references.table);
      const both = own === other ? own : `${own} and ${other}`;
      const words = /foreign\s+key/i.exec(statement.slice(constraint.at.start));
      const start = constraint.at.start + (words?.index ?? 0);
      const target = now.table(constraint.references.table)?.id;
      const held = inTransaction === 'yes' || /\bdrop\s+constraint\b/i.test(statement);
      const consequence =
        held && target !== undefined && dropsKey(before, now.table(table), target)
          ? `Nobody can use ${both} while every row of ${own} is checked: dropping the old key shuts out reads too, until COMMIT;`
          : `Writes to ${both} wait while every row of ${own} is checked:`;
      const [only, second] = constraint.columns;
      const added = only && second === undefined ? now.table(table)?.columns.get(only.name) : undefined;
      const advice =
        added?.made.file === file && !added.hasDefault
          ? `write REFERENCES into the ADD COLUMN of ${only?.name ?? ''}, which checks nothing`
          : 'add it NOT VALID and validate it in a later migration';
      yield {
        at: { start, end: words === null ? constraint.at.end : start + words[0].length },
        cause: file,
        message: `${consequence} ${advice}`,
      };
    },
  },
});
