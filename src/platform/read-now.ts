import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { maxBytes, type TextOrProblem, tooLarge } from '../workflow/ports.ts';
import { decode } from './files.ts';

/** Reads a whole regular file at once, by the same rules as `Files.read`; undefined where there is none. */
export function readNow(path: string): TextOrProblem | undefined {
  let file: number | undefined;
  try {
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const status = fstatSync(file);
    if (status.isDirectory()) return undefined;
    if (!status.isFile()) return { problem: 'It is no regular file.' };
    if (status.size > maxBytes) return { problem: tooLarge(status.size) };
    return decode(readFileSync(file));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    return code === 'ENOENT' || code === 'ENOTDIR' ? undefined : { problem: 'It cannot be read.' };
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
