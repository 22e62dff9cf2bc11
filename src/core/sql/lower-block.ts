import type { Operation } from './operations.ts';
import { fillPlaceholders } from './template.ts';
import { foldCase, tokens, type Token } from './tokens.ts';
import { as, strings, type Node, type ParseStatement } from './tree.ts';

type LowerTree = (text: string, stmt: Node, parse: ParseStatement) => Operation[];

const starters = new Set([
  'alter',
  'create',
  'drop',
  'truncate',
  'update',
  'delete',
  'insert',
  'comment',
  'execute',
  'perform',
  'call',
]);
const openers = new Set(['begin', 'then', 'else', 'loop']);
const changing = /\b(?:add|drop|alter|rename|create|attach|detach|set\s+schema)\b/i;

/** The operations of a DO block: its static statements, marked conditional inside IF, LOOP and exception handlers, and one opaque operation for its dynamic ones. */
export function lowerBlock(text: string, lower: LowerTree, parse: ParseStatement): Operation[] {
  const body = tokens(text).find((token) => token.kind === 'body' || token.kind === 'string');
  const whole = { start: 0, end: text.length };
  if (
    body === undefined ||
    /\blanguage\s+(?!\s|'?plpgsql\b|"plpgsql")/i.test(text.replace(text.slice(body.start, body.end), ''))
  ) {
    return [{ kind: 'opaque', at: whole, conditional: true, mentions: [], changes: { tables: true, anywhere: true } }];
  }
  const opening = body.kind === 'body' ? text.indexOf('$', body.start + 1) + 1 : body.start + 1;
  const closing = body.kind === 'body' ? body.end - (opening - body.start) : body.end - 1;
  const inner = fillPlaceholders(text.slice(opening, closing));
  const operations: Operation[] = [];
  const dynamic: string[] = [];
  for (const found of blockStatements(inner)) {
    if (found.word === 'execute') {
      dynamic.push(inner.slice(found.start, found.end));
      continue;
    }
    const source =
      found.word === 'perform'
        ? `SELECT${inner.slice(found.start + 7, found.end)}`
        : inner.slice(found.start, found.end);
    const parsed = parse(source);
    if (parsed.kind !== 'tree') continue;
    const shift = opening + found.start + (found.word === 'perform' ? 1 : 0);
    for (const operation of lower(source, parsed.stmt, parse)) {
      if (operation.kind !== 'other')
        operations.push(shifted({ ...operation, conditional: operation.conditional || found.conditional }, shift));
    }
  }
  if (dynamic.length > 0) operations.push(opaque(inner, dynamic, whole));
  return operations;
}

function opaque(inner: string, dynamic: readonly string[], at: Operation['at']): Operation {
  const code = dynamic.join('\n');
  // The command may be put together in a variable first, so the whole block is searched for what it changes.
  const literal = dynamic.every((one) => /^execute\s+'/i.test(one) && !one.includes('||'));
  const searched = literal ? code : inner;
  const tables = changing.test(searched);
  return {
    kind: 'opaque',
    at,
    conditional: true,
    mentions: mentionsIn(searched),
    changes: { tables, anywhere: tables && !literal },
  };
}

/** Every word, also inside string constants. */
function mentionsIn(code: string): string[] {
  return [...new Set((code.match(/[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/g) ?? []).map(foldCase))];
}

interface BlockStatement {
  readonly word: string;
  readonly start: number;
  readonly end: number;
  readonly conditional: boolean;
}

/** The SQL statements and EXECUTEs of a PL/pgSQL block, found by the words that can begin them. */
function blockStatements(inner: string): BlockStatement[] {
  const found: BlockStatement[] = [];
  const all = tokens(inner);
  const word = (token: Token | undefined): string =>
    token === undefined
      ? ''
      : token.kind === 'word'
        ? foldCase(inner.slice(token.start, token.end))
        : inner.slice(token.start, token.end);
  let depth = 0;
  let handler = false;
  let current: { word: string; start: number; conditional: boolean } | undefined;
  let before = ';';
  for (const [i, token] of all.entries()) {
    const now = word(token);
    if (now === ';') {
      if (current !== undefined) found.push({ ...current, end: token.start });
      current = undefined;
    } else if (current === undefined) {
      const first = before === ';' || openers.has(before);
      if (first && now === 'if') depth++;
      else if (now === 'loop' && before !== 'end') depth++;
      else if (now === 'end' && first) {
        const next = word(all[i + 1]);
        if (next === 'if' || next === 'loop') depth = Math.max(0, depth - 1);
        else handler = false;
      } else if (now === 'exception' && first) handler = true;
      else if (first && starters.has(now))
        current = { word: now, start: token.start, conditional: depth > 0 || handler };
    }
    before = now;
  }
  return found;
}

/** The operation with every span in it moved. */
function shifted<T>(value: T, by: number): T {
  if (Array.isArray(value)) return value.map((item: unknown) => shifted(item, by)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const moved: Record<string, unknown> = {};
  const isSpan = 'start' in value && 'end' in value;
  for (const [key, child] of Object.entries(value)) {
    moved[key] =
      isSpan && typeof child === 'number'
        ? child + by
        : key === 'afterIndex' && typeof child === 'number'
          ? child + by
          : shifted(child, by);
  }
  return moved as T;
}

/** Functions of PostgreSQL that a migration calls and that change no table. */
const harmless = new Set([
  'setval',
  'nextval',
  'currval',
  'set_config',
  'current_setting',
  'now',
  'count',
  'max',
  'min',
  'sum',
  'coalesce',
  'exists',
  'version',
  'pg_advisory_lock',
  'pg_advisory_unlock',
  'pg_advisory_xact_lock',
  'pg_sleep',
  'pg_notify',
  'pg_terminate_backend',
  'pg_cancel_backend',
  'lo_unlink',
  'gen_random_uuid',
  'to_regclass',
  'has_table_privilege',
  'pg_get_serial_sequence',
  'array_agg',
  'json_agg',
  'jsonb_agg',
  'lower',
  'upper',
  'length',
  'round',
  'row_number',
  'generate_series',
  'unnest',
  'string_agg',
  'greatest',
  'least',
  'date_trunc',
]);

/** A SELECT or CALL of functions this file does not know may change the tables it names. */
export function lowerCalls(text: string, tag: string, value: Node): Operation[] {
  const common = { at: { start: 0, end: text.length }, conditional: false };
  const calls: { readonly name: string; readonly args: readonly Node[] }[] = [];
  const call = (node: Node | undefined): void => {
    const found = as(node, 'FuncCall');
    if (found !== undefined) calls.push({ name: strings(found.funcname).at(-1) ?? '', args: found.args ?? [] });
  };
  if (tag === 'CallStmt') call({ FuncCall: value['funccall'] });
  for (const target of (value['targetList'] as readonly Node[] | undefined) ?? []) call(as(target, 'ResTarget')?.val);
  const setting = calls.find((one) => one.name === 'set_config');
  if (setting !== undefined) {
    const [name, to, local] = setting.args.map(constantText);
    if (name !== undefined && to !== undefined) {
      const values = to
        .split(',')
        .map((one) => one.trim().replaceAll('"', ''))
        .filter((one) => one !== '');
      return [{ kind: 'setVariable', ...common, name, values, local: local === 'true' }];
    }
  }
  const unknown = calls.filter((one) => !harmless.has(one.name));
  if (unknown.length === 0) return [{ kind: 'other', ...common, statement: tag, concurrently: false }];
  const mentions: string[] = [];
  for (const one of unknown) for (const arg of one.args) mentions.push(...mentionsIn(constantText(arg) ?? ''));
  return [{ kind: 'opaque', ...common, mentions, changes: { tables: mentions.length > 0, anywhere: false } }];
}

function constantText(node: Node): string | undefined {
  const cast = as(node, 'TypeCast');
  if (cast?.arg !== undefined) return constantText(cast.arg);
  const constant = as(node, 'A_Const');
  if (constant?.boolval !== undefined) return String(constant.boolval.boolval === true);
  return constant?.sval === undefined ? undefined : (constant.sval.sval ?? '');
}
