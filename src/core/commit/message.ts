import type { Span } from '../text.ts';
import { readTrailers, separatorAt, type TrailerBlock } from './trailers.ts';

/** The first line of a message, `type(scope)!: description`. Offsets count from the message's start. */
export interface Header {
  /** Without the line break. */
  readonly at: Span;
  readonly text: string;
  /** Undefined where the line has no such form. */
  readonly parts: HeaderParts | undefined;
}

export interface HeaderParts {
  readonly type: string;
  readonly typeAt: Span;
  /** What stands between the brackets; undefined where there are none. */
  readonly scope: string | undefined;
  readonly scopeAt: Span | undefined;
  /** A `!` says that the change breaks callers. */
  readonly breaking: boolean;
  /** Empty where nothing follows the colon. */
  readonly description: string;
  readonly descriptionAt: Span;
}

/** A line of the message; `next` is where the one after it begins. */
export interface MessageLine {
  readonly start: number;
  /** Without the line break. */
  readonly end: number;
  readonly next: number;
  readonly kind: 'text' | 'blank' | 'comment';
}

/** A trailer that git does not read as one. */
export interface Stray {
  readonly key: string;
  /** With the lines that continue it, without the last one's break. */
  readonly at: Span;
  /** Behind that break. */
  readonly next: number;
}

export interface CommitMessage {
  readonly text: string;
  /** `git`: git wrote it for a merge or a revert, or will fold it into another commit. Nothing is said of such a message. */
  readonly kind: 'ordinary' | 'empty' | 'git';
  /** Undefined where the message is empty. */
  readonly header: Header | undefined;
  /** Up to the diff under the scissors. */
  readonly lines: readonly MessageLine[];
  readonly block: TrailerBlock;
  readonly strays: readonly Stray[];
}

/** The trailers of the agent format, in the order in which they are written. */
export const agentTrailers = ['Agent', 'Domain', 'Feature', 'Story', 'Manifest', 'Handoff-To'] as const;

export type AgentTrailer = (typeof agentTrailers)[number];

/** Others that git and its hosts write. */
const otherTrailers = ['Signed-off-by', 'Co-authored-by', 'Reviewed-by', 'Acked-by', 'Tested-by', 'Change-Id'];

const knownKeys = new Set([...agentTrailers, ...otherTrailers].map((key) => key.toLowerCase()));

/** Whether people who write this key at the start of a line mean a trailer. */
export function isKnownTrailer(key: string): boolean {
  return knownKeys.has(key.toLowerCase());
}

const scissors = /^# -{24} >8 -{24}\r?$/;
const writtenByGit =
  /^(?:Merge (?:branch|branches|tag|tags|commit|commits|remote-tracking|pull request)\b|Revert "|Reapply "|(?:fixup|squash|amend)! )/;

/** Reads a commit message, or the text of one that is being written: comments and the diff under the scissors are not of it. Never throws. */
export function readCommitMessage(text: string): CommitMessage {
  const lines = linesOf(text);
  const block = readTrailers(text);
  const first = lines.find(({ kind }) => kind === 'text');
  const header = first && readHeader(text, first);
  const kind = !header ? 'empty' : writtenByGit.test(header.text) ? 'git' : 'ordinary';
  return { text, kind, header, lines, block, strays: kind === 'ordinary' ? straysIn(text, lines, block) : [] };
}

function linesOf(text: string): readonly MessageLine[] {
  const lines: MessageLine[] = [];
  for (let start = text.charCodeAt(0) === 0xfeff ? 1 : 0; start < text.length;) {
    const newline = text.indexOf('\n', start);
    const next = newline < 0 ? text.length : newline + 1;
    let end = newline < 0 ? text.length : newline;
    if (end > start && text.charCodeAt(end - 1) === 13) end--;
    const line = text.slice(start, end);
    if (scissors.test(line)) break;
    const kind = line.startsWith('#') ? 'comment' : line.trim() === '' ? 'blank' : 'text';
    lines.push({ start, end, next, kind });
    start = next;
  }
  return lines;
}

/** Blanks around the parts are taken too, so that it can be said which are wrong. */
const form = /^([A-Za-z][\w-]*)([ \t]*)(?:\(([^()]*)\))?([ \t]*)(!?)([ \t]*):([ \t]*)/;

function readHeader(text: string, { start, end }: MessageLine): Header {
  const line = text.slice(start, end);
  const match = form.exec(line);
  const header = { at: { start, end }, text: line };
  if (!match) return { ...header, parts: undefined };
  const [whole, type = '', gap = '', scope, , mark] = match;
  const scopeStart = start + type.length + gap.length + 1;
  const descriptionEnd = start + Math.max(whole.length, line.trimEnd().length);
  const descriptionAt = { start: start + whole.length, end: descriptionEnd };
  return {
    ...header,
    parts: {
      type,
      typeAt: { start, end: start + type.length },
      scope,
      scopeAt: scope === undefined ? undefined : { start: scopeStart, end: scopeStart + scope.length },
      breaking: mark === '!',
      description: text.slice(descriptionAt.start, descriptionAt.end),
      descriptionAt,
    },
  };
}

interface Paragraph {
  readonly lines: readonly MessageLine[];
}

/** Stretches of text between blank lines; comments stand in none. */
export function paragraphsOf(lines: readonly MessageLine[]): readonly Paragraph[] {
  const paragraphs: { lines: MessageLine[] }[] = [];
  let open: { lines: MessageLine[] } | undefined;
  for (const line of lines) {
    if (line.kind === 'blank') open = undefined;
    if (line.kind !== 'text') continue;
    if (!open) paragraphs.push((open = { lines: [] }));
    open.lines.push(line);
  }
  return paragraphs;
}

/**
 * Lines that are meant as trailers and stand where git reads none: in a paragraph of nothing else that is not the last one, or in a last one that is mixed
 * with prose. In other paragraphs a line such as `Feature: …` may be prose.
 */
function straysIn(text: string, lines: readonly MessageLine[], block: TrailerBlock): readonly Stray[] {
  const [, ...paragraphs] = paragraphsOf(lines);
  const strays: Stray[] = [];
  for (const [index, { lines: own }] of paragraphs.entries()) {
    const first = own[0];
    if (!first || (first.start >= block.start && first.start < block.end)) continue;
    const read = (line: MessageLine): string | undefined => {
      const colon = separatorAt(text, line.start);
      return colon > line.start && colon < line.end ? text.slice(line.start, colon).trim() : undefined;
    };
    const isContinued = (line: MessageLine): boolean => /^[ \t]/.test(text.slice(line.start, line.start + 1));
    const isPure = own.every((line) => isContinued(line) || read(line) !== undefined);
    if (!isPure && index < paragraphs.length - 1) continue;
    // A line is prose until something in its paragraph is known.
    if (!own.some((line) => isKnownTrailer(read(line) ?? ''))) continue;
    for (let at = 0; at < own.length; at++) {
      const line = own[at];
      const key = line && read(line);
      if (!line || key === undefined || !(isPure || isKnownTrailer(key))) continue;
      let last = line;
      for (let next = own[at + 1]; next && isContinued(next) && next.start === last.next; next = own[at + 1]) {
        last = next;
        at++;
      }
      strays.push({ key, at: { start: line.start, end: last.end }, next: last.next });
    }
  }
  return strays;
}
