import { rule } from '../../../core/rule.ts';
import { tableTitle, type Index, type Schema } from '../../../core/sql/schema.ts';
import type { SqlProblem } from '../../../core/sql/visitors.ts';

const isPrefix = (short: readonly (string | undefined)[], long: readonly (string | undefined)[]): boolean =>
  short.length <= long.length && short.every((name, i) => name !== undefined && name === long[i]);

/** What already serves every query that `index` could serve. */
function served(index: Index, schema: Schema, before: readonly Index[]): string | undefined {
  const table = schema.tables.get(index.table);
  for (const constraint of table?.constraints ?? []) {
    const kind =
      constraint.kind === 'primaryKey'
        ? 'the primary key'
        : constraint.kind === 'unique'
          ? `the unique constraint ${constraint.name}`
          : undefined;
    if (kind !== undefined && isPrefix(index.columns, constraint.columns)) return kind;
  }
  for (const other of schema.indexes.values()) {
    if (other === index || other.table !== index.table || other.partial || other.method !== 'btree' || !other.plain)
      continue;
    if (!isPrefix(index.columns, other.columns)) continue;
    // Of two equal ones the later is the duplicate, unless the earlier is not unique and the later is.
    const equal = index.columns.length === other.columns.length;
    if (equal && !other.unique && !before.includes(other)) continue;
    return `index ${other.name}`;
  }
  return undefined;
}

export default rule({
  id: 'sql/duplicate-index',
  dialect: 'sql',
  severity: 'info',
  evidences: [],
  concerns: ['build/indexes'],
  requirements: ['R003-112', 'R003-109'],
  equivalents: ['pgls:pglinter/base/howManyRedudantIndex', 'splinter:duplicate_index'],
  says: 'Leave out an index that another one already covers.',
  why: 'Every index is written on every insert and kept in memory. One whose columns begin another index, a unique constraint or the primary key answers no query that one does not.',
  bad: [
    `CREATE INDEX CONCURRENTLY users_email_idx ON users (email);
--                        ^^^^^^^^^^^^^^^ info: Every write to users keeps users_email_idx for nothing: the unique constraint users_email_key
`,
  ],
  good: [
    `CREATE INDEX CONCURRENTLY users_email_created_idx ON users (email, created_at);
CREATE INDEX CONCURRENTLY users_email_lower_idx ON users (lower(email));
`,
  ],
  visit: {
    *set({ schema }): Iterable<SqlProblem> {
      const before: Index[] = [];
      for (const index of schema.indexes.values()) {
        const table = schema.tables.get(index.table);
        const simple =
          !index.unique && !index.partial && index.plain && index.method === 'btree' && index.include.length === 0;
        const by = simple && table !== undefined && !table.uncertain ? served(index, schema, before) : undefined;
        before.push(index);
        if (by === undefined || table === undefined) continue;
        yield {
          at: index.origin,
          symbol: `${tableTitle(table)}.${index.name}`,
          cause: tableTitle(table),
          message: `Every write to ${tableTitle(table)} keeps ${index.name} for nothing: ${by} begins with the same columns`,
        };
      }
    },
  },
});
