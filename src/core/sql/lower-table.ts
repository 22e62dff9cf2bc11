import type {
  ColumnFacts,
  ColumnName,
  ConstraintFacts,
  ConstraintKind,
  DefaultFacts,
  Operation,
  TableName,
  TypeFacts,
} from './operations.ts';
import {
  as,
  strings,
  unwrap,
  type ColumnDef,
  type Constraint,
  type CreateStmt,
  type Node,
  type RangeVar,
  type TypeName,
} from './tree.ts';
import type { StatementWords } from './words.ts';

const serialTypes: ReadonlyMap<string, string> = new Map([
  ['serial', 'int4'],
  ['serial4', 'int4'],
  ['bigserial', 'int8'],
  ['serial8', 'int8'],
  ['smallserial', 'int2'],
  ['serial2', 'int2'],
]);

const constraintKinds: ReadonlyMap<string, ConstraintKind> = new Map([
  ['CONSTR_PRIMARY', 'primaryKey'],
  ['CONSTR_UNIQUE', 'unique'],
  ['CONSTR_FOREIGN', 'foreignKey'],
  ['CONSTR_CHECK', 'check'],
  ['CONSTR_EXCLUSION', 'exclude'],
  ['CONSTR_NOTNULL', 'notNull'],
]);

export function lowerCreateTable(words: StatementWords, statement: CreateStmt): Operation {
  const columns: ColumnFacts[] = [];
  const constraints: ConstraintFacts[] = [];
  const like: TableName[] = [];
  for (const element of statement.tableElts ?? []) {
    const { tag, value } = unwrap(element);
    if (tag === 'ColumnDef') {
      const column = lowerColumn(words, value);
      if (column !== undefined) columns.push(column);
    } else if (tag === 'Constraint') {
      const constraint = lowerConstraint(words, value as unknown as Constraint, undefined);
      if (constraint !== undefined) constraints.push(constraint);
    } else if (tag === 'TableLikeClause') {
      const relation = value['relation'] as RangeVar | undefined;
      if (relation !== undefined) like.push(words.table(relation));
    }
  }
  const parents: TableName[] = [];
  for (const parent of statement.inhRelations ?? []) {
    const relation = as(parent, 'RangeVar');
    if (relation !== undefined) parents.push(words.table(relation));
  }
  const partition = statement.partbound !== undefined;
  return {
    kind: 'createTable',
    at: words.span({ from: 0, to: words.tokens.length }),
    conditional: false,
    table: words.table(statement.relation),
    columns,
    constraints,
    ifNotExists: statement.if_not_exists === true,
    temporary: statement.relation.relpersistence === 't',
    partitioned: statement.partspec !== undefined,
    partitionOf: partition ? parents[0] : undefined,
    inherits: partition ? [] : parents,
    like,
    fromQuery: false,
  };
}

export function lowerColumn(words: StatementWords, definition: ColumnDef): ColumnFacts | undefined {
  const index = words.indexAt(definition.location);
  const name = words.column(index);
  if (name === undefined || definition.typeName === undefined) return undefined;
  const written = lowerType(words, definition.typeName);
  const serial = serialTypes.get(written.name);
  const constraints: ConstraintFacts[] = [];
  let notNull = serial !== undefined;
  let generated: ColumnFacts['generated'] = serial === undefined ? undefined : 'serial';
  let defaultFacts: DefaultFacts | undefined;
  for (const node of definition.constraints ?? []) {
    const constraint = as(node, 'Constraint');
    if (constraint === undefined) continue;
    if (constraint.contype === 'CONSTR_DEFAULT')
      defaultFacts = lowerDefault(words, constraint.raw_expr, constraint.location);
    else if (constraint.contype === 'CONSTR_IDENTITY') generated = 'identity';
    else if (constraint.contype === 'CONSTR_GENERATED')
      generated = constraint.generated_kind === 's' ? 'stored' : 'virtual';
    else {
      const lowered = lowerConstraint(words, constraint, name);
      if (lowered !== undefined) constraints.push(lowered);
      if (lowered?.kind === 'primaryKey' || lowered?.kind === 'notNull') notNull = true;
    }
  }
  if (generated === 'identity') notNull = true;
  return {
    ...name,
    type: serial === undefined ? written : { ...written, name: serial },
    notNull,
    default: defaultFacts,
    generated,
    constraints,
    definition: words.span({ from: index, to: words.clauseEnd(index) }),
  };
}

/** `of` is the column a constraint is written beside; undefined for one of the table. */
export function lowerConstraint(
  words: StatementWords,
  constraint: Constraint,
  of: ColumnName | undefined,
): ConstraintFacts | undefined {
  const kind = constraintKinds.get(constraint.contype);
  if (kind === undefined) return undefined;
  const from = words.indexAt(constraint.location);
  const to = of === undefined ? words.clauseEnd(from) : columnConstraintEnd(words, from);
  const target = constraint.pktable;
  return {
    kind,
    name: constraint.conname,
    columns: of === undefined ? constrainedColumns(words, constraint, kind, from, to) : [of],
    ...(target === undefined
      ? {}
      : { references: { table: words.table(target), columns: strings(constraint.pk_attrs) } }),
    // The parser marks every constraint of CREATE TABLE and ADD COLUMN as validated later; only a written NOT VALID counts.
    notValid: constraint.skip_validation === true && words.find('valid', from, to) > 0,
    usingIndex: constraint.indexname,
    checksNotNull: kind === 'check' ? notNullChecked(constraint.raw_expr) : undefined,
    at: words.span({ from, to }),
  };
}

function constrainedColumns(
  words: StatementWords,
  constraint: Constraint,
  kind: ConstraintKind,
  from: number,
  to: number,
): ColumnName[] {
  if (kind === 'check' || kind === 'exclude' || constraint.indexname !== undefined) return [];
  if (kind === 'notNull') {
    const name = strings(constraint.keys)[0];
    const found = name === undefined ? undefined : words.column(words.findName(name, { from, to }));
    return found === undefined ? [] : [found];
  }
  return words.columnsInBrackets(from);
}

const columnConstraintStart = new Set([
  'constraint',
  'not',
  'null',
  'default',
  'primary',
  'unique',
  'references',
  'check',
  'generated',
  'collate',
  'using',
]);

/** Where a constraint beside a column ends: at the next one, or with the column. */
function columnConstraintEnd(words: StatementWords, from: number): number {
  const end = words.clauseEnd(from);
  let i = from;
  if (words.word(i) === 'constraint') i += 2;
  i += words.word(i) === 'not' || words.word(i) === 'primary' ? 2 : 1;
  for (; i < end; i++) {
    const word = words.word(i);
    if (word === '(') i = words.closing(i);
    else if (word === 'on' || word === 'set') i++;
    else if (word === 'not' && words.word(i + 1) === 'valid') i++;
    else if (columnConstraintStart.has(word) && words.word(i - 1) !== 'set') return i;
  }
  return end;
}

/** The column of an expression that says only that it is not null. */
export function notNullChecked(expression: Node | undefined): string | undefined {
  const test = as(expression, 'NullTest');
  if (test?.nulltesttype !== 'IS_NOT_NULL') return undefined;
  const fields = strings(as(test.arg, 'ColumnRef')?.fields);
  return fields.at(-1);
}

export function lowerType(words: StatementWords, type: TypeName): TypeFacts {
  const from = words.indexAt(type.location);
  const at = words.span({ from, to: typeEnd(words, from) });
  const modifiers: number[] = [];
  for (const node of type.typmods ?? []) {
    const constant = as(node, 'A_Const');
    if (constant?.ival !== undefined) modifiers.push(constant.ival.ival ?? 0);
  }
  return {
    name: strings(type.names).at(-1) ?? '',
    modifiers,
    array: (type.arrayBounds?.length ?? 0) > 0,
    text: words.text.slice(at.start, at.end),
    at,
  };
}

const intervalFields = new Set(['year', 'month', 'day', 'hour', 'minute', 'second', 'to']);

function typeEnd(words: StatementWords, from: number): number {
  let i = from;
  const first = words.word(i);
  if (first === 'double' && words.word(i + 1) === 'precision') i += 2;
  else if (first === 'national' || first === 'character' || first === 'char' || first === 'nchar' || first === 'bit') {
    i++;
    if (first === 'national') i++;
    if (words.word(i) === 'varying') i++;
  } else i = words.dotted(i)?.next ?? i + 1;
  if (first === 'interval') while (intervalFields.has(words.word(i))) i++;
  if (words.word(i) === '(') i = words.closing(i) + 1;
  if (first === 'timestamp' || first === 'time') {
    if ((words.word(i) === 'with' || words.word(i) === 'without') && words.word(i + 1) === 'time') i += 3;
  }
  if (words.word(i) === 'array') i++;
  while (words.word(i) === '[') i = words.closing(i) + 1;
  return i;
}

const stableFunctions = new Set([
  'now',
  'transaction_timestamp',
  'statement_timestamp',
  'current_setting',
  'lower',
  'upper',
  'concat',
  'coalesce',
  'make_interval',
  'to_tsvector',
  'array_fill',
  'jsonb_build_object',
  'json_build_object',
  'jsonb_build_array',
  'json_build_array',
  'to_jsonb',
  'timezone',
  'date_trunc',
  'date_part',
  'round',
  'floor',
  'ceil',
  'abs',
  'length',
  'md5',
  'decode',
  'encode',
  'to_char',
  'to_timestamp',
  'make_date',
]);
const volatileFunctions = new Set([
  'gen_random_uuid',
  'uuid_generate_v4',
  'uuid_generate_v1',
  'uuid_generate_v1mc',
  'uuidv4',
  'uuidv7',
  'uuid_generate_v7',
  'random',
  'clock_timestamp',
  'timeofday',
  'nextval',
  'gen_random_bytes',
  'gen_salt',
  'txid_current',
  'setval',
  'random_normal',
]);

export function lowerDefault(
  words: StatementWords,
  expression: Node | undefined,
  location: number | undefined,
): DefaultFacts {
  const from = words.indexAt(location);
  return {
    value: defaultValue(expression),
    at: words.span({ from, to: Math.min(words.clauseEnd(from), columnConstraintEnd(words, from)) }),
  };
}

type DefaultValue = DefaultFacts['value'];
const defaultOrder: readonly DefaultValue[] = ['null', 'constant', 'stable', 'unknown', 'volatile'];

function defaultValue(expression: Node | undefined): DefaultValue {
  const { tag, value } = unwrap(expression);
  if (tag === 'A_Const') return value['isnull'] === true ? 'null' : 'constant';
  if (tag === 'TypeCast') return defaultValue(value['arg'] as Node | undefined);
  let worst: DefaultValue = 'constant';
  const raise = (found: DefaultValue): void => {
    if (defaultOrder.indexOf(found) > defaultOrder.indexOf(worst)) worst = found;
  };
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const item of node) visit(item);
    else if (typeof node === 'object' && node !== null) {
      for (const [key, child] of Object.entries(node)) {
        if (key === 'FuncCall') {
          const name = strings((child as { readonly funcname?: readonly Node[] }).funcname).at(-1) ?? '';
          raise(volatileFunctions.has(name) ? 'volatile' : stableFunctions.has(name) ? 'stable' : 'unknown');
        } else if (key === 'SQLValueFunction') raise('stable');
        visit(child);
      }
    }
  };
  visit(expression);
  return worst;
}
