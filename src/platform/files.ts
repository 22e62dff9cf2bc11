import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import { isUtf8 } from 'node:buffer';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { type Files, maxBytes, noSuchFile, type TextOrProblem, tooLarge } from '../workflow/ports.ts';

/** A pipe must not keep us waiting, and there is no such flag on Windows. */
const readOnly = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** `argument` as a path from `root` with `/`: `../` leads out of it, `''` is the root itself. */
export function pathFrom(root: string, argument: string): string {
  return relative(root, resolve(root, argument)).split(sep).join('/');
}

/**
 * The files under `root`, an absolute path. `$ref` targets are read in it, and in `alsoInside`: the folders of files that were named and lie elsewhere.
 */
export function filesUnder(root: string, alsoInside: readonly string[] = []): Files {
  const at = (path: string): string => resolve(root, path);
  const fences = [root, ...alsoInside].flatMap((folder) => realpathOf(folder) ?? []);
  return {
    list: async (folder) => {
      try {
        const entries = await readdir(at(folder), { withFileTypes: true });
        return entries.map((entry) => ({
          name: entry.name,
          kind: entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : 'other',
        }));
      } catch {
        return undefined;
      }
    },
    kind: async (path) => {
      try {
        return (await stat(at(path))).isDirectory() ? 'folder' : 'file';
      } catch {
        return undefined;
      }
    },
    head: async (path, bytes) =>
      opened(at(path), async (file, size) => {
        const buffer = Buffer.alloc(Math.min(bytes, size));
        const length = await fill(file, buffer);
        const complete = length >= size;
        const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(buffer.subarray(0, length), {
          stream: !complete,
        });
        return { text, complete, size };
      }),
    read: async (path) =>
      opened(at(path), async (file, size): Promise<TextOrProblem> => {
        if (size > maxBytes) return { problem: tooLarge(size) };
        const buffer = Buffer.alloc(size);
        const length = await fill(file, buffer);
        return decode(buffer.subarray(0, length));
      }),
    kindNow: (path) => kindInside(fences, at(path)),
    sha256Now: (path) => hashInside(fences, at(path)),
    readTarget: (path) => readInside(fences, at(path)),
  };
}

/** Opens a regular file; anything else is a problem. */
async function opened<T>(
  path: string,
  use: (file: FileHandle, size: number) => Promise<T>,
): Promise<T | { problem: string }> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, readOnly);
    const status = await file.stat();
    if (status.isDirectory()) return { problem: 'It is a folder.' };
    if (!status.isFile()) return { problem: 'It is no regular file.' };
    return await use(file, status.size);
  } catch (error) {
    return { problem: problemOf(error) };
  } finally {
    await file?.close();
  }
}

/** Reads until the buffer is full or the file ends; the number of bytes that were read. */
async function fill(file: FileHandle, buffer: Buffer): Promise<number> {
  let length = 0;
  while (length < buffer.length) {
    const { bytesRead } = await file.read(buffer, length, buffer.length - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return length;
}

function problemOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return noSuchFile;
    case 'EACCES':
    case 'EPERM':
      return 'It may not be read: permission denied.';
    case 'ELOOP':
      return 'It is a link that leads in circles.';
    case 'ENAMETOOLONG':
      return 'Its name is too long.';
    default:
      return `It cannot be read${code === '' ? '' : ` (${code})`}.`;
  }
}

/** UTF-8 and nothing else: a guess would put findings in wrong places. */
export function decode(bytes: Uint8Array): TextOrProblem {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return { problem: 'It is UTF-16. Save it as UTF-8.' };
  }
  if (bytes.includes(0)) return { problem: 'It is binary: it holds NUL characters. Text in UTF-8 is analysed.' };
  if (!isUtf8(bytes)) return { problem: `Line ${brokenLine(bytes)} is not UTF-8. Save the file as UTF-8.` };
  return { text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) };
}

/** The first line, counted from 1, that is not UTF-8. */
function brokenLine(bytes: Uint8Array): number {
  let line = 1;
  for (let at = 0; at < bytes.length; line++) {
    const newline = bytes.indexOf(10, at);
    const end = newline < 0 ? bytes.length : newline;
    if (!isUtf8(bytes.subarray(at, end))) return line;
    at = end + 1;
  }
  return line;
}

function realpathOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function readInside(fences: readonly string[], path: string): string | undefined {
  if (path.includes('\0')) return undefined;
  const real = realpathOf(path);
  if (real === undefined || !fences.some((fence) => isInside(fence, real))) return undefined;
  let file: number | undefined;
  try {
    // The links are resolved: one that turns up now was put there since.
    file = openSync(real, readOnly | (constants.O_NOFOLLOW ?? 0));
    const status = fstatSync(file);
    if (!status.isFile() || status.size > maxBytes) return undefined;
    const buffer = Buffer.alloc(status.size);
    let length = 0;
    while (length < buffer.length) {
      const count = readSync(file, buffer, length, buffer.length - length, length);
      if (count === 0) break;
      length += count;
    }
    const read = decode(buffer.subarray(0, length));
    return 'text' in read ? read.text : undefined;
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function kindInside(fences: readonly string[], path: string): 'file' | 'folder' | undefined {
  const real = path.includes('\0') ? undefined : realpathOf(path);
  if (real === undefined || !fences.some((fence) => fence === real || isInside(fence, real))) return undefined;
  const status = statSync(real, { throwIfNoEntry: false });
  return status?.isDirectory() ? 'folder' : status?.isFile() ? 'file' : undefined;
}

function hashInside(fences: readonly string[], path: string): string | undefined {
  if (kindInside(fences, path) !== 'file') return undefined;
  let file: number | undefined;
  try {
    file = openSync(realpathSync(path), readOnly | (constants.O_NOFOLLOW ?? 0));
    if (!fstatSync(file).isFile()) return undefined;
    const hash = createHash('sha256');
    const buffer = Buffer.alloc(262_144);
    for (let count = readSync(file, buffer); count > 0; count = readSync(file, buffer))
      hash.update(buffer.subarray(0, count));
    return hash.digest('hex');
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function isInside(folder: string, path: string): boolean {
  const inside = relative(folder, path);
  return inside !== '' && inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
}
