import type { Span } from '../text.ts';
import type { ColumnName, TableName } from './operations.ts';
import { foldCase, identifier, tokens, type Token } from './tokens.ts';
import { byteOffsets, type RangeVar } from './tree.ts';

/** A stretch of tokens: indices into `StatementWords.tokens`, the second one excluded. */
export interface TokenRange {
  readonly from: number;
  readonly to: number;
}

/** A dotted name found among the tokens. */
export interface Dotted {
  readonly parts: readonly string[];
  /** The last identifier. */
  readonly at: Span;
  /** Index of the token after it. */
  readonly next: number;
}

/** Finds places in a statement whose tree says what it means but seldom where. */
export interface StatementWords {
  readonly text: string;
  /** Comments and a closing semicolon left out. */
  readonly tokens: readonly Token[];
  /** Index of the token at the byte offset of a tree node. */
  indexAt(location: number | undefined): number;
  /** The token's text: lower case for unquoted words, as written for signs, empty for quoted things and past the end. */
  word(index: number): string;
  /** Index of the first token from `from` on whose word is `word`, or -1. */
  find(word: string, from?: number, to?: number): number;
  /** Index of the first identifier token equal to `name`, or -1. */
  findName(name: string, range: TokenRange): number;
  /** Index of the bracket that closes the one at `open`; the end where it is missing. */
  closing(open: number): number;
  /** Cuts a range at its commas, brackets respected. */
  commas(range: TokenRange): TokenRange[];
  /** Index of the first `,` or unopened `)` from `from` on. */
  clauseEnd(from: number): number;
  dotted(from: number): Dotted | undefined;
  /** The text's stretch of some tokens. */
  span(range: TokenRange): Span;
  table(relation: RangeVar): TableName;
  /** The identifier at a token. */
  column(index: number): ColumnName | undefined;
  /** The names in the brackets that open at or after `from`. */
  columnsInBrackets(from: number): ColumnName[];
}

export function statementWords(text: string): StatementWords {
  const all = tokens(text);
  const last = all.at(-1);
  if (last !== undefined && text.charCodeAt(last.start) === 59) all.pop();
  const units = byteOffsets(text);

  const indexAt = (location: number | undefined): number => {
    const offset = units(location ?? 0);
    let low = 0;
    let high = all.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((all[middle]?.start ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const word = (index: number): string => {
    const token = all[index];
    if (token === undefined) return '';
    if (token.kind === 'word') return foldCase(text.slice(token.start, token.end));
    return token.kind === 'sign' ? text.slice(token.start, token.end) : '';
  };
  const find = (wanted: string, from = 0, to = all.length): number => {
    for (let i = Math.max(0, from); i < to; i++) if (word(i) === wanted) return i;
    return -1;
  };
  const column = (index: number): ColumnName | undefined => {
    const token = all[index];
    if (token === undefined || (token.kind !== 'word' && token.kind !== 'name')) return undefined;
    return { name: identifier(text, token), at: { start: token.start, end: token.end } };
  };
  const findName = (name: string, range: TokenRange): number => {
    for (let i = range.from; i < range.to; i++) if (column(i)?.name === name) return i;
    return -1;
  };
  const closing = (open: number): number => {
    let depth = 0;
    for (let i = open; i < all.length; i++) {
      const sign = word(i);
      if (sign === '(' || sign === '[') depth++;
      else if ((sign === ')' || sign === ']') && --depth === 0) return i;
    }
    return all.length;
  };
  const clauseEnd = (from: number): number => {
    for (let i = from; i < all.length; i++) {
      const sign = word(i);
      if (sign === '(' || sign === '[') i = closing(i);
      else if (sign === ',' || sign === ')') return i;
    }
    return all.length;
  };
  const commas = (range: TokenRange): TokenRange[] => {
    const parts: TokenRange[] = [];
    let from = range.from;
    while (from < range.to) {
      const to = Math.min(clauseEnd(from), range.to);
      parts.push({ from, to });
      if (word(to) !== ',') break;
      from = to + 1;
    }
    return parts;
  };
  const dotted = (from: number): Dotted | undefined => {
    const parts: string[] = [];
    let next = from;
    let found: ColumnName | undefined;
    while (true) {
      const part = column(next);
      if (part === undefined) break;
      found = part;
      parts.push(part.name);
      next++;
      if (word(next) !== '.') break;
      next++;
    }
    return found === undefined ? undefined : { parts, at: found.at, next };
  };
  const span = (range: TokenRange): Span => {
    const first = all[range.from];
    const end = all[Math.max(range.from, range.to - 1)]?.end ?? text.length;
    return { start: first?.start ?? text.length, end };
  };
  return {
    text,
    tokens: all,
    indexAt,
    word,
    find,
    findName,
    closing,
    commas,
    clauseEnd,
    dotted,
    span,
    column,
    table: (relation) => {
      const at = dotted(indexAt(relation.location))?.at ?? { start: 0, end: text.length };
      return { schema: relation.schemaname, name: relation.relname, at };
    },
    columnsInBrackets: (from) => {
      const open = find('(', from);
      if (open < 0) return [];
      const names: ColumnName[] = [];
      for (const part of commas({ from: open + 1, to: closing(open) })) {
        const name = column(part.from);
        if (name !== undefined) names.push(name);
      }
      return names;
    },
  };
}
