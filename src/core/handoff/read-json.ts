import { type Node as JsonNode, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { lineFrom, type MapNode, type Node } from '../openapi/tree.ts';
import type { Span } from '../text.ts';

/** A strict JSON text as far as it can be read. Spans are UTF-16 and count from the text's start. */
export interface JsonReading {
  /** What could be read; with problems, a part of it. */
  readonly root: Node | undefined;
  readonly problems: readonly JsonProblem[];
}

export interface JsonProblem {
  readonly at: Span;
  readonly message: string;
}

/** Deeper texts are not read: readers call themselves for every level. */
const maxDepth = 100;
/** After so many the text is no JSON at all. */
const mostProblems = 20;

const sentences: Readonly<Record<string, string>> = {
  InvalidSymbol: 'JSON knows `true`, `false`, `null`, numbers, strings in double quotes, objects and lists here',
  InvalidNumberFormat: 'This is no number that JSON knows',
  PropertyNameExpected: 'A name in double quotes has to stand here',
  ValueExpected: 'A value has to stand here',
  ColonExpected: 'A colon has to stand here',
  CommaExpected: 'A comma has to stand here',
  CloseBraceExpected: 'The object is not closed: `}` has to stand here',
  CloseBracketExpected: 'The list is not closed: `]` has to stand here',
  EndOfFileExpected: 'The document has ended before this',
  InvalidCommentToken: 'JSON has no comments',
  UnexpectedEndOfComment: 'JSON has no comments',
  UnexpectedEndOfString: 'The string does not end on its line: `"` has to stand here',
  UnexpectedEndOfNumber: 'The number is not complete',
  InvalidUnicode: 'After `\\u` four hexadecimal digits have to stand',
  InvalidEscapeCharacter: 'JSON does not know this escape; a backslash itself is written `\\\\`',
  InvalidCharacter: 'A control character has to be written as an escape, for example `\\n`',
};

/** Reads JSON as strictly as other programs do: no comments, no trailing commas, nothing empty. A byte order mark is passed over. Never throws. */
export function readJson(text: string): JsonReading {
  // As long as before, so that places stay.
  const source = text.charCodeAt(0) === 0xfeff ? ` ${text.slice(1)}` : text;
  if (source.trim() === '') return { root: undefined, problems: [{ at: lineFrom(text, 0), message: 'It is empty' }] };
  const deep = tooDeep(source);
  if (deep !== undefined) {
    const message = `Nested deeper than ${maxDepth} levels`;
    return { root: undefined, problems: [{ at: lineFrom(text, deep), message }] };
  }
  const errors: ParseError[] = [];
  const tree = parseTree(source, errors, { disallowComments: true, allowTrailingComma: false });
  // One place is told once: what the reader says next of it follows from the first.
  const first = errors.filter(({ offset }, index) => errors[index - 1]?.offset !== offset);
  const problems = first.slice(0, mostProblems).map(({ error, offset, length }) => ({
    at: length > 0 ? { start: offset, end: Math.min(offset + length, text.length) } : lineFrom(text, offset),
    message: sentences[printParseErrorCode(error)] ?? 'This is not JSON',
  }));
  const root = tree && nodeOf(tree, source);
  if (root) problems.push(...duplicates(root));
  return { root, problems };
}

/** The offset at which the text is nested too deeply. */
function tooDeep(text: string): number | undefined {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 34) {
      for (i++; i < text.length; i++) {
        const inner = text.charCodeAt(i);
        if (inner === 92) i++;
        else if (inner === 34 || inner === 10) break;
      }
    } else if (code === 123 || code === 91) {
      if (++depth > maxDepth) return i;
    } else if (code === 125 || code === 93) depth--;
  }
  return undefined;
}

function nodeOf(node: JsonNode, text: string): Node {
  const span = { start: node.offset, end: Math.min(node.offset + node.length, text.length) };
  const children = node.children ?? [];
  if (node.type === 'object') {
    return {
      ...span,
      kind: 'map',
      flow: true,
      entries: children.flatMap(({ children: [key, value] = [] }) =>
        key && value
          ? [
              {
                name: String(key.value),
                key: { start: key.offset, end: key.offset + key.length },
                value: nodeOf(value, text),
              },
            ]
          : [],
      ),
    };
  }
  if (node.type === 'array')
    return { ...span, kind: 'seq', flow: true, items: children.map((one) => nodeOf(one, text)) };
  const value = node.value as string | number | boolean | null | undefined;
  return { ...span, kind: 'scalar', value: value ?? null, quoted: node.type === 'string' };
}

function duplicates(root: Node): JsonProblem[] {
  const found: JsonProblem[] = [];
  const look = (node: Node): void => {
    if (node.kind === 'seq') for (const item of node.items) look(item);
    if (node.kind !== 'map') return;
    const seen = new Set<string>();
    for (const { name, key, value } of node.entries) {
      if (seen.has(name)) found.push({ at: key, message: `\`${name}\` stands here twice; readers take the last one` });
      seen.add(name);
      look(value);
    }
  };
  look(root);
  return found;
}

/** The value as JSON.parse would give it. */
export function plainOf(node: Node): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'seq') return node.items.map(plainOf);
  return Object.fromEntries(node.entries.map(({ name, value }) => [name, plainOf(value)]));
}

/** The root, where it is an object. */
export function objectOf({ root }: JsonReading): MapNode | undefined {
  return root?.kind === 'map' ? root : undefined;
}
