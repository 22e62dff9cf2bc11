import { entryOf, type Node, parseTree, text, token } from './tree.ts';
import type { Resolution } from './visitors.ts';

/** Where a `$ref` leads: the file as written (`''` for its own document) and the pointer's tokens, or nothing where it is no JSON pointer. */
export interface Reading {
  readonly file: string;
  readonly tokens: readonly string[] | undefined;
  readonly remote: boolean;
}

export function readReference(ref: string): Reading {
  const mark = ref.indexOf('#');
  const file = mark < 0 ? ref : ref.slice(0, mark);
  const fragment = mark < 0 ? '' : ref.slice(mark + 1);
  const remote = /^[a-z][a-z0-9+.-]+:|^\/\//i.test(file);
  if (fragment !== '' && !fragment.startsWith('/')) return { file, tokens: undefined, remote };
  return { file, tokens: fragment === '' ? [] : fragment.slice(1).split('/').map(unescape), remote };
}

function unescape(raw: string): string {
  const decoded = raw.includes('%') ? decode(raw) : raw;
  return decoded.includes('~') ? decoded.replaceAll('~1', '/').replaceAll('~0', '~') : decoded;
}

export function pointerOf(tokens: readonly string[]): string {
  return tokens.map((one) => `/${token(one)}`).join('');
}

/** Goes down from `root`. Where a `$ref` stands in the way it is followed, as the tools people use do. */
export function descend(
  root: Node,
  tokens: readonly string[],
  follow: (ref: string) => Node | undefined,
): Node | undefined {
  let node: Node | undefined = root;
  for (const name of tokens) {
    if (!node) return undefined;
    let next: Node | undefined = node.kind === 'seq' ? node.items[Number(name)] : entryOf(node, name)?.value;
    if (!next) {
      const ref = text(node, '$ref');
      const target = ref === undefined ? undefined : follow(ref);
      next = target?.kind === 'seq' ? target.items[Number(name)] : entryOf(target, name)?.value;
    }
    node = next;
  }
  return node;
}

/** Joins a `$ref`'s file to the folder of `from`, both with `/`. Undefined where it climbs out of the root. */
export function joinPath(from: string, relative: string): string | undefined {
  const path = decode(relative);
  // A backslash or a drive letter is a path of its own on Windows, network shares among them.
  if (/\\|^[a-z]:/i.test(path)) return undefined;
  const parts = from.split('/').slice(0, -1);
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (parts.length === 0 || parts.at(-1) === '..') return undefined;
      parts.pop();
    } else parts.push(part);
  }
  return parts.join('/');
}

function decode(raw: string): string {
  try {
    return decodeURIComponent(raw);
  } catch {
    // A stray % is part of the name.
    return raw;
  }
}

/** Reads other files once each. `read` gives a file's text by its path from the root, or undefined. */
export function otherFiles(read: (path: string) => string | undefined): (path: string) => Node | undefined {
  const known = new Map<string, Node | undefined>();
  return (path) => {
    if (!known.has(path)) {
      const source = read(path);
      known.set(
        path,
        source === undefined ? undefined : parseTree(source.charCodeAt(0) === 0xfeff ? source.slice(1) : source).root,
      );
    }
    return known.get(path);
  };
}

export const missing = (why: string): Resolution => ({ kind: 'missing', why });
