import type { TextEdit } from '../core/text.ts';

/** A stretch of the first text that is still there, or text that came in its place. */
type Stretch = { readonly start: number; readonly end: number } | { readonly added: string };

/** Edits that were planned one after the other, each on the text the ones before had made. */
export interface Trail {
  /** Remembers edits of the present text; they may not overlap. */
  follow(edits: readonly TextEdit[]): void;
  /** All of them as edits of the first text: only what differs is replaced. */
  edits(): readonly TextEdit[];
}

/** Begins a trail on a text of `length` UTF-16 units. */
export function trail(length: number): Trail {
  let stretches: readonly Stretch[] = [{ start: 0, end: length }];
  const one = ({ span, newText }: TextEdit): void => {
    const next: Stretch[] = [];
    let at = 0;
    let placed = newText === '';
    const place = (): void => {
      if (!placed) next.push({ added: newText });
      placed = true;
    };
    for (const stretch of stretches) {
      const size = sizeOf(stretch);
      const cutStart = Math.max(0, Math.min(size, span.start - at));
      const cutEnd = Math.max(0, Math.min(size, span.end - at));
      if (cutStart > 0) next.push(part(stretch, 0, cutStart));
      if (at + size > span.start || (at + size === span.start && cutStart === size && span.start === span.end)) place();
      if (cutEnd < size) next.push(part(stretch, cutEnd, size));
      at += size;
    }
    place();
    stretches = next.filter((stretch) => sizeOf(stretch) > 0);
  };
  return {
    // From the last to the first, so that offsets before an edit stay as they are.
    follow: (edits) => [...edits].sort((a, b) => b.span.start - a.span.start || b.span.end - a.span.end).forEach(one),
    edits: () => {
      const edits: TextEdit[] = [];
      let at = 0;
      let added = '';
      const close = (start: number): void => {
        if (start > at || added !== '') edits.push({ span: { start: at, end: start }, newText: added });
        added = '';
      };
      for (const stretch of stretches) {
        if ('added' in stretch) added += stretch.added;
        else {
          close(stretch.start);
          at = stretch.end;
        }
      }
      close(length);
      return edits;
    },
  };
}

function sizeOf(stretch: Stretch): number {
  return 'added' in stretch ? stretch.added.length : stretch.end - stretch.start;
}

function part(stretch: Stretch, from: number, to: number): Stretch {
  return 'added' in stretch
    ? { added: stretch.added.slice(from, to) }
    : { start: stretch.start + from, end: stretch.start + to };
}
