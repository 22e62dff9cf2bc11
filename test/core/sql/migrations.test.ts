import assert from 'node:assert/strict';
import { dialectOfSet, dialectNamed } from '../../../src/core/sql/dialect.ts';
import { isMigrationPath, migrationSets } from '../../../src/core/sql/migrations.ts';
import { analyseFiles, sqlRules } from '../../harness/sql.ts';

/** Tool, root and steps of each set. */
function sets(files: Readonly<Record<string, string>>): string[] {
  const paths = Object.keys(files).filter((path) => path.endsWith('.sql'));
  return migrationSets(paths, (path) => files[path]).map(
    (set) =>
      `${set.tool} ${set.root}: ${set.migrations.map((one) => `${one.id}${one.up === undefined ? '-' : '+'}${one.down === undefined ? '' : '/'}${one.outsideTransaction ? '!' : ''}`).join(' ')}`,
  );
}

const named = (...paths: string[]): Record<string, string> => Object.fromEntries(paths.map((path) => [path, '']));

describe('sets of migrations', () => {
  it('reads side files in linear time, and leaves out those of a size no tool writes', () => {
    const prisma = (lock: string): unknown => {
      const files = { 'p/20240101_a/migration.sql': '', 'p/migration_lock.toml': lock };
      const [set] = migrationSets(['p/20240101_a/migration.sql'], (path) => files[path as keyof typeof files]);
      return set?.declaredDialect;
    };
    for (const white of ['\n', '\r\n', ' ', '\t']) {
      assert.equal(prisma(white.repeat(400_000)), undefined);
      assert.equal(prisma(`${white.repeat(400_000)}\n  provider\t= "mysql"\r\n`), 'mysql');
    }
    assert.equal(prisma(`provider${' '.repeat(400_000)}\nprovider = "`.repeat(5)), undefined);
    assert.equal(prisma(`provider = "mysql"\n${'#'.repeat(5_000_000)}`), undefined);
    for (const [path, side, says] of [
      ['d/20240101_a/up.sql', 'd/20240101_a/metadata.toml', 'run_in_transaction = false'],
      ['f/V1__a.sql', 'f/V1__a.sql.conf', 'executeInTransaction=false'],
    ] as const) {
      const [line = ''] = sets({ [path]: '', [side]: `${'\n'.repeat(400_000)}${says}\n` });
      assert.ok(line.endsWith('!'), line);
      assert.ok(!sets({ [path]: '', [side]: '\n'.repeat(400_000) })[0]?.endsWith('!'));
    }
    const large = `-- +goose Up\n${'-- seed\n'.repeat(600_000)}`;
    assert.deepEqual(sets({ 'db/migrations/1_a.sql': large }), ['goose db/migrations: 1_a+']);
  });

  it('pair many files in about linear time', () => {
    const numbers = Array.from({ length: 20_000 }, (_, i) => i + 1);
    const paths = numbers.flatMap((number) => [`m/${number}_a.up.sql`, `m/${number}_other.down.sql`]);
    const [set, ...others] = migrationSets(paths, () => undefined);
    assert.equal(others.length, 0);
    assert.ok(set?.migrations.every(({ up, down }) => up !== undefined && down !== undefined));
  });

  it('are found by the conventions of the tools', () => {
    assert.deepEqual(
      sets({
        ...named('p/migrations/20240101_a/migration.sql', 'p/migrations/20240102_b/migration.sql'),
        'p/migrations/migration_lock.toml': 'provider = "postgresql"',
      }),
      ['prisma p/migrations: 20240101_a+ 20240102_b+'],
    );
    assert.deepEqual(
      sets(named('m/2_b.up.sql', 'm/10_c.up.sql', 'm/1_a.up.sql', 'm/1_a.down.sql', 'm/2_other.down.sql')),
      ['golang-migrate m: 1_a+/ 2_b+/ 10_c+'],
    );
    assert.deepEqual(
      sets(named('db/V2__b.sql', 'db/V1.10__a.sql', 'db/V1.9__z.sql', 'db/U2__b.sql', 'db/R__views.sql')),
      ['flyway db: 1.9+ 1.10+ 2+/ R views+'],
    );
    assert.deepEqual(sets(named('supabase/migrations/20240101_a.sql')), ['supabase supabase/migrations: 20240101_a+']);
    assert.deepEqual(sets({ 'db/migrations/1_a.sql': '-- migrate:up\nSELECT 1;' }), ['dbmate db/migrations: 1_a+']);
    assert.deepEqual(sets({ 'db/migrations/00001_a.sql': '-- +goose Up\nSELECT 1;' }), [
      'goose db/migrations: 00001_a+',
    ]);
    assert.deepEqual(sets({ ...named('migrations/1_a.sql'), 'Cargo.toml': 'sqlx = "0.8"' }), ['sqlx migrations: 1_a+']);
    assert.deepEqual(sets(named('migrations/2_b.sql', 'migrations/1_a.sql', 'migrations/1_a_down.sql')), [
      'numbered migrations: 1_a+/ 2_b+',
    ]);
  });

  it('take Diesel’s versions without their dashes, and its metadata', () => {
    const files = {
      ...named(
        'migrations/2017-01-02-000001_b/up.sql',
        'migrations/20170101000000_a/up.sql',
        'migrations/20170101000000_a/down.sql',
        'migrations/20180101000000_c/up.sql',
      ),
      'migrations/2017-01-02-000001_b/metadata.toml': 'run_in_transaction = false\n',
    };
    assert.deepEqual(sets(files), ['diesel migrations: 20170101000000_a+/ 2017-01-02-000001_b+! 20180101000000_c+']);
  });

  it('take Drizzle’s order from its journal, whatever state that is in', () => {
    const journal = JSON.stringify({
      dialect: 'postgresql',
      entries: [
        { idx: 1, tag: '0002_b' },
        { idx: 0, tag: '0003_a' },
      ],
    });
    assert.deepEqual(
      sets({
        ...named('drizzle/0002_b.sql', 'drizzle/0003_a.sql', 'drizzle/0001_new.sql'),
        'drizzle/meta/_journal.json': journal,
      }),
      ['drizzle drizzle: 0003_a+ 0002_b+ 0001_new+'],
    );
    assert.deepEqual(sets({ ...named('drizzle/0002_b.sql'), 'drizzle/meta/_journal.json': '{"entries": [null, 3' }), [
      'drizzle drizzle: 0002_b+',
    ]);
    assert.deepEqual(sets({ ...named('drizzle/0002_b.sql'), 'drizzle/meta/_journal.json': '{"entries": [null, 3]}' }), [
      'drizzle drizzle: 0002_b+',
    ]);
  });

  it('leave other files alone, each by itself', () => {
    assert.deepEqual(sets(named('queries/a.sql', 'seeds/b.sql', 'migrations/data_fix.sql')), [
      'plain migrations/data_fix.sql: migrations/data_fix.sql+',
      'plain queries/a.sql: queries/a.sql+',
      'plain seeds/b.sql: seeds/b.sql+',
    ]);
  });

  it('keep the databases of one folder apart by their suffix', () => {
    const found = migrationSets(['m/1_a.up.sql', 'm/2_b.mysql.up.sql', 'm/2_b.postgres.up.sql'], () => undefined);
    assert.deepEqual(
      found.map((set) => [set.declaredDialect, set.migrations.map((one) => one.up)]),
      [
        ['mysql', ['m/2_b.mysql.up.sql']],
        ['postgres', ['m/1_a.up.sql', 'm/2_b.postgres.up.sql']],
      ],
    );
  });

  it('join the folders of one version each', () => {
    assert.deepEqual(
      sets(
        named(
          'db/0.10/01__a.sql',
          'db/0.9/02__b.sql',
          'db/0.9/01__c.sql',
          'migrations/2/01_a.up.sql',
          'migrations/10/01_b.up.sql',
        ),
      ),
      [
        'plain db/0.10/01__a.sql: db/0.10/01__a.sql+',
        'plain db/0.9/01__c.sql: db/0.9/01__c.sql+',
        'plain db/0.9/02__b.sql: db/0.9/02__b.sql+',
        'golang-migrate migrations: 2/01_a+ 10/01_b+',
      ],
    );
    assert.deepEqual(sets(named('store/migration/0.10/01__a.sql', 'store/migration/0.9/02__b.sql')), [
      'numbered store/migration: 0.9/02__b+ 0.10/01__a+',
    ]);
  });

  it('read pop’s file names', () => {
    const [set] = migrationSets(
      ['m/1_a.postgres.autocommit.up.sql', 'm/1_a.postgres.autocommit.down.sql'],
      () => undefined,
    );
    assert.deepEqual(set?.migrations, [
      {
        id: '1_a.postgres',
        up: 'm/1_a.postgres.autocommit.up.sql',
        down: 'm/1_a.postgres.autocommit.down.sql',
        outsideTransaction: true,
      },
    ]);
  });

  it('know a migration by its path', () => {
    const yes = [
      'db/migrate/001_a.sql',
      'prisma/migrations/2024_x/migration.sql',
      'x/1_a.up.sql',
      'sql/V1__a.sql',
      'migrations/2024-01-01-000000_a/up.sql',
      'drizzle/0000_a.sql',
      'migrations/init.sql',
    ];
    const no = [
      'queries/001_a.sql',
      'seeds/a.sql',
      'schema.sql',
      'migrations/seed.sql',
      'migrations/a.ts',
      'up.sql',
      'docs/1_a.md',
    ];
    assert.deepEqual(
      yes.filter((path) => !isMigrationPath(path)),
      [],
    );
    assert.deepEqual(no.filter(isMigrationPath), []);
  });
});

describe('dialects', () => {
  it('are told by a side file, else by the texts, else by the path', () => {
    assert.equal(dialectOfSet('mysql', 'm', ['CREATE TABLE a (b jsonb)']), 'mysql');
    assert.equal(dialectOfSet(undefined, 'm', ['CREATE TABLE `a` (`id` int AUTO_INCREMENT) ENGINE=InnoDB']), 'mysql');
    assert.equal(dialectOfSet(undefined, 'm', ['CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT)']), 'sqlite');
    assert.equal(dialectOfSet(undefined, 'm', ['CREATE TABLE [dbo].[a] ([b] NVARCHAR(20))\nGO\n']), 'tsql');
    assert.equal(dialectOfSet(undefined, 'm', ['CREATE TABLE a (b VARCHAR2(20), c NUMBER(3))']), 'oracle');
    assert.equal(dialectOfSet(undefined, 'click/clickhouse/m', ['ALTER TABLE `a` ADD COLUMN b String']), 'clickhouse');
    assert.equal(dialectOfSet(undefined, 'db/sqlite', ['CREATE TABLE a (b integer)']), 'sqlite');
    assert.equal(dialectOfSet(undefined, 'm', ['CREATE TABLE a (b integer)']), 'postgresql');
    assert.equal(
      dialectOfSet(undefined, 'm', [
        'CREATE TABLE a (b int[])',
        'CREATE TABLE `a` (b int)',
        'CREATE TABLE a (b jsonb)',
        'CREATE TABLE a (b timestamptz)',
      ]),
      'postgresql',
    );
    assert.equal(dialectNamed('PG'), 'postgresql');
    assert.equal(dialectNamed('sales'), undefined);
  });

  it('that are not PostgreSQL are named and never flooded', async () => {
    const analysis = await analyseFiles(
      {
        'migrations/1_a.sql': 'CREATE TABLE `users` (`id` int unsigned AUTO_INCREMENT PRIMARY KEY) ENGINE=InnoDB;',
        'migrations/2_b.sql': 'ALTER TABLE `users` MODIFY COLUMN `id` bigint;',
      },
      await sqlRules(),
    );
    for (const { findings, notAnalysed, dialect } of analysis.files.values()) {
      assert.deepEqual(findings, []);
      assert.equal(dialect, 'mysql');
      assert.deepEqual(notAnalysed, ['This is written for MySQL or MariaDB; only PostgreSQL is analysed.']);
    }
  });
});
