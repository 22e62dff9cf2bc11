import { cutJson } from './cut-json.ts';
import { cutYaml } from './cut-yaml.ts';
import type { Cut, Recut } from './piece.ts';

const bom = 0xfeff;

/** The document as one piece: what is done where borders cannot be trusted (anchors across pieces, flow style at the root). */
export function onePiece(text: string, format: 'yaml' | 'json'): Cut {
  const start = text.charCodeAt(0) === bom ? 1 : 0;
  return { pieces: [{ pointer: '', name: '', start, end: text.length, valueStart: 0 }], frames: [], format };
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
