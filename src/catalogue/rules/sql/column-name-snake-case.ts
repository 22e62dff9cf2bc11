import { rule } from '../../../core/rule.ts';
import { tableTitle } from '../../../core/sql/schema.ts';
import { deviatesByConvention, isSnakeCase, toSnakeCase } from '../../standards/naming.ts';

export default rule({
  id: 'sql/column-name-snake-case',
  dialect: 'sql',
  severity: 'info',
  evidences: [],
  concerns: ['plan/schema-designed'],
  requirements: ['R003-106'],
  equivalents: ['pgls:pglinter/base/howManyObjectsWithUppercase'],
  says: 'Name columns in snake_case.',
  why: 'A column with capitals must be quoted wherever it is used, and mixing two spellings in one schema makes every query a guess. Where most columns are camelCase, that is the convention and nothing is said.',
  bad: [
    `ALTER TABLE users ADD COLUMN "displayName" text;
--                           ^^^^^^^^^^^^^ info: Every query must quote "displayName" of users: display_name needs no quotes
`,
  ],
  good: [
    `ALTER TABLE users ADD COLUMN display_name text;
`,
  ],
  visit: {
    *set({ tables }) {
      const columns = tables.flatMap((table) => [...table.columns.values()].map((column) => ({ table, column })));
      const odd = columns.filter(({ column }) => !isSnakeCase(column.name));
      // A third of the columns is a convention beside the other one; naming each of them helps nobody.
      if (deviatesByConvention(columns.length - odd.length, odd.length * 2)) return;
      for (const { table, column } of odd) {
        if (column.name.length < 2) continue;
        const quoted = /[^a-z0-9_$]/.test(column.name);
        const where = `of ${tableTitle(table)}`;
        yield {
          at: column.origin,
          symbol: `${tableTitle(table)}.${column.name}`,
          cause: tableTitle(table),
          message: quoted
            ? `Every query must quote "${column.name}" ${where}: ${toSnakeCase(column.name)} needs no quotes`
            : `Column ${column.name} ${where} is not in snake_case: ${toSnakeCase(column.name)} reads like the others`,
        };
      }
    },
  },
});
