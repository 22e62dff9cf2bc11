import { rule } from '../../../core/rule.ts';
import { tableTitle } from '../../../core/sql/schema.ts';
import { deviatesByConvention } from '../../standards/naming.ts';

export default rule({
  id: 'sql/timestamp-with-time-zone',
  dialect: 'sql',
  severity: 'info',
  evidences: [],
  concerns: ['plan/schema-designed'],
  requirements: ['R003-107'],
  equivalents: ['squawk:prefer-timestamp-tz', 'pgls:lint/safety/preferTimestamptz', 'diesel-guard:timestamp-type'],
  says: 'Store moments as timestamptz.',
  why: 'A timestamp without time zone is a clock on an unknown wall: two services in two zones write and read different moments. Where a schema mostly uses it (Prisma’s default), that is its convention and nothing is said.',
  bad: [
    `ALTER TABLE users ADD COLUMN verified_at timestamp;
--                                       ^^^^^^^^^ info: users.verified_at is a moment without a time zone: timestamptz
`,
    `CREATE TABLE notes (
  id uuid PRIMARY KEY,
  title text NOT NULL,
  body text NOT NULL,
  created_at timestamp(3) without time zone NOT NULL DEFAULT now(),
--           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info: notes.created_at is a moment without a time zone: timestamptz
  updated_at timestamptz NOT NULL DEFAULT now()
);
`,
  ],
  good: [
    `ALTER TABLE users ADD COLUMN verified_at timestamp with time zone;
`,
  ],
  fixed: [
    `ALTER TABLE users ADD COLUMN verified_at timestamptz;
`,
    `CREATE TABLE notes (
  id uuid PRIMARY KEY,
  title text NOT NULL,
  body text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
`,
  ],
  visit: {
    *set({ tables, migrations, standalone }) {
      const columns = tables.flatMap((table) => [...table.columns.values()].map((column) => ({ table, column })));
      const bare = columns.filter(({ column }) => column.type.name === 'timestamp');
      const zoned = columns.filter(({ column }) => column.type.name === 'timestamptz');
      if (deviatesByConvention(zoned.length, bare.length * 2)) return;
      const last = migrations.at(-1)?.migration.up;
      for (const { table, column } of bare) {
        const { file, at } = column.typeOrigin;
        const modifier = column.type.modifiers.length > 0 ? `(${column.type.modifiers.join(', ')})` : '';
        const array = /\[.*$/.exec(column.type.text)?.[0] ?? '';
        yield {
          at: column.typeOrigin,
          symbol: `${tableTitle(table)}.${column.name}`,
          cause: tableTitle(table),
          message: `${tableTitle(table)}.${column.name} is a moment without a time zone: timestamptz means the same everywhere`,
          ...(standalone || file === last
            ? {
                fix: {
                  kind: 'refactoring' as const,
                  title: 'Make it timestamptz',
                  *edits(editor) {
                    yield editor.replace(at, `timestamptz${modifier}${array}`);
                  },
                },
              }
            : {}),
        };
      }
    },
  },
});
