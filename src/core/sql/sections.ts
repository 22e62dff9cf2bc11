import type { Span } from '../text.ts';
import { lineEnd } from './tokens.ts';

export type Direction = 'up' | 'down';

/** A part of a file that runs in one direction. Spans count from the file's start; statements never cross from one span to the next. */
export interface Section {
  readonly direction: Direction;
  readonly parts: readonly Span[];
  /** False where a directive says that the section runs outside a transaction. */
  readonly transaction: boolean;
}

/** Whose directive comments a file carries. */
export type DirectiveTool =
  | 'goose'
  | 'dbmate'
  | 'sql-migrate'
  | 'node-pg-migrate'
  | 'tern'
  | 'liquibase'
  | 'drizzle'
  | 'sqlx';

export interface SectionedText {
  readonly tool: DirectiveTool | undefined;
  readonly sections: readonly Section[];
}

interface Directive {
  /** Where the directive's line begins and ends. */
  readonly start: number;
  readonly end: number;
  readonly tool: DirectiveTool;
  readonly says: 'up' | 'down' | 'boundary' | 'no-transaction';
  /** Said together with up or down. */
  readonly transaction?: false;
}

// Drizzle’s breakpoints may stand behind a statement; every other directive has a line of its own.
const directiveLine = /^[ \t\ufeff]*--|--(?=> statement-breakpoint)/gm;

/**
 * Finds the up and down sections a migration tool's comments mark, before anything is parsed: a section may end without a semicolon.
 * A file without such comments is one up section (a caller that knows it is a down file says so itself).
 */
export function sectionsOf(text: string): SectionedText {
  const directives: Directive[] = [];
  directiveLine.lastIndex = 0;
  for (let found = directiveLine.exec(text); found !== null; found = directiveLine.exec(text)) {
    const end = lineEnd(text, found.index);
    const directive = readDirective(text.slice(found.index + found[0].length, end), found.index, end);
    if (directive !== undefined) directives.push(directive);
    directiveLine.lastIndex = Math.max(end, found.index + 1);
  }
  return { tool: directives[0]?.tool, sections: cut(text, directives) };
}

function readDirective(comment: string, start: number, end: number): Directive | undefined {
  const body = comment.trim();
  const made = (tool: DirectiveTool, says: Directive['says'], transaction?: false): Directive => ({
    start,
    end,
    tool,
    says,
    ...(transaction === undefined ? {} : { transaction }),
  });
  if (body.startsWith('>')) return body.startsWith('> statement-breakpoint') ? made('drizzle', 'boundary') : undefined;
  if (body.startsWith('+')) return plusDirective(body, made);
  const dbmate = /^migrate:(up|down)\b(.*)$/i.exec(body);
  if (dbmate !== null) {
    const outside = /\btransaction\s*:\s*false\b/i.test(dbmate[2] ?? '');
    return made('dbmate', dbmate[1]?.toLowerCase() === 'down' ? 'down' : 'up', outside ? false : undefined);
  }
  const nodePg = /^[\s-]*(up|down)\s+migration\b/i.exec(body);
  if (nodePg !== null) return made('node-pg-migrate', nodePg[1]?.toLowerCase() === 'down' ? 'down' : 'up');
  if (/^-*\s*create above \/ drop below\s*-*$/i.test(body)) return made('tern', 'down');
  if (/^no-transaction\b/i.test(body) && start < 4) return made('sqlx', 'no-transaction');
  const change = /^changeset\s+\S/i.exec(body);
  if (change !== null) {
    return /\brunInTransaction\s*:\s*false\b/i.test(body)
      ? made('liquibase', 'no-transaction')
      : made('liquibase', 'boundary');
  }
  return undefined;
}

function plusDirective(
  body: string,
  made: (tool: DirectiveTool, says: Directive['says'], transaction?: false) => Directive,
): Directive | undefined {
  const found = /^\+\s*(goose|migrate|micrate)\s/i.exec(body);
  if (found === null) return undefined;
  const tool: DirectiveTool = found[1]?.toLowerCase() === 'migrate' ? 'sql-migrate' : 'goose';
  const [command = '', ...rest] = body.slice(found[0].length).trim().toLowerCase().split(/\s+/);
  const outside = rest.includes('notransaction') ? false : undefined;
  if (command === 'up' || command === 'down') return made(tool, command, outside);
  if (command === 'statementbegin' || command === 'statementend') return made(tool, 'boundary');
  return command === 'no' && rest[0] === 'transaction' ? made(tool, 'no-transaction') : undefined;
}

function cut(text: string, directives: readonly Directive[]): Section[] {
  const outside = directives.some((directive) => directive.says === 'no-transaction');
  const sections: Section[] = [];
  let direction: Direction = 'up';
  let transaction = true;
  let parts: Span[] = [];
  let start = 0;
  const part = (end: number): void => {
    if (/\S/.test(text.slice(start, end))) parts.push({ start, end });
  };
  const section = (): void => {
    if (parts.length > 0) sections.push({ direction, parts, transaction: transaction && !outside });
    parts = [];
  };
  for (const directive of directives) {
    part(directive.start);
    start = directive.end;
    if (directive.says === 'up' || directive.says === 'down') {
      section();
      direction = directive.says;
      transaction = directive.transaction ?? true;
    }
  }
  part(text.length);
  section();
  return sections;
}
