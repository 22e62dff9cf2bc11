import { rule } from '../../../core/rule.ts';
import type { MigrationContents } from '../../../core/sql/visitors.ts';

/** More than this are one finding: a project that mostly goes without decides that once, not file by file. */
const apart = 5;
const placesNamed = 20;

function stateOf(one: MigrationContents | undefined): 'missing' | 'empty' {
  return one?.down === undefined ? 'missing' : 'empty';
}

export default rule({
  id: 'sql/down-missing',
  dialect: 'sql',
  severity: 'info',
  evidences: ['handoff/migrations-tested'],
  requirements: ['R001-061'],
  equivalents: ['strong_migrations:check_down'],
  says: 'Write the way back for every migration.',
  why: 'When a release has to be taken back at night, the down migration is the plan that was made by day. Tools without one need another plan: a backup, or the next migration forward. More than five that are missing are one finding, at the newest.',
  bad: [
    {
      'migrations/1_base.up.sql': `CREATE TABLE notes (id bigint PRIMARY KEY, body text, created_at timestamptz);
`,
      'migrations/1_base.down.sql': `DROP TABLE notes;
`,
      'migrations/2_title.up.sql': `  ALTER TABLE notes ADD COLUMN title text;
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info: Migration 2_title cannot be taken back: its down migration is missing
`,
      'migrations/3_kind.up.sql': `  ALTER TABLE notes ADD COLUMN kind text;
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info: Migration 3_kind cannot be taken back: its down migration is empty
`,
      'migrations/3_kind.down.sql': `-- nothing
`,
    },
    {
      'prisma/migrations/20240101000000_base/migration.sql': `CREATE TABLE "notes" ("id" uuid PRIMARY KEY, "body" text, "created_at" timestamptz);
`,
      'prisma/migrations/20240102000000_title/migration.sql': `  ALTER TABLE "notes" ADD COLUMN "title" text;
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info: None of these 2 migrations can be taken back: Prisma has no down migrations
`,
    },
    {
      'migrations/1_base.up.sql': `CREATE TABLE notes (id bigint PRIMARY KEY, body text, created_at timestamptz);
`,
      'migrations/1_base.down.sql': `DROP TABLE notes;
`,
      'migrations/2_a.up.sql': `ALTER TABLE notes ADD COLUMN a text;
`,
      'migrations/3_b.up.sql': `ALTER TABLE notes ADD COLUMN b text;
`,
      'migrations/4_c.up.sql': `ALTER TABLE notes ADD COLUMN c text;
`,
      'migrations/5_d.up.sql': `ALTER TABLE notes ADD COLUMN d text;
`,
      'migrations/6_e.up.sql': `ALTER TABLE notes ADD COLUMN e text;
`,
      'migrations/7_f.up.sql': `  ALTER TABLE notes ADD COLUMN f text;
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info: 6 of 7 migrations cannot be taken back, the newest 7_f: their down migrations are missing
`,
    },
  ],
  good: [
    {
      'migrations/1_base.up.sql': `CREATE TABLE notes (id bigint PRIMARY KEY, body text, created_at timestamptz);
`,
      'migrations/1_base.down.sql': `DROP TABLE notes;
`,
    },
    {
      'migrations/00001_base.sql': `-- +goose Up
CREATE TABLE notes (id bigint PRIMARY KEY, body text, created_at timestamptz);
-- +goose Down
DROP TABLE notes;
`,
    },
  ],
  visit: {
    *set({ set, toolFacts, migrations, standalone }) {
      if (standalone) return;
      const written = migrations.filter((one) => one.up > 0 && one.place !== undefined);
      const without = written.filter((one) => (one.down ?? 0) === 0);
      const place = without.at(-1)?.place;
      if (place === undefined) return;
      const none = without.length === written.length && written.every((one) => one.down === undefined);
      if (toolFacts.downs === 'none' || (none && written.length > 1)) {
        const why =
          toolFacts.downs === 'none' ? `${toolFacts.title} has no down migrations` : 'no down migration is written';
        const many =
          written.length === 1
            ? 'This migration cannot be taken back'
            : `None of these ${written.length} migrations can be taken back`;
        // Optional means that the team has chosen; only a tool that expects them makes their absence worth a word.
        if (toolFacts.downs !== 'optional')
          yield { at: place, symbol: set.root, message: `${many}: ${why}, so plan the way back otherwise` };
        return;
      }
      if (toolFacts.downs === 'optional' && without.length * 2 > written.length) return;
      if (without.length > apart) {
        const [newest, ...others] = without.toReversed();
        const named = others.slice(0, placesNamed);
        const unnamed = others.length - named.length;
        const states = (['missing', 'empty'] as const).filter((state) => without.some((one) => stateOf(one) === state));
        const rest = unnamed === 0 ? '' : ` (${named.length} more are named here)`;
        yield {
          at: place,
          symbol: set.root,
          message: `${without.length} of ${written.length} migrations cannot be taken back, the newest ${newest?.migration.id ?? ''}: their down migrations are ${states.join(' or ')}${rest}`,
          related: named.flatMap((one) =>
            one.place === undefined
              ? []
              : [{ at: one.place, message: `The down migration of ${one.migration.id} is ${stateOf(one)}` }],
          ),
        };
        return;
      }
      for (const one of without) {
        if (one.place === undefined) continue;
        yield {
          at: one.place,
          symbol: one.migration.id,
          message: `Migration ${one.migration.id} cannot be taken back: its down migration is ${stateOf(one)}`,
        };
      }
    },
  },
});
