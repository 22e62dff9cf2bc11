import { rule } from '../../../core/rule.ts';
import { indexedColumnLists, tableTitle } from '../../../core/sql/schema.ts';

export default rule({
  id: 'sql/foreign-key-index',
  dialect: 'sql',
  severity: 'warning',
  evidences: ['build/indexes'],
  requirements: ['R001-055', 'R003-109'],
  equivalents: ['eugene:E15', 'pgls:pglinter/base/howManyTableWithoutIndexOnFk', 'splinter:unindexed_foreign_keys'],
  says: 'Index the columns of a foreign key.',
  why: 'PostgreSQL indexes the referenced side only. Deleting or renumbering a parent row, and every join from parent to child, then reads the whole child table.',
  bad: [
    `CREATE TABLE comments (
  id uuid PRIMARY KEY,
  body text NOT NULL,
  rating integer NOT NULL,
  order_id uuid NOT NULL REFERENCES orders (id),
--                       ^^^^^^^^^^^^^^^^^^^^^^ warning: Deleting from orders scans comments: no index begins with order_id
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
`,
    `CREATE TABLE comments (
  id uuid PRIMARY KEY,
  body text NOT NULL,
  order_id uuid NOT NULL REFERENCES orders (id),
--                       ^^^^^^^^^^^^^^^^^^^^^^ warning: Deleting from orders scans comments: only a partial index begins with order_id
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX comments_short_idx ON comments (order_id) WHERE length(body) < 100;
`,
  ],
  good: [
    `CREATE TABLE comments (
  id uuid PRIMARY KEY,
  body text NOT NULL,
  rating integer NOT NULL,
  order_id uuid NOT NULL REFERENCES orders (id),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX comments_order_id_idx ON comments (order_id, created_at);
`,
    `ALTER TABLE orders ADD COLUMN approver_id uuid REFERENCES users (id);
CREATE INDEX CONCURRENTLY orders_approver_id_idx ON orders (approver_id) WHERE approver_id IS NOT NULL;
`,
    `CREATE TABLE order_comments (
  order_id uuid NOT NULL REFERENCES orders (id),
  number integer NOT NULL,
  body text NOT NULL,
  PRIMARY KEY (order_id, number)
);
`,
  ],
  visit: {
    *set({ tables, schema }) {
      for (const table of tables) {
        if (table.uncertain) continue;
        const lists = indexedColumnLists(schema, table);
        for (const constraint of table.constraints) {
          const { references, columns } = constraint;
          if (references === undefined || columns.length === 0) continue;
          // An index that begins with one column of a composite key narrows the search to that one's rows.
          const indexed = lists.some(([first]) => first !== undefined && columns.includes(first));
          if (indexed || columns.some((name) => !table.columns.has(name))) continue;
          // Rows that its condition leaves out are looked for without it.
          const partly = [...schema.indexes.values()].some(
            (index) => index.table === table.id && columns.includes(index.columns[0] ?? ''),
          );
          const target = references.table === undefined ? undefined : schema.tables.get(references.table);
          yield {
            at: constraint.origin,
            symbol: `${tableTitle(table)}.${columns.join(',')}`,
            cause: tableTitle(table),
            message: `Deleting from ${tableTitle(target ?? references.name)} scans ${tableTitle(table)}: ${partly ? 'only a partial' : 'no'} index begins with ${columns.join(', ')}`,
          };
        }
      }
    },
  },
});
