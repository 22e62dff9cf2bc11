/** Runs git in one folder; undefined where there is no git. Only commands that look. */
export type RunGit = (
  args: readonly string[],
) => Promise<{ readonly exit: number; readonly stdout: string; readonly stderr: string } | undefined>;

/** A path that the commit changes. */
export interface StagedChange {
  readonly status: 'added' | 'changed' | 'deleted' | 'renamed';
  /** From the repository's root, with `/`. */
  readonly path: string;
  /** What a renamed file was called. */
  readonly from?: string;
}

/** An earlier commit, as far as it helps to guess the next one. */
export interface EarlierCommit {
  readonly subject: string;
  /** `Key: value` lines. */
  readonly trailers: readonly string[];
  readonly paths: readonly string[];
}

/** A repository that can be committed to. */
export interface Staged {
  /** The folder's own name, for sentences. */
  readonly name: string;
  /** Undefined where HEAD is detached. */
  readonly branch: string | undefined;
  /** Nothing has been committed yet. */
  readonly unborn: boolean;
  readonly changes: readonly StagedChange[];
  /** The newest first. */
  readonly history: readonly EarlierCommit[];
}

/** Why there is no message to prepare. `unstaged`: nothing is staged, but so many files are changed. */
export interface NotStaged {
  readonly refusal: string;
  readonly unstaged?: number;
}

/** So many earlier commits show which scopes are in use. */
const remembered = 200;

/** Paths as they are. */
const plain = ['-c', 'core.quotePath=false'];

/**
 * What the next commit of a repository holds: what is staged, or with `all` everything that is changed. A repository in which no message can be prepared
 * is a refusal: one sentence with what to do.
 */
export async function readStaged(git: RunGit, all: boolean): Promise<Staged | NotStaged> {
  const ask = async (...args: readonly string[]): Promise<string | undefined> => {
    const outcome = await git([...plain, ...args]);
    return outcome?.exit === 0 ? outcome.stdout : undefined;
  };
  const about = await git([...plain, 'rev-parse', '--is-bare-repository', '--is-inside-work-tree']);
  if (!about)
    return { refusal: 'Git was not found on this machine. Install it, or add it to the PATH, and try again.' };
  if (about.exit !== 0) return { refusal: whyNot(about.stderr) };
  const [isBare, isInside] = about.stdout.split('\n');
  if (isBare === 'true') {
    return { refusal: 'This repository is bare: it has no files to commit. Go to a clone that has.' };
  }
  if (isInside !== 'true') return { refusal: 'This is the inside of a .git folder. Go to the folder around it.' };
  const [top, merge, branch, head] = await Promise.all([
    ask('rev-parse', '--show-toplevel'),
    ask('rev-parse', '-q', '--verify', 'MERGE_HEAD'),
    ask('symbolic-ref', '-q', '--short', 'HEAD'),
    ask('rev-parse', '-q', '--verify', 'HEAD^{commit}'),
  ]);
  const name = (top ?? '').trim().split('/').at(-1) ?? '';
  const unborn = head === undefined;
  if (merge !== undefined) {
    const refusal = `A merge is in progress in ${name}: git writes its message itself. Finish it with git commit, or leave it with git merge --abort.`;
    return { refusal };
  }
  const staged = changesIn(await ask('diff', '--cached', '--name-status', '-z', '-M', '--no-ext-diff'));
  if (staged === 'conflict') {
    return { refusal: `Files in ${name} are in conflict. Resolve them and stage them, then prepare the message.` };
  }
  let changes = staged;
  if (changes.length === 0) {
    const others = await unstaged(ask, unborn);
    if (!all || others.length === 0) return nothingStaged(name, others.length);
    changes = others;
  }
  const history = unborn ? [] : historyIn(await ask(...historyArguments));
  return { name, branch: branch?.trim(), unborn, changes, history };
}

function nothingStaged(name: string, count: number): NotStaged {
  if (count === 0) return { refusal: `Nothing is changed in ${name}: there is nothing to commit.` };
  const files = `${count} ${count === 1 ? 'file is' : 'files are'} changed`;
  return { refusal: `Nothing is staged in ${name}; ${files}. Stage what belongs to the commit.`, unstaged: count };
}

function whyNot(said: string): string {
  if (said === '')
    return 'Git did not answer in time. Look whether another git is at work in this folder, then try again.';
  if (/dubious ownership/.test(said)) {
    return 'Git does not trust this folder: it belongs to somebody else. Allow it with git config --global --add safe.directory, then try again.';
  }
  if (/not a git repository/i.test(said)) {
    return 'This folder is in no git repository. Run git init in it, or go to one that is.';
  }
  return `Git cannot read this repository (${(said.split('\n')[0] ?? '').replace(/^fatal: /, '').slice(0, 200)}).`;
}

async function unstaged(
  ask: (...args: readonly string[]) => Promise<string | undefined>,
  unborn: boolean,
): Promise<readonly StagedChange[]> {
  const tracked = unborn
    ? []
    : changesIn(await ask('diff', '--ignore-submodules=dirty', '--name-status', '-z', '-M', '--no-ext-diff', 'HEAD'));
  const fresh = (await ask('ls-files', '--others', '--exclude-standard', '--full-name', '-z', ':/')) ?? '';
  const added = fresh.split('\0').flatMap((path): StagedChange[] => (path === '' ? [] : [{ status: 'added', path }]));
  return [...(tracked === 'conflict' ? [] : tracked), ...added];
}

/** Reads `--name-status -z`. */
function changesIn(output = ''): readonly StagedChange[] | 'conflict' {
  const parts = output.split('\0');
  const changes: StagedChange[] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const letter = parts[at]?.charAt(0);
    const path = parts[at + 1] ?? '';
    if (letter === 'U') return 'conflict';
    if (letter === 'R' || letter === 'C') {
      const to = parts[at + 2] ?? '';
      changes.push(letter === 'R' ? { status: 'renamed', path: to, from: path } : { status: 'added', path: to });
      at++;
    } else changes.push({ status: letter === 'A' ? 'added' : letter === 'D' ? 'deleted' : 'changed', path });
  }
  return changes;
}

const historyArguments = [
  'log',
  '-n',
  String(remembered),
  '--no-merges',
  '--name-only',
  '--format=%x1e%s%x1f%(trailers:only,unfold)%x1f',
];

function historyIn(output = ''): readonly EarlierCommit[] {
  return output
    .split('\u001E')
    .slice(1)
    .map((entry) => {
      const [subject = '', trailers = '', paths = ''] = entry.split('\u001F');
      const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');
      return { subject, trailers: lines(trailers), paths: lines(paths) };
    });
}

/** Earlier commits of the repository around a folder; none where there is none. */
export async function readHistory(git: RunGit): Promise<readonly EarlierCommit[]> {
  const outcome = await git([...plain, ...historyArguments]);
  return outcome?.exit === 0 ? historyIn(outcome.stdout) : [];
}

/** A file as it is staged (`:`), or as the last commit has it (`HEAD:`); undefined where it is not there. */
export async function readBlob(git: RunGit, from: ':' | 'HEAD:', path: string): Promise<string | undefined> {
  const outcome = await git([...plain, 'cat-file', 'blob', `${from}${path}`]);
  return outcome?.exit === 0 ? outcome.stdout : undefined;
}
