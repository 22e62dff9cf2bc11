import type { FolderEntry, Files } from '../../src/workflow/ports.ts';

/** Files in memory, for tests of the workflow. A value of `undefined` is a link; `LOCKED` may not be read, nor a folder of that name listed. */
export function memoryFiles(texts: Readonly<Record<string, string | undefined>>): Files & { readonly reads: string[] } {
  const reads: string[] = [];
  const paths = Object.keys(texts);
  const encoder = new TextEncoder();
  return {
    reads,
    list: async (folder) => {
      if (folder.endsWith('LOCKED')) return undefined;
      const prefix = folder === '' ? '' : `${folder}/`;
      const entries = new Map<string, FolderEntry['kind']>();
      for (const path of paths) {
        if (!path.startsWith(prefix)) continue;
        const [name = '', ...rest] = path.slice(prefix.length).split('/');
        entries.set(name, rest.length > 0 ? 'folder' : texts[path] === undefined ? 'other' : 'file');
      }
      return [...entries].map(([name, kind]) => ({ name, kind })).reverse();
    },
    kind: async (path) => {
      if (texts[path] !== undefined) return 'file';
      return path === '' || paths.some((one) => one.startsWith(`${path}/`)) ? 'folder' : undefined;
    },
    head: async (path, bytes) => {
      reads.push(`head ${path}`);
      const text = texts[path] ?? '';
      if (text === 'LOCKED') return { problem: 'It may not be read: permission denied.' };
      const size = text.startsWith('HUGE ') ? 50_000_000 : encoder.encode(text).length;
      return { text: text.replace(/^HUGE /, '').slice(0, bytes), complete: size <= bytes, size };
    },
    read: async (path) => {
      reads.push(path);
      const text = texts[path];
      if (text?.startsWith('BINARY') || text?.includes('\0')) return { problem: 'It is binary.' };
      return text === undefined ? { problem: 'There is no such file.' } : { text };
    },
    kindNow: (path) => (texts[path] === undefined ? undefined : 'file'),
    sha256Now: () => undefined,
    // A text that begins so is one that a link leads out to.
    readTarget: (path) => (texts[path]?.startsWith('# OUTSIDE') ? undefined : texts[path]),
  };
}
