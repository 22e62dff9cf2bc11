import { rule } from '../../../core/rule.ts';
import { tableTitle } from '../../../core/sql/schema.ts';
import { conventionSize, grammaticalNumber, toPlural } from '../../standards/naming.ts';
import { isJoinTable } from '../../standards/table-shapes.ts';

export default rule({
  id: 'sql/table-name-plural',
  dialect: 'sql',
  severity: 'info',
  evidences: [],
  concerns: ['plan/schema-designed'],
  requirements: ['R003-105'],
  says: 'Name tables in the plural.',
  why: 'A table holds many rows, and a schema that mixes `user` and `orders` makes everybody look names up. Where most tables of a schema are singular, that is its convention and nothing is said.',
  bad: [
    `CREATE TABLE invoice (
--           ^^^^^^^ info: Table invoice is named in the singular: invoices
  id uuid PRIMARY KEY,
  number text NOT NULL,
  amount numeric(12, 2) NOT NULL,
  due_on date NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
`,
  ],
  good: [
    `CREATE TABLE invoices (
  id uuid PRIMARY KEY,
  number text NOT NULL,
  amount numeric(12, 2) NOT NULL,
  due_on date NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE order_metadata (
  id uuid PRIMARY KEY,
  channel text NOT NULL,
  campaign text NOT NULL,
  referrer text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
`,
  ],
  visit: {
    *set({ tables, schema }) {
      const judged = tables.filter((table) => !isJoinTable(table));
      const singular = judged.filter((table) => grammaticalNumber(table.name) === 'singular');
      const plural = judged.filter((table) => grammaticalNumber(table.name) === 'plural');
      // A schema of its own convention, or one of no convention at all, gains nothing from single renames.
      const count = (number: string): number =>
        [...schema.strangers].filter((name) => grammaticalNumber(name) === number).length;
      const singulars = singular.length + count('singular');
      const plurals = plural.length + count('plural');
      // Tables made elsewhere count as well, and show that these few are not all.
      const enough = schema.strangers.size > 0 || singulars + plurals >= conventionSize;
      if (enough && singulars * 2 > plurals) return;
      for (const table of singular) {
        yield {
          at: table.nameOrigin,
          symbol: tableTitle(table),
          message: `Table ${tableTitle(table)} is named in the singular: ${toPlural(table.name)} says that it holds many rows`,
        };
      }
    },
  },
});
