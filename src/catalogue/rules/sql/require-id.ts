import { rule } from '../../../core/rule.ts';
import { primaryKeyOf, tableTitle } from '../../../core/sql/schema.ts';
import { deviatesByConvention } from '../../standards/naming.ts';
import { isExtensionTable, isJoinTable, isLogTable, isLookupTable } from '../../standards/table-shapes.ts';

export default rule({
  id: 'sql/require-id',
  dialect: 'sql',
  severity: 'info',
  evidences: [],
  concerns: ['plan/schema-designed'],
  requirements: ['R003-107'],
  yieldsTo: ['sql/require-primary-key'],
  says: 'Call the key of an entity’s table `id`.',
  why: 'One name for the key lets every query, join and endpoint be written without looking it up. Join, lookup, log and extension tables have keys of their own kind and are left alone.',
  bad: [
    `CREATE TABLE invoices (
--           ^^^^^^^^ info: Table invoices has no id: its key is called invoice_key
  invoice_key uuid PRIMARY KEY,
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
CREATE TABLE user_orders (
  user_id uuid NOT NULL REFERENCES users (id),
  order_id uuid NOT NULL REFERENCES orders (id),
  PRIMARY KEY (user_id, order_id)
);
CREATE INDEX user_orders_order_id_idx ON user_orders (order_id);
`,
  ],
  visit: {
    *set({ tables }) {
      const entities = tables.filter((table) => {
        const key = primaryKeyOf(table);
        const type = table.columns.get(key[0] ?? '')?.type.name ?? '';
        const exempt = isJoinTable(table) || isLookupTable(table) || isLogTable(table) || isExtensionTable(table);
        // A composite or textual key is a natural one.
        return (
          !exempt &&
          table.columnsKnown &&
          !table.uncertain &&
          key.length === 1 &&
          /^(?:uuid|int2|int4|int8)$/.test(type)
        );
      });
      const without = entities.filter((table) => !table.columns.has('id') && !table.columns.has('Id'));
      if (deviatesByConvention(entities.length - without.length, without.length * 2)) return;
      for (const table of without) {
        yield {
          at: table.origin,
          symbol: tableTitle(table),
          message: `Table ${tableTitle(table)} has no id: its key is called ${primaryKeyOf(table)[0] ?? ''}`,
        };
      }
    },
  },
});
