import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';

const open = new Set<() => void>();
let watching = false;

/**
 * Runs `close` when this process ends while it is still open: at its natural end, on Ctrl-C, or when it is told to stop.
 * `close` must be synchronous. Returns a function that closes now, once.
 */
export function closeAtExit(close: () => void): () => void {
  if (!watching) {
    watching = true;
    process.on('exit', () => {
      for (const each of open) each();
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => process.exit(128 + constants.signals[signal]));
    }
  }
  const once = (): void => {
    if (open.delete(once)) close();
  };
  open.add(once);
  return once;
}

/** A fresh temporary folder and the function that removes it; it is removed at the latest when this process ends. */
export function temporaryFolder(purpose: string): { readonly path: string; readonly remove: () => void } {
  const path = realpathSync(mkdtempSync(join(tmpdir(), `backend-architect-${purpose}-`)));
  return {
    path,
    remove: closeAtExit(() => rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })),
  };
}
