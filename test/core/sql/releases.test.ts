import assert from 'node:assert/strict';
import { historyOf, migrationTime, releasesOf } from '../../../src/core/sql/releases.ts';
import { migrationSets } from '../../../src/core/sql/migrations.ts';
import { analyseFiles, sqlRules } from '../../harness/sql.ts';

const rules = await sqlRules();

const setOf = (...names: string[]): ReturnType<typeof migrationSets>[number] => {
  const [set] = migrationSets(
    names.map((name) => `migrations/${name}.sql`),
    () => undefined,
  );
  assert.ok(set !== undefined);
  return set;
};

/** The rules that speak, by file, of some; each migration in a file of its own. */
async function heard(texts: Readonly<Record<string, string>>, ...ids: string[]): Promise<string[]> {
  const files = Object.fromEntries(Object.entries(texts).map(([name, sql]) => [`migrations/${name}.sql`, sql]));
  const analysis = await analyseFiles(files, rules);
  return [...analysis.files].flatMap(([path, { findings }]) =>
    findings
      .filter(({ rule }) => ids.includes(rule))
      .map(({ rule }) => `${path.slice('migrations/'.length, -'.sql'.length)} ${rule}`),
  );
}

const notes = 'CREATE TABLE notes (id uuid PRIMARY KEY, body text, kind int);';
const index = 'CREATE INDEX notes_kind_idx ON notes (kind);';
const required = 'ALTER TABLE notes ADD COLUMN owner text NOT NULL;';

describe('releases of a set', () => {
  it('read a time from the names that begin with one, and from no others', () => {
    const march = Date.UTC(2024, 2, 1, 9, 30, 15);
    for (const name of [
      '20240301093015_a',
      '20240301093015',
      '20240301093015123-a',
      '20240301093015000001_a',
      '2024-03-01-093015_a',
      '2024-03-01-093015-0000_a',
      `${march / 1000}_a`,
      `${march}_a`,
      `1.0/${march / 1000}_a`,
    ])
      assert.equal(migrationTime(name), march, name);
    for (const name of ['0001_a', '20240301_a', '2024030109_a', '20191100000001_a', '20240301256000_a', '99_a', 'a'])
      assert.equal(migrationTime(name), undefined, name);
  });

  it('hold what was written within a day, whichever came first', () => {
    const { together } = releasesOf(setOf('20240301090000_a', '20240302085959_b', '20240302090000_c', '0004_d'));
    const path = (name: string): string => `migrations/${name}.sql`;
    assert.ok(together(path('20240301090000_a'), path('20240302085959_b')));
    assert.ok(together(path('20240302090000_c'), path('20240302085959_b')));
    assert.ok(!together(path('20240301090000_a'), path('20240302090000_c')));
    assert.ok(together(path('0004_d'), path('0004_d')));
    assert.ok(!together(path('0004_d'), path('20240302090000_c')));
  });

  it('are history once a month, or ten migrations, follow', () => {
    assert.equal(historyOf(setOf('20240101000000_a', '20240115000000_b', '20240214000000_c', '20240301000000_d')), 2);
    assert.equal(historyOf(setOf('20240101000000_a')), 0);
    const numbered = Array.from({ length: 12 }, (_, i) => `${String(i + 1).padStart(4, '0')}_a`);
    assert.equal(historyOf(setOf(...numbered)), 2);
    assert.equal(historyOf(setOf(...numbered.slice(0, 10))), 0);
  });
});

describe('rows that cannot be there', () => {
  it('let a later migration of the same day do what it likes, and one of the next day not', async () => {
    const texts = { '20240301090000_a': notes, '20240301200000_b': index };
    assert.deepEqual(await heard(texts, 'sql/index-not-concurrently'), []);
    assert.deepEqual(
      await heard({ '20240301090000_a': notes, '20240302200000_b': index }, 'sql/index-not-concurrently'),
      ['20240302200000_b sql/index-not-concurrently'],
    );
    assert.deepEqual(await heard({ '0001_a': notes, '0002_b': index }, 'sql/index-not-concurrently'), [
      '0002_b sql/index-not-concurrently',
    ]);
  });

  it('ask only of the referencing table whether it is new', async () => {
    const key = 'ALTER TABLE notes ADD FOREIGN KEY (kind) REFERENCES kinds (id);';
    const kinds = 'CREATE TABLE kinds (id int PRIMARY KEY);';
    const id = 'sql/add-foreign-key-not-valid';
    assert.deepEqual(
      await heard({ '20240101000000_a': kinds, '20240301000000_b': notes, '20240301000001_c': key }, id),
      [],
    );
    assert.deepEqual(
      await heard({ '20240101000000_a': notes, '20240301000000_b': kinds, '20240301000001_c': key }, id),
      [`20240301000001_c ${id}`],
    );
  });

  it('are shown by a required column in the history, back to what emptied the table', async () => {
    const ids = ['sql/index-not-concurrently', 'sql/add-required-column', 'sql/drop-column'];
    const later = { '20240601000000_z': 'SELECT 1;' };
    const drop = 'ALTER TABLE notes DROP COLUMN body;';
    const base = { '20240101000000_a': notes, '20240110000000_b': index, '20240112000000_c': drop };
    assert.deepEqual(await heard({ ...base, '20240201000000_d': required, ...later }, ...ids), []);
    assert.deepEqual(await heard({ ...base, '20240201000000_d': required }, ...ids), [
      '20240110000000_b sql/index-not-concurrently',
      '20240112000000_c sql/drop-column',
      '20240201000000_d sql/add-required-column',
    ]);
    for (const emptying of ['TRUNCATE notes;', 'DELETE FROM notes;']) {
      const emptied = { ...base, '20240120000000_e': emptying, '20240201000000_d': required, ...later };
      assert.deepEqual(await heard(emptied, ...ids), [
        '20240110000000_b sql/index-not-concurrently',
        '20240112000000_c sql/drop-column',
      ]);
    }
    const inOne = { ...base, '20240201000000_d': `TRUNCATE notes; ${required}`, ...later };
    assert.equal((await heard(inOne, ...ids)).length, 2);
  });

  it('are not shown by what may do nothing, nor by what emptied a parent', async () => {
    const id = 'sql/index-not-concurrently';
    const base = { '20240101000000_a': notes, '20240110000000_b': index };
    const later = { '20240601000000_z': 'SELECT 1;' };
    const found = [`20240110000000_b ${id}`];
    for (const unsure of [
      'ALTER TABLE notes ADD COLUMN IF NOT EXISTS owner text NOT NULL;',
      "ALTER TABLE notes ADD COLUMN owner text NOT NULL DEFAULT 'x';",
      'ALTER TABLE notes ADD COLUMN owner serial NOT NULL;',
      'DO $$ BEGIN IF now() IS NULL THEN ALTER TABLE notes ADD COLUMN owner text NOT NULL; END IF; END $$;',
    ])
      assert.deepEqual(await heard({ ...base, '20240201000000_d': unsure, ...later }, id), found);
    const child = {
      '20240101000000_a': `CREATE TABLE kinds (id int PRIMARY KEY); ${notes} ALTER TABLE notes ADD FOREIGN KEY (kind) REFERENCES kinds (id);`,
      '20240110000000_b': index,
      '20240120000000_c': 'TRUNCATE kinds CASCADE;',
      '20240201000000_d': required,
      ...later,
    };
    assert.deepEqual(await heard(child, id), found);
  });

  it('are judged alike whole and step by step', async () => {
    const before = {
      'migrations/20240101000000_a.sql': notes,
      'migrations/20240110000000_b.sql': index,
      'migrations/20240201000000_c.sql': required,
    };
    const after = { ...before, 'migrations/20240601000000_d.sql': 'SELECT 1;' };
    const first = await analyseFiles(before, rules);
    const second = await analyseFiles(after, rules, first);
    const fresh = await analyseFiles(after, rules);
    assert.deepEqual(second.files, fresh.files);
    assert.deepEqual((await analyseFiles(before, rules, second)).files, first.files);
  });
});
