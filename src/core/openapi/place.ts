import type { Span } from '../text.ts';
import { entries, get, type Node, token } from './tree.ts';
import { enclosing } from './walk.ts';
import type { View } from './visitors.ts';

/** A `$ref` to what stands at `pointer` in the same document. */
export function refTo(pointer: string): string {
  return `#${pointer.replaceAll('%', '%25')}`;
}

/** A `$ref` to a component. */
export function componentRef(section: string, name: string): string {
  return refTo(`/components/${section}/${token(name)}`);
}

/** What marks an object in a list: the value of its `name` or `$ref`, else its first key. */
export function markOf(node: Node): Span {
  const { start, end } = get(node, '$ref') ?? get(node, 'name') ?? entries(node)[0]?.key ?? node;
  return { start, end };
}

/** Whether somebody else's server answers: the operation belongs to a webhook or a callback. */
export function isCalledBack(view: View): boolean {
  if (view.pointer.startsWith('/webhooks/')) return true;
  return view.pointer.startsWith('/components/callbacks/') || enclosing(view, 'callback') !== undefined;
}

/** Whether a path is one that everybody may call by its nature: probes, documents of the service itself, signing in. */
export function looksPublic(path: string): boolean {
  if (path.includes('{')) return false;
  return /\/(?:health[a-z-]*|ping|ready[a-z]*|live[a-z]*|status|version|log-?in|sign-?in|sign-?up|register)$|\/\.well-known\//i.test(
    path,
  );
}

/** A template parameter of a path, with its place inside the path's key. */
export interface TemplateParameter {
  readonly name: string;
  readonly at: Span;
}

/** No real path has more; one that has is no path, and each of its parameters would be a finding. */
const mostParameters = 100;

/** The `{name}`s of a path, each once. Their places are exact where the key is written without escapes, else the whole key. */
export function templateParameters(path: string, key: Span): readonly TemplateParameter[] {
  const quotes = (key.end - key.start - path.length) / 2;
  const plain = quotes === 0 || quotes === 1;
  const from = key.start + quotes;
  const seen = new Set<string>();
  const matches = [...path.matchAll(/\{([^{}/]+)\}/g)].filter(
    ([, name = '']) => !seen.has(name) && Boolean(seen.add(name)),
  );
  return matches.slice(0, mostParameters).map((match) => ({
    name: match[1] ?? '',
    at: plain
      ? { start: from + match.index, end: from + match.index + match[0].length }
      : { start: key.start, end: key.end },
  }));
}
