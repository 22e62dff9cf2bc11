import assert from 'node:assert/strict';
import { finalSchema } from '../../../src/core/sql/analyse.ts';
import type { SqlRule } from '../../../src/core/rule.ts';
import { baseTypeName, ownType, type Schema, type Table } from '../../../src/core/sql/schema.ts';
import { analyseFiles } from '../../harness/sql.ts';

/** The schema after migrations 1, 2, … */
async function replay(...migrations: string[]): Promise<Schema> {
  const files = Object.fromEntries(
    migrations.map((sql, i) => [`migrations/${String(i + 1).padStart(4, '0')}_step.sql`, sql]),
  );
  const [set] = (await analyseFiles(files, [])).sets;
  assert.ok(set !== undefined);
  return finalSchema(set);
}

function table(schema: Schema, name: string): Table {
  const found = schema.tables.get(schema.names.get(name.includes('.') ? name : `public.${name}`) ?? 0);
  assert.ok(found !== undefined, `${name} in ${[...schema.names.keys()].join(', ')}`);
  return found;
}

const columns = (one: Table): string[] =>
  [...one.columns.values()].map((column) => `${column.name} ${column.type.name}${column.notNull ? ' not null' : ''}`);

describe('replaying migrations', () => {
  it('follows columns through every change', async () => {
    const schema = await replay(
      'CREATE TABLE t (id serial PRIMARY KEY, a int, b text NOT NULL, c text);',
      'ALTER TABLE t RENAME COLUMN a TO d; ALTER TABLE t ALTER d TYPE bigint, ALTER b DROP NOT NULL, ALTER d SET NOT NULL, DROP COLUMN c, ADD e uuid;',
      'ALTER TABLE t DROP COLUMN IF EXISTS nothing; ALTER TABLE t ADD COLUMN IF NOT EXISTS b int;',
    );
    assert.deepEqual(columns(table(schema, 't')), ['id int4 not null', 'd int8 not null', 'b text', 'e uuid']);
    assert.equal(table(schema, 't').columns.get('d')?.origin.file, 'migrations/0002_step.sql');
  });

  it('keeps references, indexes and constraints through renames, and drops them with what they stand on', async () => {
    const base =
      'CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (id int, p_id int REFERENCES p, q int, CONSTRAINT uq UNIQUE (p_id, q)); CREATE INDEX c_q ON c (q);';
    const renamed = await replay(base, 'ALTER TABLE p RENAME TO parents; ALTER TABLE c RENAME p_id TO parent_id;');
    const child = table(renamed, 'c');
    const reference = child.constraints.find((one) => one.kind === 'foreignKey');
    assert.equal(reference?.references?.table, table(renamed, 'parents').id);
    assert.deepEqual([reference?.name, reference?.columns], ['c_p_id_fkey', ['parent_id']]);
    assert.deepEqual(child.constraints.find((one) => one.name === 'uq')?.columns, ['parent_id', 'q']);
    const dropped = await replay(base, 'DROP TABLE p CASCADE; ALTER TABLE c DROP COLUMN q;');
    assert.deepEqual(table(dropped, 'c').constraints, []);
    assert.equal(dropped.indexes.size, 0);
  });

  it('finds constraints by the names PostgreSQL gives them', async () => {
    const schema = await replay(
      'CREATE TABLE t (id int PRIMARY KEY, a int UNIQUE CHECK (a > 0), b int REFERENCES t);',
      'ALTER TABLE t DROP CONSTRAINT t_pkey, DROP CONSTRAINT t_a_key, DROP CONSTRAINT t_b_fkey, DROP CONSTRAINT t_a_check;',
    );
    assert.deepEqual(table(schema, 't').constraints, []);
  });

  it('validates constraints and takes indexes over', async () => {
    const schema = await replay(
      'CREATE TABLE t (a int); ALTER TABLE t ADD CONSTRAINT k CHECK (a IS NOT NULL) NOT VALID;',
      'ALTER TABLE t VALIDATE CONSTRAINT k; CREATE UNIQUE INDEX i ON t (a);',
      'ALTER TABLE t ADD CONSTRAINT t_pkey PRIMARY KEY USING INDEX i;',
    );
    assert.deepEqual(
      table(schema, 't').constraints.map((one) => [one.kind, one.validated, one.columns]),
      [
        ['check', true, []],
        ['primaryKey', true, ['a']],
      ],
    );
    assert.equal(schema.indexes.size, 0);
    assert.deepEqual(columns(table(schema, 't')), ['a int4 not null']);
  });

  it('resolves names by schema and search path, public where nothing is said', async () => {
    const schema = await replay(
      'CREATE TABLE app.t (a int); CREATE TABLE t (b int); CREATE TABLE public.u (c int);',
      'SET search_path TO app; ALTER TABLE t ADD x int; ALTER TABLE u ADD y int; CREATE TABLE v (z int);',
      'ALTER TABLE t ADD w int; ALTER TABLE app.v SET SCHEMA public;',
    );
    assert.deepEqual(columns(table(schema, 'app.t')), ['a int4', 'x int4']);
    assert.deepEqual(columns(table(schema, 't')), ['b int4', 'w int4']);
    assert.deepEqual(columns(table(schema, 'u')), ['c int4', 'y int4']);
    assert.deepEqual(columns(table(schema, 'v')), ['z int4']);
  });

  it('copies columns for LIKE, INHERITS and partitions, and admits what it does not know', async () => {
    const schema = await replay(
      'CREATE TABLE a (x int) PARTITION BY RANGE (x); CREATE TABLE a1 PARTITION OF a FOR VALUES FROM (1) TO (2); CREATE TABLE b (LIKE a, y int); CREATE TABLE c () INHERITS (b);',
      'CREATE TABLE d AS SELECT 1; CREATE TABLE e (LIKE elsewhere);',
    );
    assert.deepEqual(
      [columns(table(schema, 'b')), columns(table(schema, 'c'))],
      [
        ['x int4', 'y int4'],
        ['x int4', 'y int4'],
      ],
    );
    assert.equal(table(schema, 'a1').partitionOf, table(schema, 'a').id);
    assert.deepEqual(
      ['a', 'd', 'e'].map((name) => table(schema, name).columnsKnown),
      [true, false, false],
    );
  });

  it('doubts what something unreadable mentions, and no more', async () => {
    const schema = await replay(
      'CREATE TABLE users (a int); CREATE TABLE orders (b int);',
      "DO $$ BEGIN EXECUTE 'ALTER TABLE users ADD COLUMN c int'; END $$;",
    );
    assert.deepEqual([table(schema, 'users').uncertain, table(schema, 'orders').uncertain], [true, false]);
    const everything = await replay(
      'CREATE TABLE users (a int);',
      "DO $$ DECLARE t text; BEGIN FOR t IN SELECT 1 LOOP EXECUTE format('ALTER TABLE %I ADD c int', t); END LOOP; END $$;",
    );
    assert.equal(table(everything, 'users').uncertain, true);
    const broken = await replay('CREATE TABLE users (a int); CREATE TABLE orders (b int);', 'ALTER TABLE users ADD;');
    assert.deepEqual([table(broken, 'users').uncertain, table(broken, 'orders').uncertain], [true, false]);
  });

  it('knows enums, domains, and the tables nobody made', async () => {
    const schema = await replay(
      "CREATE TYPE mood AS ENUM ('a'); CREATE DOMAIN app.mail AS text; ALTER TYPE mood ADD VALUE 'b'; ALTER TYPE mood RENAME TO moods; ALTER TABLE elsewhere ADD a int;",
    );
    assert.deepEqual(ownType(schema, 'moods')?.values, ['a', 'b']);
    assert.equal(baseTypeName(schema, 'mail'), 'text');
    assert.deepEqual([...schema.strangers], ['elsewhere']);
  });

  it('reads static statements of DO blocks', async () => {
    const schema = await replay(
      'CREATE TABLE t (a int);',
      'DO $$ BEGIN ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES t (a); EXCEPTION WHEN duplicate_object THEN NULL; END $$;',
    );
    assert.equal(table(schema, 't').constraints[0]?.name, 'f');
  });

  it('keeps the schemas before untouched', async () => {
    const files = {
      'migrations/1_a.sql': 'CREATE TABLE t (a int);',
      'migrations/2_b.sql':
        'ALTER TABLE t ADD b int; CREATE INDEX i ON t (b); CREATE TYPE e AS ENUM (); DROP TABLE IF EXISTS x;',
    };
    const [set] = (await analyseFiles(files, [])).sets;
    const [first, second] = set?.links ?? [];
    assert.ok(first !== undefined && second !== undefined);
    assert.deepEqual(columns(table(first.after, 't')), ['a int4']);
    assert.equal(first.after.indexes.size + first.after.types.size, 0);
    assert.equal(second.before, first.after);
  });

  it('knows what existed before a migration, what is new in it, and what it has emptied', async () => {
    const seen: string[] = [];
    const probe: SqlRule = {
      id: 'sql/probe',
      dialect: 'sql',
      severity: 'info',
      evidences: [],
      requirements: [],
      says: '',
      why: '',
      bad: [],
      good: [],
      visit: {
        comment: ({ table: name }, { existed, holdsRows }) => {
          if (name !== undefined) seen.push(`${name.name} ${existed(name)} ${holdsRows(name)}`);
          return [];
        },
      },
    };
    await analyseFiles(
      {
        'migrations/1_a.sql': 'CREATE TABLE old (a int); CREATE VIEW v AS SELECT 1; CREATE TABLE full_one (a int);',
        'migrations/2_b.sql':
          "CREATE TABLE fresh (a int); ALTER TABLE fresh RENAME TO newer; ALTER TABLE old RENAME TO older; TRUNCATE full_one; CREATE TABLE IF NOT EXISTS older (b int); SELECT make('made_by_function');" +
          ['newer', 'older', 'full_one', 'unknown', 'v', 'made_by_function']
            .map((name) => `COMMENT ON TABLE ${name} IS 'x';`)
            .join(''),
      },
      [probe],
    );
    assert.deepEqual(seen, [
      'newer false false',
      'older true true',
      'full_one true false',
      'unknown true true',
      'v false false',
      'made_by_function false false',
    ]);
  });
});
