import type { SqlRule } from '../rule.ts';
import type { Span } from '../text.ts';
import { draftSchema, type SchemaDraft } from './draft.ts';
import { migrationTools, type TransactionMode } from './migration-tools.ts';
import type { Migration, MigrationSet } from './migrations.ts';
import { isRequired, type Operation, type TableName } from './operations.ts';
import type { FileFacts, FileStatement } from './read.ts';
import { releasesOf } from './releases.ts';
import { tableTitle, type Origin, type Schema } from './schema.ts';
import type { Direction } from './sections.ts';
import type { InTransaction, OperationContext, SqlProblem, SqlVisitors } from './visitors.ts';

/** A problem with its place named by statement, so that it holds while the text around the statement changes. */
export interface LocatedProblem {
  readonly rule: string;
  readonly origin: Origin;
  readonly message: string;
  readonly symbol: string;
  readonly cause: string;
  readonly related: readonly { readonly origin: Origin; readonly message: string }[];
  readonly fix: SqlProblem['fix'];
  /** Tables, by id, that hold rows if this is to be a problem. */
  readonly assumesRows: readonly number[];
}

/** What a migration shows of the rows of tables, by id. */
export interface RowFacts {
  /** It adds a column to them that no row could have had: they held none. */
  readonly shownEmpty: readonly number[];
  /** It empties them, or may do so by a cascade: what they held before is not known. */
  readonly cleared: readonly number[];
}

/** One file of a set in one direction. */
export interface MigrationStep {
  readonly set: MigrationSet;
  readonly migration: Migration;
  readonly file: string;
  readonly direction: Direction;
  /** Its statements, with their numbers in the file. */
  readonly statements: readonly { readonly number: number; readonly statement: FileStatement }[];
  readonly standalone: boolean;
}

/** Cuts a migration into its steps: the up file's up section, then the way back, be it a section or a file. */
export function migrationSteps(
  set: MigrationSet,
  migration: Migration,
  facts: (path: string) => FileFacts | undefined,
): MigrationStep[] {
  const steps: MigrationStep[] = [];
  const standalone = set.tool === 'plain';
  const step = (file: string, direction: Direction, wanted: Direction | undefined): void => {
    const statements = (facts(file)?.statements ?? [])
      .map((statement, number) => ({ number, statement }))
      .filter(({ statement }) => wanted === undefined || statement.direction === wanted);
    steps.push({ set, migration, file, direction, statements, standalone });
  };
  if (migration.up !== undefined) {
    step(migration.up, 'up', 'up');
    if (facts(migration.up)?.hasDownSection === true) step(migration.up, 'down', 'down');
  }
  if (migration.down !== undefined) step(migration.down, 'down', undefined);
  return steps;
}

/** The mode a step really runs in. */
function transactionMode(step: MigrationStep): TransactionMode {
  const outside = step.migration.outsideTransaction || step.statements.some(({ statement }) => !statement.transaction);
  return outside ? 'autocommit' : migrationTools[step.set.tool].transaction;
}

const enough: Readonly<Record<TransactionMode, (statements: number) => InTransaction>> = {
  'per-file': () => 'yes',
  'all-pending': () => 'yes',
  implicit: (statements) => (statements > 1 ? 'yes' : 'no'),
  autocommit: () => 'no',
  unknown: () => 'unknown',
};

/** Runs one step's operations over `before` and lets `rules` look. Returns the schema after it. */
export function runStep(
  step: MigrationStep,
  before: Schema,
  rules: readonly SqlRule[],
  found: LocatedProblem[],
): { readonly after: Schema; readonly rows: RowFacts } {
  const releases = releasesOf(step.set);
  const released = (origin: Origin): boolean => step.direction === 'down' || !releases.together(origin.file, step.file);
  const draft = draftSchema(before, released);
  const everything = step.statements.flatMap(({ statement }) => statement.lowered.operations);
  const shownEmpty = new Set<number>();
  const asked = new Set<number>();
  const holdsRows = (table: TableName): boolean => {
    const id = draft.table(table)?.id;
    if (id !== undefined) asked.add(id);
    return draft.holdsRows(table);
  };
  const mode = transactionMode(step);
  const looking = step.direction === 'up' ? rules : rules.filter((rule) => rule.inDowns === true);
  const brokenBefore = new Map<string, number>();
  let inTransaction = enough[mode](step.statements.length);
  for (const { number, statement } of step.statements) {
    const context = (): OperationContext => ({
      file: step.file,
      tool: step.set.tool,
      toolFacts: migrationTools[step.set.tool],
      transaction: mode,
      inTransaction,
      direction: step.direction,
      standalone: step.standalone,
      statements: step.statements.length,
      statement: statement.text,
      before,
      now: draft,
      operations: everything,
      released,
      existed: draft.existed,
      holdsRows,
    });
    const locate = (rule: string, problem: SqlProblem, symbol: string): void => {
      found.push(located(rule, problem, symbol, step.file, number, [...asked]));
    };
    const { error, operations } = statement.lowered;
    if (error !== undefined) {
      const broken = { statement: statement.text, ...error };
      // Named by its text, so that it is the same finding wherever it moves; its number among equal ones tells those apart.
      const name = `${statement.text.slice(0, 40).replaceAll(/\s+/g, ' ')} ${statement.lowered.key}`;
      const times = (brokenBefore.get(name) ?? 0) + 1;
      brokenBefore.set(name, times);
      const symbol = times === 1 ? name : `${name} ${times}`;
      // A way back that does not parse is as broken as a way forth.
      for (const rule of rules)
        for (const problem of rule.visit.brokenStatement?.(broken, context()) ?? []) locate(rule.id, problem, symbol);
      draft.apply(doubtful(statement.text), step.file, number);
    }
    for (const operation of operations) {
      if (looking.length > 0) {
        let made: OperationContext | undefined;
        for (const rule of looking) {
          const visit = visitorOf(rule.visit, operation);
          if (visit === undefined) continue;
          made ??= context();
          asked.clear();
          for (const problem of visit(operation, made)) locate(rule.id, problem, symbolOf(operation, step));
        }
      }
      const empty = shownEmptyBy(operation, draft);
      if (empty !== undefined) shownEmpty.add(empty);
      draft.apply(operation, step.file, number);
      if (operation.kind === 'transaction')
        inTransaction = afterTransaction(operation.action, mode, step.statements.length);
    }
  }
  const after = draft.schema;
  for (const rule of looking) {
    if (rule.visit.migration === undefined) continue;
    const view = {
      file: step.file,
      tool: step.set.tool,
      toolFacts: migrationTools[step.set.tool],
      transaction: mode,
      direction: step.direction,
      statements: step.statements.map(({ statement }) => statement.lowered),
      before,
      after,
    };
    for (const problem of rule.visit.migration(view))
      found.push(located(rule.id, problem, step.migration.id, step.file, step.statements[0]?.number ?? 0));
  }
  return { after, rows: { shownEmpty: [...shownEmpty], cleared: [...draft.cleared] } };
}

/** The table that cannot have held a row if this operation went well: a row there would have had no value for the new column. */
function shownEmptyBy(operation: Operation, draft: SchemaDraft): number | undefined {
  if (operation.kind !== 'addColumn' || operation.ifNotExists || operation.conditional) return undefined;
  return isRequired(operation.column) && draft.holdsRows(operation.table)
    ? draft.table(operation.table)?.id
    : undefined;
}

function visitorOf(
  visit: SqlVisitors,
  operation: Operation,
): ((operation: Operation, context: OperationContext) => Iterable<SqlProblem>) | undefined {
  return visit[operation.kind] as
    | ((operation: Operation, context: OperationContext) => Iterable<SqlProblem>)
    | undefined;
}

/** After its own COMMIT a file is outside a transaction, unless it is one message: PostgreSQL opens the next one for the rest of it. */
function afterTransaction(
  action: 'begin' | 'commit' | 'rollback',
  mode: TransactionMode,
  statements: number,
): InTransaction {
  if (action === 'begin') return 'yes';
  return mode === 'implicit' ? enough.implicit(statements) : 'no';
}

/** What a statement that does not parse may have done: it may have changed whatever it mentions. */
function doubtful(text: string): Operation {
  const mentions = [
    ...new Set((text.match(/[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/g) ?? []).map((word) => word.toLowerCase())),
  ];
  return {
    kind: 'opaque',
    at: { start: 0, end: text.length },
    conditional: true,
    mentions,
    changes: { tables: true, anywhere: false },
  };
}

function symbolOf(operation: Operation, step: MigrationStep): string {
  if (!('table' in operation) || operation.table === undefined) return step.migration.id;
  const table = tableTitle(operation.table);
  return 'column' in operation && operation.column !== undefined
    ? `${table}.${typeof operation.column === 'string' ? operation.column : operation.column.name}`
    : table;
}

export function located(
  rule: string,
  problem: SqlProblem,
  symbol: string,
  file: string,
  statement: number,
  assumesRows: readonly number[] = [],
): LocatedProblem {
  const origin = (at: Span | Origin): Origin => ('file' in at ? at : { file, statement, at });
  const own = problem.symbol ?? symbol;
  return {
    rule,
    origin: origin(problem.at),
    message: problem.message,
    symbol: own,
    cause: problem.cause ?? own,
    related: (problem.related ?? []).map((one) => ({ origin: origin(one.at), message: one.message })),
    fix: problem.fix,
    assumesRows,
  };
}
