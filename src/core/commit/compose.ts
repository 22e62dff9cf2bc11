import { applyEdits, lineBreakOf, type TextEdit } from '../text.ts';
import { readTrailers, type TrailerBlock } from './trailers.ts';

/** A trailer that is to be written. */
export interface NewTrailer {
  readonly key: string;
  readonly value: string;
}

export interface NewMessage {
  readonly type: string;
  /** Left out where it is empty. */
  readonly scope: string;
  readonly breaking?: boolean;
  readonly description: string;
  /** Paragraphs between header and trailers; left out where it is empty. */
  readonly body?: string;
  readonly trailers: readonly NewTrailer[];
}

/**
 * Text as one line: line breaks of every kind (CR, LF, NEL, U+2028, U+2029), tabs and other control characters become one blank. So nothing that is
 * written as a value can begin a line, and with it another trailer.
 */
export function oneLine(text: string): string {
  return text.replaceAll(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

/** The message in the agent format, LF between its lines, without a line break at the end. Empty trailers are left out. */
export function printMessage({ type, scope, breaking, description, body = '', trailers }: NewMessage): string {
  const inBrackets = oneLine(scope).replaceAll(/[()]/g, '');
  const header = `${oneLine(type)}${inBrackets === '' ? '' : `(${inBrackets})`}${breaking ? '!' : ''}: ${oneLine(description)}`;
  const paragraphs = body.replaceAll(/\r\n?|[\u0085\u2028\u2029]/g, '\n').replaceAll('\0', '');
  const text = paragraphs.trim() === '' ? header : `${header}\n\n${paragraphs.replace(/^(?:[ \t]*\n)+/, '').trimEnd()}`;
  return addTrailers(text, trailers).text;
}

export interface Added {
  readonly text: string;
  /** How many were added or given another value. */
  readonly count: number;
}

/** {@link planTrailers} carried out. */
export function addTrailers(text: string, trailers: readonly NewTrailer[]): Added {
  const { edits, count } = planTrailers(text, trailers);
  return { text: applyEdits(text, edits), count };
}

/**
 * The edits that give a message these trailers, as `git interpret-trailers --where after --if-exists replace` would, except that only whole keys are the
 * same key: one that is there gets the new value in its place (the last one, where it is there several times), the others follow the block; a message
 * without a block gets one behind a blank line. Everything else stays as it is, byte for byte, and doing it twice changes nothing. Empty values are left
 * out. Throws a RangeError for a key that git would not read as one.
 */
export function planTrailers(
  text: string,
  trailers: readonly NewTrailer[],
): { readonly edits: readonly TextEdit[]; readonly count: number } {
  const block = readTrailers(text);
  const lineBreak = lineBreakOf(text);
  const wanted = new Map<string, NewTrailer>();
  for (const { key, value } of trailers) {
    if (!/^[A-Za-z0-9][A-Za-z0-9-]*$/.test(key)) throw new RangeError(`${oneLine(key)} cannot be a trailer's key.`);
    const line = oneLine(value);
    if (line !== '') wanted.set(key.toLowerCase(), { key, value: line });
  }
  const edits: TextEdit[] = [];
  const added: string[] = [];
  for (const [name, { key, value }] of wanted) {
    const there = block.trailers.filter((one) => one.key.toLowerCase() === name).at(-1);
    if (!there) added.push(`${key}: ${value}`);
    else if (there.value !== value) {
      const gap = there.valueAt.start === there.valueAt.end ? ' ' : '';
      const from = gap === '' ? there.valueAt.start : text.indexOf(':', there.keyAt.end) + 1;
      edits.push({ span: { start: from, end: Math.max(from, there.at.end) }, newText: `${gap}${value}` });
    }
  }
  const count = edits.length + added.length;
  if (added.length > 0) edits.push(...insertion(text, block, added, lineBreak));
  return { edits, count };
}

function insertion(
  text: string,
  { start, end }: TrailerBlock,
  lines: readonly string[],
  lineBreak: string,
): readonly TextEdit[] {
  const hasBlock = start < end;
  // Blank lines and comments at the end may be of the block: new lines follow the last one that is neither.
  let last = hasBlock ? contentEnd(text, start, end) : end;
  const edits: TextEdit[] = [];
  if (last === text.length && /(?:^|\n)---$/.test(text.slice(-4))) {
    // As soon as a line break follows, this line ends the message: the trailers go before it, and it gets one.
    edits.push({ span: { start: last, end: last }, newText: lineBreak });
    last -= 3;
  }
  const before = text.slice(0, last);
  const open = before !== '' && !before.endsWith('\n') ? lineBreak : '';
  const behindBlank = /(?:^|\n)[ \t\r]*\n$/.test(before.slice(-200)) && before !== '';
  const gap = hasBlock || behindBlank ? '' : lineBreak;
  const close = last < text.length || (before.endsWith('\n') && before !== '') ? lineBreak : '';
  edits.push({ span: { start: last, end: last }, newText: `${open}${gap}${lines.join(lineBreak)}${close}` });
  return edits;
}

/** Behind the last line between `from` and `to` that is neither blank nor a comment. */
function contentEnd(text: string, from: number, to: number): number {
  let at = to;
  while (at > from) {
    const start = at < 2 ? 0 : text.lastIndexOf('\n', at - 2) + 1;
    if (!/^#|^\s*$/.test(text.slice(start, at))) break;
    at = start;
  }
  return at;
}
