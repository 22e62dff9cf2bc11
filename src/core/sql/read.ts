import type { NotAnalysed } from '../finding.ts';
import { hash } from '../text.ts';
import { lowerStatement } from './lower.ts';
import type { LoweredStatement } from './operations.ts';
import { sectionsOf, type Direction } from './sections.ts';
import { nextStatementIn, splitStatements, type Statement } from './split.ts';
import { tokens } from './tokens.ts';
import type { ParseStatement } from './tree.ts';

/** A statement where it stands in its file. */
export interface FileStatement {
  readonly start: number;
  readonly text: string;
  readonly direction: Direction;
  /** False where its section says that it runs outside a transaction. */
  readonly transaction: boolean;
  readonly lowered: LoweredStatement;
}

/** One file, read. Depends on its text alone. */
export interface FileFacts {
  readonly text: string;
  readonly statements: readonly FileStatement[];
  /** Whether a directive marks a way back, and whether anything is written there. */
  readonly hasDownSection: boolean;
  readonly notAnalysed: readonly Omit<NotAnalysed, 'file'>[];
}

/** Lowered statements by text. */
export type LoweredCache = Map<string, LoweredStatement>;

/** After so many quotes that swallowed a statement's beginning, a file is taken as it comes. */
const restartLimit = 20;

/** Reads a file: sections, then statements, then operations. `known` answers for statements seen before; every statement used is put into `used`. */
export function readSqlFile(
  text: string,
  parse: ParseStatement,
  known: ReadonlyMap<string, LoweredStatement>,
  used: LoweredCache,
): FileFacts {
  const { sections } = sectionsOf(text);
  const statements: FileStatement[] = [];
  const refusals = new Set<string>();
  const lower = (source: string): LoweredStatement => {
    const found = used.get(source) ?? known.get(source) ?? lowerStatement(source, parse);
    // A refusal may pass: the parser that was being replaced is back next time.
    if (found.refused === undefined) used.set(source, found);
    else refusals.add(found.refused);
    return found;
  };
  for (const section of sections) {
    const add = (start: number, source: string, lowered: LoweredStatement): void => {
      statements.push({ start, text: source, direction: section.direction, transaction: section.transaction, lowered });
    };
    for (const part of section.parts) {
      let from: number | undefined = part.start;
      for (let restarts = 0; from !== undefined; restarts++)
        from = readPart(text, from, part.end, lower, add, restarts < restartLimit);
    }
  }
  return {
    text,
    statements,
    hasDownSection: sections.some((section) => section.direction === 'down'),
    notAnalysed: [...refusals].map((reason) => ({ reason: `A statement was not looked at: ${reason}.` })),
  };
}

type Lower = (source: string) => LoweredStatement;
type Add = (start: number, source: string, lowered: LoweredStatement) => void;

/** Reads statements up to `to`; returns where to begin again when a quote turned out to have swallowed the next statement. */
function readPart(
  text: string,
  from: number,
  to: number,
  lower: Lower,
  add: Add,
  mayRestart: boolean,
): number | undefined {
  for (const statement of splitStatements(text, from, to).statements) {
    if (statement.broken !== undefined) {
      add(statement.start, statement.text, brokenBy(statement));
      continue;
    }
    const lowered = lower(statement.text);
    if (lowered.error === undefined) {
      add(statement.start, statement.text, lowered);
      continue;
    }
    const swallowed = mayRestart ? swallowing(statement) : undefined;
    if (swallowed !== undefined) {
      const own = statement.text.slice(0, swallowed.resume).trimEnd();
      const at = { start: swallowed.quote, end: swallowed.quote + 1 };
      add(statement.start, own, {
        key: hash(own),
        operations: [],
        error: { message: 'unterminated quoted string', at },
        templated: false,
      });
      return statement.start + swallowed.resume;
    }
    addParts(statement.start, statement.text, lowered, lower, add);
  }
  return undefined;
}

function brokenBy(statement: Statement): LoweredStatement {
  const broken = statement.broken;
  const key = hash(statement.text);
  return broken === undefined
    ? { key, operations: [], templated: false }
    : { key, operations: [], error: { message: broken.message, at: broken.at }, templated: false };
}

/** The first quote of a rejected statement that holds the beginning of another one. */
function swallowing(statement: Statement): { readonly quote: number; readonly resume: number } | undefined {
  for (const token of tokens(statement.text)) {
    if (token.kind !== 'string' && token.kind !== 'name') continue;
    const resume = nextStatementIn(statement.text, token);
    if (resume !== undefined) return { quote: token.start, resume };
  }
  return undefined;
}

const beginsStatement = /^(?:create|alter|drop|insert|update|delete|comment|grant|revoke|truncate|begin|commit|do)\b/i;

/** A semicolon is missing where the error is a line that begins a statement: both sides are read for themselves. */
function addParts(start: number, text: string, lowered: LoweredStatement, lower: Lower, add: Add): void {
  let rest = text;
  let at = start;
  let now = lowered;
  for (let cuts = 0; now.error !== undefined && cuts < restartLimit; cuts++) {
    const cut = now.error.at.start;
    const lineStart = Math.max(rest.lastIndexOf('\n', cut - 1), rest.lastIndexOf('\r', cut - 1)) + 1;
    if (cut === 0 || rest.slice(lineStart, cut).trim() !== '' || !beginsStatement.test(rest.slice(cut))) break;
    const own = withoutTrailingComments(rest.slice(0, cut));
    if (own === '') break;
    const first = lower(own);
    const last = own.length;
    const missing = { message: 'a semicolon is missing here', at: { start: last - 1, end: last } };
    add(at, own, first.error === undefined ? { ...first, key: `${first.key};`, error: missing } : first);
    rest = rest.slice(cut);
    at += cut;
    now = lower(rest);
  }
  add(at, rest, now);
}

function withoutTrailingComments(text: string): string {
  return text.slice(0, tokens(text).at(-1)?.end ?? 0);
}
