import assert from 'node:assert/strict';
import { execFile, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { World } from '../../src/cli/check.ts';
import { run } from '../../src/cli/program.ts';
import { standIn } from './world.ts';

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

interface CheckOutput {
  readonly schemaVersion: number;
  readonly findings: readonly { readonly file: string; readonly rule: string; readonly fixable: boolean }[];
  readonly documents: readonly unknown[];
  readonly notAnalysed: readonly { readonly file: string; readonly reason: string }[];
}

const json = (out: string): CheckOutput => JSON.parse(out) as CheckOutput;
const entry = fileURLToPath(import.meta.resolve('./stand-in.ts'));

describe('the command line', () => {
  let base = '';
  let cwd = '';

  const put = (files: Readonly<Record<string, string | Uint8Array>>): void => {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(cwd, path)), { recursive: true });
      writeFileSync(join(cwd, path), content);
    }
  };
  const call = async (
    args: readonly string[],
    more: Partial<World> & { tty?: boolean; input?: string | Uint8Array } = {},
  ): Promise<Outcome> => {
    const { tty, input, ...world } = more;
    const stdout = Object.assign(new PassThrough(), { isTTY: tty === true });
    const stderr = Object.assign(new PassThrough(), { isTTY: tty === true });
    const texts = { out: '', err: '' };
    stdout.on('data', (chunk) => (texts.out += String(chunk)));
    stderr.on('data', (chunk) => (texts.err += String(chunk)));
    const stdin = Readable.from(input === undefined ? [] : [Buffer.from(input)]);
    const code = await run(args, standIn({ cwd, stdout, stderr, stdin, env: {}, ...world }));
    return { code, ...texts };
  };

  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'cli-'));
    cwd = join(base, 'project');
    mkdirSync(cwd);
  });
  afterEach(() => rmSync(base, { recursive: true, force: true }));

  it('gives findings as JSON, alone on stdout', async () => {
    put({ 'api/a.yaml': 'openapi: 3.1.0\r\n\u{1F600} WORD: 1\r\n', 'migrations/1.sql': 'select 1;' });
    const { code, out, err } = await call(['check', '--format', 'json']);
    assert.equal(code, 1);
    assert.equal(err, '');
    const {
      findings: [finding],
      ...rest
    } = json(out);
    assert.ok(finding);
    assert.deepEqual(Object.keys(finding), [
      'file',
      'rule',
      'severity',
      'message',
      'range',
      'cause',
      'related',
      'status',
      'certainty',
      'fingerprint',
      'fixable',
    ]);
    const { fingerprint, ...own } = finding as typeof finding & { fingerprint: string };
    assert.match(fingerprint, /^[0-9a-f]{16}$/);
    assert.deepEqual(own, {
      file: 'api/a.yaml',
      rule: 'api/word',
      severity: 'error',
      message: 'WORD stands in the way',
      range: { start: { line: 1, character: 3 }, end: { line: 1, character: 7 } },
      cause: '/0',
      related: [],
      status: 'new',
      certainty: 'predicted',
      fixable: true,
    });
    assert.deepEqual(rest, {
      schemaVersion: 1,
      documents: [
        { file: 'api/a.yaml', dialect: 'openapi', version: '3.1.0' },
        { file: 'migrations/1.sql', dialect: 'sql', version: 'PostgreSQL' },
      ],
      notAnalysed: [],
    });
  });

  it('exits by --fail-on', async () => {
    put({ 'a.yaml': 'openapi: 3.1.0\nMILD: 1\n' });
    const codes: number[] = [];
    for (const failOn of ['error', 'warning', 'info', 'never'])
      codes.push((await call(['check', '--fail-on', failOn])).code);
    assert.deepEqual(codes, [0, 0, 1, 0]);
  });

  it('exits with 1 for what was found and with 2 for what was named and is not analysed', async () => {
    put({ 'openapi.yaml': '\0', 'v2.json': '{"swagger": "2.0"}' });
    const found = await call(['check', '--format', 'json', '--fail-on', 'never']);
    assert.equal(found.code, 1);
    assert.deepEqual(
      json(found.out).notAnalysed.map(({ file }) => file),
      ['openapi.yaml', 'v2.json'],
    );
    const named = await call(['check', '--format', 'json', 'v2.json', 'none.yaml']);
    assert.equal(named.code, 2);
    assert.deepEqual(json(named.out).notAnalysed, [
      { file: 'none.yaml', reason: 'There is no such file.' },
      { file: 'v2.json', reason: 'OpenAPI 2.0 is not judged yet; 3.0 and 3.1 are.' },
    ]);
    assert.equal((await call(['check', '.'])).code, 1);
  });

  it('names files outside of the current folder with ../', async () => {
    writeFileSync(join(base, 'b.yaml'), 'openapi: 3.1.0\nWORD: 1\n');
    const { code, out } = await call(['check', '--format', 'json', join(base, 'b.yaml')]);
    assert.equal(code, 1);
    assert.equal(json(out).findings[0]?.file, '../b.yaml');
    const folder = await call(['check', '--format', 'json', '..']);
    assert.equal(json(folder.out).findings[0]?.file, '../b.yaml');
  });

  it('follows references within a folder that lies elsewhere, and not beside it', async () => {
    put({ 'a.yaml': 'openapi: 3.1.0\n', '../other/api/b.yaml': 'openapi: 3.1.0\n', '../other/secret.yaml': 'a: 1' });
    const reached: (string | undefined)[] = [];
    const engines = {
      ...standIn().engines,
      *openApi(_: unknown, read: (path: string) => string | undefined) {
        yield;
        for (const path of ['../other/secret.yaml', '../other/api/b.yaml', 'a.yaml']) reached.push(read(path));
        return { findings: [] };
      },
    };
    await call(['check', '../other/api'], { engines });
    assert.deepEqual(reached, [undefined, 'openapi: 3.1.0\n', 'openapi: 3.1.0\n']);
    reached.length = 0;
    await call(['check', '../other/api/b.yaml'], { engines });
    assert.deepEqual(reached, [undefined, 'openapi: 3.1.0\n', 'openapi: 3.1.0\n']);
  });

  it('does not follow a configuration that is a link out of the project', async () => {
    put({ '../elsewhere.yaml': 'password: sesame\n', 'a.yaml': 'openapi: 3.1.0\n' });
    symlinkSync(join(base, 'elsewhere.yaml'), join(cwd, 'backend-architect.yaml'));
    const { code, out } = await call(['check']);
    assert.equal(code, 1);
    assert.match(out, /does not count\. It is a link that leads out of the project/);
    assert.doesNotMatch(out, /password/);
  });

  it('says in one sentence what cannot be written, and exits with 2', async function () {
    if (process.platform !== 'linux') return;
    put({ 'a.yaml': 'openapi: 3.1.0\n' });
    for (const command of ['check a.yaml >/dev/full', 'check none.yaml >/dev/full', '--help >/dev/full']) {
      const { status, stderr } = spawnSync('sh', ['-c', `"$0" "$1" ${command}`, process.execPath, entry], { cwd });
      assert.equal(status, 2, command);
      assert.match(String(stderr), /^backend-architect failed \(Error: ENOSPC[^\n]*\n$/, command);
    }
    const both = spawnSync('sh', ['-c', '"$0" "$1" check --nope 2>/dev/full', process.execPath, entry], { cwd });
    assert.deepEqual([both.status, String(both.stderr)], [2, '']);
  });

  it('says in one sentence that the current folder has been deleted', () => {
    if (process.platform === 'win32') return;
    const main = fileURLToPath(import.meta.resolve('../../src/cli/main.ts'));
    const script = 'mkdir gone && cd gone && rmdir ../gone && "$0" "$1" check';
    const { status, stderr } = spawnSync('sh', ['-c', script, process.execPath, main], { cwd });
    assert.equal(status, 2);
    assert.equal(
      String(stderr),
      'The current folder does not exist any more. Change to one that does and try again.\n',
    );
  });

  it('keeps control characters of arguments away from the terminal', async () => {
    for (const args of [['check', '--\u001B[31mred'], ['\u001B]0;title\u0007'], ['check', '--format', 'x\u001B[2J']]) {
      const { code, err } = await call(args);
      assert.equal(code, 2);
      assert.ok(!err.includes('\u001B') && !err.includes('\u0007'), JSON.stringify(err));
      assert.match(err, /\nAdd --help to see what there is\.\n/);
    }
  });

  it('names the configuration and the ignored files above that do not count', async () => {
    put({ 'sub/deep/a.yaml': 'openapi: 3.1.0\nWORD: 1\n', 'backend-architect.yaml': 'rules: { api/word: off }\n' });
    const deep = join(cwd, 'sub/deep');
    // Not in a repository: what lies above is somebody else's.
    assert.equal((await call(['check'], { cwd: deep })).err, '');
    put({ '.git/HEAD': '', 'sub/.gitignore': 'x\n' });
    const { code, err, out } = await call(['check', '--format', 'json'], { cwd: deep });
    assert.equal(code, 1);
    assert.equal(json(out).findings.length, 1);
    assert.equal(
      err,
      'Not read, because only the current folder and those below count: ../.gitignore, ../../backend-architect.yaml. Run from the folder that holds them to have them applied.\n',
    );
    put({ 'sub/deep/backend-architect.yaml': '', 'sub/.gitignore': '' });
    rmSync(join(cwd, 'sub/.gitignore'));
    assert.equal((await call(['check'], { cwd: deep })).err, '');
    assert.equal((await call(['check'])).err, '');
  });

  it('reads standard input under a name', async () => {
    const named = await call(['check', '-', '--stdin-filename', 'api/x.yaml', '--format', 'json'], {
      input: 'openapi: 3.1.0\nWORD: 1\n',
    });
    assert.equal(named.code, 1);
    assert.equal(json(named.out).findings[0]?.file, 'api/x.yaml');
    const bare = await call(['check', '-', '--format', 'json'], { input: '{"openapi": "3.1.0"}' });
    assert.deepEqual([bare.code, json(bare.out).documents.length], [0, 1]);
    const binary = await call(['check', '-', '--format', 'json'], { input: new Uint8Array([0xff, 0xfe, 0]) });
    assert.equal(binary.code, 2);
    assert.deepEqual(json(binary.out).notAnalysed, [{ file: '<stdin>', reason: 'It is UTF-16. Save it as UTF-8.' }]);
  });

  it('prints for people, with colours on a terminal only', async () => {
    put({ 'a.yaml': 'openapi: 3.1.0\nWORD: 1\nMILD: 1\n', 'openapi.yaml': '' });
    const { code, out } = await call(['check']);
    assert.equal(code, 1);
    assert.equal(
      out,
      [
        'a.yaml',
        '      2:1  error    WORD stands in the way  api/word',
        '      3:1  info     MILD stands in the way  api/mild',
        '',
        'Not analysed',
        '  openapi.yaml  It is empty. An OpenAPI document begins with its version, for example `openapi: 3.1.0`.',
        '',
        '1 error, 1 info in 1 document.',
        '',
      ].join('\n'),
    );
    const escape = '\u001B[';
    assert.ok((await call(['check'], { tty: true })).out.includes(escape));
    assert.ok(!(await call(['check'], { tty: true, env: { NO_COLOR: '1' } })).out.includes(escape));
    assert.ok(!(await call(['check', '--format', 'json'], { tty: true })).out.includes(escape));
  });

  it('says what to do where there is nothing to check', async () => {
    const { code, out } = await call(['check']);
    assert.equal(code, 0);
    assert.match(out, /No OpenAPI document and no migration was found/);
  });

  it('keeps control characters of documents away from the terminal', async () => {
    put({ 'a\u001B[31m.yaml': 'openapi: 3.1.0\nWORD: 1\n' });
    assert.ok(!(await call(['check'])).out.includes('\u001B'));
  });

  it('gives SARIF 2.1.0', async () => {
    put({ 'a b.yaml': 'openapi: 3.1.0\nWORD: 1\n', 'openapi.yaml': '' });
    const { out } = await call(['check', '--format', 'sarif']);
    const log = JSON.parse(out) as { version: string; runs: [Record<string, never>] };
    assert.equal(log.version, '2.1.0');
    const [run_] = log.runs;
    const { tool, results, invocations } = run_ as unknown as {
      tool: { driver: { name: string; rules: { id: string }[] } };
      results: { ruleId: string; ruleIndex: number; locations: unknown[]; partialFingerprints: object }[];
      invocations: { executionSuccessful: boolean; toolExecutionNotifications: unknown[] }[];
    };
    const [result] = results;
    assert.ok(result);
    assert.equal(tool.driver.rules[result.ruleIndex]?.id, 'api/word');
    assert.deepEqual(result.locations, [
      {
        physicalLocation: {
          artifactLocation: { uri: 'a%20b.yaml' },
          region: { startLine: 2, startColumn: 1, endLine: 2, endColumn: 5 },
        },
      },
    ]);
    assert.deepEqual(Object.keys(result.partialFingerprints), ['backendArchitect/v1']);
    assert.equal(invocations[0]?.executionSuccessful, false);
    assert.equal(invocations[0]?.toolExecutionNotifications.length, 1);
  });

  it('lists the rules', async () => {
    const { code, out } = await call(['rules', '--format', 'json']);
    assert.equal(code, 0);
    const { rules } = JSON.parse(out) as { rules: { id: string }[] };
    assert.deepEqual(rules[1], {
      id: 'api/word',
      dialect: 'openapi',
      severity: 'error',
      says: 'Leave WORD out.',
      why: 'It is only here to be found.',
      evidences: ['plan/api-contract'],
      concerns: [],
      requirements: ['R001-038'],
      equivalents: ['redocly:word'],
      yieldsTo: [],
      fixable: true,
      bad: ['WORD: 1'],
      good: ['word: 1'],
      fixed: ['word: 1'],
    });
    assert.match((await call(['rules'])).out, /^api\/mild {2}info {5}Leave MILD out\.$/m);
  });

  it('knows --help and --version everywhere and answers mistakes with 2', async () => {
    for (const args of [
      ['--help'],
      ['check', '--help'],
      ['rules', '-h'],
      ['help', 'check'],
      ['--version'],
      ['check', '--version'],
      ['rules', '-v'],
    ]) {
      const { code, out, err } = await call(args);
      assert.deepEqual([code, err], [0, ''], args.join(' '));
      assert.match(
        out,
        args.some((arg) => arg.startsWith('--v') || arg === '-v') ? /^1\.2\.3\n$/ : /Usage: backend-architect/,
      );
    }
    for (const args of [
      [],
      ['chek'],
      ['check', '--nope'],
      ['check', '--format', 'xml'],
      ['check', '--fail-on', 'hint'],
      ['rules', 'x', 'y'],
      ['check', '-', '-'],
      ['check', '--stdin-filename', 'x'],
    ]) {
      const { code, out, err } = await call(args);
      assert.deepEqual([code, out], [2, ''], args.join(' '));
      assert.notEqual(err, '', args.join(' '));
    }
  });

  it('writes large results whole into a pipe, and is quiet when nobody reads on', async function () {
    this.timeout(60_000);
    put({ 'a.yaml': 'openapi: 3.1.0\nMANY: 1\n' });
    const whole = await new Promise<string>((done, fail) => {
      execFile(
        process.execPath,
        [entry, 'check', '--format', 'json'],
        { cwd, maxBuffer: 1e9 },
        (error, stdout, stderr) => {
          if (error?.code !== 1 || stderr !== '') fail(new Error(stderr || String(error?.code)));
          else done(stdout);
        },
      );
    });
    assert.equal(json(whole).findings.length, 20_000);
    const cut = await new Promise<{ code: number | null; err: string }>((done) => {
      const child = spawn(process.execPath, [entry, 'check', '--format', 'json'], {
        cwd,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let err = '';
      child.stderr.on('data', (chunk) => (err += String(chunk)));
      child.stdout.once('data', () => child.stdout.destroy());
      child.on('close', (code) => done({ code, err }));
    });
    assert.deepEqual(cut, { code: 1, err: '' });
  });
});
