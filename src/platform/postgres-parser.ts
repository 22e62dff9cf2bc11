// The package has no types for this file; whoever imports this module needs them too.
// oxlint-disable-next-line typescript/triple-slash-reference
/// <reference path="./libpg-query.d.ts" />
import { setFlagsFromString } from 'node:v8';
import createInstance, { type PgQueryInstance } from 'libpg-query/wasm/libpg-query.js';
import { byteOffsets, codePointOffset, type Node, type ParseResult } from '../core/sql/tree.ts';
import { tokenAt } from '../core/sql/tokens.ts';

/** PostgreSQL 18's parser. `parse` is synchronous and never throws. */
export interface PostgresParser {
  readonly parse: (statement: string) => ParseResult;
  /** Resolves when a fresh instance stands by again; worth awaiting between documents. */
  readonly ready: () => Promise<void>;
  /** How many instances were thrown away so far. */
  readonly recycled: number;
}

/** UTF-16 units. A larger statement is data, not a schema change; 5 MB of INSERT cost the parser 9 s and 788 MB. */
export const largestStatement = 1_000_000;
/** Deeper brackets than any person writes; the parser's own stack holds about 10,000. */
export const deepestNesting = 500;
/** Operators in one expression, between commas. The parser overflows its stack between 8,000 and 10,000. */
export const longestChain = 3000;

/** How many instances stand by, so that a lost one is replaced without waiting. Each costs address space, hardly memory. */
const spares = 2;

/**
 * The grammar is one function of enormous size. Once it has run for a while V8 optimises it, which takes 550 MB for a moment and more CPU
 * than it saves on anything short of a hundred thousand statements, so it keeps the code it has.
 */
const stayUnoptimised = ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering'];

const freshInstance = (): Promise<PgQueryInstance> => {
  for (const flag of stayUnoptimised) setFlagsFromString(flag);
  return createInstance({ print: () => {}, printErr: () => {} });
};

/** Loads the parser; `make` makes an instance of the WebAssembly module. Rejects when its file cannot be read. */
export async function createPostgresParser(
  make: () => Promise<PgQueryInstance> = freshInstance,
): Promise<PostgresParser> {
  let current: PgQueryInstance | undefined = await make();
  let standby: PgQueryInstance[] = [];
  let recycled = 0;
  let filling: Promise<void> | undefined;
  const fill = async (): Promise<void> => {
    try {
      while (current === undefined || standby.length < spares) {
        const fresh = await make();
        if (current === undefined) current = fresh;
        else standby = [...standby, fresh];
      }
    } finally {
      filling = undefined;
    }
  };
  const recycle = (): void => {
    recycled++;
    current = standby[0];
    standby = standby.slice(1);
    filling ??= fill();
    // Whoever waits for `ready` is told; a parse meanwhile says that the parser is being replaced.
    filling.catch(() => {});
  };
  return {
    get recycled() {
      return recycled;
    },
    ready: () => (current !== undefined && standby.length >= spares ? Promise.resolve() : (filling ??= fill())),
    parse: (statement) => {
      const reason = refusal(statement);
      if (reason !== undefined) return { kind: 'refused', reason };
      if (current === undefined) return { kind: 'refused', reason: 'the parser is being replaced after a failure' };
      try {
        return parseWith(current, statement);
      } catch {
        // Anything but a complaint about the text (a stack overflow, an exhausted memory) leaves the instance damaged for later statements.
        recycle();
        return { kind: 'refused', reason: 'the statement is too complex for the parser' };
      }
    },
  };
}

function parseWith(instance: PgQueryInstance, text: string): ParseResult {
  const size = instance.lengthBytesUTF8(text) + 1;
  const query = instance._malloc(size);
  if (query === 0) throw new RangeError('out of memory');
  instance.stringToUTF8(text, query, size);
  const result = instance._wasm_parse_query_raw(query);
  if (result === 0) throw new RangeError('out of memory');
  // struct PgQueryParseResult { char *parse_tree; char *stderr_buffer; PgQueryError *error; }
  const error = instance.getValue(result + 8, 'i32');
  const parsed = error === 0 ? readTree(instance, result, text) : readError(instance, error, text);
  instance._wasm_free_parse_result(result);
  instance._free(query);
  return parsed;
}

function readTree(instance: PgQueryInstance, result: number, text: string): ParseResult {
  const tree = JSON.parse(instance.UTF8ToString(instance.getValue(result, 'i32'))) as {
    readonly stmts?: readonly { readonly stmt?: Node; readonly stmt_location?: number }[];
  };
  const [first, second] = tree.stmts ?? [];
  if (second !== undefined) {
    return { kind: 'error', message: 'more than one statement', offset: byteOffsets(text)(second.stmt_location ?? 0) };
  }
  return { kind: 'tree', stmt: first?.stmt ?? {} };
}

function readError(instance: PgQueryInstance, error: number, text: string): ParseResult {
  // struct PgQueryError { char *message; char *funcname; char *filename; int lineno; int cursorpos; char *context; }
  const message = instance.UTF8ToString(instance.getValue(error, 'i32'));
  if (/memory exhausted|stack depth limit/.test(message))
    return { kind: 'refused', reason: 'the statement is too complex for the parser' };
  // The cursor counts code points from 1; the tree's locations count bytes.
  const cursor = instance.getValue(error + 16, 'i32');
  return { kind: 'error', message, offset: cursor > 0 ? codePointOffset(text, cursor - 1) : 0 };
}

/** Why `statement` must not reach the parser, or undefined. */
function refusal(statement: string): string | undefined {
  if (statement.length > largestStatement) return `the statement is longer than ${largestStatement} characters`;
  if (statement.includes('\0')) return 'the statement holds a NUL character, which would hide what follows it';
  if (statement.length < Math.min(deepestNesting, longestChain)) return undefined;
  let depth = 0;
  let chain = 0;
  for (let token = tokenAt(statement, 0); token !== undefined; token = tokenAt(statement, token.end)) {
    if (token.kind === 'comment') {
      if (token.open || nestedComments(statement, token.start, token.end) > deepestNesting) {
        return 'the statement nests its comments too deeply';
      }
    } else if (token.kind === 'sign') {
      const code = statement.charCodeAt(token.start);
      if (code === 40 || code === 91) depth++;
      else if (code === 41 || code === 93) depth--;
      else if (code === 44) chain = 0;
      else chain++;
      if (depth > deepestNesting) return 'the statement nests its brackets too deeply';
    } else if (token.kind === 'word' && chainWords.test(statement.slice(token.start, token.end))) {
      chain++;
    }
    if (chain > longestChain) return 'the statement chains too many operators';
  }
  return undefined;
}

const chainWords = /^(?:and|or|not|union|intersect|except|case|join|select|is|like|collate)$/i;

function nestedComments(text: string, start: number, end: number): number {
  let depth = 0;
  let deepest = 0;
  for (let i = start; i < end - 1; i++) {
    const pair = text.charCodeAt(i) * 256 + text.charCodeAt(i + 1);
    if (pair === 0x2f2a) {
      deepest = Math.max(deepest, ++depth);
      i++;
    } else if (pair === 0x2a2f) {
      depth--;
      i++;
    }
  }
  return deepest;
}
