import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const spec = `openapi: 3.1.0
info: { title: Shop, version: 1.0.0 }
paths:
  /orders:
    get: { operationId: a, responses: { '200': { description: ok } } }
  /users:
    get: { operationId: b, responses: { '200': { description: ok } } }
`;

describe('the command line for tasks', () => {
  let cwd = '';
  let tools = '';
  const at = (path: string): string => join(cwd, path);
  const read = (): string => readFileSync(at('task.md'), 'utf8');
  const call = (...args: string[]): Promise<Outcome> =>
    new Promise((done) => {
      execFile(process.execPath, [join(tools, 'main.cjs'), ...args], { cwd, env: {} }, (error, out, err) =>
        done({ code: error ? Number(error.code) : 0, out, err }),
      );
    });

  before(async () => {
    tools = mkdtempSync(join(tmpdir(), 'task-cli-'));
    await build({
      entryPoints: [resolve('src/cli/main.ts')],
      outfile: join(tools, 'main.cjs'),
      bundle: true,
      platform: 'node',
      format: 'cjs',
      mainFields: ['module', 'main'],
      logLevel: 'error',
    });
  });
  after(() => rmSync(tools, { recursive: true, force: true }));
  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), 'task-'));
  });
  afterEach(() => rmSync(cwd, { recursive: true, force: true }));

  it('begins a file where there is none, and numbers within the category', async () => {
    const first = await call('task', 'new', '--category', '010', '--title', 'Sign in', '--format', 'json');
    assert.deepEqual([first.code, first.err], [0, '']);
    assert.deepEqual(JSON.parse(first.out), {
      schemaVersion: 1,
      id: 'BE-010',
      file: 'task.md',
      line: 3,
      category: '010',
      title: 'Sign in',
    });
    const second = await call(
      'task',
      'new',
      '--category',
      '010',
      '--title',
      'Sign out',
      '--depends',
      'BE-010',
      '--criterion',
      'Tokens are gone',
      '--criterion',
      'Tests pass',
    );
    assert.deepEqual(second, { code: 0, out: 'BE-011 added: task.md:15\n', err: '' });
    assert.ok(read().startsWith('# Tasks\n\n### BE-010 | Backend | Medium | @backend-specialist\n'));
    assert.match(read(), /\n- \*\*Dependencies\*\*: BE-010\n/);
    assert.match(read(), / {2}- \[ \] Tokens are gone\n {2}- \[ \] Tests pass\n$/);
    const list = await call('task', 'list');
    assert.equal(
      list.out,
      'pending · 2\n  BE-010  Sign in  (0 of 2 criteria, ready)\n  BE-011  Sign out  (0 of 2 criteria, waits for BE-010)\n',
    );
    assert.deepEqual(await call('task', 'check'), { code: 0, out: 'No findings in 1 document.\n', err: '' });
    const json = JSON.parse((await call('task', 'list', '--status', 'completed', '--format', 'json')).out) as unknown;
    assert.deepEqual(json, { schemaVersion: 1, file: 'task.md', tasks: [], needsRepair: [] });
  });

  it('makes a task from a finding, once', async () => {
    writeFileSync(at('openapi.yaml'), spec);
    const { findings } = JSON.parse((await call('check', '--format', 'json')).out) as {
      readonly findings: readonly { readonly rule: string; readonly fingerprint: string; readonly message: string }[];
    };
    const finding = findings.find(({ rule }) => rule === 'api/auth-defined');
    assert.ok(finding);
    const made = await call('task', 'new', '--from-finding', finding.fingerprint);
    assert.deepEqual(made, { code: 0, out: 'BE-010 added: task.md:3\n', err: '' });
    const text = read();
    assert.ok(text.includes(`- **Title**: ${finding.message}`), text);
    assert.match(text, /\n- \*\*Description\*\*: .* Found by api\/auth-defined at openapi\.yaml:5\./);
    // Both places are in the criteria: they are one finding, since one edit would clear it.
    assert.match(text, / {2}- \[ \] openapi\.yaml:5 is repaired: .*\n {2}- \[ \] openapi\.yaml:7 is repaired: /);
    const again = await call('task', 'new', '--from-finding', finding.fingerprint);
    assert.deepEqual(again, {
      code: 2,
      out: '',
      err: 'BE-010 in task.md was made from this finding. Nothing was added.\n',
    });
    const none = await call('task', 'new', '--from-finding', 'ffffffffffffffff');
    assert.equal(none.code, 2);
    assert.match(
      none.err,
      /^No finding has the fingerprint f+\. List them with: backend-architect check --format json\n$/,
    );
    assert.equal(read(), text);
  });

  it('checks the task file alone', async () => {
    writeFileSync(at('openapi.yaml'), spec);
    assert.match((await call('task', 'check')).err, /^There is no task\.md to check\. Begin one with: /);
    writeFileSync(at('task.md'), '### BE-010 | Backend | High | @x\n- **Title**: A\n- **Status**: done\n');
    const { code, out } = await call('task', 'check', '--format', 'json');
    const { findings } = JSON.parse(out) as {
      readonly findings: readonly { readonly file: string; readonly rule: string }[];
    };
    assert.equal(code, 1);
    assert.deepEqual([...new Set(findings.map(({ file }) => file))], ['task.md']);
    assert.ok(findings.some(({ rule }) => rule === 'task/status-known'));
    // What is only advice does not fail.
    writeFileSync(
      at('task.md'),
      '### BE-090 | Backend | High | @x\n- **Title**: A\n- **Status**: cancelled\n- **Description**: B\n',
    );
    assert.equal((await call('task', 'check')).code, 0);
    // The whole check tells of tasks too.
    assert.match((await call('check')).out, /task\/category-band/);
  });

  it('checks no folder, and does not call one in order', async () => {
    mkdirSync(at('task.md'));
    for (const format of ['text', 'json'])
      assert.deepEqual(await call('task', 'check', '--format', format), {
        code: 2,
        out: '',
        err: 'task.md was not checked. It is a folder.\n',
      });
  });

  it('says what is wrong, and writes nothing', async () => {
    const refuse = async (said: RegExp, ...args: string[]): Promise<void> => {
      const before = readdirSync(cwd);
      const { code, out, err } = await call('task', 'new', ...args);
      assert.deepEqual([code, out], [2, '']);
      assert.match(err, said);
      assert.deepEqual(readdirSync(cwd), before);
    };
    await refuse(/a task needs --category and --title, or --from-finding/, '--title', 'A');
    await refuse(/'--category <key>' argument '015' is invalid/, '--category', '015', '--title', 'A');
    await refuse(/A task needs a title/, '--category', '010', '--title', ' ');
    await refuse(/sign-in is no id such as BE-010/, '--category', '010', '--title', 'A', '--depends', 'sign-in');
    await refuse(
      /There is no task "BE-099" to depend on\./,
      '--category',
      '010',
      '--title',
      'A',
      '--depends',
      'BE-099',
    );
    writeFileSync(at('task.md'), '# Tasks\n\n```\nnever closed\n');
    await refuse(/ends inside a code block that is never closed/, '--category', '010', '--title', 'A');
    rmSync(at('task.md'));
    mkdirSync(at('task.md'));
    await refuse(/^task\.md was not written: it is a folder\./, '--category', '010', '--title', 'A');
    rmSync(at('task.md'), { recursive: true });
    writeFileSync(at('task.md'), 'mine\n');
    chmodSync(at('task.md'), 0o444);
    await refuse(/^task\.md was not written: it is read-only\./, '--category', '010', '--title', 'A');
    assert.equal(read(), 'mine\n');
  });

  it('gives 160 numbers to 16 writers at once, and leaves what people wrote', async () => {
    const head = '\uFEFF# Our tasks\r\n\r\nWritten by hand:\ttabs, \u{1F600} 任務,  two blanks  \r\n\r\n';
    const foot = '\r\n## Notes\r\n\r\n- [ ] not a criterion\r\nno line break at the end';
    const own = '### BE-012 | Backend | Low | @me\r\n- **Title**: Mine\r\n- **Status**: blocked\r\n';
    writeFileSync(at('task.md'), head + own + foot);
    const categories = ['001', '010', '020', '080'];
    const writers = Array.from({ length: 16 }, async (_, writer) => {
      const made: string[] = [];
      for (let i = 0; i < 10; i++) {
        const category = categories[(writer + i) % 4] ?? '001';
        const { code, out, err } = await call(
          'task',
          'new',
          '--category',
          category,
          '--title',
          `Task ${writer}.${i}`,
          '--format',
          'json',
        );
        assert.deepEqual([code, err], [0, '']);
        made.push((JSON.parse(out) as { readonly id: string }).id);
      }
      return made;
    });
    const given = (await Promise.all(writers)).flat();
    assert.equal(given.length, 160);
    assert.equal(new Set(given).size, 160);
    const text = read();
    const found = [...text.matchAll(/^### (BE-\d+) \|/gm)].map(([, id]) => id);
    assert.deepEqual(new Set(found), new Set([...given, 'BE-012']));
    assert.equal(found.length, 161);
    for (let writer = 0; writer < 16; writer++) {
      for (let i = 0; i < 10; i++) assert.equal(text.split(`Task ${writer}.${i}\r\n`).length, 3, `Task ${writer}.${i}`);
    }
    // Without the tasks that were added, every byte is where it was.
    const added = /(?:\r\n)?### BE-\d+ \| Backend(?:\/\w+)? \| Medium[^]*?agree\r\n/g;
    assert.equal(text.replaceAll(added, ''), head + own + foot);
    assert.deepEqual(readdirSync(cwd), ['task.md']);
  }).timeout(180_000);
});
