import { rule } from '../../../core/rule.ts';
import { tableTitle, type Schema, type Table } from '../../../core/sql/schema.ts';

/**
 * A unique index over columns that are never null tells rows apart as a primary key does. So does one over an expression alone: it is how a table is kept
 * to a single row.
 */
function hasKey(schema: Schema, table: Table): boolean {
  const never = (columns: readonly (string | undefined)[]): boolean =>
    columns.length > 0 && columns.every((name) => name !== undefined && table.columns.get(name)?.notNull === true);
  return (
    table.constraints.some((one) => one.kind === 'primaryKey' || (one.kind === 'unique' && never(one.columns))) ||
    [...schema.indexes.values()].some(
      (index) =>
        index.table === table.id &&
        index.unique &&
        !index.partial &&
        (never(index.columns) || isExpression(index.columns)),
    )
  );
}

function isExpression(columns: readonly (string | undefined)[]): boolean {
  return columns.length === 1 && columns[0] === undefined;
}

export default rule({
  id: 'sql/require-primary-key',
  dialect: 'sql',
  severity: 'warning',
  evidences: ['plan/schema-designed'],
  requirements: ['R003-107', 'R003-108'],
  equivalents: [
    'pgls:pglinter/base/howManyTableWithoutPrimaryKey',
    'bytebase:table.require-pk',
    'diesel-guard:create-table-without-pk',
  ],
  says: 'Give every table a primary key.',
  why: 'Without a key two rows can be the same: an UPDATE cannot name one of them, other tables cannot refer to them, and logical replication refuses to update or delete.',
  bad: [
    `CREATE TABLE page_views (
--           ^^^^^^^^^^ warning: Rows of page_views cannot be told apart: it has no primary key
  path text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
`,
  ],
  good: [
    `CREATE TABLE page_views (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  path text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
`,
    `CREATE TABLE page_views (
  path text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE page_views ADD CONSTRAINT page_views_pkey PRIMARY KEY (path, created_at);
`,
    `CREATE TABLE cleanup_settings (
  batch_size integer NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX cleanup_settings_one_row ON cleanup_settings ((batch_size IS NOT NULL));
`,
  ],
  visit: {
    *set({ tables, schema }) {
      for (const table of tables) {
        if (!table.columnsKnown || table.uncertain || table.columns.size === 0 || hasKey(schema, table)) continue;
        yield {
          at: table.origin,
          symbol: tableTitle(table),
          message: `Rows of ${tableTitle(table)} cannot be told apart: it has no primary key`,
        };
      }
    },
  },
});
