import { rule } from '../../../core/rule.ts';
import { tableTitle, type Table } from '../../../core/sql/schema.ts';
import type { SqlEditor } from '../../../core/sql/visitors.ts';
import { statementWords } from '../../../core/sql/words.ts';
import { deviatesByConvention } from '../../standards/naming.ts';
import {
  createdColumn,
  datesItsEvents,
  isExtensionTable,
  isJoinTable,
  isLogTable,
  isLookupTable,
  isUniquePair,
  updatedColumn,
} from '../../standards/table-shapes.ts';

export default rule({
  id: 'sql/require-timestamps',
  dialect: 'sql',
  severity: 'info',
  evidences: [],
  concerns: ['plan/schema-designed'],
  requirements: ['R003-107'],
  equivalents: ['bytebase:column.required'],
  says: 'Give every entity’s table `created_at` and `updated_at`.',
  why: 'When a row was made and last changed is the first question of every incident, and it cannot be answered afterwards. Join, lookup and log tables are exempt, and so are tables that date at least two events of their rows (`started_at`, `finished_at`) and a schema that mostly does without.',
  bad: [
    `CREATE TABLE invoices (
--           ^^^^^^^^ info: Rows of invoices do not say when they were made or changed: created_at and updated_at are missing
  id uuid PRIMARY KEY,
  number text NOT NULL,
  amount numeric(12, 2) NOT NULL,
  due_on date NOT NULL
);
`,
    `CREATE TABLE invoices (
--           ^^^^^^^^ info: Rows of invoices do not say when they were changed: updated_at is missing
  id uuid PRIMARY KEY,
  number text NOT NULL,
  amount numeric(12, 2) NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
`,
    `CREATE TABLE lines (
--           ^^^^^ info: Rows of lines do not say when they were changed: updated_at is missing
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users (id),
  order_id uuid NOT NULL REFERENCES orders (id),
  amount integer NOT NULL,
  price numeric(12, 2) NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  due_at timestamptz,
  paid_at timestamptz,
  deleted_at timestamptz,
  UNIQUE (user_id, order_id)
);
CREATE INDEX lines_order_id_idx ON lines (order_id);
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
    {
      'migrations/0001_base.sql': `CREATE TABLE teams (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  plan text NOT NULL,
  size integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
CREATE TABLE labels (
  id uuid PRIMARY KEY,
  team_id uuid NOT NULL REFERENCES teams (id),
  name text NOT NULL,
  color text NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
CREATE INDEX labels_team_id_idx ON labels (team_id);
CREATE TABLE team_labels (
  id uuid PRIMARY KEY,
  team_id uuid NOT NULL REFERENCES teams (id),
  label_id uuid NOT NULL REFERENCES labels (id),
  kind text NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE INDEX team_labels_label_id_idx ON team_labels (label_id);
CREATE TABLE deliveries (
  id uuid PRIMARY KEY,
  address text NOT NULL,
  content text NOT NULL,
  attempts integer NOT NULL,
  locked_at timestamptz,
  failed_at timestamptz,
  finished_at timestamptz
);
`,
      'migrations/0002_unique.sql': `CREATE UNIQUE INDEX CONCURRENTLY team_labels_key ON team_labels (team_id, label_id, kind);
`,
    },
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
    `CREATE TABLE lines (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users (id),
  order_id uuid NOT NULL REFERENCES orders (id),
  amount integer NOT NULL,
  price numeric(12, 2) NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  due_at timestamptz,
  paid_at timestamptz,
  deleted_at timestamptz,
  UNIQUE (user_id, order_id),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX lines_order_id_idx ON lines (order_id);
`,
  ],
  visit: {
    *set({ tables, schema, standalone, migrations }) {
      const entities = tables.filter(
        (table) =>
          table.columnsKnown &&
          !table.uncertain &&
          table.columns.size > 0 &&
          !isJoinTable(table) &&
          !isUniquePair(table, schema) &&
          !datesItsEvents(table) &&
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
          message: `Rows of ${tableTitle(table)} do not say when they were ${what}: ${missing.join(' and ')} ${verb} missing`,
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
