import { spawn } from 'node:child_process';
import { accessSync } from 'node:fs';
import { devNull } from 'node:os';
import { isAbsolute, join } from 'node:path';
import process from 'node:process';

/** What came of one git command. */
export interface GitOutcome {
  /** -1 where it was ended by its deadline. */
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

const deadlineMs = 10_000;
/** In bytes: more output than this is cut off with the command. */
const mostOutput = 20_000_000;

/** A repository's own settings name programs; git is told to start none of them. */
const quiet = ['-c', 'core.fsmonitor=false', '-c', `core.hooksPath=${devNull}`, '-c', 'log.showSignature=false'];

/** Commands that read the files themselves, and so give them to the filters that the settings name. */
const readsFiles: ReadonlySet<string> = new Set(['status', 'diff']);

/**
 * Runs git in `folder`; undefined where there is no git on this machine. It asks nothing on a terminal, takes no lock that a person's own git would
 * wait for, talks to no other machine, and starts nothing that the repository names: it may be anybody's. Only commands that look: nothing here changes
 * a repository. What takes longer than `limitMs` is ended, and its exit code is -1.
 */
export async function git(
  folder: string,
  args: readonly string[],
  input?: string,
  limitMs = deadlineMs,
): Promise<GitOutcome | undefined> {
  if (!args.some((one) => readsFiles.has(one))) return start(folder, args, { input, limitMs });
  const asked = await start(folder, ['config', '--show-scope', '--null', '--get-regexp', String.raw`^filter\..*\.`]);
  // It answers 1 where there is none.
  if (!asked || (asked.exit !== 0 && asked.exit !== 1)) return asked;
  return start(folder, args, { input, settings: withoutOwnFilters(asked.stdout) });
}

/** Settings that put the person's own filters, or none, in the place of the repository's. `listed` is scope, then name and value, in the order in which they count. */
function withoutOwnFilters(listed: string): ReadonlyMap<string, string> {
  const persons = new Map<string, string>();
  const own = new Set<string>();
  const parts = listed.split('\0');
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [, name = '', value] = /^([^\n]*)(?:\n([^]*))?$/.exec(parts[at + 1] ?? '') ?? [];
    if (parts[at] === 'local' || parts[at] === 'worktree') own.add(name);
    else persons.set(name, value ?? 'true');
  }
  return new Map([...own].map((name) => [name, persons.get(name) ?? (name.endsWith('.required') ? 'false' : '')]));
}

/** The environment of git, with `settings` that overrule every file. Their names may hold what a command line could not tell apart. */
function environment(settings: ReadonlyMap<string, string>): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    // In a partial clone, git would fetch what is missing; the address may name a program.
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: 'none',
    LC_ALL: 'C',
  };
  let count = Number(env['GIT_CONFIG_COUNT'] ?? 0) || 0;
  for (const [name, value] of settings) {
    env[`GIT_CONFIG_KEY_${count}`] = name;
    env[`GIT_CONFIG_VALUE_${count}`] = value;
    count++;
  }
  if (settings.size > 0) env['GIT_CONFIG_COUNT'] = String(count);
  return env;
}

/** Windows looks for a program in the folder it is to run in before the PATH; there, only the PATH counts. */
function program(): string {
  if (process.platform !== 'win32') return 'git';
  for (const folder of (process.env['PATH'] ?? '').split(';')) {
    if (!isAbsolute(folder)) continue;
    const path = join(folder, 'git.exe');
    try {
      accessSync(path);
      return path;
    } catch {
      // It is not in this one.
    }
  }
  return join(devNull, 'git.exe');
}

function start(
  folder: string,
  args: readonly string[],
  {
    input,
    settings = new Map(),
    limitMs = deadlineMs,
  }: {
    readonly input?: string | undefined;
    readonly settings?: ReadonlyMap<string, string>;
    readonly limitMs?: number;
  } = {},
): Promise<GitOutcome | undefined> {
  return new Promise((resolve) => {
    const child = spawn(program(), [...quiet, ...args], {
      cwd: folder,
      env: environment(settings),
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    let size = 0;
    let ended = false;
    const stop = (): void => {
      child.kill('SIGKILL');
      // What it started may hold its output open.
      child.stdout?.destroy();
      child.stderr?.destroy();
    };
    const timer = setTimeout(() => {
      ended = true;
      stop();
    }, limitMs);
    const collect =
      (into: Buffer[]) =>
      (chunk: Buffer): void => {
        size += chunk.length;
        if (size <= mostOutput) into.push(chunk);
        else stop();
      };
    child.stdout?.on('data', collect(out));
    child.stderr?.on('data', collect(err));
    child.on('error', () => {
      clearTimeout(timer);
      resolve(undefined);
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      const exit = ended || code === null ? -1 : code;
      resolve({ exit, stdout: Buffer.concat(out).toString('utf8'), stderr: Buffer.concat(err).toString('utf8') });
    });
    // A git that ends without reading its input closes the pipe: its exit code says what happened.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}
