import { rule } from '../../../core/rule.ts';
import type { Operation } from '../../../core/sql/operations.ts';
import { tableTitle, type Column } from '../../../core/sql/schema.ts';
import { countsAsEmpty } from '../../standards/releases.ts';

export default rule({
  id: 'sql/drop-column',
  dialect: 'sql',
  severity: 'info',
  evidences: [],
  concerns: ['handoff/migrations-tested'],
  requirements: ['R003-051', 'R004-009'],
  equivalents: [
    'squawk:ban-drop-column',
    'pgls:lint/safety/banDropColumn',
    'atlas:DS103',
    'strong_migrations:remove_column',
  ],
  says: 'Drop a column one release after the code stopped using it.',
  why: `While the release rolls out, instances of the old code still select and insert the column, and fail. What it held cannot be brought back by a down migration. ${countsAsEmpty}`,
  bad: [
    `ALTER TABLE users DROP COLUMN email;
--                            ^^^^^ info: Code that still reads users.email fails, and its values are gone
`,
    `TRUNCATE orders;
ALTER TABLE orders DROP COLUMN note;
--                             ^^^^ info: Code that still reads orders.note fails: drop it a release later
`,
    {
      'migrations/20240101000000_base.sql': `CREATE TABLE notes (id uuid PRIMARY KEY, "mainText" text, kind text, created_at timestamptz);
`,
      'migrations/20240301000000_case.sql': `ALTER TABLE notes DROP COLUMN "mainText", ADD COLUMN main_text text;
--                            ^^^^^^^^^^ info: The values of notes.mainText are lost: main_text is added empty beside the drop
ALTER TABLE notes DROP COLUMN kind;
--                            ^^^^ info: The values of notes.kind are lost: it is dropped and added again
ALTER TABLE notes ADD COLUMN kind text;
`,
    },
  ],
  good: [
    {
      'migrations/20240301090000_notes.sql': `ALTER TABLE elsewhere ADD COLUMN kind text;
CREATE TABLE notes (id uuid PRIMARY KEY, body text, created_at timestamptz);
ALTER TABLE notes ADD COLUMN kind text;
`,
      'migrations/20240302080000_again.sql': `ALTER TABLE notes DROP COLUMN kind;
`,
    },
    `ALTER TABLE users ADD COLUMN scratch text;
ALTER TABLE users DROP COLUMN scratch;
`,
  ],
  visit: {
    *dropColumn(
      { table, column, ifExists },
      { existed, released, holdsRows, operations, before, now, file, standalone },
    ) {
      if (!existed(table)) return;
      const known = now.table(table);
      const present = known?.columns.get(column.name);
      if (present !== undefined && !released(present.made)) return;
      // IF EXISTS over a table whose columns are all known and lack it drops nothing.
      if (ifExists && known !== undefined && known.columnsKnown && !known.uncertain && present === undefined) return;
      if (ifExists && known === undefined && !standalone && before.tables.size > 0) return;
      const rows = holdsRows(table);
      const title = `${tableTitle(table)}.${column.name}`;
      const successor = rows ? successorOf(table.name, column.name, present, operations) : undefined;
      if (successor === undefined) {
        const gone = rows ? ', and its values are gone' : '';
        yield {
          at: column.at,
          cause: file,
          message: `Code that still reads ${title} fails${gone}: drop it a release later`,
        };
      } else {
        const what =
          successor === column.name
            ? 'it is dropped and added again in one migration'
            : `${successor} is added empty beside the drop. RENAME COLUMN keeps them`;
        yield { at: column.at, cause: `${file} lost`, message: `The values of ${title} are lost: ${what}` };
      }
    },
  },
});

/**
 * The column that takes the dropped one's place in the same file: of the same type, and of a name that differs in case and underscores at
 * most. None where the file updates the table: its values may be carried over.
 */
function successorOf(
  table: string,
  name: string,
  present: Column | undefined,
  operations: readonly Operation[],
): string | undefined {
  if (present === undefined) return undefined;
  const plain = (one: string): string => one.replaceAll('_', '').toLowerCase();
  let found: string | undefined;
  for (const operation of operations) {
    if (operation.kind === 'opaque' || (operation.kind === 'update' && operation.table.name === table))
      return undefined;
    if (operation.kind !== 'addColumn' || operation.table.name !== table) continue;
    const { column } = operation;
    const sameType = column.type.name === present.type.name && column.type.array === present.type.array;
    if (plain(column.name) === plain(name) && sameType) found = column.name;
  }
  return found;
}
