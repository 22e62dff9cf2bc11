import type { Change, Span } from '../text.ts';
import { cutJson } from './cut-json.ts';
import { cutYaml } from './cut-yaml.ts';

/** One path item, webhook, component or root entry: what is lowered, cached and judged alone. */
export interface Piece {
  /** JSON pointer from the document's root; `''` where the document is one piece. */
  readonly pointer: string;
  readonly name: string;
  /** UTF-16 offsets in the document. A piece reaches up to the next one, so that the comments behind it belong to it. */
  readonly start: number;
  readonly end: number;
  /** Where the value begins, counted from `start`; 0 where key and value are read together (YAML). */
  readonly valueStart: number;
  /** The key, counted from `start`, where key and value are read apart (JSON). */
  readonly key?: Span;
}

/** A map that is cut into its entries: `paths`, `webhooks`, `components` and each of its sections. */
export interface Frame {
  readonly pointer: string;
  readonly key: Span;
  /** Column of its entries' keys; undefined while it has none. */
  readonly indent: number | undefined;
  /** Behind the last entry, in the document. */
  readonly end: number;
}

export interface Cut {
  readonly pieces: readonly Piece[];
  readonly frames: readonly Frame[];
  readonly format: 'yaml' | 'json';
}

const bom = 0xfeff;

/** The document as one piece: what is done where borders cannot be trusted (anchors across pieces, flow style at the root). */
export function onePiece(text: string, format: 'yaml' | 'json'): Cut {
  const start = text.charCodeAt(0) === bom ? 1 : 0;
  return { pieces: [{ pointer: '', name: '', start, end: text.length, valueStart: 0 }], frames: [], format };
}

/** An earlier cut, and what was changed in its text since. */
export interface Recut {
  readonly cut: Cut;
  readonly change: Change;
}

/**
 * Cuts an OpenAPI document at the borders of its path items, components and root entries. Where the borders cannot be told it is one piece. With an
 * earlier cut only the pieces around the change are read again; the result is the same as without.
 */
export function cut(text: string, previous?: Recut): Cut {
  const start = text.charCodeAt(0) === bom ? 1 : 0;
  const first = /\S/.exec(text.slice(start, start + 4096))?.[0];
  const format = first === '{' ? 'json' : 'yaml';
  const known = previous?.cut.format === format && previous.cut.frames.length > 0 ? previous : undefined;
  if (format === 'yaml') return cutYaml(text, start, known) ?? onePiece(text, 'yaml');
  return cutJson(text, start, known) ?? onePiece(text, looksLikeJson(text, start) ? 'json' : 'yaml');
}

function looksLikeJson(text: string, start: number): boolean {
  return /^\s*\{\s*["}]/.test(text.slice(start, start + 4096));
}

/** Index of the last piece that begins at or before `offset`; -1 where none does. */
export function pieceAt(pieces: readonly Piece[], offset: number): number {
  let low = 0;
  let high = pieces.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pieces[middle]?.start ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  return low - 1;
}
