import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { scratch, type Scratch } from '../harness/server/client.ts';

const main = resolve(import.meta.dirname, '../../src/cli/main.ts');

const spec = `openapi: 3.1.0
info: { title: Shop, version: 1.0.0 }
security: []
paths:
  /health:
    get:
      operationId: health
      summary: Whether it runs
      responses: { '200': { description: OK } }
`;
const configuration = `commands:
  tests:
    run: test -e pass
    inputs: [src/**]
    shows: [handoff/tests-pass]
`;

interface Told {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

describe('the command line, review', function () {
  // Each line of it is a process of its own.
  this.timeout(120_000);
  let folder: Scratch;
  const cli = (...args: string[]): Told => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'review', ...args], {
      cwd: folder.path,
      encoding: 'utf8',
      env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
    });
    return { code: status, out: stdout, err: stderr };
  };
  const git = (...args: string[]): void => {
    const { status, stderr } = spawnSync('git', args, { cwd: folder.path, encoding: 'utf8' });
    assert.equal(status, 0, stderr);
  };
  const stateOf = (id: string): string | undefined => {
    const { checklists } = JSON.parse(cli('--format', 'json').out) as {
      checklists: { id: string; items: { id: string; state: string; evidence: object[] }[] }[];
    };
    return checklists.flatMap(({ items }) => items).find((item) => item.id === id)?.state;
  };
  beforeEach(() => {
    folder = scratch({ 'openapi.yaml': spec, 'src/a.ts': 'a', 'backend-architect.yaml': configuration });
    git('init', '-q', '-b', 'main');
  });
  afterEach(() => folder.remove());

  it('says how to give git a name before anything is signed', () => {
    const { code, err } = cli('sign', 'handoff/code-reviewed', '--note', 'Read all of it');
    assert.equal(code, 2);
    assert.match(err, /git does not know your name.*git config --global user\.name.*Nothing was written\./);
    assert.ok(!readdirSync(folder.path).includes('.backend-architect'));
  });

  it('runs, signs, waives and withdraws, and exits by the gate', () => {
    git('config', 'user.name', 'Ann Lee');
    git('config', 'user.email', 'ann@example.com');
    assert.deepEqual([cli().code, cli('--gate', 'handoff').code], [0, 1]);
    assert.equal(cli('run').code, 1);
    assert.equal(stateOf('handoff/tests-pass'), 'broken');
    folder.write('pass', '');
    assert.match(
      cli('run', 'tests').out,
      /^tests passed\. Written: \.backend-architect\/evidence\/[0-9a-f]{64}\.json\n$/,
    );
    assert.equal(stateOf('handoff/tests-pass'), 'met');
    folder.write('src/a.ts', 'b');
    assert.equal(stateOf('handoff/tests-pass'), 'stale');
    folder.write('src/a.ts', 'a');
    assert.equal(stateOf('handoff/tests-pass'), 'met');
    const signed = cli('sign', 'handoff/code-reviewed', 'handoff/errors-tested', '--note', 'Read all of it');
    assert.equal(signed.code, 0, signed.err);
    const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    const rest = [
      'api-documented',
      'performance-tested',
      'auth-verified',
      'rate-limits-tested',
      'monitoring',
      'record-created',
      'next-agent',
    ];
    const waived = cli(
      'waive',
      ...rest.map((name) => `handoff/${name}`),
      '--reason',
      'Not before the launch',
      '--until',
      until,
    );
    assert.equal(waived.code, 0, waived.err);
    const ready = cli('--gate', 'handoff');
    assert.equal(ready.code, 0, ready.out);
    assert.match(ready.out, /Ready to hand off\. 1 measured, 2 signed, 7 waived, 1 not applicable\./);
    const record = signed.out.replace('Written: ', '').trim();
    assert.equal(cli('withdraw', record, '--reason', 'It was too quick').code, 0);
    assert.equal(cli('--gate', 'handoff').code, 1);
  });

  it('answers mistakes with 2 and writes nothing', () => {
    git('config', 'user.name', 'Ann Lee');
    const mistakes = [
      [
        ['sign', 'handoff/tests-pass', '--note', 'They all do pass'],
        /No person’s word can show handoff\/tests-pass: a command that passes does/,
      ],
      [['sign', 'handoff/nothing', '--note', 'They all do pass'], /There is no checklist item handoff\/nothing/],
      [['sign', 'handoff/code-reviewed'], /--note/],
      [
        ['waive', 'handoff/monitoring', '--reason', 'Not before the launch', '--until', '2020-01-01'],
        /2020-01-01 is over/,
      ],
      [
        ['waive', 'handoff/monitoring', '--reason', 'Not before the launch', '--until', '2999-01-01'],
        /a waiver lasts 180 at most/,
      ],
      [['withdraw', 'a'.repeat(64), '--reason', 'It was too quick'], /There is no record aaaaaaaaaaaa…/],
      [['run', 'lint'], /There is no command lint\. There are: tests\./],
      [['--gate', 'launch'], /Allowed choices are plan, build, handoff, review/],
    ] as const;
    for (const [args, said] of mistakes) {
      const { code, err } = cli(...args);
      assert.equal(code, 2, args.join(' '));
      assert.match(err, said);
    }
    assert.ok(!readdirSync(folder.path).includes('.backend-architect'));
  });

  it('runs and signs nothing beside a configuration that cannot be read', () => {
    git('config', 'user.name', 'Ann Lee');
    folder.write('package.json', '{ "scripts": { "test": "echo it ran" } }');
    folder.remove('backend-architect.yaml');
    folder.write('backend-architect.yaml/inside.txt', 'a folder of that name');
    for (const args of [['run'], ['run', 'tests'], ['sign', 'handoff/code-reviewed', '--note', 'Read all of it']]) {
      const { code, out, err } = cli(...args);
      assert.equal(code, 2, args.join(' '));
      assert.equal(out, '');
      assert.match(
        err,
        /^backend-architect\.yaml: It cannot be read as text\. Repair it first\. Nothing was written\.\n$/m,
      );
    }
  });
});
