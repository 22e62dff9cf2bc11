import assert from 'node:assert/strict';
import { lowerStatement } from '../../../src/core/sql/lower.ts';
import type { Operation, OperationKind, OperationOf } from '../../../src/core/sql/operations.ts';
import type { Span } from '../../../src/core/text.ts';
import { sharedParser } from '../../harness/sql.ts';

const { parse } = await sharedParser();

function lower(sql: string): readonly Operation[] {
  const lowered = lowerStatement(sql, parse);
  assert.equal(lowered.error, undefined, lowered.error?.message);
  return lowered.operations;
}

function only<K extends OperationKind>(sql: string, kind: K): OperationOf<K> {
  const found = lower(sql).find((one): one is OperationOf<K> => one.kind === kind);
  assert.ok(found !== undefined, `${kind} in ${JSON.stringify(lower(sql).map((one) => one.kind))}`);
  return found;
}

const at = (sql: string, span: Span | undefined): string => (span === undefined ? '' : sql.slice(span.start, span.end));

describe('lowering', () => {
  it('reads a table with exact places behind comments and non-ASCII text', () => {
    const sql = `CREATE TABLE IF NOT EXISTS /* é😀 */ app."Ünïts" (
      "naïve" bigserial PRIMARY KEY, -- 😀
      price double precision[] NOT NULL DEFAULT '{}',
      org_id uuid CONSTRAINT org_fk REFERENCES orgs (id) ON DELETE SET NULL NOT NULL,
      seen timestamp (3) with time zone DEFAULT now(),
      full_name text GENERATED ALWAYS AS ('é' || 'x') STORED,
      UNIQUE (price, org_id), CONSTRAINT both_fk FOREIGN KEY (price, "naïve") REFERENCES other.parents (a, b) NOT VALID,
      CHECK (price IS NOT NULL)
    )`;
    const table = only(sql, 'createTable');
    assert.deepEqual(
      [table.table.schema, table.table.name, at(sql, table.table.at), table.ifNotExists],
      ['app', 'Ünïts', '"Ünïts"', true],
    );
    assert.deepEqual(
      table.columns.map((one) => [
        one.name,
        at(sql, one.at),
        one.type.name,
        at(sql, one.type.at),
        one.type.array,
        one.notNull,
        one.default?.value,
        one.generated,
      ]),
      [
        ['naïve', '"naïve"', 'int8', 'bigserial', false, true, undefined, 'serial'],
        ['price', 'price', 'float8', 'double precision[]', true, true, 'constant', undefined],
        ['org_id', 'org_id', 'uuid', 'uuid', false, true, undefined, undefined],
        ['seen', 'seen', 'timestamptz', 'timestamp (3) with time zone', false, false, 'stable', undefined],
        ['full_name', 'full_name', 'text', 'text', false, false, undefined, 'stored'],
      ],
    );
    assert.deepEqual(
      table.columns.flatMap((one) => one.constraints).map((one) => [one.kind, one.name, at(sql, one.at)]),
      [
        ['primaryKey', undefined, 'PRIMARY KEY'],
        ['notNull', undefined, 'NOT NULL'],
        ['foreignKey', 'org_fk', 'CONSTRAINT org_fk REFERENCES orgs (id) ON DELETE SET NULL'],
        ['notNull', undefined, 'NOT NULL'],
      ],
    );
    assert.deepEqual(
      table.constraints.map((one) => [
        one.kind,
        one.columns.map((column) => at(sql, column.at)),
        one.references?.table.name,
        one.notValid,
        one.checksNotNull,
      ]),
      [
        ['unique', ['price', 'org_id'], undefined, false, undefined],
        ['foreignKey', ['price', '"naïve"'], 'parents', true, undefined],
        ['check', [], undefined, false, 'price'],
      ],
    );
  });

  it('makes one operation of each clause of ALTER TABLE', () => {
    const sql = `ALTER TABLE ONLY é.t ADD COLUMN a int DEFAULT gen_random_uuid(), DROP COLUMN IF EXISTS "b" CASCADE, ALTER c TYPE varchar (20) USING (c)::text,
      ALTER COLUMN "type" SET NOT NULL, ALTER d DROP NOT NULL, ALTER e SET DEFAULT 3, ALTER e DROP DEFAULT, ADD CONSTRAINT u UNIQUE USING INDEX i,
      VALIDATE CONSTRAINT v, DROP CONSTRAINT IF EXISTS w, ADD FOREIGN KEY (x, y) REFERENCES z NOT VALID, ENABLE ROW LEVEL SECURITY`;
    assert.deepEqual(
      lower(sql).map((one) => one.kind),
      [
        'addColumn',
        'dropColumn',
        'alterColumnType',
        'setNotNull',
        'dropNotNull',
        'setDefault',
        'dropDefault',
        'addConstraint',
        'validateConstraint',
        'dropConstraint',
        'addConstraint',
        'other',
      ],
    );
    assert.deepEqual(
      [only(sql, 'addColumn').column.default?.value, at(sql, only(sql, 'addColumn').at)],
      ['volatile', 'ADD COLUMN a int DEFAULT gen_random_uuid()'],
    );
    const drop = only(sql, 'dropColumn');
    assert.deepEqual([at(sql, drop.column.at), drop.ifExists, drop.cascade], ['"b"', true, true]);
    const type = only(sql, 'alterColumnType');
    assert.deepEqual(
      [at(sql, type.type.at), type.type.name, type.type.modifiers, type.converts],
      ['varchar (20)', 'varchar', [20], false],
    );
    assert.equal(at(sql, only(sql, 'setNotNull').column.at), '"type"');
    assert.equal(only(sql, 'addConstraint').constraint.usingIndex, 'i');
    assert.equal(at(sql, only(sql, 'setDefault').default.at), 'DEFAULT 3');
  });

  it('tells a USING that converts from one that casts', () => {
    assert.equal(only('ALTER TABLE t ALTER c TYPE int USING c::text::int', 'alterColumnType').converts, false);
    assert.equal(
      only("ALTER TABLE t ALTER c TYPE timestamptz USING c AT TIME ZONE 'UTC'", 'alterColumnType').converts,
      true,
    );
  });

  it('reads indexes', () => {
    const sql = `CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "ï" ON ONLY app.t USING gin (a, lower(b), c text_pattern_ops DESC) INCLUDE (d) WHERE a IS NOT NULL`;
    const index = only(sql, 'createIndex');
    assert.deepEqual(
      [
        index.name?.name,
        at(sql, index.table.at),
        index.method,
        index.unique,
        index.concurrently,
        index.partial,
        index.whereNotNull,
        index.only,
        index.include,
      ],
      ['ï', 't', 'gin', true, true, true, 'a', true, ['d']],
    );
    assert.deepEqual(
      index.columns.map((one) => [one.name, one.plain, at(sql, one.at)]),
      [
        ['a', true, 'a'],
        [undefined, true, 'lower(b)'],
        ['c', false, 'c'],
      ],
    );
    assert.equal(sql.slice(0, index.afterIndex), 'CREATE UNIQUE INDEX');
  });

  it('reads renames and drops', () => {
    const rename = 'ALTER TABLE IF EXISTS a."B" RENAME COLUMN "to" TO "rename"';
    const column = only(rename, 'renameColumn');
    assert.deepEqual(
      [at(rename, column.table.at), at(rename, column.column.at), at(rename, column.to.at)],
      ['"B"', '"to"', '"rename"'],
    );
    assert.equal(only('ALTER TABLE a RENAME b TO c', 'renameColumn').column.name, 'b');
    assert.equal(only('ALTER TABLE a RENAME TO "Ä"', 'renameTable').to.name, 'Ä');
    assert.equal(only('ALTER INDEX a RENAME TO b', 'renameIndex').to, 'b');
    const drops = 'DROP TABLE IF EXISTS "a"."ß", index CASCADE;';
    assert.deepEqual(
      lower(drops).map((one) =>
        one.kind === 'dropTable' ? [one.table.schema, at(drops, one.table.at), one.ifExists, one.cascade] : one.kind,
      ),
      [
        ['a', '"ß"', true, true],
        [undefined, 'index', true, true],
      ],
    );
    assert.equal(only('DROP INDEX CONCURRENTLY IF EXISTS s.i', 'dropIndex').concurrently, true);
    assert.equal(only('DROP TYPE e', 'dropType').type.name, 'e');
  });

  it('reads types, triggers, variables, comments and data changes', () => {
    assert.deepEqual(only("CREATE TYPE mood AS ENUM ('ok', 'é')", 'createType').values, ['ok', 'é']);
    assert.equal(only("ALTER TYPE mood ADD VALUE IF NOT EXISTS 'sad' BEFORE 'ok'", 'addEnumValue').value, 'sad');
    assert.equal(
      only('CREATE TRIGGER t BEFORE UPDATE ON x FOR EACH ROW EXECUTE FUNCTION touch()', 'createTrigger').calls,
      'touch',
    );
    assert.deepEqual(only("SET LOCAL search_path TO a, 'b'", 'setVariable').values, ['a', 'b']);
    assert.deepEqual(only("SELECT pg_catalog.set_config('search_path', 'app, public', false)", 'setVariable').values, [
      'app',
      'public',
    ]);
    assert.deepEqual(only("COMMENT ON COLUMN a.b.c IS 'x'", 'comment').column, 'c');
    assert.equal(only('DELETE FROM a', 'delete').where, false);
    assert.equal(only('UPDATE a SET b = 1 WHERE c', 'update').where, true);
    assert.deepEqual(
      only('TRUNCATE a, s.b', 'truncate').tables.map((one) => one.name),
      ['a', 'b'],
    );
    assert.equal(only('BEGIN', 'transaction').action, 'begin');
    assert.equal(only('CREATE TABLE p PARTITION OF q FOR VALUES IN (1)', 'createTable').partitionOf?.name, 'q');
    assert.equal(only('ALTER TABLE q ATTACH PARTITION p DEFAULT', 'attachPartition').partition.name, 'p');
    assert.equal(only('CREATE MATERIALIZED VIEW v AS SELECT 1', 'createView').materialized, true);
    assert.equal(only('CREATE TABLE t AS SELECT 1', 'createTable').fromQuery, true);
  });

  it('reads the statements inside DO blocks and says which are conditional', () => {
    const sql = `DO $$ BEGIN
      ALTER TABLE "é" ADD COLUMN a int;
      IF NOT EXISTS (SELECT 1) THEN CREATE INDEX i ON t (a); ELSE DROP TABLE u; END IF;
      UPDATE t SET a = 1;
    EXCEPTION WHEN duplicate_object THEN ALTER TABLE v ADD COLUMN z int;
    END $$;`;
    const found = lower(sql);
    assert.deepEqual(
      found.map((one) => [one.kind, one.conditional]),
      [
        ['addColumn', false],
        ['createIndex', true],
        ['dropTable', true],
        ['update', false],
        ['addColumn', true],
      ],
    );
    assert.equal(at(sql, only(sql, 'addColumn').table.at), '"é"');
    const index = only(sql, 'createIndex');
    assert.equal(sql.slice(index.afterIndex - 5, index.afterIndex), 'INDEX');
  });

  it('marks what it cannot read, with the words it mentions', () => {
    const named = only("DO $$ BEGIN EXECUTE 'ALTER TABLE users ADD COLUMN x int'; END $$", 'opaque');
    assert.ok(named.mentions.includes('users') && named.changes.tables && !named.changes.anywhere);
    assert.equal(
      only("DO $$ BEGIN EXECUTE format('ALTER TABLE %I ADD x int', t); END $$", 'opaque').changes.anywhere,
      true,
    );
    assert.deepEqual(only("SELECT audit.enable('public.users')", 'opaque').mentions, ['public', 'users']);
    assert.equal(lower("SELECT setval('s', 1)")[0]?.kind, 'other');
    assert.equal(lower('DO LANGUAGE  plpgsql $$ BEGIN DROP TABLE t; END $$')[0]?.kind, 'dropTable');
    assert.equal(only('DO LANGUAGE plpython3u $$ pass $$', 'opaque').changes.anywhere, true);
  });

  it('reads statements with template placeholders', () => {
    const lowered = lowerStatement('ALTER TABLE {{ .Schema }}.users ADD COLUMN a int', parse);
    assert.ok(lowered.templated && lowered.error === undefined);
    assert.equal(
      lowerStatement('ALTER TABLE ${schema}.users ADD COLUMN a int', parse).operations[0]?.kind,
      'addColumn',
    );
  });

  it('cuts names where PostgreSQL does', () => {
    const long = `a${'b'.repeat(80)}`;
    assert.equal(only(`ALTER TABLE t DROP COLUMN ${long}`, 'dropColumn').column.name.length, 63);
    assert.equal(only(`CREATE TABLE t ("${'é'.repeat(40)}" int)`, 'createTable').columns[0]?.name, 'é'.repeat(31));
  });

  it('reads every kind of statement it has no operation for', () => {
    const others = [
      "CREATE DOMAIN email AS text CHECK (value LIKE '%@%')",
      'CREATE TYPE pair AS (a int, b text)',
      'CREATE TYPE span AS RANGE (subtype = int)',
      'ALTER TYPE pair ADD ATTRIBUTE c int',
      "ALTER TYPE mood RENAME VALUE 'a' TO 'b'",
      'GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader',
      'CREATE POLICY p ON t USING (true)',
      'CREATE EXTENSION IF NOT EXISTS citext',
      'ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO reader',
      'CREATE RULE r AS ON INSERT TO t DO NOTHING',
      'CREATE SEQUENCE s OWNED BY t.a',
      'ALTER TABLE ALL IN TABLESPACE a SET TABLESPACE b',
      'ALTER VIEW v RENAME COLUMN a TO b',
      'ALTER MATERIALIZED VIEW v SET SCHEMA x',
      'DROP FUNCTION IF EXISTS f(int, text), g',
      'DROP TRIGGER t ON x',
      'DROP OPERATOR + (int, int)',
      'COMMENT ON FUNCTION f(int) IS NULL',
      'COMMENT ON CONSTRAINT c ON DOMAIN d IS NULL',
      'CREATE FOREIGN TABLE f (a int) SERVER s',
      'CREATE CAST (a AS b) WITHOUT FUNCTION',
      'MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN DELETE',
      'WITH x AS (DELETE FROM t RETURNING *) INSERT INTO u SELECT * FROM x',
      'VALUES (1), (2)',
      'EXPLAIN ANALYZE SELECT 1',
      'VACUUM (FULL) t',
      'LOCK TABLE t IN SHARE MODE',
      'PREPARE p AS SELECT 1',
      'SAVEPOINT a',
      'RESET ALL',
      'CALL p(1)',
      'TABLE t',
    ];
    for (const sql of others) assert.ok(lower(sql).length > 0, sql);
  });

  it('puts a syntax error at its token, in UTF-16', () => {
    const sql = "SELECT 'é😀' frm from x y z";
    assert.equal(at(sql, lowerStatement(sql, parse).error?.at), 'z');
    const open = 'CREATE TABLE t (a int';
    assert.equal(at(open, lowerStatement(open, parse).error?.at), 'int');
  });
});
