import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { rules } from '../../src/catalogue/rules.generated.ts';
import { run } from '../../src/cli/program.ts';
import { isMigrationPath } from '../../src/core/sql/migrations.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { enginesFor } from '../../src/platform/engines.ts';
import { type HandoffProject, handoffProject, specification } from '../harness/handoff-project.ts';

const file = 'backend_handoff.json';

describe('handoff on the command line', () => {
  let project: HandoffProject;
  const call = async (...args: readonly string[]): Promise<{ code: number; out: string; err: string }> => {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    const texts = { out: '', err: '' };
    stdout.on('data', (chunk) => (texts.out += String(chunk)));
    stderr.on('data', (chunk) => (texts.err += String(chunk)));
    const code = await run(['handoff', ...args], {
      stdin: Readable.from([]),
      stdout,
      stderr,
      env: {},
      cwd: project.root,
      version: '1',
      rules,
      engines: enginesFor(rules),
      clock: systemClock,
      isMigrationPath,
    });
    return { code, ...texts };
  };
  const present = (): string => readFileSync(join(project.root, file), 'utf8');

  beforeEach(() => {
    project = handoffProject();
    project.put({
      'openapi.yaml': specification,
      'migrations/001_a.sql': 'CREATE TABLE orders (id uuid PRIMARY KEY);\n',
    });
  });
  afterEach(() => project.remove());

  it('tells what is open and writes nothing, unless forced: then the file lists it', async () => {
    const told = await call('write', '--next', 'qa-engineer');
    assert.equal(told.code, 1);
    assert.match(told.err, /^Not ready: \d+ items are open\.\n {2}Plan\n/);
    assert.match(told.err, /\(handoff\/tests-pass\): /);
    assert.match(told.err, /backend_handoff\.json was not written\. .*--force/);
    assert.equal(existsSync(join(project.root, file)), false);
    const forced = await call('write', '--next', 'qa-engineer', '--instructions', 'Test orders.', '--force');
    assert.deepEqual([forced.code, forced.err], [0, '']);
    assert.match(forced.out, /^backend_handoff\.json written: 1 migration, 2 operations, \d+ open items\.\n$/);
    const value = JSON.parse(present()) as { next_agent: string; open_questions: string[]; commit?: string };
    assert.equal(value.next_agent, 'QA Engineer');
    assert.equal(value.commit, undefined);
    assert.ok(value.open_questions.some((one) => one.startsWith('handoff/tests-pass: ')));
  });

  it('prints with --dry-run and writes nothing', async () => {
    const { code, out } = await call('write', '--next', 'Lead Engineer', '--force', '--dry-run', '--feature', 'orders');
    assert.equal(code, 0);
    assert.equal((JSON.parse(out) as { feature: string }).feature, 'orders');
    assert.equal(existsSync(join(project.root, file)), false);
  });

  it('gives a zero diff when nothing changed, also after the hand-off was committed', async () => {
    const git = (...args: readonly string[]): void =>
      void execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@t', ...args], { cwd: project.root });
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'one');
    await call('write', '--next', 'Lead Engineer', '--instructions', 'Orders.', '--force');
    const first = present();
    assert.match((JSON.parse(first) as { commit: string }).commit, /^[0-9a-f]{40}$/);
    git('add', '.');
    git('commit', '-qm', 'two');
    const again = await call('write', '--force');
    assert.match(again.out, /not changed, it says all of it already/);
    assert.equal(present(), first);
  });

  it('checks the file, each problem with its place', async () => {
    const none = await call('check');
    assert.deepEqual([none.code, none.out], [1, '']);
    assert.match(none.err, /There is no backend_handoff\.json\. Write it: /);
    await call('write', '--next', 'Lead Engineer', '--instructions', 'Orders.', '--force');
    assert.deepEqual(await call('check'), { code: 0, out: 'backend_handoff.json agrees with the project.\n', err: '' });
    project.put({ 'openapi.yaml': `${specification}\n` });
    const changed = await call('check');
    assert.equal(changed.code, 1);
    assert.match(
      changed.out,
      /\d+:\d+ +error +openapi\.yaml changed after the hand-off was written.*handoff\/hash-agrees/,
    );
    const json = JSON.parse((await call('check', '--format', 'json')).out) as { findings: { rule: string }[] };
    assert.deepEqual(
      json.findings.map(({ rule }) => rule),
      ['handoff/hash-agrees'],
    );
  });

  it('leaves a broken file as it is, and one that is a link out of the project', async () => {
    project.put({ [file]: '{ "next_agent": \n' });
    const broken = await call('write', '--next', 'Lead Engineer', '--force');
    assert.equal(broken.code, 1);
    assert.match(broken.err, /line \d+ is not valid JSON/);
    assert.equal(present(), '{ "next_agent": \n');
    const other = handoffProject();
    other.put({
      'secret.json': '{ "next_agent": "Lead Engineer", "kept": "outside" }\n',
      'openapi.yaml': specification,
    });
    const outside = project;
    project = other;
    symlinkSync(join(outside.root, file), join(other.root, file));
    const linked = await call('write', '--next', 'Lead Engineer', '--force');
    assert.equal(linked.code, 1);
    assert.match(linked.err, /leads out of the project/);
    assert.equal(readFileSync(join(outside.root, file), 'utf8'), '{ "next_agent": \n');
    outside.remove();
  });

  it('checks no folder, and does not call one in order', async () => {
    project.put({ [`${file}/a.json`]: '{}' });
    for (const format of ['text', 'json'])
      assert.deepEqual(await call('check', '--format', format), {
        code: 2,
        out: '',
        err: `${file} was not checked. It is a folder.\n`,
      });
  });

  it('says what came in', async () => {
    assert.match((await call('inbound')).out, /No hand-off has come in/);
    project.put({ 'frontend_handoff.json': '{ "endpoints": ["GET /orders/{id}", "GET /orders"] }' });
    const { code, out } = await call('inbound');
    assert.equal(code, 0);
    assert.match(
      out,
      /1 {2}is there +GET \/orders\/\{id\} \(openapi\.yaml\)\n +1 {2}is missing +GET \/orders\n2 asks, 1 missing\./,
    );
    const json = JSON.parse((await call('inbound', '--format', 'json')).out) as {
      asks: { draft?: { category: string } }[];
    };
    assert.equal(json.asks[1]?.draft?.category, '020');
    project.put({ 'frontend_handoff.json': '{ "endpoints": ' });
    assert.equal((await call('inbound')).code, 1);
  });
});
