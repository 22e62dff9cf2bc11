import { spawn } from 'node:child_process';

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

/**
 * Runs git in `folder`; undefined where there is no git on this machine. It asks nothing on a terminal and takes no lock that a person's own git would
 * wait for. Only commands that look: nothing here changes a repository.
 */
export function git(folder: string, args: readonly string[], input?: string): Promise<GitOutcome | undefined> {
  return new Promise((resolve) => {
    const child = spawn('git', [...args], {
      cwd: folder,
      env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' },
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    let size = 0;
    let ended = false;
    const timer = setTimeout(() => {
      ended = true;
      child.kill('SIGKILL');
    }, deadlineMs);
    const collect =
      (into: Buffer[]) =>
      (chunk: Buffer): void => {
        size += chunk.length;
        if (size <= mostOutput) into.push(chunk);
        else child.kill('SIGKILL');
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
