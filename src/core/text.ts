/** A half-open stretch of text in UTF-16 code units, counted from 0. What it is counted from (a document or a piece) is said where it is used. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A place in a document: line and UTF-16 character, both counted from 0 (the Language Server Protocol's default). */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** Replaces `span` of a document by `newText`. Offsets are UTF-16, in the document the edit was planned for. */
export interface TextEdit {
  readonly span: Span;
  readonly newText: string;
}

/** The stretch of an earlier text that was replaced, and where its replacement ends in the text of now. UTF-16 offsets. */
export interface Change {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** Translates offsets into positions. Lines end at LF, CRLF or a lone CR, as in the Language Server Protocol. */
export interface LineIndex {
  readonly lineCount: number;
  position(offset: number): Position;
  offset(position: Position): number;
  /** Offset of the first character of `line`; the text's length when there is no such line. */
  lineStart(line: number): number;
  range(span: Span): Range;
}

export function lineIndex(text: string): LineIndex {
  const starts: number[] = [0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10) starts.push(i + 1);
    else if (code === 13 && text.charCodeAt(i + 1) !== 10) starts.push(i + 1);
  }
  const lineOf = (offset: number): number => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const position = (offset: number): Position => {
    const at = Math.max(0, Math.min(offset, text.length));
    const line = lineOf(at);
    return { line, character: at - (starts[line] ?? 0) };
  };
  return {
    lineCount: starts.length,
    position,
    lineStart: (line) => starts[line] ?? text.length,
    offset: ({ line, character }) => {
      if (line < 0) return 0;
      const start = starts[line] ?? text.length;
      const next = starts[line + 1] ?? text.length;
      return Math.min(start + Math.max(0, character), next);
    },
    range: (span) => ({ start: position(span.start), end: position(span.end) }),
  };
}

/** The text after `edits`, which may come in any order and may not overlap. Throws a RangeError when they do. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = edits
    .map((edit, index) => ({ edit, index }))
    .sort((a, b) => a.edit.span.start - b.edit.span.start || a.edit.span.end - b.edit.span.end || a.index - b.index);
  let result = '';
  let at = 0;
  for (const { edit } of ordered) {
    if (edit.span.start < at) throw new RangeError('Edits overlap');
    result += text.slice(at, edit.span.start) + edit.newText;
    at = edit.span.end;
  }
  return result + text.slice(at);
}

/** The line break a document uses: that of its first line, LF where it has only one. */
export function lineBreakOf(text: string): '\n' | '\r\n' {
  const at = text.indexOf('\n');
  return at > 0 && text.charCodeAt(at - 1) === 13 ? '\r\n' : '\n';
}

/**
 * A 64-bit hash as 16 hexadecimal digits, for cache keys and fingerprints: two FNV-like lanes over UTF-16 units with a final mix (murmur3's).
 * Not for security: someone who tries can make two texts collide.
 */
export function hash(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x85ebca6b) ^ (b >>> 13);
  }
  return mix(a ^ text.length) + mix(b ^ a);
}

function mix(lane: number): string {
  let h = lane ^ (lane >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  h ^= h >>> 16;
  return (h >>> 0).toString(16).padStart(8, '0');
}

/** A copy that owns its characters: a slice of a large text would keep the whole text in memory for as long as it lives. */
export function ownCopy(text: string): string {
  return ` ${text}`.slice(1);
}
