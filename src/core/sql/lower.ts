import type { Span } from '../text.ts';
import { hash, ownCopy } from '../text.ts';
import { lowerAlterTable } from './lower-alter.ts';
import { lowerBlock, lowerCalls } from './lower-block.ts';
import { lowerDrop, lowerRename, qualified } from './lower-drop.ts';
import { lowerCreateTable, notNullChecked } from './lower-table.ts';
import type { IndexedColumn, LoweredStatement, Operation, TableName } from './operations.ts';
import { fillPlaceholders } from './template.ts';
import { tokenAt } from './tokens.ts';
import {
  as,
  byteOffsets,
  strings,
  unwrap,
  type AlterTableStmt,
  type CreateStmt,
  type IndexStmt,
  type Node,
  type ParseStatement,
  type RangeVar,
  type TypeName,
} from './tree.ts';
import { statementWords, type StatementWords } from './words.ts';

/** Parses and lowers one statement. Depends on nothing but its arguments; the tree is not kept. */
export function lowerStatement(text: string, parse: ParseStatement): LoweredStatement {
  const key = hash(text);
  let parsed = parse(text);
  let source = text;
  let templated = false;
  if (parsed.kind === 'error') {
    const filled = fillPlaceholders(text);
    const again = filled === text ? parsed : parse(filled);
    if (again.kind === 'tree') {
      parsed = again;
      source = filled;
      templated = true;
    }
  }
  if (parsed.kind === 'refused') return { key, operations: [], refused: parsed.reason, templated };
  if (parsed.kind === 'error') {
    return { key, operations: [], error: { message: parsed.message, at: errorPlace(text, parsed.offset) }, templated };
  }
  return { key, operations: lowerTree(source, parsed.stmt, parse), templated };
}

/** The token at the error; at the end of the statement, its last token. */
function errorPlace(text: string, offset: number): Span {
  const at = tokenAt(text, offset);
  if (at !== undefined && at.kind !== 'comment') return { start: at.start, end: at.end };
  const words = statementWords(text);
  const last = words.tokens.at(-1);
  return last === undefined ? { start: 0, end: text.length } : { start: last.start, end: last.end };
}

/** The operations of a parsed statement; `parse` reads the statements inside a DO block. */
function lowerTree(text: string, stmt: Node, parse: ParseStatement): Operation[] {
  const { tag, value } = unwrap(stmt);
  const whole: Span = { start: 0, end: text.length };
  const common = { at: whole, conditional: false };
  const other = (concurrently = false): Operation[] => [{ kind: 'other', ...common, statement: tag, concurrently }];
  const words = (): StatementWords => statementWords(text);
  switch (tag) {
    case 'CreateStmt':
      return [lowerCreateTable(words(), value as unknown as CreateStmt)];
    case 'CreateForeignTableStmt': {
      const base = value['base'] as CreateStmt | undefined;
      return base === undefined ? other() : [lowerCreateTable(words(), base)];
    }
    case 'AlterTableStmt':
      return lowerAlterTable(words(), value as unknown as AlterTableStmt);
    case 'IndexStmt':
      return [lowerIndex(words(), value as unknown as IndexStmt)];
    case 'DropStmt':
      return lowerDrop(words(), value);
    case 'RenameStmt':
      return [lowerRename(words(), value)];
    case 'DoStmt':
      return lowerBlock(text, lowerTree, parse);
    case 'SelectStmt':
    case 'CallStmt':
      return lowerCalls(text, tag, value);
    case 'CreateTableAsStmt':
      return lowerCreateTableAs(words(), value);
    case 'TransactionStmt':
      return lowerTransaction(value, common);
    case 'VariableSetStmt': {
      const name = value['name'];
      if (typeof name !== 'string') return other();
      return [{ kind: 'setVariable', ...common, name, values: settings(value), local: value['is_local'] === true }];
    }
    case 'TruncateStmt': {
      const tables: TableName[] = [];
      for (const node of (value['relations'] as readonly Node[] | undefined) ?? []) {
        const relation = as(node, 'RangeVar');
        if (relation !== undefined) tables.push(words().table(relation));
      }
      return [{ kind: 'truncate', ...common, tables }];
    }
    case 'InsertStmt':
    case 'UpdateStmt':
    case 'DeleteStmt': {
      const relation = value['relation'] as RangeVar | undefined;
      if (relation === undefined) return other();
      const table = { schema: relation.schemaname, name: relation.relname, at: nameAt(text, relation) };
      if (tag === 'InsertStmt') return [{ kind: 'insert', ...common, table }];
      return [
        {
          kind: tag === 'UpdateStmt' ? 'update' : 'delete',
          ...common,
          table,
          where: value['whereClause'] !== undefined,
        },
      ];
    }
    case 'CreateEnumStmt':
    case 'CompositeTypeStmt':
    case 'CreateDomainStmt':
    case 'CreateRangeStmt': {
      const at = words();
      const parts =
        tag === 'CompositeTypeStmt'
          ? relationParts(value['typevar'])
          : strings(value['domainname'] ?? value['typeName']);
      const found = at.findName(parts.at(-1) ?? '', { from: 2, to: at.tokens.length });
      const name = qualified(parts, at.column(found)?.at ?? whole);
      const values = tag === 'CreateEnumStmt' ? strings(value['vals']) : undefined;
      const base = tag === 'CreateDomainStmt' ? (value['typeName'] as TypeName | undefined) : undefined;
      const domainOf = base === undefined ? undefined : strings(base.names).at(-1);
      return [{ kind: 'createType', ...common, name, values, domainOf }];
    }
    case 'AlterEnumStmt': {
      const added = value['newVal'];
      if (typeof added !== 'string' || value['oldVal'] !== undefined) return other();
      return [
        {
          kind: 'addEnumValue',
          ...common,
          type: qualified(strings(value['typeName']), whole),
          value: added,
        },
      ];
    }
    case 'ViewStmt': {
      const view = value['view'] as RangeVar | undefined;
      return view === undefined
        ? other()
        : [{ kind: 'createView', ...common, view: words().table(view), materialized: false, text: ownCopy(text) }];
    }
    case 'CreateFunctionStmt':
      return [{ kind: 'createFunction', ...common, name: qualified(strings(value['funcname']), whole) }];
    case 'CreateTrigStmt': {
      const relation = value['relation'] as RangeVar | undefined;
      if (relation === undefined) return other();
      const calls = strings(value['funcname']).at(-1) ?? '';
      return [
        {
          kind: 'createTrigger',
          ...common,
          table: words().table(relation),
          name: textOf(value['trigname']),
          calls,
        },
      ];
    }
    case 'CreateSchemaStmt':
      return [{ kind: 'createSchema', ...common, schema: textOf(value['schemaname']) }];
    case 'AlterObjectSchemaStmt': {
      const relation = value['relation'] as RangeVar | undefined;
      if (relation === undefined || value['objectType'] !== 'OBJECT_TABLE') return other();
      return [{ kind: 'moveTable', ...common, table: words().table(relation), schema: textOf(value['newschema']) }];
    }
    case 'CommentStmt':
      return [lowerComment(value, common)];
    case 'ReindexStmt':
    case 'RefreshMatViewStmt':
      return other(/\bconcurrently\b/i.test(text));
    default:
      return other();
  }
}

function nameAt(text: string, relation: RangeVar): Span {
  let token = tokenAt(text, byteOffsets(text)(relation.location ?? 0));
  for (let i = 0; i < 2 && token !== undefined; i++) {
    const dot = tokenAt(text, token.end);
    if (dot === undefined || text.charCodeAt(dot.start) !== 46) break;
    token = tokenAt(text, dot.end);
  }
  return token === undefined ? { start: 0, end: text.length } : { start: token.start, end: token.end };
}

function relationParts(relation: unknown): string[] {
  const name = relation as RangeVar | undefined;
  if (name === undefined) return [];
  return name.schemaname === undefined ? [name.relname] : [name.schemaname, name.relname];
}

function lowerCreateTableAs(words: StatementWords, value: Node): Operation[] {
  const relation = (value['into'] as { readonly rel?: RangeVar } | undefined)?.rel;
  const common = { at: words.span({ from: 0, to: words.tokens.length }), conditional: false };
  if (relation === undefined) return [];
  const table = words.table(relation);
  if (value['objtype'] === 'OBJECT_MATVIEW') {
    return [{ kind: 'createView', ...common, view: table, materialized: true, text: ownCopy(words.text) }];
  }
  return [
    {
      kind: 'createTable',
      ...common,
      table,
      columns: [],
      constraints: [],
      ifNotExists: value['if_not_exists'] === true,
      temporary: relation.relpersistence === 't',
      partitioned: false,
      partitionOf: undefined,
      inherits: [],
      like: [],
      fromQuery: true,
    },
  ];
}

function lowerTransaction(value: Node, common: { readonly at: Span; readonly conditional: boolean }): Operation[] {
  switch (value['kind']) {
    case 'TRANS_STMT_BEGIN':
    case 'TRANS_STMT_START':
    case undefined:
      return [{ kind: 'transaction', ...common, action: 'begin' }];
    case 'TRANS_STMT_COMMIT':
      return [{ kind: 'transaction', ...common, action: 'commit' }];
    case 'TRANS_STMT_ROLLBACK':
      return [{ kind: 'transaction', ...common, action: 'rollback' }];
    default:
      return [{ kind: 'other', ...common, statement: 'TransactionStmt', concurrently: false }];
  }
}

function settings(value: Node): string[] {
  const found: string[] = [];
  for (const node of (value['args'] as readonly Node[] | undefined) ?? []) {
    const constant = as(node, 'A_Const');
    if (constant?.sval !== undefined) found.push(constant.sval.sval ?? '');
    else if (constant?.ival !== undefined) found.push(String(constant.ival.ival ?? 0));
  }
  return found;
}

function lowerComment(value: Node, common: { readonly at: Span; readonly conditional: boolean }): Operation {
  const parts = strings(as(value['object'] as Node | undefined, 'List')?.items);
  const on = textOf(value['objtype']);
  const column = on === 'OBJECT_COLUMN' ? parts.at(-1) : undefined;
  const table = on === 'OBJECT_COLUMN' ? parts.slice(0, -1) : on === 'OBJECT_TABLE' ? parts : [];
  return {
    kind: 'comment',
    ...common,
    on,
    table: table.length === 0 ? undefined : qualified(table, common.at),
    column,
  };
}

function lowerIndex(words: StatementWords, statement: IndexStmt): Operation {
  const table = words.table(statement.relation);
  const afterTable = words.dotted(words.indexAt(statement.relation.location))?.next ?? 0;
  const open = words.find('(', afterTable);
  const ranges = open < 0 ? [] : words.commas({ from: open + 1, to: words.closing(open) });
  const columns: IndexedColumn[] = [];
  for (const [i, node] of (statement.indexParams ?? []).entries()) {
    const element = as(node, 'IndexElem');
    const range = ranges[i] ?? { from: open, to: open + 1 };
    const plain =
      element?.opclass === undefined && element?.collation === undefined && element?.ordering === 'SORTBY_DEFAULT';
    columns.push({
      name: element?.name,
      plain,
      at: element?.name === undefined ? words.span(range) : words.span({ from: range.from, to: range.from + 1 }),
    });
  }
  const include: string[] = [];
  for (const node of statement.indexIncludingParams ?? []) {
    const name = as(node, 'IndexElem')?.name;
    if (name !== undefined) include.push(name);
  }
  const indexWord = words.find('index');
  const nameIndex =
    statement.idxname === undefined
      ? -1
      : words.findName(statement.idxname, { from: indexWord + 1, to: words.tokens.length });
  return {
    kind: 'createIndex',
    at: words.span({ from: 0, to: words.tokens.length }),
    conditional: false,
    table,
    name: words.column(nameIndex),
    columns,
    include,
    method: statement.accessMethod ?? 'btree',
    unique: statement.unique === true,
    partial: statement.whereClause !== undefined,
    whereNotNull: notNullChecked(statement.whereClause),
    concurrently: statement.concurrent === true,
    ifNotExists: statement.if_not_exists === true,
    only: statement.relation.inh !== true,
    afterIndex: words.tokens[indexWord]?.end ?? 0,
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
