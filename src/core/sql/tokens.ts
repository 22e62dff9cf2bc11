/**
 * What a token is. `string` covers every quoted constant (plain, E'', B'', X'', N'', U&''), `body` a dollar-quoted one,
 * `name` a double-quoted identifier, `word` an unquoted identifier or keyword, `sign` one character of anything else.
 */
export type TokenKind = 'word' | 'name' | 'string' | 'body' | 'number' | 'parameter' | 'sign' | 'comment';

/** A lexical element of PostgreSQL. Offsets are UTF-16. `open`: its closing quote or comment end is missing. */
export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  readonly open: boolean;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isNameStart = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code >= 128;
const isNamePart = (code: number): boolean => isNameStart(code) || isDigit(code) || code === 36;

/** PostgreSQL's white space; a byte order mark counts too, so that it is never part of a name. */
export function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0xfeff;
}

/** The first offset at or after `at` that is not white space. */
export function skipSpace(text: string, at: number): number {
  let i = at;
  while (i < text.length && isSpace(text.charCodeAt(i))) i++;
  return i;
}

/** The offset just past the characters of the line `at` stands in (the line break not included). */
export function lineEnd(text: string, at: number): number {
  let i = at;
  while (i < text.length) {
    const code = text.charCodeAt(i);
    if (code === 10 || code === 13) break;
    i++;
  }
  return i;
}

/** The token that begins at or after `at`, white space skipped; undefined at the end. Never throws, always advances. */
export function tokenAt(text: string, at: number): Token | undefined {
  const start = skipSpace(text, at);
  if (start >= text.length) return undefined;
  const code = text.charCodeAt(start);
  const next = start + 1 < text.length ? text.charCodeAt(start + 1) : 0;
  if (code === 45 && next === 45) return token('comment', start, lineEnd(text, start));
  if (code === 47 && next === 42) return comment(text, start);
  if (code === 39) return quoted(text, 'string', start, start, false);
  if (code === 34) return quoted(text, 'name', start, start, false);
  if (code === 36) return dollar(text, start);
  if (isDigit(code) || (code === 46 && isDigit(next))) return number(text, start);
  if (isNameStart(code)) return word(text, start, code, next);
  return token('sign', start, start + 1);
}

/** All tokens of `text`, comments left out. */
export function tokens(text: string): Token[] {
  const found: Token[] = [];
  for (let next = tokenAt(text, 0); next !== undefined; next = tokenAt(text, next.end)) {
    if (next.kind !== 'comment') found.push(next);
  }
  return found;
}

function token(kind: TokenKind, start: number, end: number, open = false): Token {
  return { kind, start, end, open };
}

function comment(text: string, start: number): Token {
  let depth = 1;
  let i = start + 2;
  while (i < text.length) {
    const code = text.charCodeAt(i);
    if (code === 42 && text.charCodeAt(i + 1) === 47) {
      i += 2;
      if (--depth === 0) return token('comment', start, i);
    } else if (code === 47 && text.charCodeAt(i + 1) === 42) {
      depth++;
      i += 2;
    } else i++;
  }
  return token('comment', start, text.length, true);
}

function quoted(text: string, kind: 'string' | 'name', start: number, quoteAt: number, escapes: boolean): Token {
  const quote = text.charCodeAt(quoteAt);
  let i = quoteAt + 1;
  while (i < text.length) {
    const code = text.charCodeAt(i);
    if (escapes && code === 92) i += 2;
    else if (code !== quote) i++;
    else if (text.charCodeAt(i + 1) === quote) i += 2;
    else return token(kind, start, i + 1);
  }
  return token(kind, start, text.length, true);
}

function dollar(text: string, start: number): Token {
  let i = start + 1;
  if (isDigit(text.charCodeAt(i))) {
    while (i < text.length && isDigit(text.charCodeAt(i))) i++;
    return token('parameter', start, i);
  }
  if (isNameStart(text.charCodeAt(i))) {
    while (i < text.length && isNamePart(text.charCodeAt(i)) && text.charCodeAt(i) !== 36) i++;
  }
  if (text.charCodeAt(i) !== 36) return token('sign', start, start + 1);
  const tag = text.slice(start, i + 1);
  const close = text.indexOf(tag, i + 1);
  return close < 0 ? token('body', start, text.length, true) : token('body', start, close + tag.length);
}

function number(text: string, start: number): Token {
  let i = start;
  while (i < text.length) {
    const code = text.charCodeAt(i);
    const exponentSign = (code === 43 || code === 45) && (text.charCodeAt(i - 1) | 32) === 101 && i > start + 1;
    if (isDigit(code) || isNameStart(code) || (code === 46 && text.charCodeAt(i + 1) !== 46) || exponentSign) i++;
    else break;
  }
  return token('number', start, Math.max(i, start + 1));
}

function word(text: string, start: number, code: number, next: number): Token {
  if (next === 39) {
    const prefix = code | 32;
    if (prefix === 101) return quoted(text, 'string', start, start + 1, true);
    if (prefix === 98 || prefix === 120 || prefix === 110) return quoted(text, 'string', start, start + 1, false);
  }
  if (next === 38 && (code | 32) === 117) {
    const third = text.charCodeAt(start + 2);
    if (third === 39) return quoted(text, 'string', start, start + 2, false);
    if (third === 34) return quoted(text, 'name', start, start + 2, false);
  }
  let i = start + 1;
  while (i < text.length && isNamePart(text.charCodeAt(i)) && text.charCodeAt(i) !== 0xfeff) i++;
  return token('word', start, i);
}

/** The identifier a `word` or `name` token stands for: unquoted ones fold to lower case (ASCII only, as PostgreSQL does), quoted ones are unescaped. */
export function identifier(text: string, of: Token): string {
  if (of.kind === 'word') return truncated(foldCase(text.slice(of.start, of.end)));
  return truncated(unquoted(text, of));
}

/** Stands, as often as needed, for a template's placeholder. PostgreSQL takes it for a letter, and nobody writes it. */
export const placeholderLetter = '\ue000';

/** Names end after 63 UTF-8 bytes, as PostgreSQL cuts them. */
function truncated(name: string): string {
  if (name.length <= 21) return name;
  let bytes = 0;
  let end = 0;
  for (const letter of name) {
    const point = letter.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    if (bytes > 63) return name.slice(0, end);
    end += letter.length;
  }
  return name;
}

function unquoted(text: string, of: Token): string {
  const quoteAt = text.indexOf('"', of.start);
  const inner = text.slice(quoteAt + 1, of.open ? of.end : of.end - 1).replaceAll('""', '"');
  if (quoteAt === of.start) return inner;
  return inner.replaceAll(/\\(?:\+([0-9a-fA-F]{6})|([0-9a-fA-F]{4})|(\\))/g, (_, long?: string, short?: string) => {
    const digits = long ?? short;
    if (digits === undefined) return '\\';
    const point = Number.parseInt(digits, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : '';
  });
}

/** Lower case for ASCII letters only. */
export function foldCase(text: string): string {
  return text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
