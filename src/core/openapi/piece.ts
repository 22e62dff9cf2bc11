import type { Change, Span } from '../text.ts';

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

/** An earlier cut, and what was changed in its text since. */
export interface Recut {
  readonly cut: Cut;
  readonly change: Change;
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
