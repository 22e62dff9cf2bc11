import type { Operation, OperationKind, OperationOf, TableName } from './operations.ts';
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
   * Whether the table was there before this draft began, and its making had run. A table that no known statement creates was (something else made it), unless
   * a statement of this draft that cannot be followed mentions it.
   */
  readonly existed: (name: TableName) => boolean;
  /** The same, unless this draft has emptied the table. */
  readonly holdsRows: (name: TableName) => boolean;
  /** The tables that have been emptied, and those that may have been with them by a cascade. */
  readonly cleared: ReadonlySet<number>;
}

/** `released` says whether what was written at a place had run before; everything in `base` where nothing is said. */
export function draftSchema(base: Schema, released: (origin: Origin) => boolean = () => true): SchemaDraft {
  const tables = draftTables(base);
  const createdHere = new Set<number>();
  const emptied = new Set<number>();
  const cleared = new Set<number>();
  const mentionedHere = new Set<string>();
  let anywhere = false;
  const clear = (id: number): void => {
    if (cleared.has(id)) return;
    cleared.add(id);
    for (const table of tables.schema().tables.values())
      if (table.constraints.some((one) => one.references?.table === id)) clear(table.id);
  };
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
          if (table === undefined) continue;
          emptied.add(table.id);
          clear(table.id);
        }
      } else applyOther(tables, operation, origin);
    },
    table: (name) => tables.find(name),
    isView: (name) => tables.findView(name) !== undefined,
    index: (name) => tables.findIndex(name),
    existed: (name) => {
      const table = tables.find(name);
      if (table !== undefined) return !createdHere.has(table.id) && !table.temporary && released(table.origin);
      return !anywhere && !mentionedHere.has(name.name.toLowerCase()) && tables.findView(name) === undefined;
    },
    holdsRows: (name) => draft.existed(name) && !emptied.has(tables.find(name)?.id ?? 0),
    cleared,
  };
  return draft;
}

type OnTable = {
  readonly [K in OperationKind]?: (
    tables: DraftTables,
    table: Table,
    operation: OperationOf<K>,
    origin: (at: Span) => Origin,
  ) => void;
};

/** What each kind of operation does to a table that is known. */
const onTable: OnTable = {
  dropTable: (tables, table) => tables.drop(table),
  renameTable: (tables, table, { to }, origin) => tables.rename(table, table.schema, to.name, origin(to.at)),
  moveTable: (tables, table, { schema }) => tables.rename(table, schema, table.name, table.nameOrigin),
  addColumn: (tables, table, { column }, origin) => tables.addColumn(table, column, origin),
  dropColumn: (tables, table, { column }) => tables.dropColumn(table, column.name),
  renameColumn: (tables, table, { column, to }, origin) =>
    tables.renameColumn(table, column.name, to.name, origin(to.at)),
  alterColumnType: (tables, table, { column, type }, origin) =>
    tables.changeColumn(table, column.name, { type, typeOrigin: origin(type.at) }),
  setNotNull: (tables, table, { column }) => tables.changeColumn(table, column.name, { notNull: true }),
  dropNotNull: (tables, table, { column }) => tables.changeColumn(table, column.name, { notNull: false }),
  setDefault: (tables, table, operation) =>
    tables.changeColumn(table, operation.column.name, { hasDefault: operation.default.value !== 'null' }),
  dropDefault: (tables, table, { column }) => tables.changeColumn(table, column.name, { hasDefault: false }),
  addIdentity: (tables, table, { column }) =>
    tables.changeColumn(table, column.name, { generated: 'identity', hasDefault: true }),
  addConstraint: (tables, table, { constraint }, origin) => tables.addConstraint(table, constraint, origin),
  dropConstraint: (tables, table, { name }) =>
    tables.replace({ ...table, constraints: table.constraints.filter((one) => one.name !== name) }),
  renameConstraint: (tables, table, { name, to }) => changeConstraint(tables, table, name, { name: to }),
  validateConstraint: (tables, table, { name }) => changeConstraint(tables, table, name, { validated: true }),
  attachPartition: (tables, table, { partition }) => setParent(tables, partition, table.id),
  detachPartition: (tables, _, { partition }) => setParent(tables, partition, undefined),
  createIndex,
  createTrigger: (tables, table, { calls }) => tables.replace({ ...table, triggers: [...table.triggers, calls] }),
};

type Elsewhere = { readonly [K in OperationKind]?: (tables: DraftTables, operation: OperationOf<K>) => void };

/** What the operations do that belong to no table. */
const elsewhere: Elsewhere = {
  dropIndex: (tables, { index }) => tables.dropIndex(index),
  renameIndex: (tables, { index, to }) => tables.renameIndex(index, to),
  // ALTER TABLE renames indexes too.
  renameTable: (tables, { table, to }) => tables.renameIndex(table, to.name),
  createType: (tables, { name, values, domainOf }) => tables.setType(name, { values, domainOf }),
  addEnumValue: (tables, { type, value }) =>
    tables.setType(type, { values: [...(tables.findType(type)?.values ?? []), value], domainOf: undefined }),
  renameType: (tables, { type, to }) => {
    const own = tables.findType(type);
    tables.dropType(type);
    tables.setType({ ...type, name: to }, own ?? { values: undefined, domainOf: undefined });
  },
  dropType: (tables, { type }) => tables.dropType(type),
  createView: (tables, { view, materialized }) => tables.setView(view, materialized),
  dropView: (tables, { view }) => tables.dropView(view),
  dropSchema: (tables, { schema }) => tables.dropSchema(schema),
};

/** Operations that only a table takes. */
const changesTable = new Set<OperationKind>([
  'addColumn',
  'dropColumn',
  'alterColumnType',
  'addConstraint',
  'createIndex',
  'setNotNull',
]);

function applyOther(tables: DraftTables, operation: Operation, origin: (at: Span) => Origin): void {
  const table = 'table' in operation && operation.table !== undefined ? tables.find(operation.table) : undefined;
  if (table !== undefined) {
    const apply = onTable[operation.kind] as
      | ((tables: DraftTables, table: Table, operation: Operation, origin: (at: Span) => Origin) => void)
      | undefined;
    apply?.(tables, table, operation, origin);
    return;
  }
  const unknown = 'table' in operation ? operation.table : undefined;
  if (
    unknown !== undefined &&
    changesTable.has(operation.kind) &&
    tables.findView(unknown) === undefined &&
    tables.findIndex(unknown) === undefined
  ) {
    tables.meetStranger(unknown.name);
  }
  const apply = elsewhere[operation.kind] as ((tables: DraftTables, operation: Operation) => void) | undefined;
  apply?.(tables, operation);
}

function setParent(tables: DraftTables, name: TableName, parent: number | undefined): void {
  const partition = tables.find(name);
  if (partition !== undefined) tables.replace({ ...partition, partitionOf: parent });
}

function changeConstraint(tables: DraftTables, table: Table, name: string, change: Partial<Constraint>): void {
  const constraints = table.constraints.map((one) => (one.name === name ? { ...one, ...change } : one));
  tables.replace({ ...table, constraints });
}

function createIndex(
  tables: DraftTables,
  table: Table,
  operation: OperationOf<'createIndex'>,
  origin: (at: Span) => Origin,
): void {
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
