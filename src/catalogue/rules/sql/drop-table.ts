import { rule } from '../../../core/rule.ts';
import { tableTitle } from '../../../core/sql/schema.ts';
import { shipsTogether } from '../../standards/releases.ts';

export default rule({
  id: 'sql/drop-table',
  dialect: 'sql',
  severity: 'info',
  evidences: [],
  concerns: ['handoff/migrations-tested'],
  requirements: ['R003-051', 'R004-009'],
  equivalents: [
    'squawk:ban-drop-table',
    'pgls:lint/safety/banDropTable',
    'atlas:DS102',
    'strong_migrations:drop_table',
  ],
  says: 'Drop a table one release after the code stopped using it.',
  why: `While the release rolls out, the old code still queries the table and fails, and no down migration brings its rows back. ${shipsTogether}`,
  bad: [
    `DROP TABLE orders;
--         ^^^^^^ info: Code that still reads orders fails, and its rows are gone
`,
  ],
  good: [
    `CREATE TABLE scratch (id uuid PRIMARY KEY);
DROP TABLE scratch;
DROP TABLE IF EXISTS never_made;
`,
  ],
  visit: {
    *dropTable({ table, ifExists }, { existed, before, now, file, standalone }) {
      if (!existed(table)) return;
      // IF EXISTS over a table that no migration made cleans up what is not there.
      if (ifExists && now.table(table) === undefined && !standalone && before.tables.size > 0) return;
      yield {
        at: table.at,
        cause: file,
        message: `Code that still reads ${tableTitle(table)} fails, and its rows are gone: drop it a release later`,
      };
    },
  },
});
