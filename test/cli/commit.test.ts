import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { rules } from '../../src/catalogue/rules.generated.ts';
import { run } from '../../src/cli/program.ts';
import { runGit } from '../harness/git.ts';
import { standIn } from './world.ts';

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const spec = (paths: readonly string[]): string =>
  `openapi: 3.1.0\ninfo: { title: Shop, version: 1.0.0 }\npaths:\n${paths.map((path) => `  ${path}:\n    get: { responses: { '200': { description: OK } } }\n`).join('')}`;

describe('the command line, commit', () => {
  let base = '';
  let cwd = '';
  const put = (files: Readonly<Record<string, string>>): void => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(cwd, path)), { recursive: true });
      writeFileSync(join(cwd, path), text);
    }
  };
  const git = (...args: readonly string[]): string => runGit(cwd, args);
  const commit = (message: string): void => void git('commit', '-q', '--allow-empty', '-m', message);
  const stage = (files: Readonly<Record<string, string>>): void => {
    put(files);
    git('add', '-A');
  };
  const call = async (args: readonly string[], input = '', at = cwd): Promise<Outcome> => {
    const stdout = new PassThrough();
    const stderr = new PassThrough();
    const texts = { out: '', err: '' };
    stdout.on('data', (chunk) => (texts.out += String(chunk)));
    stderr.on('data', (chunk) => (texts.err += String(chunk)));
    const stdin = Readable.from([Buffer.from(input)]);
    const code = await run(['commit', ...args], standIn({ cwd: at, stdout, stderr, stdin, env: {}, rules }));
    return { code, ...texts };
  };

  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'commit-'));
    cwd = join(base, 'shop');
    mkdirSync(cwd);
    git('init', '-q', '-b', 'main');
  });
  afterEach(() => rmSync(base, { recursive: true, force: true }));

  it('prints a message for what is staged, alone on stdout, that its own check accepts and git reads', async () => {
    stage({ 'openapi.yaml': spec(['/users']) });
    commit('feat(users): list users');
    git('switch', '-q', '-c', 'feature/ABC-12-carts');
    stage({
      'openapi.yaml': spec(['/users', '/carts', '/carts/{id}']),
      'migrations/001_carts.sql': 'create table carts (id int);',
      'backend_handoff.json': '{ "next_agent": "QA Engineer" }',
    });
    const { code, out, err } = await call(['prepare']);
    assert.equal(err, '');
    assert.equal(code, 0);
    assert.equal(
      out,
      'feat(carts): add 2 operations to carts\n\nAgent: backend-architect\nDomain: engineering\nFeature: carts\nStory: ABC-12\nHandoff-To: qa-engineer\n',
    );
    assert.deepEqual(await call(['check', '-'], out), { code: 0, out: 'No findings in 1 document.\n', err: '' });
    git('commit', '-q', '-m', out);
    assert.equal(git('log', '-1', '--format=%(trailers:key=Handoff-To,valueonly)').trim(), 'qa-engineer');
  });

  it('takes what it is given in place of its guesses', async () => {
    stage({ 'src/orders/a.ts': 'a' });
    const given = ['--type', 'fix', '--scope', '', '--breaking', '--description', 'count carts', '--body', 'Why.'];
    const trailers = ['--story', 'X-1\nSigned-off-by: boss', '--handoff-to', 'QA Engineer', '--feature', 'carts'];
    const { out, code } = await call(['prepare', ...given, ...trailers]);
    assert.equal(code, 0);
    assert.equal(
      out,
      'fix!: count carts\n\nWhy.\n\nAgent: backend-architect\nDomain: engineering\nFeature: carts\nStory: X-1 Signed-off-by: boss\nHandoff-To: qa-engineer\n',
    );
    const bare = await call(['prepare', '--type', 'docs', '--scope', 'orders', '--no-trailers', '--description', 'x']);
    assert.equal(bare.out, 'docs(orders): x\n');
  });

  it('guesses from paths, branch and earlier commits', async () => {
    stage({ 'src/orders/a.ts': '1', 'docs/a.md': '1', 'test/a.test.ts': '1', 'package.json': '{}' });
    commit('feat(basket): one');
    stage({ 'src/orders/a.ts': '2' });
    commit('fix(basket): two');
    const first = async (files: Readonly<Record<string, string>>): Promise<string> => {
      stage(files);
      const { out } = await call(['prepare', '--no-trailers']);
      git('reset', '-q', '--hard');
      return out.trim();
    };
    assert.equal(await first({ 'src/orders/a.ts': '3' }), 'fix(basket): change a.ts');
    assert.equal(
      await first({ 'src/orders/b.ts': '3', 'src/orders/c.ts': '3' }),
      'feat(basket): add 2 files in orders',
    );
    assert.equal(await first({ 'docs/a.md': '2' }), 'docs: change a.md');
    assert.equal(await first({ 'test/a.test.ts': '2' }), 'test: change a.test.ts');
    assert.equal(await first({ 'package.json': '{"a":1}' }), 'chore: change package.json');
    git('switch', '-q', '-c', 'refactor/names');
    assert.equal(await first({ 'src/orders/a.ts': '3' }), 'refactor(basket): change a.ts');
  });

  for (const [state, sentence, prepare] of [
    [
      'a folder without a repository',
      /is in no git repository\. Run git init/,
      () => rmSync(join(cwd, '.git'), { recursive: true }),
    ],
    ['a fresh repository', /Nothing is changed in shop: there is nothing to commit\./, () => undefined],
    ['changes that are not staged', /Nothing is staged in shop; 1 file is changed\./, () => put({ a: '1' })],
    [
      'a merge',
      /A merge is in progress in shop: git writes its message itself\./,
      () => {
        stage({ a: '1' });
        commit('feat: one');
        git('switch', '-q', '-c', 'other');
        commit('feat: two');
        git('switch', '-q', 'main');
        git('merge', '-q', '--no-ff', '--no-commit', 'other');
      },
    ],
    [
      'a bare repository',
      /is bare: it has no files to commit/,
      () => {
        rmSync(join(cwd, '.git'), { recursive: true });
        git('init', '-q', '--bare');
      },
    ],
    [
      'a conflict',
      /Files in shop are in conflict\./,
      () => {
        stage({ a: '1' });
        commit('feat: one');
        git('switch', '-q', '-c', 'other');
        stage({ a: '2' });
        commit('feat: two');
        git('switch', '-q', 'main');
        stage({ a: '3' });
        commit('feat: three');
        assert.throws(() => git('cherry-pick', 'other'));
      },
    ],
  ] as const) {
    it(`says in one sentence what to do in ${state}, and prints no message`, async () => {
      prepare();
      const { code, out, err } = await call(['prepare']);
      assert.match(err, sentence);
      assert.equal(err.trimEnd().split('\n').length, 1);
      assert.deepEqual({ code, out }, { code: 2, out: '' });
    });
  }

  it('says that there is no git', async () => {
    const path = process.env['PATH'];
    process.env['PATH'] = base;
    try {
      const { code, out, err } = await call(['prepare']);
      assert.deepEqual({ code, out }, { code: 2, out: '' });
      assert.match(err, /Git was not found on this machine/);
    } finally {
      process.env['PATH'] = path;
    }
  });

  it('prepares the first commit, and one on a detached HEAD, and says what is special', async () => {
    stage({ 'src/orders/a.ts': '1' });
    const first = await call(['prepare', '--no-trailers']);
    assert.deepEqual(first, {
      code: 0,
      out: 'feat(orders): add a.ts\n',
      err: 'This will be the first commit of shop.\n',
    });
    commit('feat: one');
    git('switch', '-q', '--detach');
    stage({ 'src/orders/a.ts': '2' });
    const detached = await call(['prepare', '--no-trailers']);
    assert.equal(detached.code, 0);
    assert.match(detached.err, /HEAD is detached in shop: no branch will hold this commit\./);
  });

  it('refuses types and roles that there are not', async () => {
    stage({ a: '1' });
    const type = await call(['prepare', '--type', 'feet']);
    assert.equal(type.code, 2);
    assert.match(type.err, /There is no type feet here: .* Did you mean `feat`\?/);
    const role = await call(['prepare', '--handoff-to', 'qa-enginer']);
    assert.equal(role.code, 2);
    assert.match(role.err, /There is no role qa-enginer\. Did you mean `qa-engineer`\?/);
  });

  it('checks a file: what is wrong with line and column, and exit 1', async () => {
    put({
      '.git/COMMIT_EDITMSG':
        'feature(orders): add carts.\n\nAgent: backend-architect\n\nDomain: engineering\n# On branch main\n',
    });
    const { code, out } = await call(['check', '.git/COMMIT_EDITMSG']);
    assert.equal(code, 1);
    assert.match(out, /^\.git\/COMMIT_EDITMSG\n/);
    assert.match(out, / 1:1 {2}error {4}`feature` is no type of commit here/);
    assert.match(out, / 1:27 {2}warning {2}The first line is a title/);
    assert.match(out, / 3:1 {2}error {4}Git reads no trailer here/);
    const json = await call(['check', '.git/COMMIT_EDITMSG', '--format', 'json']);
    const { findings } = JSON.parse(json.out) as { readonly findings: readonly { readonly rule: string }[] };
    assert.deepEqual(
      findings.map(({ rule }) => rule),
      ['commit/type-known', 'commit/description-full-stop', 'commit/trailers-last'],
    );
  });

  it('counts an empty message as an error, and git’s own as none', async () => {
    const empty = await call(['check', '-'], '\n# Please enter the commit message\n');
    assert.equal(empty.code, 1);
    assert.match(empty.out, /The message is empty, and git commits nothing without one/);
    assert.equal((await call(['check', '-'], "Merge branch 'carts'\n")).code, 0);
    const missing = await call(['check', 'nowhere']);
    assert.equal(missing.code, 2);
    assert.match(missing.err, /nowhere was not checked\. There is no such file\./);
  });

  it('goes by the project’s rules and by --fail-on', async () => {
    assert.equal((await call(['check', '-'], 'feat: x\n')).code, 1);
    assert.equal((await call(['check', '-', '--fail-on', 'error'], 'feat: x\n')).code, 0);
    put({ 'backend-architect.yaml': 'rules:\n  commit/agent-named: off\n' });
    assert.equal((await call(['check', '-'], 'feat: x\n')).code, 0);
  });

  it('works as a commit-msg hook', async () => {
    stage({ a: '1' });
    commit('feat: one\n\nAgent: a\nDomain: b');
    const hook = join(cwd, '.git', 'hooks', 'commit-msg');
    const main = new URL('../../src/cli/main.ts', import.meta.url).pathname;
    mkdirSync(dirname(hook), { recursive: true });
    writeFileSync(hook, `#!/bin/sh\nexec '${process.execPath}' '${main}' commit check "$1"\n`, { mode: 0o755 });
    assert.throws(() => commit('Added things'));
    commit('feat: two\n\nAgent: a\nDomain: b');
    assert.equal(git('log', '--format=%s').trim(), 'feat: two\nfeat: one');
  });
});
