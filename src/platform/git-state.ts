import type { Person } from '../core/evidence.ts';
import { git } from './git.ts';

/** What is checked out in a folder. */
export interface GitState {
  /** Absent where HEAD is detached. */
  readonly branch?: string;
  /** Absent before the first commit. */
  readonly commit?: string;
  /** Files that differ from the commit, in this folder. */
  readonly changed: number;
}

/** Undefined outside of a repository, and where there is no git. */
export async function gitState(folder: string): Promise<GitState | undefined> {
  // In a submodule, its own settings would count.
  const look = ['status', '--porcelain=v2', '--branch', '--ignore-submodules=dirty', '-z', '--', '.'];
  const status = await git(folder, look);
  if (!status || status.exit !== 0) return undefined;
  const parts = status.stdout.split('\0');
  let changed = 0;
  let branch: string | undefined;
  let commit: string | undefined;
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at] ?? '';
    if (part.startsWith('# branch.oid ')) commit = /^[0-9a-f]{7,}$/.exec(part.slice(13))?.[0];
    else if (part.startsWith('# branch.head ')) branch = part.slice(14) === '(detached)' ? undefined : part.slice(14);
    else if (/^[12u?] /.test(part)) {
      changed++;
      // The old name of a renamed file follows.
      if (part.startsWith('2 ')) at++;
    }
  }
  return { ...(branch === undefined ? {} : { branch }), ...(commit === undefined ? {} : { commit }), changed };
}

/** Who git takes the person for; or what to do so that it knows. */
export async function gitPerson(folder: string): Promise<Person | { readonly problem: string }> {
  const [name, email] = await Promise.all([
    git(folder, ['config', '--get', 'user.name']),
    git(folder, ['config', '--get', 'user.email']),
  ]);
  if (!name)
    return {
      problem: 'git was not found on this machine, and a record is signed with the name that git knows. Install git.',
    };
  const own = { name: name.stdout.trim(), email: email?.stdout.trim() ?? '' };
  if (own.name === '')
    return {
      problem:
        'git does not know your name, and a record is signed with it. Set it: git config --global user.name "Your Name".',
    };
  return own;
}
