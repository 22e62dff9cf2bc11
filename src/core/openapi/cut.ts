import type { Span } from '../text.ts';
import { cutJson } from './cut-json.ts';
import { type LineState, readLine, startState } from './yaml-line.ts';

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

/**
 * Cuts an OpenAPI document at the borders of its path items, components and root entries, in one pass that keeps the lexer's state per line
 * (quotes, flow collections, block scalars, `?` keys). Where the borders cannot be told it is one piece.
 */
export function cut(text: string): Cut {
  const start = text.charCodeAt(0) === bom ? 1 : 0;
  const first = /\S/.exec(text.slice(start, start + 4096))?.[0];
  if (first === '{') return cutJson(text, start) ?? onePiece(text, looksLikeJson(text, start) ? 'json' : 'yaml');
  return cutYaml(text, start) ?? onePiece(text, 'yaml');
}

function looksLikeJson(text: string, start: number): boolean {
  return /^\s*\{\s*["}]/.test(text.slice(start, start + 4096));
}

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

function cutYaml(text: string, start: number): Cut | undefined {
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
  while (at < text.length) {
    const newline = text.indexOf('\n', at);
    const next = newline < 0 ? text.length : newline + 1;
    const line = readLine(text, at, newline < 0 ? text.length : newline, state);
    if (line === undefined) return undefined;
    state = line.state;
    const { indent, key } = line;
    if (line.marker !== undefined) {
      if (line.marker === 'end' || seen) {
        endRoot(at);
        return { pieces, frames, format: 'yaml' };
      }
    } else if (key !== undefined) {
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
    } else if (line.content && indent === 0 && !line.continues) {
      // Something at the margin that is neither a key nor a comment: the root is no block map, or the text is broken there.
      if (!draft && !root) return undefined;
    }
    at = next;
  }
  endRoot(text.length);
  return pieces.length > 0 ? { pieces, frames, format: 'yaml' } : undefined;
}

function pointerToken(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
