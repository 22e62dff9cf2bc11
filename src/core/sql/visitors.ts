import type { Span, TextEdit } from '../text.ts';
import type { FixPlan } from '../rule.ts';
import type { SchemaDraft } from './draft.ts';
import type { Migration, MigrationSet } from './migrations.ts';
import type { MigrationTool, ToolFacts, TransactionMode } from './migration-tools.ts';
import type { LoweredStatement, Operation, OperationKind, OperationOf, TableName } from './operations.ts';
import type { Origin, Schema, Table } from './schema.ts';
import type { Direction } from './sections.ts';

/** What a rule yields about SQL. A span counts from the start of the visited statement; an origin names its statement itself. */
export interface SqlProblem {
  readonly at: Span | Origin;
  /** The first 80 characters hold the consequence and the place. */
  readonly message: string;
  /** What it is about: a table, `table.column`, a migration. The visited operation's own where nothing is said. */
  readonly symbol?: string;
  /** Problems of one rule and one cause in a file become one finding; the symbol where nothing is said. */
  readonly cause?: string;
  readonly related?: readonly { readonly at: Span | Origin; readonly message: string }[];
  /** Its edits' spans count like `at`, from the start of the same statement. */
  readonly fix?: FixPlan<SqlEditor>;
}

/** What a fix may look at: the statement it changes. */
export interface SqlEditor {
  readonly statement: string;
  readonly lineBreak: string;
  replace(span: Span, newText: string): TextEdit;
  insert(at: number, newText: string): TextEdit;
}

/** How a statement stands to a transaction: inside one, outside, or not known. */
export type InTransaction = 'yes' | 'no' | 'unknown';

/** Where a rule stands while a migration's operations pass by. */
export interface OperationContext {
  readonly file: string;
  readonly tool: MigrationTool;
  readonly toolFacts: ToolFacts;
  /** The tool's mode, or what a directive or side file says of this migration. */
  readonly transaction: TransactionMode;
  readonly inTransaction: InTransaction;
  readonly direction: Direction;
  /** The file is no migration: nothing is known of what was there before it. */
  readonly standalone: boolean;
  /** The number of statements the file holds in this direction. */
  readonly statements: number;
  readonly statement: string;
  /** The schema before this migration. */
  readonly before: Schema;
  /** The schema just before this operation. */
  readonly now: Pick<SchemaDraft, 'schema' | 'table' | 'index' | 'isView'>;
  /** Everything the file does in this direction, in order. */
  readonly operations: readonly Operation[];
  /** Whether what was written there ran in an earlier release: not in this migration, nor in one that ships with it (releases.ts). */
  readonly released: (origin: Origin) => boolean;
  /** Whether the table was there before this release, and so may have readers. */
  readonly existed: (table: TableName) => boolean;
  /**
   * The same, unless this migration has emptied it: the one judgement on whether rows are in the way. A rule that asks and then speaks is
   * not heard where a later migration of the history shows that there were none (emptiness.ts).
   */
  readonly holdsRows: (table: TableName) => boolean;
}

/** One file in one direction, after its operations. */
export interface MigrationView {
  readonly file: string;
  readonly tool: MigrationTool;
  readonly toolFacts: ToolFacts;
  readonly transaction: TransactionMode;
  readonly direction: Direction;
  readonly statements: readonly LoweredStatement[];
  readonly before: Schema;
  readonly after: Schema;
}

/** A statement that is not PostgreSQL. Its place counts from the statement's start. */
export interface BrokenStatement {
  readonly statement: string;
  readonly message: string;
  readonly at: Span;
}

/** A set of migrations as a whole, with the schema they make: what all of A's standards are judged on. */
export interface SetView {
  readonly set: MigrationSet;
  readonly toolFacts: ToolFacts;
  readonly standalone: boolean;
  readonly schema: Schema;
  /** Tables a rule about design may judge: known, permanent, and no partitions. In the order of their making. */
  readonly tables: readonly Table[];
  /** Each migration, with what its files hold. */
  readonly migrations: readonly MigrationContents[];
}

export interface MigrationContents {
  readonly migration: Migration;
  /** Statements up and down; down is undefined where there is no such file or section. */
  readonly up: number;
  readonly down: number | undefined;
  /** The first line of its up file; undefined where that has no statement. */
  readonly place: Origin | undefined;
}

/** One generator per kind of operation, and per broken statement, migration and set. */
export type SqlVisitors = {
  readonly [K in OperationKind]?: (operation: OperationOf<K>, context: OperationContext) => Iterable<SqlProblem>;
} & {
  readonly brokenStatement?: (broken: BrokenStatement, context: OperationContext) => Iterable<SqlProblem>;
  readonly migration?: (migration: MigrationView) => Iterable<SqlProblem>;
  readonly set?: (view: SetView) => Iterable<SqlProblem>;
};

/** What makes a rule one about SQL. */
export interface SqlRuleParts {
  readonly dialect: 'sql';
  /** It looks at the way back too; the others see only what is applied. */
  readonly inDowns?: boolean;
  readonly visit: SqlVisitors;
}
