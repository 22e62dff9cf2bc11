import type { Operation, OperationOf, TableName } from './operations.ts';
import { draftTables, type DraftTables } from './draft-tables.ts';
import type { Constraint, Index, Origin, Schema, Table } from './schema.ts';
import type { Span } from '../text.ts';

/** A schema while one migration's operations are applied to it. Reading it shows the state after the last operation. */
export interface SchemaDraft {
  readonly schema: Schema;
  /** Applies one operation of statement number `statement` of `file`. Never throws: what does not fit the schema changes nothing. */
  apply(operation: Operation, file: string, statement: number): void;
  /** The table a name means now, by the search path. */
  table(name: TableName): Table | undefined;
  isView(name: TableName): boolean;
  index(name: TableName): Index | undefined;
  /**
   * Whether the table was there before this draft began. A table that no known statement creates was (something else made it), unless
   * a statement of this draft that cannot be followed mentions it.
   */
  existed(name: TableName): boolean;
  /** The same, unless this draft has emptied the table. */
  holdsRows(name: TableName): boolean;
}

export function draftSchema(base: Schema): SchemaDraft {
  const tables = draftTables(base);
  const createdHere = new Set<number>();
  const emptied = new Set<number>();
  const mentionedHere = new Set<string>();
  let anywhere = false;
  const draft: SchemaDraft = {
    get schema() {
      return tables.schema();
    },
    apply: (operation, file, statement) => {
      const origin = (at: Span): Origin => ({ file, statement, at });
      if (operation.kind === 'createTable') {
        const created = tables.create(operation, origin);
        if (created !== undefined) createdHere.add(created);
      } else if (operation.kind === 'opaque') {
        if (!operation.changes.tables) return;
        for (const word of operation.mentions) mentionedHere.add(word);
        anywhere ||= operation.changes.anywhere;
        tables.doubt(operation.mentions, operation.changes.anywhere);
      } else if (operation.kind === 'setVariable') {
        if (operation.name === 'search_path') tables.searchPath(operation.values);
      } else if (operation.kind === 'truncate' || (operation.kind === 'delete' && !operation.where)) {
        for (const name of operation.kind === 'truncate' ? operation.tables : [operation.table]) {
          const table = tables.find(name);
          if (table !== undefined) emptied.add(table.id);
        }
      } else if ('table' in operation && operation.table !== undefined) alter(tables, operation, origin);
      else rest(tables, operation);
    },
    table: (name) => tables.find(name),
    isView: (name) => tables.findView(name) !== undefined,
    index: (name) => tables.findIndex(name),
    existed: (name) => {
      const table = tables.find(name);
      if (table !== undefined) return !createdHere.has(table.id) && !table.temporary;
      return !anywhere && !mentionedHere.has(name.name.toLowerCase()) && tables.findView(name) === undefined;
    },
    holdsRows: (name) => draft.existed(name) && !emptied.has(tables.find(name)?.id ?? 0),
  };
  return draft;
}

function alter(tables: DraftTables, operation: Operation & { readonly table?: TableName | undefined }, origin: (at: Span) => Origin): void {
  const name = operation.table;
  if (name === undefined) return;
  const table = tables.find(name);
  if (table === undefined) {
    if (operation.kind === 'renameTable') tables.renameIndex(name, operation.to.name);
    return;
  }
  switch (operation.kind) {
    case 'dropTable':
      return tables.drop(table);
    case 'renameTable':
      return tables.rename(table, table.schema, operation.to.name, origin(operation.to.at));
    case 'moveTable':
      return tables.rename(table, operation.schema, table.name, table.nameOrigin);
    case 'addColumn':
      return tables.addColumn(table, operation.column, origin);
    case 'dropColumn':
      return tables.dropColumn(table, operation.column.name);
    case 'renameColumn':
      return tables.renameColumn(table, operation.column.name, operation.to.name, origin(operation.to.at));
    case 'alterColumnType':
      return tables.changeColumn(table, operation.column.name, { type: operation.type, typeOrigin: origin(operation.type.at) });
    case 'setNotNull':
      return tables.changeColumn(table, operation.column.name, { notNull: true });
    case 'dropNotNull':
      return tables.changeColumn(table, operation.column.name, { notNull: false });
    case 'setDefault':
      return tables.changeColumn(table, operation.column.name, { hasDefault: operation.default.value !== 'null' });
    case 'dropDefault':
      return tables.changeColumn(table, operation.column.name, { hasDefault: false });
    case 'addIdentity':
      return tables.changeColumn(table, operation.column.name, { generated: 'identity', hasDefault: true });
    case 'addConstraint':
      return tables.addConstraint(table, operation.constraint, origin);
    case 'dropConstraint':
      return tables.replace({ ...table, constraints: table.constraints.filter((one) => one.name !== operation.name) });
    case 'renameConstraint':
      return changeConstraint(tables, table, operation.name, { name: operation.to });
    case 'validateConstraint':
      return changeConstraint(tables, table, operation.name, { validated: true });
    case 'attachPartition': {
      const partition = tables.find(operation.partition);
      return partition === undefined ? undefined : tables.replace({ ...partition, partitionOf: table.id });
    }
    case 'detachPartition': {
      const partition = tables.find(operation.partition);
      return partition === undefined ? undefined : tables.replace({ ...partition, partitionOf: undefined });
    }
    case 'createIndex':
      return createIndex(tables, table, operation, origin);
    case 'createTrigger':
      return tables.replace({ ...table, triggers: [...table.triggers, operation.calls] });
    default:
      return undefined;
  }
}

function rest(tables: DraftTables, operation: Operation): void {
  switch (operation.kind) {
    case 'dropIndex':
      return tables.dropIndex(operation.index);
    case 'renameIndex':
      return tables.renameIndex(operation.index, operation.to);
    case 'createType':
      return tables.setType(operation.name, operation.values);
    case 'addEnumValue':
      return tables.setType(operation.type, [...(tables.findType(operation.type) ?? []), operation.value]);
    case 'renameType': {
      const values = tables.findType(operation.type);
      tables.dropType(operation.type);
      return tables.setType({ ...operation.type, name: operation.to }, values);
    }
    case 'dropType':
      return tables.dropType(operation.type);
    case 'createView':
      return tables.setView(operation.view, operation.materialized);
    case 'dropView':
      return tables.dropView(operation.view);
    case 'dropSchema':
      return tables.dropSchema(operation.schema);
    default:
      return undefined;
  }
}

function changeConstraint(tables: DraftTables, table: Table, name: string, change: Partial<Constraint>): void {
  const constraints = table.constraints.map((one) => (one.name === name ? { ...one, ...change } : one));
  tables.replace({ ...table, constraints });
}

function createIndex(tables: DraftTables, table: Table, operation: OperationOf<'createIndex'>, origin: (at: Span) => Origin): void {
  const columns = operation.columns.map((column) => column.name);
  const name = operation.name?.name ?? `${table.name}_${columns.map((column) => column ?? 'expr').join('_')}_idx`;
  tables.addIndex({
    schema: table.schema,
    name,
    table: table.id,
    columns,
    include: operation.include,
    method: operation.method,
    unique: operation.unique,
    partial: operation.partial,
    whereNotNull: operation.whereNotNull,
    plain: operation.columns.every((column) => column.plain),
    origin: origin(operation.name?.at ?? operation.table.at),
  });
}
