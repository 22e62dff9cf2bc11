import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { scratch, startClient } from '../harness/server/client.ts';
import { words } from '../harness/server/texts.ts';
import { installNode20 } from '../harness/vscode-host.ts';

const root = resolve(import.meta.dirname, '../..');
const sample = resolve(root, 'test/sample');

describe('what ships, on Node 20.18', function () {
  this.timeout(120_000);
  let node = '';
  before(async () => {
    node = await installNode20();
  });
  const check = (program: string, ...args: string[]): { status: number | null; stdout: string; stderr: string } =>
    spawnSync(program, [resolve(root, 'dist/cli.cjs'), ...args], { cwd: sample, encoding: 'utf8' });

  it('is really run on that version', () => {
    assert.match(spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout, /^v20\.18\./);
  });
  it('finds in the sample what it finds on the Node of the tests', () => {
    const old = check(node, 'check', '--format', 'json');
    const now = check(process.execPath, 'check', '--format', 'json');
    assert.equal(old.status, 1);
    assert.deepEqual(JSON.parse(old.stdout), JSON.parse(now.stdout));
    assert.equal(old.stderr, now.stderr);
  });
  it('finds migrations also from inside their folder', () => {
    const inside = spawnSync(node, [resolve(root, 'dist/cli.cjs'), 'check', '--format', 'json'], {
      cwd: resolve(sample, 'migrations'),
      encoding: 'utf8',
    });
    const { documents } = JSON.parse(inside.stdout) as { documents: { file: string }[] };
    assert.equal(documents.length, 9);
    assert.ok(documents.every(({ file }) => !file.includes('/')));
  });
  it('writes SARIF, lists its rules, and knows its version', () => {
    assert.equal(
      (JSON.parse(check(node, 'check', '--format', 'sarif').stdout) as { version: string }).version,
      '2.1.0',
    );
    assert.ok((JSON.parse(check(node, 'rules', '--format', 'json').stdout) as { rules: unknown[] }).rules.length > 60);
    const { version } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')) as { version: string };
    assert.equal(check(node, '--version').stdout.trim(), version);
  });
  it('serves findings over stdio', async () => {
    const files = scratch({
      'openapi.yaml': '',
      'migrations/001_a.up.sql': '',
      'migrations/001_a.down.sql': 'SELECT 1;\n',
    });
    const client = await startClient({ folders: [files.path], main: resolve(root, 'dist/server.cjs'), node });
    try {
      const spec = files.uri('openapi.yaml');
      client.open(spec, readFileSync(resolve(sample, 'docs/living/API_Spec.yaml'), 'utf8'), 'yaml');
      const found = await client.settled(spec, (diagnostics) => diagnostics.length > 0);
      assert.ok(found.some((one) => one.code === 'api/auth-defined' && words(one).includes('DELETE /customers')));
      const migration = files.uri('migrations/001_a.up.sql');
      client.open(migration, 'CREATE TABEL users (id uuid PRIMARY KEY);\n', 'sql');
      const broken = await client.settled(migration, (diagnostics) => diagnostics.length > 0);
      assert.deepEqual(
        broken.map(({ code }) => code),
        ['sql/syntax'],
      );
    } finally {
      await client.stop();
      files.remove();
    }
  });
});
