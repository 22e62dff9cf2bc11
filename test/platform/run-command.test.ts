import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { runShell } from '../../src/platform/run-command.ts';
import { runGit } from '../harness/git.ts';

describe('a command of the project', function () {
  this.timeout(30_000);
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'run-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const source = (path: string): string => JSON.stringify(resolve(import.meta.dirname, '../../src', path));
  const endless = "trap '' TERM HUP INT; echo $$ > pid; while :; do sleep 1; done";

  /** The command's own process, once it runs. */
  async function started(): Promise<number> {
    for (;;) {
      const found = Number(readPid());
      if (found > 0) return found;
      await pause(20);
    }
  }
  function readPid(): string {
    try {
      return readFileSync(join(root, 'pid'), 'utf8');
    } catch {
      return '';
    }
  }
  function lives(pid: number): boolean {
    try {
      process.kill(pid, 0);
      // One that has ended and was not asked for yet still has its number.
      return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
    } catch {
      return false;
    }
  }
  async function gone(pid: number, owner: ChildProcess): Promise<void> {
    if (owner.exitCode === null && owner.signalCode === null) await once(owner, 'exit');
    const alive = lives(pid);
    if (alive) process.kill(-pid, 'SIGKILL');
    assert.equal(alive, false);
  }

  it('ends with the process that runs it', async () => {
    const script = `import { runShell } from ${source('platform/run-command.ts')};
      process.stdin.on('data', () => process.exit(0));
      await runShell(${JSON.stringify(endless)}, { folder: ${JSON.stringify(root)}, timeoutMs: 60000, signal: new AbortController().signal });`;
    const owner = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    const pid = await started();
    owner.stdin.write('go');
    await gone(pid, owner);
  });

  it('is not waited for by what it left running with its output open', async () => {
    const leaving = "setsid sh -c 'echo $$ > pid; exec sleep 60' & until [ -s pid ]; do :; done";
    const script = `import { runShell } from ${source('platform/run-command.ts')};
      const { exit } = await runShell(${JSON.stringify(leaving)}, { folder: ${JSON.stringify(root)}, timeoutMs: 60000, signal: new AbortController().signal });
      console.log(exit);`;
    const owner = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: 20_000,
    });
    const [code] = (await once(owner, 'exit')) as [number | null];
    process.kill(await started(), 'SIGKILL');
    assert.equal(code, 0);
  });

  it('waits while nobody takes what it prints, and loses nothing', async () => {
    let held = 0;
    let most = 0;
    let length = 0;
    const { exit } = await runShell('head -c 3000000 /dev/zero', {
      folder: root,
      timeoutMs: 20_000,
      signal: new AbortController().signal,
      onOutput: async (text) => {
        most = Math.max(most, ++held);
        length += text.length;
        await new Promise((resolve) => setImmediate(resolve));
        held--;
      },
    });
    assert.deepEqual([exit, length], [0, 3_000_000]);
    // Node itself reads on when the command has ended: what the pipe still holds, a few pieces.
    assert.ok(most <= 4, `${most} pieces were held at once`);
  });

  for (const signals of [['SIGHUP'], ['SIGINT', 'SIGINT'], ['SIGTERM', 'SIGHUP']] as const)
    it(`ends with the command line, after ${signals.join(' and ')}`, async () => {
      runGit(root, ['init', '-q']);
      runGit(root, ['config', 'user.name', 'Ada']);
      writeFileSync(join(root, 'a.ts'), '1');
      const command = { run: endless, inputs: ['**/*.ts'], shows: ['handoff/tests-pass'] };
      writeFileSync(join(root, 'backend-architect.yaml'), JSON.stringify({ commands: { tests: command } }));
      const owner = spawn(
        process.execPath,
        [resolve(import.meta.dirname, '../../src/cli/main.ts'), 'review', 'run', 'tests'],
        { cwd: root, stdio: 'ignore' },
      );
      const pid = await started();
      for (const signal of signals) {
        owner.kill(signal);
        await pause(50);
      }
      await gone(pid, owner);
    });
});
