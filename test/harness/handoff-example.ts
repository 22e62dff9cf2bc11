import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { defaultConfiguration } from '../../src/core/configuration.ts';
import type { WholeWorld } from '../../src/core/whole.ts';

/** The world of a hand-off file that stands among `texts`, by path. */
export function handoffWorld(texts: Readonly<Record<string, string>>): WholeWorld {
  const at = (path: string): string => posix.normalize(path);
  return {
    read: (path) => texts[at(path)],
    kind: (path) =>
      texts[at(path)] !== undefined
        ? 'file'
        : Object.keys(texts).some((one) => one.startsWith(`${at(path)}/`))
          ? 'folder'
          : undefined,
    sha256: (path) => {
      const text = texts[at(path)];
      return text === undefined ? undefined : createHash('sha256').update(text).digest('hex');
    },
    configuration: defaultConfiguration,
    today: '2026-11-20',
  };
}
