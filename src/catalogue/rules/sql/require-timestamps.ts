import { rule } from '../../../core/rule.ts';
import { tableTitle, type Table } from '../../../core/sql/schema.ts';
import type { SqlEditor } from '../../../core/sql/visitors.ts';
import { statementWords } from '../../../core/sql/words.ts';
import { deviatesByConvention } from '../../standards/naming.ts';
import {
  createdColumn,
  isExtensionTable,
  isJoinTable,
  isLogTable,
  isLookupTable,
  updatedColumn,
} from '../../standards/table-shapes.ts';

export default rule({
  id: 'sql/require-timestamps',
  dialect: 'sql',
  severity: 'info',
  evidences: ['plan/schema-designed'],
  requirements: ['R003-107'],
  equivalents: ['bytebase:column.required'],
  says: 'Give every entity’s table `created_at` and `updated_at`.',
  why: 'When a row was made and last changed is the first question of every incident, and it cannot be answered afterwards. Join, lookup and log tables are exempt, and so is a schema that mostly does without.',
  bad: [
    `CREATE TABLE invoices (
--           ^^^^^^^^ info: Nobody can say when a row of invoices was made or changed: created_at and updated_at are missing
  id uuid PRIMARY KEY,
  number text NOT NULL,
  amount numeric(12, 2) NOT NULL,
  due_on date NOT NULL
);
`,
    `CREATE TABLE invoices (
--           ^^^^^^^^ info: Nobody can say when a row of invoices was changed: updated_at is missing
  id uuid PRIMARY KEY,
  number text NOT NULL,
  amount numeric(12, 2) NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
`,
  ],
  good: [
    `CREATE TABLE invoices (
  id uuid PRIMARY KEY,
  number text NOT NULL,
  amount numeric(12, 2) NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE currencies (code text PRIMARY KEY, name text NOT NULL);
`,
    `CREATE TABLE invoices (
  id uuid PRIMARY KEY,
  number text NOT NULL,
  amount numeric(12, 2) NOT NULL,
  due_on date NOT NULL
);
ALTER TABLE invoices ADD COLUMN created_at timestamptz NOT NULL DEFAULT now(), ADD COLUMN updated_at timestamptz NOT NULL DEFAULT now();
`,
  ],
  fixed: [
    `CREATE TABLE invoices (
  id uuid PRIMARY KEY,
  number text NOT NULL,
  amount numeric(12, 2) NOT NULL,
  due_on date NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
`,
    `CREATE TABLE invoices (
  id uuid PRIMARY KEY,
  number text NOT NULL,
  amount numeric(12, 2) NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
`,
  ],
  visit: {
    *set({ tables, standalone, migrations }) {
      const entities = tables.filter(
        (table) =>
          table.columnsKnown &&
          !table.uncertain &&
          table.columns.size > 0 &&
          !isJoinTable(table) &&
          !isLookupTable(table) &&
          !isExtensionTable(table) &&
          !isLogTable(table),
      );
      const lacks = (find: (table: Table) => unknown): ReadonlySet<Table> => {
        const without = entities.filter((table) => find(table) === undefined);
        return deviatesByConvention(entities.length - without.length, without.length * 2)
          ? new Set()
          : new Set(without);
      };
      const created = lacks(createdColumn);
      const updated = lacks(updatedColumn);
      const last = migrations.at(-1)?.migration.up;
      for (const table of entities) {
        const missing = [...(created.has(table) ? ['created_at'] : []), ...(updated.has(table) ? ['updated_at'] : [])];
        if (missing.length === 0) continue;
        const what = missing.length === 2 ? 'made or changed' : missing[0] === 'created_at' ? 'made' : 'changed';
        const verb = missing.length === 2 ? 'are' : 'is';
        yield {
          at: table.origin,
          symbol: tableTitle(table),
          message: `Nobody can say when a row of ${tableTitle(table)} was ${what}: ${missing.join(' and ')} ${verb} missing`,
          // Only in the newest migration: an older one may have run already.
          ...(standalone || table.origin.file === last
            ? {
                fix: {
                  kind: 'refactoring' as const,
                  title: `Add ${missing.join(' and ')}`,
                  *edits(editor: SqlEditor) {
                    const words = statementWords(editor.statement);
                    const close = words.closing(words.find('('));
                    const before = words.tokens[close - 1];
                    if (before === undefined || words.tokens[close] === undefined) return;
                    const indent = /[\r\n]([ \t]+)\S[^\r\n]*$/.exec(editor.statement.slice(0, before.end))?.[1];
                    const lead = indent === undefined ? ' ' : editor.lineBreak + indent;
                    yield editor.insert(
                      before.end,
                      missing.map((name) => `,${lead}${name} timestamptz NOT NULL DEFAULT now()`).join(''),
                    );
                  },
                },
              }
            : {}),
        };
      }
    },
  },
});
