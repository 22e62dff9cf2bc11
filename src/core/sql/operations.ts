import type { Span } from '../text.ts';

/** All spans here count UTF-16 units from the start of the statement. */

/** A relation as it is written. `at` covers its last identifier, quotes included; `schema` is undefined where none is written. */
export interface TableName {
  readonly schema: string | undefined;
  readonly name: string;
  readonly at: Span;
}

/** A column as it is written. */
export interface ColumnName {
  readonly name: string;
  readonly at: Span;
}

/** A type: PostgreSQL's catalogue name (`int4`, `timestamptz`, `varchar`), its modifiers, and the text as written. */
export interface TypeFacts {
  readonly name: string;
  readonly modifiers: readonly number[];
  readonly array: boolean;
  readonly text: string;
  readonly at: Span;
}

/** How a default is computed: once for all rows, once per row, or unknown (a function this project defines). */
export interface DefaultFacts {
  readonly value: 'null' | 'constant' | 'stable' | 'volatile' | 'unknown';
  readonly at: Span;
}

export type ConstraintKind = 'primaryKey' | 'unique' | 'foreignKey' | 'check' | 'exclude' | 'notNull';

export interface ConstraintFacts {
  readonly kind: ConstraintKind;
  readonly name: string | undefined;
  readonly columns: readonly ColumnName[];
  readonly references?: { readonly table: TableName; readonly columns: readonly string[] };
  readonly notValid: boolean;
  readonly usingIndex: string | undefined;
  /** For a check that says only that one column is not null. */
  readonly checksNotNull: string | undefined;
  readonly at: Span;
}

export interface ColumnFacts extends ColumnName {
  readonly type: TypeFacts;
  /** Written so, or implied by a primary key, an identity or a serial type. */
  readonly notNull: boolean;
  readonly default: DefaultFacts | undefined;
  readonly generated: 'identity' | 'stored' | 'virtual' | 'serial' | undefined;
  readonly constraints: readonly ConstraintFacts[];
  /** The whole definition. */
  readonly definition: Span;
}

/** Whether a row that is there already could not take the column. */
export function isRequired(column: ColumnFacts): boolean {
  const filled = column.generated !== undefined || (column.default !== undefined && column.default.value !== 'null');
  return column.notNull && !filled;
}

export interface IndexedColumn {
  /** Undefined for an expression. */
  readonly name: string | undefined;
  readonly plain: boolean;
  readonly at: Span;
}

interface OnTable {
  readonly table: TableName;
}

interface OnColumn extends OnTable {
  readonly column: ColumnName;
}

interface Kinds {
  createTable: OnTable & {
    readonly columns: readonly ColumnFacts[];
    readonly constraints: readonly ConstraintFacts[];
    readonly ifNotExists: boolean;
    readonly temporary: boolean;
    readonly partitioned: boolean;
    readonly partitionOf: TableName | undefined;
    readonly inherits: readonly TableName[];
    readonly like: readonly TableName[];
    /** CREATE TABLE AS: its columns come from a query and are not known. */
    readonly fromQuery: boolean;
  };
  dropTable: OnTable & { readonly ifExists: boolean; readonly cascade: boolean };
  renameTable: OnTable & { readonly to: ColumnName };
  moveTable: OnTable & { readonly schema: string };
  addColumn: OnTable & { readonly column: ColumnFacts; readonly ifNotExists: boolean };
  dropColumn: OnColumn & { readonly ifExists: boolean; readonly cascade: boolean };
  renameColumn: OnColumn & { readonly to: ColumnName };
  /** `converts`: USING holds more than a cast of the column itself. */
  alterColumnType: OnColumn & { readonly type: TypeFacts; readonly converts: boolean };
  setNotNull: OnColumn;
  dropNotNull: OnColumn;
  setDefault: OnColumn & { readonly default: DefaultFacts };
  dropDefault: OnColumn;
  addIdentity: OnColumn;
  addConstraint: OnTable & { readonly constraint: ConstraintFacts };
  dropConstraint: OnTable & { readonly name: string; readonly ifExists: boolean };
  renameConstraint: OnTable & { readonly name: string; readonly to: string };
  validateConstraint: OnTable & { readonly name: string };
  attachPartition: OnTable & { readonly partition: TableName };
  detachPartition: OnTable & { readonly partition: TableName };
  createIndex: OnTable & {
    readonly name: ColumnName | undefined;
    readonly columns: readonly IndexedColumn[];
    readonly include: readonly string[];
    readonly method: string;
    readonly unique: boolean;
    readonly partial: boolean;
    /** A partial index over the rows where this column is not null; it serves every comparison with that column. */
    readonly whereNotNull: string | undefined;
    readonly concurrently: boolean;
    readonly ifNotExists: boolean;
    /** ON ONLY: a partitioned table without its partitions. */
    readonly only: boolean;
    /** Just past the word INDEX, where CONCURRENTLY belongs. */
    readonly afterIndex: number;
  };
  dropIndex: { readonly index: TableName; readonly concurrently: boolean; readonly ifExists: boolean };
  renameIndex: { readonly index: TableName; readonly to: string };
  createType: {
    readonly name: TableName;
    /** An enum's values; undefined for other types. */
    readonly values: readonly string[] | undefined;
    /** What a domain narrows. */
    readonly domainOf: string | undefined;
  };
  addEnumValue: { readonly type: TableName; readonly value: string };
  renameType: { readonly type: TableName; readonly to: string };
  dropType: { readonly type: TableName };
  createView: { readonly view: TableName; readonly materialized: boolean; readonly text: string };
  dropView: { readonly view: TableName };
  createFunction: { readonly name: TableName };
  createTrigger: OnTable & { readonly name: string; readonly calls: string };
  createSchema: { readonly schema: string };
  dropSchema: { readonly schema: string };
  truncate: { readonly tables: readonly TableName[] };
  update: OnTable & { readonly where: boolean };
  delete: OnTable & { readonly where: boolean };
  insert: OnTable;
  transaction: { readonly action: 'begin' | 'commit' | 'rollback' };
  setVariable: { readonly name: string; readonly values: readonly string[]; readonly local: boolean };
  comment: { readonly on: string; readonly table: TableName | undefined; readonly column: string | undefined };
  /** Runs code whose effect cannot be read: words it mentions may be tables it changes. */
  opaque: {
    readonly mentions: readonly string[];
    readonly changes: { readonly tables: boolean; readonly anywhere: boolean };
  };
  /** Cannot run inside a transaction, or takes no part in the schema. `statement` is PostgreSQL's name for it. */
  other: { readonly statement: string; readonly concurrently: boolean };
}

interface Common {
  /** The statement, or the clause of an ALTER TABLE. */
  readonly at: Span;
  /** Inside a DO block: it runs only if control reaches it. */
  readonly conditional: boolean;
}

export type OperationKind = keyof Kinds;
export type Operation = { [K in OperationKind]: { readonly kind: K } & Common & Kinds[K] }[OperationKind];
/** The operation of one kind. */
export type OperationOf<K extends OperationKind> = Extract<Operation, { readonly kind: K }>;

/** A statement after lowering; a function of its text alone. */
export interface LoweredStatement {
  /** Hash of the text. */
  readonly key: string;
  readonly operations: readonly Operation[];
  /** Why it is no PostgreSQL, at a place counted from the statement's start. */
  readonly error?: { readonly message: string; readonly at: Span };
  /** Why it was not looked at. */
  readonly refused?: string;
  /** It holds a template's placeholders, which were read as names. */
  readonly templated: boolean;
}
