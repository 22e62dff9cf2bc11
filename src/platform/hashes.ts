import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Files } from '../workflow/ports.ts';

/** SHA-256 of a text in UTF-8, in lower-case hexadecimal. */
export function sha256Text(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

interface Known {
  readonly stamp: string;
  readonly sha256: string | undefined;
}

/**
 * Hashes of the files under `root`. A file is read again only when its size, its time of change or its place on the disk is another one; of a file that
 * changed within the last moments that is not relied on, as a clock is too coarse to tell two writes apart.
 */
export function cachedHashes(root: string, files: Pick<Files, 'sha256Now'>): (path: string) => string | undefined {
  const known = new Map<string, Known>();
  return (path) => {
    const status = statSync(resolve(root, path), { throwIfNoEntry: false });
    if (!status) {
      known.delete(path);
      return undefined;
    }
    const stamp = `${status.mtimeMs} ${status.ctimeMs} ${status.size} ${status.ino}`;
    const before = known.get(path);
    if (before?.stamp === stamp) return before.sha256;
    const sha256 = files.sha256Now(path);
    if (Date.now() - status.mtimeMs > coarseClockMs) known.set(path, { stamp, sha256 });
    else known.delete(path);
    return sha256;
  };
}

/** Within so long two writes may bear the same time. */
const coarseClockMs = 2000;
