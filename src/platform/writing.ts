import { createHash, randomBytes } from 'node:crypto';
import { type BigIntStats, constants } from 'node:fs';
import { chown, link, lstat, mkdir, open, readdir, realpath, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { lock } from 'proper-lockfile';
import { maxBytes, WriteRefused, type Writing } from '../workflow/ports.ts';
import { decode } from './files.ts';

/** A lock whose owner has not touched it for so long is a dead writer's. In milliseconds. */
const staleMs = 5000;
/** How long a writer waits for the others. In milliseconds. */
const patienceMs = 30_000;
/** How often a plan is made anew because somebody without our lock wrote in between. */
const attempts = 5;

/** What is beneath our feet changed: the plan has to be made anew. */
class ChangedMeanwhile extends Error {}

/** Where a write goes: links are resolved, and it lies inside the root. */
interface Target {
  /** As it was asked for, for sentences. */
  readonly path: string;
  /** Absolute, links resolved. */
  readonly real: string;
}

/** A held lock. */
interface Held {
  /** It is still ours: nobody took it for a dead writer's. */
  check(): Promise<void>;
}

/**
 * Writing under `root`, an absolute path. Lock and temporary file stand beside the file under a name of ours, so that what a killed writer leaves behind is
 * known for certain and swept by the next one.
 */
export function writingUnder(root: string): Writing {
  return {
    create: async (path, text) => {
      const target = await targetOf(root, path);
      const bytes = bytesOf(path, text);
      await makeFolder(target);
      await settled(target, async (held) => {
        if (await exists(target.real)) {
          throw refused(path, 'something stands there already', 'Choose another name, or change what is there.');
        }
        await write(target, bytes, undefined, held);
      });
    },
    change: async (path, plan) => {
      const target = await targetOf(root, path);
      if (!(await exists(dirname(target.real)))) {
        // Where nothing is to be written, no folder is made either.
        if (plan(undefined) === undefined) return 'unchanged';
        await makeFolder(target);
      }
      return settled(target, (held) => changeOnce(target, plan, held));
    },
  };
}

/** Runs `once` under the lock until nobody came between. */
async function settled<T>(target: Target, once: (held: Held) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await locked(target, once);
    } catch (error) {
      if (!(error instanceof ChangedMeanwhile)) throw error;
      if (attempt === attempts) {
        throw refused(target.path, 'another program keeps writing it', 'Close that program, then try again.');
      }
    }
  }
}

function refused(path: string, why: string, next: string): WriteRefused {
  return new WriteRefused(`${JSON.stringify(path).slice(1, -1)} was not written: ${why}. ${next}`);
}

async function changeOnce(
  target: Target,
  plan: (text: string | undefined) => string | undefined,
  held: Held,
): Promise<'written' | 'unchanged'> {
  const before = await readForChange(target);
  const text = plan(before?.text);
  if (text === undefined || text === before?.text) return 'unchanged';
  await write(target, bytesOf(target.path, text), before?.status, held);
  return 'written';
}

function bytesOf(path: string, text: string): Buffer {
  if (text.includes('\0')) {
    throw refused(path, 'the new text holds a NUL character', 'Take it out: no editor would show the file as text.');
  }
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length > maxBytes) {
    throw refused(path, `it would have more than ${maxBytes / 1_000_000} MB`, 'Split it into several files.');
  }
  return bytes;
}

/** What git would take for its own folder, on any file system. */
function isGitFolder(name: string): boolean {
  const plain = name
    .normalize('NFKC')
    .replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/[. ]{1,100}$/, '')
    .toLowerCase();
  return plain === '.git' || plain === 'git~1';
}

/** The deepest part of a path that stands, links resolved, and what is missing below it. */
async function standing(path: string): Promise<{ readonly real: string; readonly missing: readonly string[] }> {
  const missing: string[] = [];
  for (let at = path; ; at = dirname(at)) {
    try {
      return { real: await realpath(at), missing };
    } catch (error) {
      // A link that leads nowhere stands, yet has no real path.
      if (codeOf(error) !== 'ENOENT' || (await lstat(at).catch(() => undefined)) || dirname(at) === at) throw error;
      missing.unshift(basename(at));
    }
  }
}

async function targetOf(root: string, path: string): Promise<Target> {
  const inside = 'Choose a path inside the project.';
  if (path.includes('\0')) throw refused(path, 'the path holds a NUL character', inside);
  const asked = resolve(root, path);
  if (isAbsolute(path) || !isInside(root, asked)) throw refused(path, 'the path leads out of the project', inside);
  if (process.platform === 'win32' && relative(root, asked).includes(':')) {
    throw refused(path, 'the path holds a colon', inside);
  }
  const inGit = (at: string): boolean => at.split(/[\\/]/).some(isGitFolder);
  const notGit = (): WriteRefused => refused(path, "it lies in git's own folder", inside);
  if (inGit(relative(root, asked))) throw notGit();
  try {
    const fence = await realpath(root);
    const { real, missing } = await standing(asked);
    const target = join(real, ...missing);
    if (!isInside(fence, target)) throw refused(path, 'it is a link that leads out of the project', inside);
    if (inGit(relative(fence, target))) throw notGit();
    return { path, real: target };
  } catch (error) {
    throw asRefused(path, error);
  }
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

async function exists(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined;
}

async function makeFolder({ path, real }: Target): Promise<void> {
  try {
    await mkdir(dirname(real), { recursive: true });
  } catch (error) {
    throw asRefused(path, error);
  }
}

/** The names beside a file that are ours. Short, whatever the file's own name is. */
function ownNames(real: string): { readonly lock: string; isLeftOver(name: string): boolean; fresh(): string } {
  const folder = dirname(real);
  const stem = `.backend-architect-${createHash('sha256').update(basename(real)).digest('hex').slice(0, 12)}`;
  return {
    lock: join(folder, `${stem}.lock`),
    isLeftOver: (name) => name.startsWith(stem) && /^-[0-9a-f]{12}\.tmp$/.test(name.slice(stem.length)),
    fresh: () => join(folder, `${stem}-${randomBytes(6).toString('hex')}.tmp`),
  };
}

/** Runs `use` while nobody else with our lock writes the file, after sweeping what dead writers left. */
async function locked<T>(target: Target, use: (held: Held) => Promise<T>): Promise<T> {
  const { path, real } = target;
  const names = ownNames(real);
  let compromised = false;
  let release: () => Promise<void>;
  try {
    release = await lock(real, {
      realpath: false,
      lockfilePath: names.lock,
      stale: staleMs,
      retries: {
        retries: 10_000,
        minTimeout: 4,
        maxTimeout: 60,
        factor: 1.3,
        randomize: true,
        maxRetryTime: patienceMs,
      },
      onCompromised: () => {
        compromised = true;
      },
    });
  } catch (error) {
    if (codeOf(error) !== 'ELOCKED') throw asRefused(path, error);
    const why = `another writer has held it for ${patienceMs / 1000} seconds`;
    throw refused(path, why, 'Wait until that one is done, or end it, then try again.');
  }
  try {
    const mine = await stat(names.lock).catch(() => undefined);
    for (const name of await readdir(dirname(real))) {
      if (names.isLeftOver(name)) await unlink(join(dirname(real), name)).catch(() => undefined);
    }
    return await use({
      check: async () => {
        const now = await stat(names.lock).catch(() => undefined);
        const same = now?.ino === mine?.ino && now?.birthtimeMs === mine?.birthtimeMs;
        if (compromised || !now || !same) throw new ChangedMeanwhile();
      },
    });
  } catch (error) {
    throw error instanceof ChangedMeanwhile ? error : asRefused(path, error);
  } finally {
    // Only a lock that was taken from us cannot be given back.
    await release().catch(() => undefined);
  }
}

/** A file to be changed, and what it was when it was read; undefined where there is none. */
async function readForChange({
  path,
  real,
}: Target): Promise<{ readonly text: string; readonly status: BigIntStats } | undefined> {
  let file;
  try {
    // A pipe must not keep us waiting; the links are resolved, and one that turns up now was put there since.
    file = await open(real, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const status = await file.stat({ bigint: true });
    const regular = 'Only regular files are written: name another one.';
    if (status.isDirectory()) throw refused(path, 'it is a folder', regular);
    if (!status.isFile()) throw refused(path, 'it is no regular file', regular);
    if ((status.mode & 0o222n) === 0n) {
      throw refused(path, 'it is read-only', 'Allow writing to it, then try again.');
    }
    if (status.nlink > 1n) {
      const why = `it has ${status.nlink} names (hard links), and the others would keep the old text`;
      throw refused(path, why, 'Remove the other names, or change it in an editor.');
    }
    if (status.size > BigInt(maxBytes)) {
      throw refused(path, `it has more than ${maxBytes / 1_000_000} MB`, 'Split it into several files.');
    }
    const read = decode(await file.readFile());
    if ('problem' in read) throw refused(path, sentencePart(read.problem), 'Nothing was changed in it.');
    return { text: read.text, status };
  } finally {
    await file.close();
  }
}

/** `It is UTF-16. Save it as UTF-8.` in the middle of a sentence. */
function sentencePart(problem: string): string {
  return problem.replace(/^It /, 'it ').replace(/\.$/, '');
}

/** Puts `bytes` in the place of what `before` describes; where that is undefined, nothing may stand there. */
async function write({ real }: Target, bytes: Buffer, before: BigIntStats | undefined, held: Held): Promise<void> {
  const temporary = ownNames(real).fresh();
  try {
    const file = await open(temporary, 'wx', before ? 0o600 : 0o666);
    try {
      // Of a handle: it goes on after a short write, which a nearly full disk makes.
      await file.writeFile(bytes);
      if (before) {
        const own = await file.stat({ bigint: true });
        if (own.uid !== before.uid || own.gid !== before.gid) {
          await chown(temporary, Number(before.uid), Number(before.gid)).catch(() => undefined);
        }
        await file.chmod(Number(before.mode & 0o7777n));
      }
      await file.sync();
    } finally {
      await file.close();
    }
    await held.check();
    if (before) {
      if (!isSame(before, await lstat(real, { bigint: true }).catch(() => undefined))) throw new ChangedMeanwhile();
      await rename(temporary, real);
    } else {
      await place(temporary, real);
    }
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
  await syncFolder(dirname(real));
}

function isSame(before: BigIntStats, now: BigIntStats | undefined): boolean {
  return now?.ino === before.ino && now.size === before.size && now.mtimeNs === before.mtimeNs;
}

/** Gives a new file its name, and never somebody else's. */
async function place(temporary: string, real: string): Promise<void> {
  try {
    await link(temporary, real);
    await unlink(temporary);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EEXIST') throw new ChangedMeanwhile();
    // A file system without hard links: those who hold our lock come one after the other.
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(code)) throw error;
    if (await exists(real)) throw new ChangedMeanwhile();
    await rename(temporary, real);
  }
}

/** So that the new name outlives a power cut. Not every system can. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY).catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close().catch(() => undefined);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** What the system says, for people; what is no fault of the system stays as it is. */
function asRefused(path: string, error: unknown): unknown {
  if (error instanceof WriteRefused) return error;
  const code = codeOf(error);
  switch (code) {
    case '':
      return error;
    case 'EACCES':
    case 'EPERM':
      return refused(path, 'permission denied', 'Allow writing to it and to its folder, then try again.');
    case 'EROFS':
      return refused(path, 'its disk is read-only', 'Make it writable, then try again.');
    case 'ENOSPC':
    case 'EDQUOT':
      return refused(path, 'the disk is full', 'Make room, then try again.');
    case 'ENOTDIR':
    case 'EEXIST':
      return refused(path, 'a file stands where its folder should be', 'Choose another path, or move that file.');
    case 'ENAMETOOLONG':
      return refused(path, 'its name is too long', 'Choose a shorter one.');
    case 'ELOOP':
      return refused(path, 'it is a link that leads in circles', 'Put a file there instead.');
    case 'ENOENT':
      return refused(path, 'it is a link that leads nowhere, or its folder is gone', 'Put a file there instead.');
    default:
      return refused(path, `the system says ${code}`, 'Nothing was changed. Try again.');
  }
}
