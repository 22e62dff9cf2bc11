import type { Span } from '../text.ts';
import { isSpace, lineEnd, skipSpace, tokenAt, type Token } from './tokens.ts';

/** One statement. `start` and `end` count from the document's start; comments before it and its `;` after it: the first is outside, the second inside. */
export interface Statement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Why it cannot be given to a parser, at a place counted from the statement's start. */
  readonly broken?: Breakage;
}

export interface Breakage {
  readonly at: Span;
  /** What is wrong, in PostgreSQL's words. */
  readonly message: string;
}

/** A document cut into statements. `skipped` is what a client, not the server, reads: psql's `\` lines and COPY data. */
export interface SplitText {
  readonly statements: readonly Statement[];
  readonly skipped: readonly Span[];
}

/** After this many unterminated quotes the rest of a text is one broken statement. */
const resyncLimit = 50;

const beginsStatement =
  /^(?:create|alter|drop|comment|grant|revoke|truncate|insert|update|delete|begin|commit|set|select|with|do|copy|call|reindex|vacuum|analyze)\b/i;
const endsWithSemicolon = /;[ \t]*(?:--|$)/;
const nothingButComment = /^[ \t]*(?:--|$)/;

/**
 * Cuts `text` at its semicolons. Quotes, dollar quotes, nested comments, BEGIN ATOMIC bodies, psql lines and COPY data are respected.
 * What is not closed breaks its own statement, and cutting resumes at the next line that plainly begins a statement.
 */
export function splitStatements(text: string, from = 0, to = text.length): SplitText {
  const source = to === text.length ? text : text.slice(0, to);
  const statements: Statement[] = [];
  const skipped: Span[] = [];
  let at = from;
  let resyncs = 0;
  // Where one COPY finds no end of its data, no later one does: to look again for each would be quadratic.
  let dataMayEnd = true;
  let current = emptyStatement();
  const finish = (end: number, broken?: Located): void => {
    if (current.start >= 0) statements.push(statement(source, current.start, end, broken));
    current = emptyStatement();
  };
  while (true) {
    const next = tokenAt(source, at);
    if (next === undefined) break;
    if (next.open) {
      const start = current.start < 0 ? next.start : current.start;
      const culprit =
        resyncs++ < resyncLimit ? openQuote(source, current.quotes, next) : { token: next, resume: source.length };
      current = { ...current, start };
      finish(trimEnd(source, culprit.resume), {
        span: openingOf(source, culprit.token),
        message: openMessage(culprit.token, source),
      });
      at = culprit.resume;
      continue;
    }
    at = next.end;
    if (next.kind === 'comment') continue;
    if (next.kind === 'sign') {
      const code = source.charCodeAt(next.start);
      if (code === 92) {
        // A psql command ends with its line and, like \gexec, ends the statement before it.
        finish(current.end);
        at = lineEnd(source, next.start);
        skipped.push({ start: next.start, end: at });
        continue;
      }
      if (code === 59) {
        if (current.start < 0 || (current.depth > 0 && current.rule)) continue;
        if (current.atomic > 0) continue;
        const dataStart = current.copyFromStdin && dataMayEnd ? copyDataStart(source, next.end) : undefined;
        finish(next.end);
        if (dataStart !== undefined) {
          const dataEnd = copyDataEnd(source, dataStart);
          if (dataEnd === undefined) dataMayEnd = false;
          else {
            skipped.push({ start: dataStart, end: dataEnd });
            at = dataEnd;
          }
        }
        continue;
      }
      if (code === 40) current.depth++;
      else if (code === 41) current.depth--;
    }
    if (current.start < 0) current.start = next.start;
    current.end = next.end;
    if (next.kind === 'word') current = readWord(source, current, next);
    else if (next.kind === 'string' || next.kind === 'name') current.quotes.push(next);
  }
  finish(current.end);
  return { statements, skipped };
}

/** A breakage whose place counts from the document's start. */
interface Located {
  readonly span: Span;
  readonly message: string;
}

interface Reading {
  start: number;
  /** Where its last token ends. */
  end: number;
  depth: number;
  /** How many words were read, up to the few that matter. */
  words: number;
  first: string;
  routine: boolean;
  rule: boolean;
  /** Depth of BEGIN ATOMIC and of the CASEs inside it. */
  atomic: number;
  before: string;
  copyFrom: boolean;
  copyFromStdin: boolean;
  readonly quotes: Token[];
}

function emptyStatement(): Reading {
  return {
    start: -1,
    end: -1,
    depth: 0,
    words: 0,
    first: '',
    routine: false,
    rule: false,
    atomic: 0,
    before: '',
    copyFrom: false,
    copyFromStdin: false,
    quotes: [],
  };
}

function readWord(text: string, reading: Reading, token: Token): Reading {
  if (token.end - token.start > 9) return reading;
  reading.words++;
  if (reading.words > 5 && !reading.routine && reading.first !== 'copy') return reading;
  const word = text.slice(token.start, token.end).toLowerCase();
  if (reading.words === 1) reading.first = word;
  if (reading.first === 'create') {
    if (reading.words <= 4) {
      if (word === 'function' || word === 'procedure') reading.routine = true;
      else if (word === 'rule') reading.rule = true;
    }
    if (reading.routine) {
      if (word === 'atomic' && reading.before === 'begin') reading.atomic++;
      else if (reading.atomic > 0 && word === 'case' && reading.before !== 'end') reading.atomic++;
      else if (reading.atomic > 0 && word === 'end') reading.atomic--;
    }
  } else if (reading.first === 'copy') {
    if (word === 'from') reading.copyFrom = true;
    else if (word === 'stdin' && reading.copyFrom) reading.copyFromStdin = true;
  }
  reading.before = word;
  return reading;
}

function statement(text: string, start: number, end: number, broken?: Located): Statement {
  const own = text.slice(start, end);
  const at = broken?.span ?? controlCharacter(own, start);
  if (at === undefined) return { start, end, text: own };
  const message = broken?.message ?? `control character U+${hex(text.charCodeAt(at.start))}`;
  return { start, end, text: own, broken: { at: { start: at.start - start, end: at.end - start }, message } };
}

const hex = (code: number): string => code.toString(16).toUpperCase().padStart(4, '0');

// A NUL would end the text for the C parser and hide the rest; the others are never meant.
// eslint-disable-next-line no-control-regex
const controls = /[\u0000-\u0008\u000e-\u001f\u007f]/;

function controlCharacter(own: string, start: number): Span | undefined {
  const found = controls.exec(own);
  return found === null ? undefined : { start: start + found.index, end: start + found.index + 1 };
}

/** Data for `COPY … FROM stdin` begin with the line break; there are none where more stands behind the semicolon. */
function copyDataStart(text: string, from: number): number | undefined {
  const start = lineEnd(text, from);
  return skipSpace(text, from) < start ? undefined : start;
}

/** They run to a line of `\.`; undefined where there is no such line. */
function copyDataEnd(text: string, start: number): number | undefined {
  const close = /(?:\r?\n|\r)\\\.[ \t]*(?=\r|\n|$)/g;
  close.lastIndex = start;
  const found = close.exec(text);
  return found === null ? undefined : found.index + found[0].length;
}

/**
 * The quote that was really left open: the last one has no end, but an earlier one may have swallowed the start of the next statement,
 * so that the quotes after it are turned inside out. Says where the next statement begins.
 */
function openQuote(
  text: string,
  quotes: readonly Token[],
  last: Token,
): { readonly token: Token; readonly resume: number } {
  if (last.kind === 'string' || last.kind === 'name') {
    for (const quote of quotes) {
      const resume = nextStatementIn(text, quote);
      if (resume !== undefined) return { token: quote, resume };
    }
  }
  return { token: last, resume: nextStatementIn(text, last) ?? text.length };
}

/**
 * Where, inside a quote, a line plainly begins a statement: the line before it, empty ones and comments left out, ends with a semicolon.
 * Goes line by line, because one expression for all of it can read a row of line breaks in too many ways.
 */
export function nextStatementIn(text: string, quote: Span): number | undefined {
  let ended = false;
  for (let at = quote.start; at < quote.end;) {
    const end = Math.min(lineEnd(text, at), quote.end);
    const line = text.slice(at, end);
    if (ended && beginsStatement.test(line)) return at;
    ended = endsWithSemicolon.test(line) || (ended && nothingButComment.test(line));
    // Between the two characters of a CRLF there is one more empty line, which changes nothing.
    at = end + 1;
  }
  return undefined;
}

function openingOf(text: string, token: Token): Span {
  if (token.kind === 'comment') return { start: token.start, end: token.start + 2 };
  if (token.kind === 'body') return { start: token.start, end: text.indexOf('$', token.start + 1) + 1 };
  const quote = text.charCodeAt(token.start) === 34 || text.charCodeAt(token.start) === 39;
  return {
    start: token.start,
    end: quote ? token.start + 1 : text.slice(token.start).search(/['"]/) + token.start + 1,
  };
}

function openMessage(token: Token, text: string): string {
  if (token.kind === 'comment') return 'unterminated /* comment';
  if (token.kind === 'body') return 'unterminated dollar-quoted string';
  return text.charCodeAt(openingOf(text, token).end - 1) === 34
    ? 'unterminated quoted identifier'
    : 'unterminated quoted string';
}

function trimEnd(text: string, end: number): number {
  let i = end;
  while (i > 0 && isSpace(text.charCodeAt(i - 1))) i--;
  return i;
}
