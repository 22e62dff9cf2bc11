import { type Cut, type Frame, type Piece, pieceAt, type Recut } from './piece.ts';

/** What stands in one object. */
interface Level {
  readonly pieces: Piece[];
  readonly frames: Frame[];
  /** Of its first member's key; undefined where it is empty. */
  readonly indent: number | undefined;
  /** Where its brace closes. */
  readonly end: number;
}

/** Finds the earlier piece that begins at `at` and whose text was not touched. */
type Known = (at: number, pointer: string) => Piece | undefined;

/**
 * Cuts a JSON document by its braces. Undefined where the text is not JSON down to the components: then it is one piece. Members that an earlier cut
 * knows are jumped over.
 */
export function cutJson(text: string, start: number, previous: Recut | undefined): Cut | undefined {
  const level = readObject(text, skipBlank(text, start), '', untouched(previous));
  if (!level || level.pieces.length === 0) return undefined;
  return { pieces: level.pieces, frames: level.frames, format: 'json' };
}

function untouched(previous: Recut | undefined): Known {
  if (!previous) return () => undefined;
  const { cut, change } = previous;
  const shift = change.newEnd - change.oldEnd;
  return (at, pointer) => {
    if (at >= change.start && at < change.newEnd) return undefined;
    const behind = at >= change.newEnd;
    const start = behind ? at - shift : at;
    const piece = cut.pieces[pieceAt(cut.pieces, start)];
    if (piece?.start !== start || (!behind && piece.end >= change.start)) return undefined;
    if (!piece.pointer.startsWith(`${pointer}/`) || piece.pointer.includes('/', pointer.length + 1)) return undefined;
    return behind && shift !== 0 ? { ...piece, start: start + shift, end: piece.end + shift } : piece;
  };
}

/** Whether what stands under `name` is cut into its entries, where it is an object. */
function isCut(pointer: string, name: string): boolean {
  if (pointer === '') return name === 'paths' || name === 'webhooks' || name === 'components';
  return pointer === '/components' && !name.startsWith('x-');
}

/** The members of the object whose brace stands at `open`, as pieces; undefined where it cannot be read. */
function readObject(text: string, open: number, pointer: string, known: Known): Level | undefined {
  if (text.charAt(open) !== '{') return undefined;
  const pieces: Piece[] = [];
  const frames: Frame[] = [];
  let at = skipBlank(text, open + 1);
  if (text.charAt(at) === '}') return { pieces, frames, indent: undefined, end: at };
  const indent = columnOf(text, at);
  while (at < text.length) {
    const before = known(at, pointer);
    let end = before ? skipBlank(text, before.end) : -1;
    if (before && (text.charAt(end) === ',' || text.charAt(end) === '}')) pieces.push(before);
    else {
      if (text.charAt(at) !== '"') return undefined;
      const keyEnd = stringEnd(text, at);
      const mark = skipBlank(text, keyEnd);
      if (text.charAt(mark) !== ':') return undefined;
      const value = skipBlank(text, mark + 1);
      const name = nameOf(text.slice(at, keyEnd));
      const own = `${pointer}/${token(name)}`;
      const inner = isCut(pointer, name) ? readObject(text, value, own, known) : undefined;
      const stop = inner ? inner.end + 1 : valueEnd(text, value);
      if (stop === undefined) return undefined;
      if (inner) {
        frames.push({ pointer: own, key: { start: at, end: keyEnd }, indent: inner.indent, end: inner.end });
        for (const frame of inner.frames) frames.push(frame);
        for (const piece of inner.pieces) pieces.push(piece);
      } else {
        pieces.push({
          pointer: own,
          name,
          start: at,
          end: trimmed(text, value, stop),
          valueStart: value - at,
          key: { start: 0, end: keyEnd - at },
        });
      }
      end = skipBlank(text, stop);
    }
    if (text.charAt(end) === '}') return { pieces, frames, indent, end };
    if (text.charAt(end) !== ',') return undefined;
    at = skipBlank(text, end + 1);
  }
  return undefined;
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
