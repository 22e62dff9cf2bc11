import type { Span } from '../text.ts';

/** A trailer as git reads it. Offsets count from the message's start. */
export interface Trailer {
  readonly key: string;
  /** Its lines joined by one blank each; empty where nothing stands behind the colon. */
  readonly value: string;
  readonly keyAt: Span;
  /** Behind the colon and its blanks, to the end of the last line that belongs to it. Empty where there is no value. */
  readonly valueAt: Span;
  /** From its first line to the end of its last one, without that line's break. */
  readonly at: Span;
}

/** Where git looks for trailers in a message, and what it finds. */
export interface TrailerBlock {
  readonly trailers: readonly Trailer[];
  /** Where the block begins; the same as `end` where there is none. */
  readonly start: number;
  /** Behind the block: what follows are git's own comments, a diff, or nothing. New trailers are put here. */
  readonly end: number;
}

export interface TrailerOptions {
  /**
   * A line `---` ends the message, as for `git interpret-trailers`: what follows is a patch. `git log` reads on. True where nothing is said.
   */
  readonly divider?: boolean;
}

/** The line under which git puts what does not belong to the message (`git commit --verbose`). */
const scissors = '# ------------------------ >8 ------------------------\n';

/** A last paragraph with one of these counts as trailers as soon as a quarter of it are trailers. */
const generated = ['Signed-off-by: ', '(cherry picked from commit '];

const isSpace = (code: number): boolean => code === 32 || code === 9 || code === 10 || code === 13;

/**
 * Reads the trailers of a commit message as `git interpret-trailers --parse` does, with git's usual comment sign and separator: only the last paragraph
 * counts, never the first, and only where all of its lines are trailers (or a quarter, beside one that git itself writes). Comments, a diff under the
 * scissors and an old list of conflicts are not of the message. Linear; never throws.
 */
export function readTrailers(text: string, { divider = true }: TrailerOptions = {}): TrailerBlock {
  // What git reads ends at the first NUL.
  const nul = text.indexOf('\0');
  const buffer = nul < 0 ? text : text.slice(0, nul);
  const patch = divider ? patchStart(buffer) : buffer.length;
  const end = trailerEnd(buffer, patch);
  const start = trailerStart(buffer, end);
  return { trailers: trailersIn(buffer, start, end), start, end };
}

/** Behind the line that begins at `from`. */
function nextLine(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  return newline < 0 ? text.length : newline + 1;
}

/** Where the last line before `length` begins; -1 where there is none. */
function lastLine(text: string, length: number): number {
  if (length === 0) return -1;
  return length === 1 ? 0 : text.lastIndexOf('\n', length - 2) + 1;
}

function isBlank(text: string, from: number): boolean {
  let at = from;
  while (at < text.length && text.charCodeAt(at) !== 10 && isSpace(text.charCodeAt(at))) at++;
  return at >= text.length || text.charCodeAt(at) === 10;
}

function isComment(text: string, from: number): boolean {
  return text.charCodeAt(from) === 35;
}

/** Where a patch begins behind `---`; the text's length where none does. */
function patchStart(text: string): number {
  for (let at = 0; at < text.length; at = nextLine(text, at)) {
    if (text.startsWith('---', at) && isSpace(text.charCodeAt(at + 3))) return at;
  }
  return text.length;
}

/** Where the diff under the scissors begins, at most `length`. */
function scissorsStart(text: string, length: number): number {
  if (text.startsWith(scissors)) return 0;
  const at = text.indexOf(`\n${scissors}`);
  return at < 0 ? length : Math.min(length, at + 1);
}

/** Where the message ends before the comments, blank lines and conflicts that close it. */
function trailerEnd(text: string, length: number): number {
  const cutoff = scissorsStart(text, length);
  // As in git, 0 stands for none: a run that begins the text is counted from its second line.
  let comments = 0;
  let conflicts = false;
  for (let at = 0; at < cutoff; at = nextLine(text, at)) {
    if (isComment(text, at) || text.charCodeAt(at) === 10) comments ||= at;
    else if (text.startsWith('Conflicts:\n', at)) {
      conflicts = true;
      comments ||= at;
    } else if (conflicts && text.charCodeAt(at) === 9) continue;
    else {
      if (comments > 0) conflicts = false;
      comments = 0;
    }
  }
  return comments > 0 ? comments : cutoff;
}

/** Where the trailers begin that end at `length`; `length` where there are none. */
function trailerStart(text: string, length: number): number {
  let title = 0;
  while (title < length && (isComment(text, title) || !isBlank(text, title))) title = nextLine(text, title);
  let onlySpaces = true;
  let recognised = false;
  let trailers = 0;
  let others = 0;
  let continued = 0;
  for (let at = lastLine(text, length); at >= title; at = lastLine(text, at)) {
    if (isComment(text, at)) {
      others += continued;
      continued = 0;
    } else if (isBlank(text, at)) {
      if (onlySpaces) continue;
      others += continued;
      const counts = (recognised && trailers * 3 >= others) || (trailers > 0 && others === 0);
      return counts ? nextLine(text, at) : length;
    } else {
      onlySpaces = false;
      const own = generated.some((prefix) => text.startsWith(prefix, at));
      if (own || (!isSpace(text.charCodeAt(at)) && separatorAt(text, at) > at)) {
        trailers++;
        continued = 0;
        recognised ||= own;
      } else if (isSpace(text.charCodeAt(at))) continued++;
      else {
        others += 1 + continued;
        continued = 0;
      }
    }
  }
  return length;
}

/** The colon of a line that could be a trailer: behind letters, digits and `-`, and blanks after them. -1 where there is none. */
export function separatorAt(text: string, from: number): number {
  let blank = false;
  for (let at = from; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === ':') return at;
    if (!blank && /[A-Za-z0-9-]/.test(char)) continue;
    if (at === from || (char !== ' ' && char !== '\t')) return -1;
    blank = true;
  }
  return -1;
}

function trailersIn(text: string, start: number, end: number): readonly Trailer[] {
  const found: Trailer[] = [];
  let open: { readonly start: number; readonly colon: number; end: number } | undefined;
  const close = (): void => {
    if (open) found.push(trailerOf(text, open.start, open.colon, open.end));
    open = undefined;
  };
  for (let at = start; at < end; at = nextLine(text, at)) {
    const stop = Math.min(nextLine(text, at), end);
    if (open && isSpace(text.charCodeAt(at))) {
      open.end = stop;
      continue;
    }
    close();
    const colon = separatorAt(text, at);
    if (colon > at && colon < stop) open = { start: at, colon, end: stop };
  }
  close();
  return found;
}

function trailerOf(text: string, start: number, colon: number, end: number): Trailer {
  const keyAt = trimmed(text, start, colon);
  const valueAt = trimmed(text, colon + 1, end);
  const raw = text.slice(valueAt.start, valueAt.end);
  return {
    key: text.slice(keyAt.start, keyAt.end),
    value: raw.replaceAll(/\n[ \t\r\n]*/g, ' '),
    keyAt,
    valueAt,
    at: { start, end: Math.max(colon + 1, trimmed(text, start, end).end) },
  };
}

function trimmed(text: string, from: number, to: number): Span {
  let start = from;
  let end = to;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  return { start, end };
}
