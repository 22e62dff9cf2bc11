import { rule } from '../../../core/rule.ts';
import { tableTitle, typeTitle } from '../../../core/sql/schema.ts';
import { toSnakeCase } from '../../standards/naming.ts';

const moneyName =
  /(?:^|_)(?:price|amount|fee|salary|balance|payment|subtotal|refund|revenue|budget|wage|discount_amount|tax_amount|total_price|total_cost|cost)(?:_(?:usd|eur|gbp|net|gross|due|paid|total))?$/;
const otherName =
  /(?:^|_)(?:rate|ratio|percent|percentage|pct|score|weight|time|seconds|ms|count|tokens|query|cpu|estimated)(?:_|$)/;

export default rule({
  id: 'sql/money-as-float',
  dialect: 'sql',
  severity: 'warning',
  evidences: [],
  concerns: ['plan/schema-designed'],
  requirements: ['R004-026'],
  says: 'Store money as numeric or in whole cents.',
  why: 'Binary floating point cannot hold 0.10, so sums drift by cents and comparisons fail. numeric is exact.',
  bad: [
    `ALTER TABLE orders ADD COLUMN shipping_price double precision;
--                                           ^^^^^^^^^^^^^^^^ warning: Sums of orders.shipping_price drift by cents: double precision is binary
`,
  ],
  good: [
    `ALTER TABLE orders ADD COLUMN shipping_price numeric(12, 2);
ALTER TABLE orders ADD COLUMN discount_rate double precision;
ALTER TABLE orders ADD COLUMN fee_cents bigint;
`,
  ],
  fixed: [
    `ALTER TABLE orders ADD COLUMN shipping_price numeric;
`,
  ],
  visit: {
    *set({ tables, migrations, standalone }) {
      const last = migrations.at(-1)?.migration.up;
      for (const table of tables) {
        for (const column of table.columns.values()) {
          const name = toSnakeCase(column.name);
          if (!/^float[48]$/.test(column.type.name) || !moneyName.test(name) || otherName.test(name)) continue;
          const { file, at } = column.typeOrigin;
          yield {
            at: column.typeOrigin,
            symbol: `${tableTitle(table)}.${column.name}`,
            message: `Sums of ${tableTitle(table)}.${column.name} drift by cents: ${typeTitle(column.type)} is binary, numeric is exact`,
            ...((standalone || file === last) && !column.type.array
              ? {
                  fix: {
                    kind: 'refactoring' as const,
                    title: 'Make it numeric',
                    *edits(editor) {
                      yield editor.replace(at, 'numeric');
                    },
                  },
                }
              : {}),
          };
        }
      }
    },
  },
});
