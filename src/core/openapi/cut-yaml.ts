import type { Span } from '../text.ts';
import { type Cut, type Frame, type Piece, pieceAt, type Recut } from './piece.ts';
import { type LineState, readLine, startState } from './yaml-line.ts';

interface Draft {
  pointer: string;
  name: string;
  start: number;
}

interface OpenFrame {
  pointer: string;
  key: Span;
  indent: number | undefined;
}

/**
 * Cuts a YAML document in one pass that keeps the lexer's state per line (quotes, flow collections, block scalars, `?` keys). At a piece's first line
 * nothing is open but the maps around it: there an earlier cut can be taken up, and there it can be gone on with behind the change.
 */
export function cutYaml(text: string, start: number, previous: Recut | undefined): Cut | undefined {
  const pieces: Piece[] = [];
  const frames: Frame[] = [];
  let draft: Draft | undefined;
  let root: OpenFrame | undefined;
  let section: OpenFrame | undefined;
  let state: LineState = startState;
  let seen = false;

  const endPiece = (at: number): void => {
    if (draft) pieces.push({ ...draft, end: at, valueStart: 0 });
    draft = undefined;
  };
  const endFrame = (frame: OpenFrame | undefined, at: number): void => {
    if (frame) frames.push({ ...frame, end: at });
  };
  const endSection = (at: number): void => {
    endPiece(at);
    endFrame(section, at);
    section = undefined;
  };
  const endRoot = (at: number): void => {
    endSection(at);
    endFrame(root, at);
    root = undefined;
  };

  let at = start;
  const from = previous ? untouched(text, previous) : -1;
  const first = previous?.cut.pieces[from];
  if (previous && first) {
    for (let i = 0; i < from; i++) pieces.push(previous.cut.pieces[i] ?? first);
    for (const frame of previous.cut.frames) if (frame.end <= first.start) frames.push(frame);
    ({ root, section } = around(previous.cut.frames, first.start));
    at = first.start;
  }
  let next = at;
  for (; at < text.length; at = next) {
    const newline = text.indexOf('\n', at);
    next = newline < 0 ? text.length : newline + 1;
    const line = readLine(text, at, newline < 0 ? text.length : newline, state);
    if (line === undefined) return undefined;
    state = line.state;
    const { indent, key } = line;
    if (line.marker !== undefined) {
      if (line.marker === 'end' || seen) {
        endRoot(at);
        return { pieces, frames, format: 'yaml' };
      }
      continue;
    }
    if (key === undefined) {
      // Something at the margin that is neither a key nor a comment: the root is no block map, or the text is broken there.
      if (line.content && indent === 0 && !line.continues && !draft && !root) return undefined;
      continue;
    }
    seen = true;
    const span = { start: key.start, end: key.end };
    if (indent === 0) {
      endRoot(at);
      if (line.opensBlock && (key.name === 'paths' || key.name === 'webhooks' || key.name === 'components')) {
        root = { pointer: `/${key.name}`, key: span, indent: undefined };
      } else draft = { pointer: `/${pointerToken(key.name)}`, name: key.name, start: at };
    } else if (root) {
      root.indent ??= indent;
      if (indent < root.indent) return undefined;
      if (indent === root.indent) {
        endSection(at);
        const pointer = `${root.pointer}/${pointerToken(key.name)}`;
        if (root.pointer === '/components' && line.opensBlock && !key.name.startsWith('x-')) {
          section = { pointer, key: span, indent: undefined };
        } else draft = { pointer, name: key.name, start: at };
      } else if (section) {
        section.indent ??= indent;
        if (indent < section.indent) return undefined;
        if (indent === section.indent) {
          endPiece(at);
          draft = { pointer: `${section.pointer}/${pointerToken(key.name)}`, name: key.name, start: at };
        }
      }
    }
    if (previous && draft?.start === at && at >= previous.change.newEnd) {
      const same = sameFrom(previous, draft, root, section);
      if (same >= 0) {
        goOn(previous, same, [root, section], pieces, frames);
        return { pieces, frames, format: 'yaml' };
      }
    }
  }
  endRoot(text.length);
  return pieces.length > 0 ? { pieces, frames, format: 'yaml' } : undefined;
}

/** The last piece whose first line ends before the change. */
function untouched(text: string, { cut, change }: Recut): number {
  let index = pieceAt(cut.pieces, change.start);
  for (; index >= 0; index--) {
    const newline = text.indexOf('\n', cut.pieces[index]?.start);
    if (newline >= 0 && newline < change.start) break;
  }
  return index;
}

/** The maps that are open at `offset`, in the text of the earlier cut. */
function around(
  frames: readonly Frame[],
  offset: number,
): { root: OpenFrame | undefined; section: OpenFrame | undefined } {
  const open = frames.filter(({ key, end }) => key.start < offset && offset < end);
  const copy = (frame: Frame | undefined): OpenFrame | undefined =>
    frame && { pointer: frame.pointer, key: frame.key, indent: frame.indent };
  const isRoot = ({ pointer }: Frame): boolean => pointer.lastIndexOf('/') === 0;
  return { root: copy(open.find(isRoot)), section: copy(open.find((frame) => !isRoot(frame))) };
}

/** The earlier piece that stood where `draft` stands now, where the same maps are open around both: from there all is as it was. -1 for none. */
function sameFrom(
  { cut, change }: Recut,
  draft: Draft,
  root: OpenFrame | undefined,
  section: OpenFrame | undefined,
): number {
  const start = draft.start - change.newEnd + change.oldEnd;
  const index = pieceAt(cut.pieces, start);
  const piece = cut.pieces[index];
  if (piece?.start !== start || piece.pointer !== draft.pointer) return -1;
  const before = around(cut.frames, start);
  const equal = (a: OpenFrame | undefined, b: OpenFrame | undefined): boolean =>
    a?.pointer === b?.pointer && a?.indent === b?.indent;
  return equal(before.root, root) && equal(before.section, section) ? index : -1;
}

/** Adds what the earlier cut has from its piece `index` on, moved by the change. */
function goOn(
  { cut, change }: Recut,
  index: number,
  open: readonly (OpenFrame | undefined)[],
  pieces: Piece[],
  frames: Frame[],
): void {
  const shift = change.newEnd - change.oldEnd;
  const start = cut.pieces[index]?.start ?? 0;
  for (let i = index; i < cut.pieces.length; i++) {
    const piece = cut.pieces[i];
    if (piece) pieces.push(shift === 0 ? piece : { ...piece, start: piece.start + shift, end: piece.end + shift });
  }
  for (const frame of cut.frames) {
    if (frame.end <= start) continue;
    const { pointer, indent, key } = frame;
    const begun = key.start < start ? open.find((one) => one?.pointer === pointer) : undefined;
    const moved = begun?.key ?? { start: key.start + shift, end: key.end + shift };
    frames.push({ pointer, key: moved, indent, end: frame.end + shift });
  }
}

function pointerToken(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
