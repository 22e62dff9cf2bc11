import { constraintName } from './constraint-name.ts';
import type { ColumnFacts, ConstraintFacts, OperationOf, TableName } from './operations.ts';
import {
  defaultSchema,
  type Column,
  type Constraint,
  type Index,
  type Origin,
  type OwnType,
  type Schema,
  type Table,
} from './schema.ts';
import type { Span } from '../text.ts';

type OriginAt = (at: Span) => Origin;

/** The maps of a schema being changed; each is copied when it is first written. */
export interface DraftTables {
  schema(): Schema;
  searchPath(schemas: readonly string[]): void;
  find(name: TableName): Table | undefined;
  /** Notes a table that a statement speaks of and that nothing has created. */
  meetStranger(name: string): void;
  findView(name: TableName): string | undefined;
  findIndex(name: TableName): Index | undefined;
  findType(name: TableName): OwnType | undefined;
  /** The new table's id; undefined where IF NOT EXISTS found it. */
  create(operation: OperationOf<'createTable'>, origin: OriginAt): number | undefined;
  replace(table: Table): void;
  drop(table: Table): void;
  rename(table: Table, schema: string, name: string, at: Origin): void;
  addColumn(table: Table, column: ColumnFacts, origin: OriginAt): void;
  changeColumn(table: Table, name: string, change: Partial<Column>): void;
  renameColumn(table: Table, from: string, to: string, at: Origin): void;
  dropColumn(table: Table, name: string): void;
  addConstraint(table: Table, constraint: ConstraintFacts, origin: OriginAt): void;
  addIndex(index: Index): void;
  dropIndex(name: TableName): void;
  renameIndex(name: TableName, to: string): void;
  setType(name: TableName, type: OwnType): void;
  dropType(name: TableName): void;
  setView(name: TableName, materialized: boolean): void;
  dropView(name: TableName): void;
  dropSchema(schema: string): void;
  /** Marks tables that something unreadable mentions, or all. */
  doubt(mentions: readonly string[], anywhere: boolean): void;
}

export function draftTables(base: Schema): DraftTables {
  const tables = copiedOnWrite(base.tables);
  const names = copiedOnWrite(base.names);
  const indexes = copiedOnWrite(base.indexes);
  const types = copiedOnWrite(base.types);
  const views = copiedOnWrite(base.views);
  let strangers = base.strangers;
  let nextId = base.nextId;
  let path: readonly string[] = [];

  const home = (name: TableName): string => name.schema ?? path[0] ?? defaultSchema;
  /** The key under which `in_` knows the name, by the search path. */
  const keyIn = (in_: ReadonlyMap<string, unknown>, name: TableName): string | undefined => {
    const schemas = name.schema === undefined ? [...path, defaultSchema] : [name.schema];
    return schemas.map((schema) => key(schema, name.name)).find((one) => in_.has(one));
  };
  const find = (name: TableName): Table | undefined => {
    const found = keyIn(names.get(), name);
    const id = found === undefined ? undefined : names.get().get(found);
    return id === undefined ? undefined : tables.get().get(id);
  };
  const replace = (table: Table): void => {
    tables.write().set(table.id, table);
  };
  const rewriteIndexes = (table: number, change: (index: Index) => Index | undefined): void => {
    for (const [at, index] of indexes.get()) {
      if (index.table !== table) continue;
      const changed = change(index);
      if (changed === undefined) indexes.write().delete(at);
      else if (changed !== index) indexes.write().set(at, changed);
    }
  };
  const rewriteReferences = (to: number, change: (constraint: Constraint) => Constraint | undefined): void => {
    for (const table of tables.get().values()) {
      if (!table.constraints.some((constraint) => constraint.references?.table === to)) continue;
      const constraints: Constraint[] = [];
      for (const constraint of table.constraints) {
        const kept = constraint.references?.table === to ? change(constraint) : constraint;
        if (kept !== undefined) constraints.push(kept);
      }
      replace({ ...table, constraints });
    }
  };
  const constrained = (table: Table, facts: ConstraintFacts, origin: OriginAt): Table => {
    const index =
      facts.usingIndex === undefined
        ? undefined
        : findIndex({ schema: table.schema, name: facts.usingIndex, at: facts.at });
    const columns =
      index === undefined
        ? facts.columns.map((column) => column.name)
        : index.columns.filter((one) => one !== undefined);
    if (index !== undefined) indexes.write().delete(key(index.schema, index.name));
    const target = facts.references === undefined ? undefined : facts.references;
    const self =
      target !== undefined &&
      target.table.name === table.name &&
      (target.table.schema ?? table.schema) === table.schema;
    const constraint: Constraint = {
      kind: facts.kind,
      name: constraintName(table.name, facts),
      columns,
      ...(target === undefined
        ? {}
        : {
            references: {
              table: self ? table.id : find(target.table)?.id,
              name: target.table,
              columns: target.columns,
            },
          }),
      validated: !facts.notValid,
      checksNotNull: facts.checksNotNull,
      origin: origin(facts.at),
    };
    // PostgreSQL 18 keeps NOT NULL as constraints; only one with a name or not yet validated is ever spoken of again.
    const kept = facts.kind !== 'notNull' || facts.name !== undefined || facts.notValid;
    const next = kept ? { ...table, constraints: [...table.constraints, constraint] } : table;
    if (facts.kind !== 'primaryKey' && facts.kind !== 'notNull') return next;
    const changed = new Map(table.columns);
    for (const name of columns) {
      const column = changed.get(name);
      if (column !== undefined) changed.set(name, { ...column, notNull: true });
    }
    return { ...next, columns: changed };
  };
  const findIndex = (name: TableName): Index | undefined => {
    const found = keyIn(indexes.get(), name);
    return found === undefined ? undefined : indexes.get().get(found);
  };

  return {
    schema: () => ({
      tables: tables.get(),
      names: names.get(),
      indexes: indexes.get(),
      types: types.get(),
      strangers,
      views: views.get(),
      nextId,
    }),
    searchPath: (schemas) => {
      path = schemas.filter((schema) => schema !== '$user' && schema !== 'pg_catalog');
    },
    find,
    meetStranger: (name) => {
      if (!strangers.has(name)) strangers = new Set(strangers).add(name);
    },
    findView: (name) => keyIn(views.get(), name),
    findIndex,
    findType: (name) => {
      const found = keyIn(types.get(), name);
      return found === undefined ? undefined : types.get().get(found);
    },
    create: (operation, origin) => {
      const schema = home(operation.table);
      const existing = names.get().get(key(schema, operation.table.name));
      if (existing !== undefined && operation.ifNotExists) return undefined;
      const copied = [
        ...operation.inherits,
        ...operation.like,
        ...(operation.partitionOf === undefined ? [] : [operation.partitionOf]),
      ];
      const sources = copied.map(find);
      const columns = new Map<string, Column>();
      for (const source of sources) for (const [name, column] of source?.columns ?? []) columns.set(name, column);
      for (const column of operation.columns) columns.set(column.name, columnOf(column, origin));
      let table: Table = {
        id: nextId++,
        schema,
        name: operation.table.name,
        columns,
        constraints: [],
        columnsKnown: !operation.fromQuery && sources.every((source) => source?.columnsKnown === true),
        uncertain: operation.conditional,
        temporary: operation.temporary,
        partitioned: operation.partitioned,
        partitionOf: operation.partitionOf === undefined ? undefined : (find(operation.partitionOf)?.id ?? -1),
        triggers: [],
        origin: origin(operation.table.at),
        nameOrigin: origin(operation.table.at),
      };
      for (const column of operation.columns)
        for (const facts of column.constraints) table = constrained(table, facts, origin);
      for (const facts of operation.constraints) table = constrained(table, facts, origin);
      names.write().set(key(schema, table.name), table.id);
      replace(table);
      return table.id;
    },
    replace,
    drop: (table) => {
      names.write().delete(key(table.schema, table.name));
      tables.write().delete(table.id);
      rewriteIndexes(table.id, () => undefined);
      rewriteReferences(table.id, () => undefined);
    },
    rename: (table, schema, name, at) => {
      names.write().delete(key(table.schema, table.name));
      names.write().set(key(schema, name), table.id);
      replace({ ...table, schema, name, nameOrigin: at });
    },
    addColumn: (table, column, origin) => {
      if (table.columns.has(column.name)) return;
      let next: Table = { ...table, columns: new Map(table.columns).set(column.name, columnOf(column, origin)) };
      for (const facts of column.constraints) next = constrained(next, facts, origin);
      replace(next);
    },
    changeColumn: (table, name, change) => {
      const column = table.columns.get(name);
      if (column !== undefined)
        replace({ ...table, columns: new Map(table.columns).set(name, { ...column, ...change }) });
    },
    renameColumn: (table, from, to, at) => {
      const renamed = (name: string): string => (name === from ? to : name);
      const columns = new Map<string, Column>();
      for (const [name, column] of table.columns)
        columns.set(renamed(name), name === from ? { ...column, name: to, origin: at } : column);
      const constraints = table.constraints.map((one) => ({ ...one, columns: one.columns.map(renamed) }));
      replace({ ...table, columns, constraints });
      rewriteIndexes(table.id, (index) => ({
        ...index,
        columns: index.columns.map((name) => (name === undefined ? undefined : renamed(name))),
      }));
      rewriteReferences(table.id, (one) =>
        one.references === undefined
          ? one
          : { ...one, references: { ...one.references, columns: one.references.columns.map(renamed) } },
      );
    },
    dropColumn: (table, name) => {
      const columns = new Map(table.columns);
      columns.delete(name);
      replace({ ...table, columns, constraints: table.constraints.filter((one) => !one.columns.includes(name)) });
      rewriteIndexes(table.id, (index) =>
        index.columns.includes(name) || index.include.includes(name) ? undefined : index,
      );
    },
    addConstraint: (table, facts, origin) => replace(constrained(table, facts, origin)),
    addIndex: (index) => {
      const at = key(index.schema, index.name);
      if (!indexes.get().has(at)) indexes.write().set(at, index);
    },
    dropIndex: (name) => {
      const found = keyIn(indexes.get(), name);
      if (found !== undefined) indexes.write().delete(found);
    },
    renameIndex: (name, to) => {
      const index = findIndex(name);
      if (index === undefined) return;
      indexes.write().delete(key(index.schema, index.name));
      indexes.write().set(key(index.schema, to), { ...index, name: to });
    },
    setType: (name, type) => {
      types.write().set(keyIn(types.get(), name) ?? key(home(name), name.name), type);
    },
    dropType: (name) => {
      const found = keyIn(types.get(), name);
      if (found !== undefined) types.write().delete(found);
    },
    setView: (name, materialized) => {
      views.write().set(key(home(name), name.name), materialized);
    },
    dropView: (name) => {
      const found = keyIn(views.get(), name);
      if (found !== undefined) views.write().delete(found);
    },
    dropSchema: (schema) => {
      for (const table of tables.get().values()) {
        if (table.schema !== schema) continue;
        names.write().delete(key(schema, table.name));
        tables.write().delete(table.id);
        rewriteIndexes(table.id, () => undefined);
        rewriteReferences(table.id, () => undefined);
      }
    },
    doubt: (mentions, anywhere) => {
      const words = new Set(mentions);
      for (const table of tables.get().values()) {
        if (!table.uncertain && (anywhere || words.has(table.name.toLowerCase())))
          replace({ ...table, uncertain: true });
      }
    },
  };
}

const key = (schema: string, name: string): string => `${schema}.${name}`;

function copiedOnWrite<K, V>(
  from: ReadonlyMap<K, V>,
): {
  readonly get: () => ReadonlyMap<K, V>;
  readonly write: () => Map<K, V>;
} {
  let own: Map<K, V> | undefined;
  return { get: () => own ?? from, write: () => (own ??= new Map(from)) };
}

function columnOf(column: ColumnFacts, origin: OriginAt): Column {
  return {
    name: column.name,
    type: column.type,
    notNull: column.notNull,
    hasDefault: (column.default !== undefined && column.default.value !== 'null') || column.generated !== undefined,
    generated: column.generated,
    made: origin(column.at),
    origin: origin(column.at),
    typeOrigin: origin(column.type.at),
  };
}
