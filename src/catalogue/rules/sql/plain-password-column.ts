import { rule } from '../../../core/rule.ts';
import { tableTitle } from '../../../core/sql/schema.ts';
import { toSnakeCase } from '../../standards/naming.ts';

const passwordName = /(?:^|_)(?:password|passwd|pwd|passphrase)$/;
const protectedName = /hash|digest|encrypt|crypt|salt|cipher|masked|temp/;

export default rule({
  id: 'sql/plain-password-column',
  dialect: 'sql',
  severity: 'warning',
  evidences: [],
  concerns: ['build/secrets', 'review/sensitive-data'],
  requirements: ['R001-134', 'R002-031'],
  says: 'Name a password column after the hash it holds.',
  why: 'A column called password invites somebody to store or return one. `password_hash` says what belongs in it, and reviewers see at once where a plain one is written.',
  bad: [
    `CREATE TABLE accounts (
  id uuid PRIMARY KEY,
  login text NOT NULL,
  password text NOT NULL,
--^^^^^^^^ warning: accounts.password reads like a plain password: keep only a hash, in password_hash
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
`,
  ],
  good: [
    `CREATE TABLE accounts (
  id uuid PRIMARY KEY,
  login text NOT NULL,
  password_hash text NOT NULL,
  has_password boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
`,
  ],
  fixed: [
    `CREATE TABLE accounts (
  id uuid PRIMARY KEY,
  login text NOT NULL,
  password_hash text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
`,
  ],
  visit: {
    *set({ tables, migrations, standalone }) {
      const last = migrations.at(-1)?.migration.up;
      for (const table of tables) {
        for (const column of table.columns.values()) {
          const name = toSnakeCase(column.name);
          if (
            !passwordName.test(name) ||
            protectedName.test(name) ||
            !/^(?:text|varchar|bpchar|citext)$/.test(column.type.name)
          )
            continue;
          const better = name.replace(/(?:password|passwd|pwd|passphrase)$/, 'password_hash');
          const renamable =
            column.origin.file === table.origin.file && column.origin.statement === table.origin.statement;
          const used = table.constraints.some((one) => one.columns.includes(column.name));
          yield {
            at: column.origin,
            symbol: `${tableTitle(table)}.${column.name}`,
            message: `${tableTitle(table)}.${column.name} reads like a plain password: keep only a hash, in ${better}`,
            // Only in the newest migration, where nothing reads the column yet.
            ...(renamable && !used && (standalone || column.origin.file === last)
              ? {
                  fix: {
                    kind: 'refactoring' as const,
                    title: `Rename the column to ${better}`,
                    *edits(editor) {
                      yield editor.replace(column.origin.at, better);
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
