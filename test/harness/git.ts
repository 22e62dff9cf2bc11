import { execFileSync } from 'node:child_process';

/** Git as a test needs it: no settings of the machine, a name to commit under, the same day always. */
export const gitEnvironment: NodeJS.ProcessEnv = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_AUTHOR_DATE: '2026-11-20T10:00:00Z',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
  GIT_COMMITTER_DATE: '2026-11-20T10:00:00Z',
};

/** Runs git in a folder and gives what it prints. */
export function runGit(folder: string, args: readonly string[], input?: string | Uint8Array): string {
  return execFileSync('git', [...args], {
    cwd: folder,
    env: gitEnvironment,
    encoding: 'utf8',
    input: input ?? '',
    maxBuffer: 200_000_000,
    timeout: 50_000,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}
