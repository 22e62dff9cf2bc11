import type { Span } from '../text.ts';
import type { BrokenHeading, Said } from './facts.ts';

/** A line of a Markdown text. */
export interface Line {
  /** Without the line break. */
  readonly span: Span;
  /** Behind the line break. */
  readonly next: number;
  readonly text: string;
  readonly kind: 'text' | 'blank' | 'code' | 'comment';
}

/** The lines of a text, code blocks and comments told apart. Lines end at LF or CRLF. Linear. */
export function* linesOf(text: string): Generator<Line> {
  let fence: { readonly sign: string; readonly length: number } | undefined;
  let comment = false;
  for (let at = text.charCodeAt(0) === 0xfeff ? 1 : 0; at < text.length;) {
    const newline = text.indexOf('\n', at);
    const next = newline < 0 ? text.length : newline + 1;
    let end = newline < 0 ? text.length : newline;
    if (end > at && text.charCodeAt(end - 1) === 13) end--;
    const line = text.slice(at, end);
    const inner = line.trimStart();
    let kind: Line['kind'] = inner === '' ? 'blank' : 'text';
    if (fence) {
      kind = 'code';
      if (isFenceEnd(inner, fence)) fence = undefined;
    } else if (comment) {
      kind = 'comment';
      if (line.includes('-->')) comment = false;
    } else if (inner.startsWith('<!--')) {
      kind = 'comment';
      comment = !inner.includes('-->', 4);
    } else {
      fence = fenceAt(inner);
      if (fence) kind = 'code';
    }
    yield { span: { start: at, end }, next, text: line, kind };
    at = next;
  }
}

function fenceAt(inner: string): { readonly sign: string; readonly length: number } | undefined {
  const sign = inner.charAt(0);
  if (sign !== '`' && sign !== '~') return undefined;
  let length = 0;
  while (inner.charAt(length) === sign) length++;
  if (length < 3 || (sign === '`' && inner.includes('`', length))) return undefined;
  return { sign, length };
}

function isFenceEnd(inner: string, { sign, length }: { readonly sign: string; readonly length: number }): boolean {
  const plain = inner.trimEnd();
  return plain.length >= length && plain === sign.repeat(plain.length);
}

/** A stretch of a line without the blanks around it. `start` counts from the document's start. */
export function said(raw: string, start: number): Said {
  const text = raw.trim();
  const from = start + (text === '' ? Math.min(raw.length, 1) : raw.length - raw.trimStart().length);
  return { text, span: { start: from, end: from + text.length } };
}

/** The parts of a heading that begins a task. */
export interface Heading {
  readonly form: 'heading' | 'plain';
  readonly level: number;
  readonly id: Said;
  readonly category: Said | undefined;
  readonly priority: Said | undefined;
  readonly assignee: Said | undefined;
}

const marks = /^(#{2,4}[ \t]+|(?:\*\*)?Task(?:\*\*)?:(?:\*\*)?[ \t]*)/;
const idShape = /^[A-Z][A-Z0-9]{0,9}-\d{1,6}$/;

/** Reads the line that begins a task, in either form. */
export function headingOf({ text, span }: Line): Heading | undefined {
  const mark = marks.exec(text)?.[0];
  if (mark === undefined || text.length > 1000) return undefined;
  const parts: Said[] = [];
  let at = mark.length;
  for (const part of text.slice(at).split('|')) {
    parts.push(said(part, span.start + at));
    at += part.length + 1;
  }
  const [id, category, priority, assignee] = parts;
  if (!id || !idShape.test(id.text) || parts.length > 4) return undefined;
  const form = mark.startsWith('#') ? 'heading' : 'plain';
  // A heading that is nothing but an id may be anybody's.
  if (parts.length === 1) return undefined;
  const at0 = assignee?.text.startsWith('@') ? 1 : 0;
  return {
    form,
    level: form === 'heading' ? mark.trimEnd().length : 0,
    id,
    category: category?.text ? category : undefined,
    priority: priority?.text ? priority : undefined,
    assignee: assignee?.text
      ? { text: assignee.text.slice(at0), span: { start: assignee.span.start + at0, end: assignee.span.end } }
      : undefined,
  };
}

const nearlyId = /^(BE|Be|be)[-_ ]?(\d{1,6}|[Xx]{2,4})(?![\w.])[ \t]*[:.|–—-]?[ \t]*/;

/** A line that was meant to begin a backend task and does not. */
export function brokenHeadingOf({ text, span }: Line): BrokenHeading | undefined {
  const mark = /^(?:#{1,6}[ \t]*|Task[ \t]*:?[ \t]+)/.exec(text)?.[0];
  if (mark === undefined || text.length > 1000) return undefined;
  const body = text.slice(mark.length);
  const match = nearlyId.exec(body);
  if (!match) return undefined;
  const [all, , digits = ''] = match;
  const number = /^\d/.test(digits) ? digits.padStart(3, '0') : undefined;
  const id = number === undefined ? undefined : `BE-${number}`;
  const rest = body.slice(all.length);
  // `BE-010+ Authentication` and `BE-001 to BE-009` head a group of tasks.
  if (!body.includes('|') && (!/[:–—-]/.test(all.slice(2 + digits.length + 1)) || /BE-\d/.test(rest) || rest === '')) {
    return undefined;
  }
  const parts = rest
    .split('|')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  // Prose behind the id is not ours to put between bars.
  const fits = id !== undefined && parts.length >= 1 && parts.length <= 3 && body.includes('|');
  const level = mark.startsWith('#') ? '#'.repeat(Math.min(4, Math.max(2, mark.trimEnd().length))) : 'Task:';
  return { span, id, repaired: fits ? `${level} ${[id, ...parts].join(' | ')}` : undefined };
}
