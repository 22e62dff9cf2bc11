import { spawn } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import type { Readable } from 'node:stream';

/** How a command ended. */
export interface RunOutcome {
  /** -1 where a signal or the deadline ended it. */
  readonly exit: number;
  readonly durationMs: number;
  readonly cancelled: boolean;
  /** The end of what it printed, at most 4,000 characters. */
  readonly tail: string;
}

const tailLength = 4000;
/** Between asking a command to end and ending it, in milliseconds. */
const graceMs = 3000;

/** By its whole path: Windows would take one of that name in the folder. */
function taskkill(): string {
  return join(process.env['SystemRoot'] ?? String.raw`C:\Windows`, 'System32', 'taskkill.exe');
}

/** Names of variables that hold what only we are to know. */
const secret = /^(?:ANTHROPIC_|BACKEND_ARCHITECT_|VSCODE_)|^ELECTRON_RUN_AS_NODE$/i;

/** The environment for a command of the project: the person's own, without what is ours. */
export function commandEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !secret.test(name)));
}

/**
 * Gives `command` to the shell in `folder`. It ends with everything it started: at `timeoutMs`, when `signal` fires, and when it is done itself.
 */
export function runShell(
  command: string,
  {
    folder,
    timeoutMs,
    signal,
    onOutput,
  }: {
    readonly folder: string;
    readonly timeoutMs: number;
    readonly signal: AbortSignal;
    /** Until it is done with what it was given, no more is read. */
    onOutput?(text: string): Promise<void>;
  },
): Promise<RunOutcome> {
  const began = performance.now();
  return new Promise((resolve) => {
    let tail = '';
    let killed = false;
    let finished = false;
    let forced: NodeJS.Timeout | undefined;
    const windows = process.platform === 'win32';
    const child = spawn(command, {
      cwd: folder,
      shell: true,
      // A group of its own, so that what it starts can be ended with it.
      detached: !windows,
      env: commandEnvironment(process.env),
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const send = (name: NodeJS.Signals): void => {
      if (child.pid === undefined) return;
      try {
        if (windows) spawn(taskkill(), ['/pid', String(child.pid), '/T', '/F'], { windowsHide: true, stdio: 'ignore' });
        else process.kill(-child.pid, name);
      } catch {
        // It has ended meanwhile.
      }
    };
    const stop = (): void => {
      if (killed || finished) return;
      killed = true;
      send('SIGTERM');
      forced = setTimeout(() => {
        send('SIGKILL');
        // Whatever holds its output open is none of ours.
        child.stdout.destroy();
        child.stderr.destroy();
      }, graceMs);
    };
    const deadline = setTimeout(stop, timeoutMs);
    // Where we end first, nobody else would end it.
    const leave = (): void => send('SIGKILL');
    process.once('exit', leave);
    const settle = (exit: number): void => {
      if (finished) return;
      finished = true;
      clearTimeout(deadline);
      clearTimeout(forced);
      signal.removeEventListener('abort', stop);
      process.off('exit', leave);
      // What it left running in the background ends with it; what left its group may hold its output open, and we do not wait for that.
      send('SIGKILL');
      child.stdout.destroy();
      child.stderr.destroy();
      const durationMs = Math.round(performance.now() - began);
      resolve({ exit: killed ? -1 : exit, durationMs, cancelled: signal.aborted, tail });
    };
    const collect = (from: Readable): void => {
      from.setEncoding('utf8').on('data', (chunk: string) => {
        tail = (tail + chunk).slice(-tailLength);
        const taken = onOutput?.(chunk);
        if (!taken) return;
        from.pause();
        void taken.catch(() => undefined).then(() => from.resume());
      });
    };
    collect(child.stdout);
    collect(child.stderr);
    child.on('error', (error) => {
      tail += error.message;
      settle(-1);
    });
    child.on('exit', (code) => {
      // Its output is read to the end, unless somebody keeps it open.
      const exit = code ?? -1;
      const wait = setTimeout(() => settle(exit), graceMs);
      child.on('close', () => {
        clearTimeout(wait);
        settle(exit);
      });
    });
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
  });
}
