import type { Operation, TableName } from './operations.ts';
import { strings, as, type DropStmt, type RenameStmt } from './tree.ts';
import type { StatementWords } from './words.ts';

/** The parts of a dotted name as schema and name; a database before them is dropped. */
export function qualified(parts: readonly string[], at: TableName['at']): TableName {
  return { schema: parts.at(-2), name: parts.at(-1) ?? '', at };
}

const leading = new Set([
  'drop',
  'table',
  'foreign',
  'index',
  'view',
  'materialized',
  'type',
  'domain',
  'schema',
  'concurrently',
  'if',
  'exists',
]);

export function lowerDrop(words: StatementWords, statement: DropStmt): Operation[] {
  const end = words.tokens.length;
  const common = { at: words.span({ from: 0, to: end }), conditional: false };
  const concurrently = statement.concurrent === true;
  const other: Operation = { kind: 'other', ...common, statement: 'DropStmt', concurrently };
  const kind = statement.removeType ?? '';
  const from = namesStart(words);
  const ifExists = statement.missing_ok === true;
  const cascade = statement.behavior === 'DROP_CASCADE';
  const made = (name: TableName): Operation => {
    switch (kind) {
      case 'OBJECT_TABLE':
      case 'OBJECT_FOREIGN_TABLE':
        return { kind: 'dropTable', ...common, table: name, ifExists, cascade };
      case 'OBJECT_INDEX':
        return { kind: 'dropIndex', ...common, index: name, concurrently, ifExists };
      case 'OBJECT_VIEW':
      case 'OBJECT_MATVIEW':
        return { kind: 'dropView', ...common, view: name };
      case 'OBJECT_TYPE':
      case 'OBJECT_DOMAIN':
        return { kind: 'dropType', ...common, type: name };
      case 'OBJECT_SCHEMA':
        return { kind: 'dropSchema', ...common, schema: name.name };
      default:
        return other;
    }
  };
  const dropped: Operation[] = [];
  for (const range of words.commas({ from, to: end })) {
    const name = words.dotted(range.from);
    if (name !== undefined) dropped.push(made(qualified(name.parts, name.at)));
  }
  return dropped.length === 0 ? [other] : dropped.some((one) => one.kind === 'other') ? [other] : dropped;
}

/** Index of the first name: the words before it are keywords, and one that only looks like a keyword is followed by a comma, a dot or nothing. */
function namesStart(words: StatementWords): number {
  let i = 0;
  while (
    leading.has(words.word(i)) &&
    i + 1 < words.tokens.length &&
    words.word(i + 1) !== ',' &&
    words.word(i + 1) !== '.'
  )
    i++;
  return i;
}

export function lowerRename(words: StatementWords, statement: RenameStmt): Operation {
  const end = words.tokens.length;
  const common = { at: words.span({ from: 0, to: end }), conditional: false };
  const other: Operation = { kind: 'other', ...common, statement: 'RenameStmt', concurrently: false };
  const to = words.column(end - 1);
  if (to === undefined) return other;
  if (statement.renameType === 'OBJECT_TYPE') {
    const parts = strings(as(statement.object, 'List')?.items);
    return { kind: 'renameType', ...common, type: qualified(parts, common.at), to: to.name };
  }
  const relation = statement.relation;
  if (relation === undefined) return other;
  const table = words.table(relation);
  if (statement.renameType === 'OBJECT_TABLE') return { kind: 'renameTable', ...common, table, to };
  if (statement.renameType === 'OBJECT_INDEX') return { kind: 'renameIndex', ...common, index: table, to: to.name };
  if (statement.renameType === 'OBJECT_TABCONSTRAINT') {
    return { kind: 'renameConstraint', ...common, table, name: statement.subname ?? '', to: to.name };
  }
  if (statement.renameType === 'OBJECT_COLUMN' && statement.relationType === 'OBJECT_TABLE') {
    // … RENAME [COLUMN] old TO new
    const column = words.column(end - 3);
    return column === undefined ? other : { kind: 'renameColumn', ...common, table, column, to };
  }
  return other;
}
