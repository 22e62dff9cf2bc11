import { sqlComments } from './sql-comment.ts';
import type { Span } from './text.ts';
import { readYamlLine, type YamlState, yamlStart } from './yaml-comment.ts';

/** How a document's comments begin: `#` in YAML, `--` in SQL. JSON has none, and Markdown none that we read. */
export type Commenting = 'yaml' | 'sql' | 'none';

type DisableScope = 'line' | 'next-line' | 'file';

/**
 * A disable comment. One grammar in YAML (`#`) and SQL (`--`):
 *
 *     backend-architect-disable-line <rule>[, <rule>…]: <reason>        behind what it speaks of, on the same line
 *     backend-architect-disable-next-line <rule>[, <rule>…]: <reason>   alone on a line; comments and blank lines may follow before the line it means
 *     backend-architect-disable-file <rule>[, <rule>…]: <reason>        anywhere in the file
 *
 * A finding whose first line is meant is silenced. Without a reason nothing is silenced.
 */
export interface Disable {
  /** Undefined where the word behind `backend-architect-disable` is none of the three. */
  readonly scope: DisableScope | undefined;
  /** The word that was written, `backend-architect-disable…`. */
  readonly word: Span;
  readonly rules: readonly { readonly id: string; readonly at: Span }[];
  readonly reason: string;
  /** From the word to the end of the comment. */
  readonly span: Span;
  /** Where the line begins that it means; -1 where there is none. Of no meaning for `file`. */
  readonly line: number;
  /** Nothing but the comment stands on its line. */
  readonly alone: boolean;
}

export const disableWord = 'backend-architect-disable';

export function commentingOf(file: string, text: string): Commenting {
  if (/\.sql$/i.test(file)) return 'sql';
  if (/\.(?:json|md|markdown)$/i.test(file)) return 'none';
  return /^\uFEFF?\s*[{[]/.test(text.slice(0, 1000)) ? 'none' : 'yaml';
}

interface Comment {
  /** Behind the mark. */
  readonly start: number;
  readonly end: number;
  readonly lineStart: number;
  readonly alone: boolean;
}

/** The disable comments of a text. What looks like one inside a string does not count. Linear, and nearly free where there is none. */
export function disablesIn(text: string, commenting: Commenting): readonly Disable[] {
  if (commenting === 'none' || !text.includes(disableWord)) return [];
  const comments = commenting === 'yaml' ? yamlComments(text) : dashComments(text);
  const found: Disable[] = [];
  for (const comment of comments.list) {
    const disable = read(text, comment, comments);
    if (disable) found.push(disable);
  }
  return found;
}

interface Comments {
  readonly list: readonly Comment[];
  /** The first line with something to judge behind `offset`; -1 for none. */
  nextLine(offset: number): number;
}

function yamlComments(text: string): Comments {
  const list: Comment[] = [];
  const contents: number[] = [];
  let state: YamlState = yamlStart;
  for (let at = text.charCodeAt(0) === 0xfeff ? 1 : 0; at < text.length;) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    const line = readYamlLine(text, at, end, state);
    state = line.state;
    if (line.content) contents.push(at);
    if (line.comment >= 0) {
      const stop = text.charCodeAt(end - 1) === 13 ? end - 1 : end;
      list.push({ start: line.comment + 1, end: stop, lineStart: at, alone: !line.content });
    }
    at = end + 1;
  }
  return { list, nextLine: (offset) => contents[firstAbove(contents, offset)] ?? -1 };
}

function dashComments(text: string): Comments {
  const { lines } = sqlComments(text);
  const list = lines.map(({ start, end }): Comment => {
    const lineStart = lineStartOf(text, start);
    return { start: start + 2, end, lineStart, alone: /^\uFEFF?\s*$/.test(text.slice(lineStart, start)) };
  });
  const alone = new Set(list.flatMap((comment) => (comment.alone ? [comment.lineStart] : [])));
  const nextLine = (offset: number): number => {
    for (let newline = text.indexOf('\n', offset); newline >= 0; newline = text.indexOf('\n', newline + 1)) {
      const next = text.indexOf('\n', newline + 1);
      const line = text.slice(newline + 1, next < 0 ? text.length : next);
      if (line.trim() !== '' && !alone.has(newline + 1)) return newline + 1;
    }
    return -1;
  };
  return { list, nextLine };
}

function firstAbove(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Where the line of `offset` begins. Lines end at LF or a lone CR, as in `lineIndex`. */
export function lineStartOf(text: string, offset: number): number {
  let at = offset;
  while (at > 0) {
    const code = text.charCodeAt(at - 1);
    if (code === 10 || (code === 13 && text.charCodeAt(at) !== 10)) break;
    at--;
  }
  return at;
}

function read(text: string, comment: Comment, comments: Comments): Disable | undefined {
  const match = /^[\s#-]*(backend-architect-disable[\w-]*)(.*)$/.exec(text.slice(comment.start, comment.end));
  if (!match) return undefined;
  const [whole, word = '', rest = ''] = match;
  const start = comment.start + whole.length - rest.length - word.length;
  const scope = (['line', 'next-line', 'file'] as const).find((one) => word === `${disableWord}-${one}`);
  const colon = rest.indexOf(':');
  const names = colon < 0 ? rest : rest.slice(0, colon);
  const reason = colon < 0 ? '' : rest.slice(colon + 1).trim();
  const rules: { id: string; at: Span }[] = [];
  const restStart = start + word.length;
  for (const part of names.matchAll(/[^\s,]+/g)) {
    const at = restStart + part.index;
    rules.push({ id: part[0], at: { start: at, end: at + part[0].length } });
  }
  return {
    scope,
    word: { start, end: restStart },
    rules,
    reason,
    span: { start, end: comment.end },
    line: scope === 'next-line' ? comments.nextLine(comment.lineStart) : comment.lineStart,
    alone: comment.alone,
  };
}
