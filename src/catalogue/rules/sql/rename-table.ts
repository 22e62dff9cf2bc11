import { rule } from '../../../core/rule.ts';
import type { Operation, TableName } from '../../../core/sql/operations.ts';
import { tableTitle } from '../../../core/sql/schema.ts';
import { shipsTogether } from '../../standards/releases.ts';

function takesName(operation: Operation, { name, schema }: TableName): boolean {
  switch (operation.kind) {
    case 'createView':
      return operation.view.name === name && operation.view.schema === schema;
    case 'createTable':
      return operation.table.name === name && operation.table.schema === schema;
    case 'renameTable':
      return operation.to.name === name && operation.table.schema === schema;
    default:
      return false;
  }
}

export default rule({
  id: 'sql/rename-table',
  dialect: 'sql',
  severity: 'info',
  evidences: [],
  concerns: ['handoff/migrations-tested'],
  requirements: ['R003-051', 'R004-009'],
  equivalents: [
    'squawk:renaming-table',
    'pgls:lint/safety/renamingTable',
    'atlas:BC101',
    'strong_migrations:rename_table',
  ],
  says: 'Rename a table together with a view that keeps its old name.',
  why: `Every running instance of the old code fails on the table the moment it is renamed. A view of the old name, made in the same migration, carries it over the release. ${shipsTogether}`,
  bad: [
    `ALTER TABLE orders RENAME TO purchases;
--          ^^^^^^ info: Code that still uses orders fails from here on
`,
  ],
  good: [
    `CREATE TABLE nots (id uuid PRIMARY KEY, body text, created_at timestamptz);
ALTER TABLE nots RENAME TO notes;
`,
    `ALTER TABLE orders RENAME TO purchases;
CREATE VIEW orders AS SELECT * FROM purchases;
`,
  ],
  visit: {
    *renameTable({ table, to }, { existed, now, operations, file }) {
      // ALTER TABLE renames indexes and views too.
      if (!existed(table) || now.isView(table) || (now.table(table) === undefined && now.index(table) !== undefined))
        return;
      // Something else has the name, before or after: the view that is advised, or a table that takes its place.
      if (operations.some((one) => takesName(one, table))) return;
      yield {
        at: table.at,
        cause: file,
        message: `Code that still uses ${tableTitle(table)} fails from here on: keep a view of that name beside ${to.name} for a release`,
      };
    },
  },
});
