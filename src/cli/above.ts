import { configurationFile } from '../core/configuration.ts';
import type { Files } from '../workflow/ports.ts';

/** Deeper folders are not looked above any further. */
const maxLevels = 64;

/**
 * The configuration and the `.gitignore` files that lie above the current folder in the same repository, as paths from it: they do not count here, and
 * whoever wrote them may think they do. Nothing outside of a repository; the configuration only where the current folder has none.
 */
export async function unreadAbove(files: Files): Promise<readonly string[]> {
  if ((await files.kind('.git')) !== undefined) return [];
  let configured = (await files.kind(configurationFile)) !== undefined;
  const found: string[] = [];
  for (let level = 1; level <= maxLevels; level++) {
    const up = '../'.repeat(level);
    if (!configured && (await files.kind(up + configurationFile)) === 'file') {
      configured = true;
      found.push(up + configurationFile);
    }
    if ((await files.kind(`${up}.gitignore`)) === 'file') found.push(`${up}.gitignore`);
    if ((await files.kind(`${up}.git`)) !== undefined) return found;
  }
  return [];
}

/** What is said of them on standard error. */
export function unreadNote(above: readonly string[]): string {
  if (above.length === 0) return '';
  return `Not read, because only the current folder and those below count: ${above.join(', ')}. Run from the folder that holds them to have them applied.\n`;
}
