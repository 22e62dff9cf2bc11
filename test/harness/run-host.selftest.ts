import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { temporaryFolder } from './lifetime.ts';
import { bundleSuites, runHostSuites, type HostOutcome, type HostRun } from './run-host.ts';
import { writeStandIn, writeStandInWorkspace } from './stand-in.ts';
import { until } from './verbs.ts';
import { hostVersions, type HostVersion } from './vscode-host.ts';

const passing = `
import assert from 'node:assert/strict';
import { commands, extensions, version, workspace } from 'vscode';
it('runs in VS Code with the extension and the workspace', async () => {
  assert.equal(version, process.env['EXPECTED_VERSION']);
  assert.match(process.version, version.startsWith('1.100.') ? /^v20\\.18\\./ : /^v24\\./);
  assert.equal(workspace.workspaceFolders?.length, 1);
  await extensions.getExtension('harness.stand-in')?.activate();
  assert.ok((await commands.getCommands()).includes('standIn.greet'));
});
`;

/** Each suite has a passing test first, so that only what it is named for can make it fail. */
const suites = {
  passing,
  failing: `${passing}\nit('fails', () => assert.equal(1, 2));`,
  dying: `${passing}\nit('ends the extension host', () => process.exit(0));`,
  aborting: `${passing}\nit('crashes the extension host', () => process.abort());`,
  empty: 'export {};',
  rejecting: `${passing}\nit('forgets a promise', () => { void Promise.reject(new Error('forgotten')); });`,
  broken: `${passing}\nthrow new Error('does not load');`,
  hanging: `
import { writeFileSync } from 'node:fs';
${passing}
it('never ends', () => {
  writeFileSync(process.env['PID_FILE'] ?? '', String(process.pid));
  for (;;);
});`,
};

const sameEverywhere: (keyof typeof suites)[] = ['passing', 'dying'];

describe('a run in the test host', function () {
  this.timeout(180_000);
  const temporary = temporaryFolder('selftest');
  after(temporary.remove);
  let extension: string;
  let workspace: string;
  let printed: string;

  before(async () => {
    extension = await writeStandIn(temporary.path);
    workspace = await writeStandInWorkspace(temporary.path);
    for (const [name, text] of Object.entries(suites)) {
      const file = join(temporary.path, `${name}.ts`);
      await writeFile(file, text);
      await bundleSuites([file], join(temporary.path, `${name}.cjs`));
    }
  });

  afterEach(function () {
    if (this.currentTest?.state === 'failed') console.log(printed);
  });

  const run = async (name: keyof typeof suites, version: HostVersion, timeoutMs = 120_000): Promise<HostOutcome> => {
    printed = '';
    const output = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        printed += chunk.toString();
        done();
      },
    });
    return runHostSuites({ ...runOf(name, version), timeoutMs, output });
  };

  const runOf = (name: keyof typeof suites, version: HostVersion): HostRun => {
    const suite = join(temporary.path, `${name}.cjs`);
    const env = { EXPECTED_VERSION: version, PID_FILE: join(temporary.path, 'pid') };
    return { version, workspace, extension, suite, env };
  };

  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    it(`leaves no process behind when it is ended by ${signal}`, async () => {
      const pidFile = join(temporary.path, 'pid');
      await rm(pidFile, { force: true });
      const own = join(temporary.path, signal);
      await mkdir(own);
      const module = JSON.stringify(new URL('run-host.ts', import.meta.url).href);
      const script = `const { runHostSuites } = await import(${module}); await runHostSuites(${JSON.stringify(runOf('hanging', '1.139.1'))});`;
      const env = { ...process.env, TMPDIR: own };
      const runner = spawn(process.execPath, ['--input-type=module', '-e', script], { env, stdio: 'ignore' });
      const read = async (): Promise<string> => readFile(pidFile, 'utf8').catch(() => '');
      const pid = await until('the suite to hang', read, (text) => text !== '', 60_000);
      runner.kill(signal);
      await until(
        'the end of the extension host',
        () => running(pid),
        (is) => !is,
      );
      // Only a runner that can still act removes its own folder.
      const left = signal === 'SIGKILL' ? /^backend-architect-(host|run)-|^playwright/ : /./;
      await until(
        'no temporary folder',
        async () => readdir(own),
        (names) => !names.some((name) => left.test(name)),
      );
    });
  }

  for (const version of hostVersions) {
    const isNewest = version === hostVersions[hostVersions.length - 1];
    const expectations: Record<keyof typeof suites, (outcome: HostOutcome) => void> = {
      passing: (outcome) => {
        assert.deepEqual(outcome, { code: 0, failure: undefined });
        assert.match(printed, /1 passing/);
      },
      failing: (outcome) => {
        assert.deepEqual(outcome, { code: 1, failure: '1 of 2 tests failed' });
        assert.match(printed, /1 failing/);
      },
      dying: ({ code, failure }) => assert.ok(code !== 0 && failure?.includes('there is no result')),
      aborting: ({ code, failure }) => assert.ok(code !== 0 && failure?.includes('there is no result')),
      empty: ({ code, failure }) => assert.ok(code === 1 && failure?.includes('empty')),
      rejecting: ({ code, failure }) => assert.ok(code === 1 && failure?.includes('forgotten')),
      broken: ({ code, failure }) => assert.ok(code === 1 && failure?.includes('does not load')),
      hanging: ({ code }) => assert.equal(code, 124),
    };
    describe(`of VS Code ${version}`, () => {
      for (const [name, expect] of Object.entries(expectations) as [
        keyof typeof suites,
        (outcome: HostOutcome) => void,
      ][]) {
        if (!isNewest && !sameEverywhere.includes(name)) continue;
        it(`tells a ${name} suite for what it is`, async () =>
          expect(await run(name, version, name === 'hanging' ? 15_000 : 120_000)));
      }
    });
  }
});

/** A process that ended but that nobody has asked about yet still has an entry, without a command line. */
function running(pid: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`).length > 0;
  } catch {
    return false;
  }
}
