import type { Span } from './text.ts';

/** `--` comments and what is neither code nor such a comment, in offsets of the text. */
export interface SqlComments {
  /** Each from its `--` to the end of the line, without the line break. */
  readonly lines: readonly Span[];
  /** Strings, quoted names, dollar-quoted bodies and block comments. */
  readonly closed: readonly Span[];
}

const lineEnd = /[\r\n]|$/g;
const dollarTag = /\$(?:[A-Za-z_\u0080-\uFFFF][\w\u0080-\uFFFF]*)?\$/y;
const copyEnd = /^\\\.\r?$/gm;

/**
 * Finds the `--` comments of an SQL text as PostgreSQL reads it, so that a comment's look-alike inside a string does not count. Linear; an unclosed
 * string or comment reaches to the end, or to the `\.` that ends a COPY's data.
 */
export function sqlComments(text: string): SqlComments {
  const lines: Span[] = [];
  const closed: Span[] = [];
  let at = 0;
  while (at < text.length) {
    const char = text.charAt(at);
    const start = at;
    if (char === '-' && text.charAt(at + 1) === '-') {
      lineEnd.lastIndex = at;
      at = lineEnd.exec(text)?.index ?? text.length;
      lines.push({ start, end: at });
      continue;
    }
    if (char === "'" || char === '"') at = quoted(text, at, char, char === "'" && escapes(text, at));
    else if (char === '/' && text.charAt(at + 1) === '*') at = blockComment(text, at);
    else if (char === '$' && !/[\w$]/.test(text.charAt(at - 1))) at = dollarQuoted(text, at);
    else {
      at++;
      continue;
    }
    if (at > start + 1) closed.push({ start, end: at });
  }
  return { lines, closed };
}

/** E'…': backslashes escape. */
function escapes(text: string, at: number): boolean {
  return /[eE]/.test(text.charAt(at - 1)) && !/\w/.test(text.charAt(at - 2));
}

function quoted(text: string, from: number, quote: string, backslashes: boolean): number {
  for (let at = from + 1; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '\\' && backslashes) at++;
    else if (char === quote) {
      if (text.charAt(at + 1) !== quote) return at + 1;
      at++;
    }
  }
  return openEnd(text, from);
}

function blockComment(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const two = text.slice(at, at + 2);
    if (two === '/*') {
      depth++;
      at++;
    } else if (two === '*/') {
      depth--;
      at++;
      if (depth === 0) return at + 1;
    }
  }
  return text.length;
}

function dollarQuoted(text: string, at: number): number {
  dollarTag.lastIndex = at;
  const tag = dollarTag.exec(text)?.[0];
  if (tag === undefined) return at + 1;
  const close = text.indexOf(tag, at + tag.length);
  return close < 0 ? text.length : close + tag.length;
}

/** A quote in a COPY's data opens nothing beyond the data. */
function openEnd(text: string, from: number): number {
  copyEnd.lastIndex = from;
  return copyEnd.exec(text)?.index ?? text.length;
}
