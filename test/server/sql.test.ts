import assert from 'node:assert/strict';
import { scratch, type Scratch, startClient, type TestClient } from '../harness/server/client.ts';

const table = (name: string, more = ''): string =>
  `CREATE TABLE ${name} (\n  id uuid PRIMARY KEY,\n${more}  created_at timestamptz NOT NULL DEFAULT now(),\n  updated_at timestamptz NOT NULL DEFAULT now()\n);\n`;

describe('language server, migrations', function () {
  this.timeout(30_000);
  let folder: Scratch;
  let client: TestClient;
  beforeEach(async () => {
    folder = scratch({
      'migrations/001_orders.up.sql': table('orders', '  status text NOT NULL,\n'),
      'migrations/001_orders.down.sql': 'DROP TABLE orders;\n',
      'migrations/002_index.up.sql': 'CREATE INDEX orders_status_idx ON orders (status);\n',
      'migrations/002_index.down.sql': 'DROP INDEX orders_status_idx;\n',
    });
    client = await startClient({ folders: [folder.path] });
  });
  afterEach(async () => {
    await client.stop();
    folder.remove();
  });
  const has = (code: string) => (all: readonly { code?: unknown }[]) => all.some((one) => one.code === code);
  const hasNot = (code: string) => (all: readonly { code?: unknown }[]) => !has(code)(all);

  it('are judged on what the ones before them leave behind', async () => {
    const uri = folder.uri('migrations/002_index.up.sql');
    client.open(uri, 'CREATE INDEX orders_status_idx ON orders (status);\n', 'sql');
    const found = await client.settled(uri);
    assert.ok(has('sql/index-not-concurrently')(found));
    const status = await client.status(uri, ({ text }) => text.endsWith('finding') || text.endsWith('findings'));
    assert.equal(status.detail, 'PostgreSQL, after 001_orders.up.sql');
    client.replace(uri, 'CREATE INDEX CONCURRENTLY orders_status_idx ON orders (status);\n');
    await client.settled(uri, hasNot('sql/index-not-concurrently'));
  });

  it('are judged again when an earlier one changes, in the editor and on disk', async () => {
    const [first, second] = [folder.uri('migrations/001_orders.up.sql'), folder.uri('migrations/003_more.up.sql')];
    folder.write('migrations/003_more.down.sql', 'ALTER TABLE orders DROP COLUMN note;\n');
    const text = 'ALTER TABLE orders ADD COLUMN note text NOT NULL;\n';
    client.open(second, text, 'sql');
    await client.settled(second, has('sql/add-required-column'));
    client.open(first, table('orders'), 'sql');
    client.replace(first, '-- nothing\n');
    const versions = client.history(second).length;
    await client.settled(first);
    client.replace(first, table('orders', '  note2 text NOT NULL,\n'));
    await client.settled(second, has('sql/add-required-column'));
    assert.ok(client.history(second).length >= versions);
  });

  it('of another dialect are named and left alone', async () => {
    const other = scratch({});
    const uri = other.uri('001_users.sql');
    client.open(
      uri,
      'CREATE TABLE `users` (`id` INT UNSIGNED AUTO_INCREMENT, PRIMARY KEY (`id`)) ENGINE = InnoDB;\n',
      'sql',
    );
    assert.deepEqual(await client.settled(uri), []);
    const status = await client.status(uri, ({ text }) => text === 'Not checked');
    assert.match(status.detail, /MySQL/);
    other.remove();
  });

  it('stay silent about other SQL in a folder', async () => {
    const uri = folder.uri('queries/report.sql');
    client.open(uri, 'SELECT * FROM orders;\n', 'sql');
    assert.deepEqual(await client.settled(uri), []);
    assert.equal(
      (await client.status(uri, ({ text }) => text === 'Not checked')).detail,
      'No migration by its name and folder',
    );
  });

  it('are judged untitled, on their own', async () => {
    client.open('untitled:Untitled-1', 'CREATE TABLE (;\n', 'sql');
    await client.settled('untitled:Untitled-1', has('sql/syntax'));
  });
});
