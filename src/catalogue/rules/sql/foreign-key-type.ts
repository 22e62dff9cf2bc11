import { rule } from '../../../core/rule.ts';
import { baseTypeName, primaryKeyOf, tableTitle, typeTitle } from '../../../core/sql/schema.ts';

/** Types whose values compare without loss are one family. */
const families: ReadonlyMap<string, string> = new Map([
  ['varchar', 'text'],
  ['bpchar', 'text'],
  ['citext', 'text'],
  ['name', 'text'],
]);

export default rule({
  id: 'sql/foreign-key-type',
  dialect: 'sql',
  severity: 'warning',
  evidences: ['plan/schema-designed'],
  requirements: ['R003-110', 'R002-037'],
  equivalents: ['pgls:pglinter/base/howManyTablesWithFkMismatch', 'online_migrations:mismatched_foreign_key_type'],
  says: 'Give a foreign key the type of the column it refers to.',
  why: 'A narrower key overflows when the parent’s numbers outgrow it, a wider one cannot use the same index comparisons, and unlike types are refused by PostgreSQL altogether.',
  bad: [
    `ALTER TABLE orders ADD COLUMN sponsor_id bigint REFERENCES users (id);
--                                       ^^^^^^ warning: orders.sponsor_id is bigint but users.id is uuid
CREATE INDEX CONCURRENTLY orders_sponsor_id_idx ON orders (sponsor_id);
`,
  ],
  good: [
    `CREATE TABLE refunds (
  id uuid PRIMARY KEY,
  order_id uuid NOT NULL UNIQUE REFERENCES orders,
  amount numeric(12, 2) NOT NULL,
  reason text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
`,
    `CREATE DOMAIN country_code AS text CHECK (length(VALUE) = 2);
CREATE TABLE countries (code text PRIMARY KEY, name text NOT NULL);
ALTER TABLE users ADD COLUMN country country_code REFERENCES countries (code);
CREATE INDEX CONCURRENTLY users_country_idx ON users (country);
`,
  ],
  visit: {
    *set({ tables, schema }) {
      for (const table of tables) {
        if (table.uncertain) continue;
        for (const { references, columns } of table.constraints) {
          const target = references?.table === undefined ? undefined : schema.tables.get(references.table);
          if (references === undefined || target === undefined || target.uncertain) continue;
          const wanted = references.columns.length > 0 ? references.columns : primaryKeyOf(target);
          for (const [i, name] of columns.entries()) {
            const own = table.columns.get(name);
            const other = target.columns.get(wanted[i] ?? '');
            if (own === undefined || other === undefined) continue;
            const ownBase = baseTypeName(schema, own.type.name);
            const otherBase = baseTypeName(schema, other.type.name);
            const same = (families.get(ownBase) ?? ownBase) === (families.get(otherBase) ?? otherBase);
            if (same && own.type.array === other.type.array) continue;
            yield {
              at: own.typeOrigin,
              symbol: `${tableTitle(table)}.${name}`,
              message: `${tableTitle(table)}.${name} is ${typeTitle(own.type)} but ${tableTitle(target)}.${other.name} is ${typeTitle(other.type)}`,
              related: [{ at: other.typeOrigin, message: `${tableTitle(target)}.${other.name} has its type here` }],
            };
          }
        }
      }
    },
  },
});
