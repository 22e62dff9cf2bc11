import type { Span } from '../text.ts';
import { placeholderLetter } from './tokens.ts';
import type { ColumnFacts, ConstraintKind, TableName, TypeFacts } from './operations.ts';

/** Where something was written: a statement of a file by its number, and a place counted from that statement's start. It survives edits around the statement. */
export interface Origin {
  readonly file: string;
  readonly statement: number;
  readonly at: Span;
}

export interface Column {
  readonly name: string;
  readonly type: TypeFacts;
  readonly notNull: boolean;
  readonly hasDefault: boolean;
  readonly generated: ColumnFacts['generated'];
  /** Where it was added; kept through renames. */
  readonly made: Origin;
  /** Where its present name was written. */
  readonly origin: Origin;
  /** Where its present type was written. */
  readonly typeOrigin: Origin;
}

export interface Constraint {
  readonly kind: ConstraintKind;
  /** As written, or as PostgreSQL would name it. */
  readonly name: string;
  readonly columns: readonly string[];
  /** `table` is undefined where the referenced table is not known. No columns: its primary key. */
  readonly references?: {
    readonly table: number | undefined;
    readonly name: TableName;
    readonly columns: readonly string[];
  };
  readonly validated: boolean;
  readonly checksNotNull: string | undefined;
  readonly origin: Origin;
}

export interface Index {
  readonly schema: string;
  readonly name: string;
  readonly table: number;
  /** Undefined stands for an expression. */
  readonly columns: readonly (string | undefined)[];
  readonly include: readonly string[];
  readonly method: string;
  readonly unique: boolean;
  readonly partial: boolean;
  /** See the operation. */
  readonly whereNotNull: string | undefined;
  /** Default operator classes, collations and order throughout. */
  readonly plain: boolean;
  readonly origin: Origin;
}

export interface Table {
  /** Kept through renames. */
  readonly id: number;
  readonly schema: string;
  readonly name: string;
  readonly columns: ReadonlyMap<string, Column>;
  readonly constraints: readonly Constraint[];
  /** False for CREATE TABLE AS and for copies of tables that are not known. */
  readonly columnsKnown: boolean;
  /** Something that cannot be followed may have changed it: what is absent here may exist. */
  readonly uncertain: boolean;
  readonly temporary: boolean;
  readonly partitioned: boolean;
  /** A partition: its parent's id, or -1 where that is not known. */
  readonly partitionOf: number | undefined;
  /** Names of the functions its triggers call. */
  readonly triggers: readonly string[];
  readonly origin: Origin;
  /** Where its present name was written. */
  readonly nameOrigin: Origin;
}

/** A type the migrations made: an enum with its values, a domain with what it narrows, or another one. */
export interface OwnType {
  readonly values: readonly string[] | undefined;
  readonly domainOf: string | undefined;
}

/** The type a column's values really have: a domain's base, else the type itself. */
export function baseTypeName(schema: Schema, name: string): string {
  let base = name;
  // A domain may narrow a domain; none narrows itself.
  for (let depth = 0; depth < 10; depth++) {
    const own = ownType(schema, base)?.domainOf;
    if (own === undefined) break;
    base = own;
  }
  return base;
}

/** The type of that name, whatever schema it is in. */
export function ownType(schema: Schema, name: string): OwnType | undefined {
  const found = schema.types.get(`${defaultSchema}.${name}`);
  if (found !== undefined) return found;
  for (const [key, own] of schema.types) if (key.endsWith(`.${name}`)) return own;
  return undefined;
}

/** A database's schema at one moment. Never changed; a draft makes the next one. */
export interface Schema {
  readonly tables: ReadonlyMap<number, Table>;
  /** Table ids by `schema.name`. */
  readonly names: ReadonlyMap<string, number>;
  /** By `schema.name`. */
  readonly indexes: ReadonlyMap<string, Index>;
  /** By `schema.name`. */
  readonly types: ReadonlyMap<string, OwnType>;
  /** Names of tables that statements speak of and none creates: the schema has more tables than are known here. */
  readonly strangers: ReadonlySet<string>;
  /** By `schema.name`: whether it is materialized. */
  readonly views: ReadonlyMap<string, boolean>;
  readonly nextId: number;
}

export const emptySchema: Schema = {
  tables: new Map(),
  names: new Map(),
  indexes: new Map(),
  types: new Map(),
  strangers: new Set(),
  views: new Map(),
  nextId: 1,
};

export const defaultSchema = 'public';

/** How a table is called in a message: its schema only where it is not the default one. */
export function tableTitle(table: { readonly schema: string | undefined; readonly name: string }): string {
  const silent = table.schema === undefined || table.schema === defaultSchema || isTemplated(table.schema);
  const name = silent ? table.name : `${table.schema}.${table.name}`;
  return isTemplated(name) ? name.replaceAll(placeholders, '…') : name;
}

const placeholders = new RegExp(`${placeholderLetter}+`, 'g');

/** Whether a name holds a template's placeholder, so that nobody knows what it will be. */
export function isTemplated(name: string): boolean {
  return name.includes(placeholderLetter);
}

/** A type as a message spells it: quotes dropped, keywords in lower case. */
export function typeTitle(type: TypeFacts): string {
  return type.text.includes('"') ? type.text.replaceAll('"', '') : type.text.toLowerCase().replaceAll(/\s+/g, ' ');
}

/** The columns of the table's primary key; empty where it has none. */
export function primaryKeyOf(table: Table): readonly string[] {
  return table.constraints.find((constraint) => constraint.kind === 'primaryKey')?.columns ?? [];
}

/** The indexes of a table, those that its primary key and unique constraints imply included, as column lists. */
export function indexedColumnLists(schema: Schema, table: Table): (readonly (string | undefined)[])[] {
  const lists: (readonly (string | undefined)[])[] = [];
  for (const constraint of table.constraints) {
    if (constraint.kind === 'primaryKey' || constraint.kind === 'unique') lists.push(constraint.columns);
  }
  for (const index of schema.indexes.values()) {
    const whole = !index.partial || (index.whereNotNull !== undefined && index.columns[0] === index.whereNotNull);
    if (index.table === table.id && whole && (index.method === 'btree' || index.method === 'hash'))
      lists.push(index.columns);
  }
  return lists;
}
