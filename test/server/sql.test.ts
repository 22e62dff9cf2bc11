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

  it('are judged again when an earlier one changes in the editor', async () => {
    const [first, second] = [folder.uri('migrations/001_orders.up.sql'), folder.uri('migrations/002_index.up.sql')];
    client.open(second, 'CREATE INDEX CONCURRENTLY orders_status_idx ON orders (status);\n', 'sql');
    await client.settled(second, hasNot('sql/duplicate-index'));
    const text = table('orders', '  status text NOT NULL,\n');
    client.open(first, text, 'sql');
    client.replace(first, `${text}CREATE INDEX orders_status ON orders (status);\n`);
    await client.settled(second, has('sql/duplicate-index'));
    client.replace(first, text);
    await client.settled(second, hasNot('sql/duplicate-index'));
  });

  it('are judged again when files beside them come and go', async () => {
    const uri = folder.uri('migrations/002_index.up.sql');
    const down = 'migrations/002_index.down.sql';
    client.open(uri, 'CREATE INDEX CONCURRENTLY orders_status_idx ON orders (status);\n', 'sql');
    await client.settled(uri, hasNot('sql/down-missing'));
    folder.remove(down);
    client.filesChanged([folder.uri(down)]);
    await client.settled(uri, has('sql/down-missing'));
    folder.write(down, 'DROP INDEX orders_status_idx;\n');
    client.filesChanged([folder.uri(down)]);
    await client.settled(uri, hasNot('sql/down-missing'));
  });

  it('are repaired at all places of a cause but the disabled ones', async () => {
    const uri = folder.uri('migrations/003_times.up.sql');
    const zoned = ['d', 'e', 'f', 'g', 'h', 'i'].map((name) => `ADD ${name} timestamptz`).join(', ');
    const disable = '-- backend-architect-disable-next-line sql/timestamp-with-time-zone: local by law';
    const text = `ALTER TABLE orders ADD a timestamp,\n${disable}\nADD b timestamp,\nADD c timestamp,\n${zoned};\n`;
    client.open(uri, text, 'sql');
    const found = await client.settled(uri, has('sql/timestamp-with-time-zone'));
    const [finding] = found.filter(({ code }) => code === 'sql/timestamp-with-time-zone');
    assert.ok(finding);
    const fix = (await client.actions(uri, finding.range, ['quickfix'])).find(
      ({ title }) => title === 'Make it timestamptz',
    );
    assert.ok(fix?.edit);
    assert.equal(
      client.apply(uri, fix.edit),
      text.replace('a timestamp,', 'a timestamptz,').replace('c timestamp,', 'c timestamptz,'),
    );
    await client.settled(uri, hasNot('sql/timestamp-with-time-zone'));
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
