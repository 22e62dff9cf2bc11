import { rule } from '../../../core/rule.ts';
import { tableTitle } from '../../../core/sql/schema.ts';
import { deviatesByConvention, isSnakeCase, toSnakeCase } from '../../standards/naming.ts';

export default rule({
  id: 'sql/table-name-snake-case',
  dialect: 'sql',
  severity: 'info',
  evidences: [],
  concerns: ['plan/schema-designed'],
  requirements: ['R003-105'],
  equivalents: ['pgls:pglinter/base/howManyObjectsWithUppercase'],
  says: 'Name tables in snake_case.',
  why: 'PostgreSQL folds unquoted names to lower case, so a name with capitals must be quoted in every query for ever. A schema that is mostly PascalCase (Prisma’s default) keeps its convention.',
  bad: [
    `CREATE TABLE "OrderItems" (
--           ^^^^^^^^^^^^ info: Every query must quote "OrderItems": order_items needs no quotes
  id uuid PRIMARY KEY,
  label text NOT NULL,
  quantity integer NOT NULL,
  note text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
`,
  ],
  good: [
    `CREATE TABLE order_items (
  id uuid PRIMARY KEY,
  label text NOT NULL,
  quantity integer NOT NULL,
  note text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
`,
  ],
  visit: {
    *set({ tables, set }) {
      const odd = tables.filter((table) => !isSnakeCase(table.name));
      if (
        set.tool === 'prisma'
          ? odd.length * 2 > tables.length
          : deviatesByConvention(tables.length - odd.length, odd.length)
      )
        return;
      for (const table of odd) {
        // Prisma names its join tables itself.
        if (table.name.startsWith('_') && table.columns.has('A') && table.columns.has('B')) continue;
        const quoted = /[^a-z0-9_$]/.test(table.name);
        const consequence = quoted
          ? `Every query must quote "${table.name}"`
          : `Table ${tableTitle(table)} is not in snake_case`;
        yield {
          at: table.nameOrigin,
          symbol: tableTitle(table),
          message: `${consequence}: ${toSnakeCase(table.name)} ${quoted ? 'needs no quotes' : 'reads like the others'}`,
        };
      }
    },
  },
});
