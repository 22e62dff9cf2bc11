import { lowerColumn, lowerConstraint, lowerDefault, lowerType } from './lower-table.ts';
import type { ColumnName, Operation } from './operations.ts';
import { as, strings, type AlterTableCmd, type AlterTableStmt, type Node } from './tree.ts';
import type { StatementWords, TokenRange } from './words.ts';

/** One operation per clause. */
export function lowerAlterTable(words: StatementWords, statement: AlterTableStmt): Operation[] {
  const all = { from: 0, to: words.tokens.length };
  if (statement.objtype !== 'OBJECT_TABLE' && statement.objtype !== 'OBJECT_FOREIGN_TABLE') {
    return [
      { kind: 'other', at: words.span(all), conditional: false, statement: 'AlterTableStmt', concurrently: false },
    ];
  }
  const name = words.dotted(words.indexAt(statement.relation.location));
  let from = name?.next ?? 0;
  if (words.word(from) === '*') from++;
  const clauses = words.commas({ from, to: all.to });
  const commands = statement.cmds ?? [];
  const operations: Operation[] = [];
  for (const [i, node] of commands.entries()) {
    const command = as(node, 'AlterTableCmd');
    if (command === undefined) continue;
    const clause = clauses.length === commands.length ? (clauses[i] ?? all) : { from, to: all.to };
    operations.push(lowerClause(words, statement, command, clause));
  }
  return operations;
}

function lowerClause(
  words: StatementWords,
  statement: AlterTableStmt,
  command: AlterTableCmd,
  clause: TokenRange,
): Operation {
  const common = { at: words.span(clause), conditional: false, table: words.table(statement.relation) };
  const column = (): ColumnName =>
    words.column(words.findName(command.name ?? '', { from: clause.from + 1, to: clause.to })) ?? {
      name: command.name ?? '',
      at: common.at,
    };
  const other: Operation = {
    kind: 'other',
    at: common.at,
    conditional: false,
    statement: command.subtype,
    concurrently: false,
  };
  switch (command.subtype) {
    case 'AT_AddColumn': {
      const definition = as(command.def, 'ColumnDef');
      const added = definition === undefined ? undefined : lowerColumn(words, definition);
      if (added === undefined) return other;
      return { kind: 'addColumn', ...common, column: added, ifNotExists: command.missing_ok === true };
    }
    case 'AT_DropColumn':
      return {
        kind: 'dropColumn',
        ...common,
        column: column(),
        ifExists: command.missing_ok === true,
        cascade: command.behavior === 'DROP_CASCADE',
      };
    case 'AT_ColumnDefault': {
      if (command.def === undefined) return { kind: 'dropDefault', ...common, column: column() };
      const at = words.find('default', clause.from, clause.to);
      const facts = lowerDefault(words, command.def, undefined);
      return {
        kind: 'setDefault',
        ...common,
        column: column(),
        default: { ...facts, at: words.span({ from: at, to: clause.to }) },
      };
    }
    case 'AT_SetNotNull':
      return { kind: 'setNotNull', ...common, column: column() };
    case 'AT_DropNotNull':
      return { kind: 'dropNotNull', ...common, column: column() };
    case 'AT_AddIdentity':
      return { kind: 'addIdentity', ...common, column: column() };
    case 'AT_AlterColumnType': {
      const definition = as(command.def, 'ColumnDef');
      if (definition?.typeName === undefined) return other;
      return {
        kind: 'alterColumnType',
        ...common,
        column: column(),
        type: lowerType(words, definition.typeName),
        converts: definition.raw_default !== undefined && !isCastOf(definition.raw_default, command.name ?? ''),
      };
    }
    case 'AT_AddConstraint': {
      const definition = as(command.def, 'Constraint');
      const constraint = definition === undefined ? undefined : lowerConstraint(words, definition, undefined);
      return constraint === undefined ? other : { kind: 'addConstraint', ...common, constraint };
    }
    case 'AT_DropConstraint':
      return { kind: 'dropConstraint', ...common, name: command.name ?? '', ifExists: command.missing_ok === true };
    case 'AT_ValidateConstraint':
      return { kind: 'validateConstraint', ...common, name: command.name ?? '' };
    case 'AT_AttachPartition':
    case 'AT_DetachPartition': {
      const partition = as(command.def, 'PartitionCmd')?.name;
      if (partition === undefined) return other;
      const kind = command.subtype === 'AT_AttachPartition' ? 'attachPartition' : 'detachPartition';
      return { kind, ...common, partition: words.table(partition) };
    }
    default:
      return other;
  }
}

/** `column::type`, however often cast. */
function isCastOf(expression: Node, column: string): boolean {
  const cast = as(expression, 'TypeCast');
  if (cast?.arg !== undefined) return isCastOf(cast.arg, column);
  return strings(as(expression, 'ColumnRef')?.fields).at(-1) === column;
}
