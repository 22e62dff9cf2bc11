import { type Document, isAlias, isScalar, type Node, visit, type YAMLMap } from 'yaml';
import type { Span } from './text.ts';

/** No setting nests deeper than a few; a text that does is something else. */
export const maxDepth = 500;

/** Whether brackets, or the marks of one line, nest without end: reading them would take as long as their number squared. */
export function isDeep(text: string): boolean {
  let brackets = 0;
  let marks = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '[' || char === '{') brackets++;
    else if ((char === ']' || char === '}') && brackets > 0) brackets--;
    else if (char === '\n' || char === ',') marks = 0;
    else if ((char === ':' || char === '-' || char === '?') && /\s/.test(text.charAt(at + 1))) marks++;
    if (brackets > maxDepth || marks > maxDepth) return true;
  }
  return false;
}

/** What a node or an alias means. One pass finds all anchors: asked one by one, each alias would be looked up in the whole text. */
export function resolver(document: Document): (node: unknown) => Node | undefined {
  const anchors = new Map<string, Node>();
  const meant = new Map<unknown, Node | undefined>();
  visit(document, {
    Node: (_, node) => {
      if (isAlias(node)) meant.set(node, anchors.get(node.source));
      else if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
  });
  return (node) => (isAlias(node) ? meant.get(node) : ((node ?? undefined) as Node | undefined));
}

/** Where a node stands. */
export function spanOf(node: Node): Span {
  const [start, end] = node.range ?? [0, 0];
  return { start, end };
}

/** Where a map begins: its first key. */
export function firstOf(map: YAMLMap): Span {
  const key: unknown = map.items[0]?.key;
  return isScalar(key) ? spanOf(key) : spanOf(map);
}

/** Words as code, with commas. */
export function list(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(', ');
}

/** A day that exists, as YYYY-MM-DD. */
export function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
