import { rule } from '../../../core/rule.ts';
import { tableTitle } from '../../../core/sql/schema.ts';

export default rule({
  id: 'sql/drop-column',
  dialect: 'sql',
  severity: 'info',
  evidences: ['handoff/migrations-tested'],
  requirements: ['R003-051', 'R004-009'],
  equivalents: [
    'squawk:ban-drop-column',
    'pgls:lint/safety/banDropColumn',
    'atlas:DS103',
    'strong_migrations:remove_column',
  ],
  says: 'Drop a column one release after the code stopped using it.',
  why: 'While the release rolls out, instances of the old code still select and insert the column, and fail. What it held cannot be brought back by a down migration.',
  bad: [
    `ALTER TABLE users DROP COLUMN email;
--                            ^^^^^ info: Code that still reads users.email fails, and its values are gone
`,
  ],
  good: [
    `ALTER TABLE users ADD COLUMN scratch text;
ALTER TABLE users DROP COLUMN scratch;
`,
  ],
  visit: {
    *dropColumn({ table, column, ifExists }, { existed, before, now, file, standalone }) {
      if (!existed(table)) return;
      const known = now.table(table);
      const present = known?.columns.get(column.name);
      if (present?.origin.file === file) return;
      // IF EXISTS over a table whose columns are all known and lack it drops nothing.
      if (ifExists && known !== undefined && known.columnsKnown && !known.uncertain && present === undefined) return;
      if (ifExists && known === undefined && !standalone && before.tables.size > 0) return;
      yield {
        at: column.at,
        cause: file,
        message: `Code that still reads ${tableTitle(table)}.${column.name} fails, and its values are gone: drop it a release later`,
      };
    },
  },
});
