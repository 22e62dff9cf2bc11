import type { Memento } from 'vscode';

const place = 'backendArchitect.review.drafts';
/** The oldest go first. */
const mostDrafts = 50;

/** Answers of chains that were left half done, kept for this workspace. */
export interface Drafts {
  read(name: string): string | undefined;
  keep(name: string, text: string): void;
  drop(names: readonly string[]): void;
}

export function draftsIn(memory: Memento): Drafts {
  const stored = memory.get<unknown>(place);
  const all = new Map<string, string>(
    Object.entries(typeof stored === 'object' && stored !== null ? stored : {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
  const write = (): void => void memory.update(place, Object.fromEntries(all));
  return {
    read: (name) => all.get(name),
    keep: (name, text) => {
      all.delete(name);
      all.set(name, text);
      for (const oldest of all.keys()) {
        if (all.size <= mostDrafts) break;
        all.delete(oldest);
      }
      write();
    },
    drop: (names) => {
      for (const name of names) all.delete(name);
      write();
    },
  };
}
