import type { Span } from '../text.ts';
import type { Cut, Frame, Piece } from './cut.ts';

interface Member {
  readonly name: string;
  readonly key: Span;
  readonly value: Span;
}

/** Cuts a JSON document by its braces. Undefined where the text is not JSON down to the components: then it is one piece. */
export function cutJson(text: string, start: number): Cut | undefined {
  const open = skipBlank(text, start);
  const root = members(text, open);
  if (!root) return undefined;
  const pieces: Piece[] = [];
  const frames: Frame[] = [];
  const add = (pointer: string, member: Member): void => {
    pieces.push({
      pointer,
      name: member.name,
      start: member.key.start,
      end: member.value.end,
      valueStart: member.value.start - member.key.start,
      key: { start: 0, end: member.key.end - member.key.start },
    });
  };
  /** Cuts the object in `member` into its entries; false where it is none. */
  const frame = (pointer: string, member: Member, each: (pointer: string, inner: Member) => void): boolean => {
    if (text.charAt(member.value.start) !== '{') return false;
    const inner = members(text, member.value.start);
    if (!inner) return false;
    const first = inner.list[0];
    frames.push({
      pointer,
      key: member.key,
      indent: first ? columnOf(text, first.key.start) : undefined,
      end: inner.end,
    });
    for (const entry of inner.list) each(`${pointer}/${token(entry.name)}`, entry);
    return true;
  };
  for (const member of root.list) {
    const pointer = `/${token(member.name)}`;
    let done = false;
    if (member.name === 'paths' || member.name === 'webhooks') done = frame(pointer, member, add);
    else if (member.name === 'components') {
      done = frame(pointer, member, (inner, section) => {
        if (section.name.startsWith('x-') || !frame(inner, section, add)) add(inner, section);
      });
    }
    if (!done) add(pointer, member);
  }
  return pieces.length > 0 ? { pieces, frames, format: 'json' } : undefined;
}

function token(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

function skipBlank(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) break;
  }
  return at;
}

/** Behind the string that begins at `at`. A string that does not end on its line ends there: its piece alone is broken then. */
function stringEnd(text: string, at: number): number {
  for (let i = at + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 92) i++;
    else if (code === 34) return i + 1;
    else if (code === 10) return i;
  }
  return text.length;
}

/** Behind the value that begins at `at`. Counts braces, jumps over strings. */
function valueEnd(text: string, at: number): number | undefined {
  let depth = 0;
  let i = at;
  while (i < text.length) {
    const code = text.charCodeAt(i);
    if (code === 34) {
      i = stringEnd(text, i);
      if (depth === 0) return i;
      continue;
    }
    if (code === 123 || code === 91) depth++;
    else if (code === 125 || code === 93) {
      if (depth === 0) return i;
      depth--;
      if (depth === 0) return i + 1;
    } else if (code === 44 && depth === 0) return i;
    i++;
  }
  return undefined;
}

/** The members of the object whose brace stands at `open`. */
function members(text: string, open: number): { list: Member[]; end: number } | undefined {
  if (text.charAt(open) !== '{') return undefined;
  const list: Member[] = [];
  let at = skipBlank(text, open + 1);
  if (text.charAt(at) === '}') return { list, end: at };
  while (at < text.length) {
    if (text.charAt(at) !== '"') return undefined;
    const keyEnd = stringEnd(text, at);
    const mark = skipBlank(text, keyEnd);
    if (text.charAt(mark) !== ':') return undefined;
    const value = skipBlank(text, mark + 1);
    const end = valueEnd(text, value);
    if (end === undefined) return undefined;
    list.push({
      name: nameOf(text.slice(at, keyEnd)),
      key: { start: at, end: keyEnd },
      value: { start: value, end: trimmed(text, value, end) },
    });
    at = skipBlank(text, end);
    if (text.charAt(at) === '}') return { list, end: at };
    if (text.charAt(at) !== ',') return undefined;
    at = skipBlank(text, at + 1);
  }
  return undefined;
}

function trimmed(text: string, start: number, end: number): number {
  let stop = end;
  while (stop > start && /\s/.test(text.charAt(stop - 1))) stop--;
  return stop;
}

function nameOf(raw: string): string {
  try {
    const value: unknown = JSON.parse(raw);
    if (typeof value === 'string') return value;
  } catch {
    // An escape JSON does not know: the reader of the piece reports it.
  }
  return raw.slice(1, -1);
}
