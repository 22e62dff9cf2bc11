import type { RawFinding } from '../finding.ts';
import type { SqlRule } from '../rule.ts';
import { hash } from '../text.ts';
import { problemsWithRows } from './emptiness.ts';
import { dialectOfSet, dialectTitles, type Dialect } from './dialect.ts';
import type { MigrationSet } from './migrations.ts';
import { readSqlFile, type FileFacts, type LoweredCache } from './read.ts';
import { runSet } from './run-set.ts';
import { historyOf } from './releases.ts';
import { migrationSteps, runStep, type LocatedProblem, type RowFacts } from './run.ts';
import { rawFindings } from './report.ts';
import { emptySchema, type Schema } from './schema.ts';
import type { ParseStatement } from './tree.ts';

export interface SqlInput {
  readonly sets: readonly MigrationSet[];
  /** The texts of the sets' files; a file that is missing here counts as empty. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly rules: readonly SqlRule[];
  readonly parse: ParseStatement;
  /** The analysis before the last edit: whatever did not change is taken over. */
  readonly previous?: SqlAnalysis;
}

export interface SqlFileAnalysis {
  readonly findings: readonly RawFinding[];
  readonly dialect: Dialect;
  /** Why the file, or a statement of it, was not judged; one sentence each. */
  readonly notAnalysed: readonly string[];
  readonly statements: number;
}

/** One migration in the chain: what it was given, and what came of it. */
export interface ChainLink {
  /** Hash of everything up to and including this migration. */
  readonly key: string;
  readonly before: Schema;
  readonly after: Schema;
  readonly problems: readonly LocatedProblem[];
  readonly rows: RowFacts;
}

export interface SetAnalysis {
  readonly set: MigrationSet;
  readonly dialect: Dialect;
  readonly links: readonly ChainLink[];
  /** What was said of the set as a whole, for the last link's schema. */
  readonly whole: { readonly key: string; readonly problems: readonly LocatedProblem[] };
}

/** Findings by path, and what the next analysis takes over. */
export interface SqlAnalysis {
  readonly files: ReadonlyMap<string, SqlFileAnalysis>;
  readonly sets: readonly SetAnalysis[];
  readonly facts: ReadonlyMap<string, FileFacts>;
  readonly lowered: LoweredCache;
  readonly rules: readonly SqlRule[];
}

/** The schema a set's migrations make; empty where the set was not analysed. */
export function finalSchema(set: SetAnalysis): Schema {
  return set.links.at(-1)?.after ?? emptySchema;
}

/** Analyses sets of migrations. Yields the path it has just dealt with, so that a caller can stop at a deadline; returns the whole. Never throws for any text. */
export function* analyseSql(input: SqlInput): Generator<string, SqlAnalysis, void> {
  const { previous } = input;
  const lowered: LoweredCache = new Map();
  const facts = new Map<string, FileFacts>();
  const texts = new Map(input.files.map((file) => [file.path, file.text]));
  const sets: SetAnalysis[] = [];
  const before = new Map((previous?.sets ?? []).map((one) => [setKey(one.set), one]));
  const sameRules = previous !== undefined && sameItems(previous.rules, input.rules);
  for (const set of input.sets) {
    const paths = set.migrations.flatMap(({ up, down }) => [up, down]).filter((path) => path !== undefined);
    const known = before.get(setKey(set));
    const unchanged = known !== undefined && paths.every((path) => previous?.facts.get(path)?.text === texts.get(path));
    const dialect = unchanged ? known.dialect : dialectOfSet(set.declaredDialect, set.root, sample(paths, texts));
    if (dialect !== 'postgresql') {
      sets.push({ set, dialect, links: [], whole: { key: '', problems: [] } });
      yield set.root;
      continue;
    }
    for (const path of paths) {
      const text = texts.get(path) ?? '';
      const read = previous?.facts.get(path);
      if (read?.text === text) {
        facts.set(path, read);
        for (const statement of read.statements) lowered.set(statement.text, statement.lowered);
      } else {
        facts.set(path, readSqlFile(text, input.parse, previous?.lowered ?? new Map(), lowered));
        yield path;
      }
    }
    sets.push(yield* analyseSet(set, facts, input.rules, sameRules ? known : undefined));
  }
  return { files: report(sets, facts, texts), sets, facts, lowered, rules: input.rules };
}

function* analyseSet(
  set: MigrationSet,
  facts: ReadonlyMap<string, FileFacts>,
  rules: readonly SqlRule[],
  known: SetAnalysis | undefined,
): Generator<string, SetAnalysis, void> {
  const read = (path: string): FileFacts | undefined => facts.get(path);
  const links: ChainLink[] = [];
  let schema = emptySchema;
  let key = hash(`${set.tool} ${set.declaredDialect ?? ''}`);
  for (const [index, migration] of set.migrations.entries()) {
    const steps = migrationSteps(set, migration, read);
    key = hash(
      [
        key,
        migration.id,
        migration.outsideTransaction,
        ...steps.map(
          (step) =>
            `${step.file} ${step.direction} ${step.statements.map(({ number, statement }) => `${number}${statement.transaction ? '' : '!'}${statement.lowered.key}`).join(' ')}`,
        ),
      ].join('\n'),
    );
    const same = known?.links[index];
    if (same?.key === key) {
      links.push(same);
      schema = same.after;
      continue;
    }
    const problems: LocatedProblem[] = [];
    const start = schema;
    let rows: RowFacts = { shownEmpty: [], cleared: [] };
    for (const step of steps) {
      const outcome = runStep(step, step.direction === 'up' ? start : schema, rules, problems);
      if (step.direction === 'up') ({ after: schema, rows } = outcome);
    }
    links.push({ key, before: start, after: schema, problems, rows });
    yield migration.up ?? migration.down ?? set.root;
  }
  if (known?.whole.key === key && known.links.length === links.length)
    return { set, dialect: 'postgresql', links, whole: known.whole };
  const problems: LocatedProblem[] = [];
  runSet(set, schema, read, rules, problems);
  return { set, dialect: 'postgresql', links, whole: { key, problems } };
}

function report(
  sets: readonly SetAnalysis[],
  facts: ReadonlyMap<string, FileFacts>,
  texts: ReadonlyMap<string, string>,
): Map<string, SqlFileAnalysis> {
  const files = new Map<string, SqlFileAnalysis>();
  const problems = new Map<string, LocatedProblem[]>();
  for (const set of sets) {
    for (const list of [...problemsWithRows(set.links, historyOf(set.set)), set.whole.problems]) {
      for (const problem of list) {
        const found = problems.get(problem.origin.file);
        if (found === undefined) problems.set(problem.origin.file, [problem]);
        else found.push(problem);
      }
    }
  }
  for (const set of sets) {
    const foreign =
      set.dialect === 'postgresql'
        ? []
        : [`This is written for ${dialectTitles[set.dialect]}; only PostgreSQL is analysed.`];
    for (const { up, down } of set.set.migrations) {
      for (const path of [up, down]) {
        if (path === undefined || !texts.has(path)) continue;
        const read = facts.get(path);
        files.set(path, {
          findings: rawFindings(path, problems.get(path) ?? [], facts),
          dialect: set.dialect,
          notAnalysed: [...foreign, ...(read?.notAnalysed.map((one) => one.reason) ?? [])],
          statements: read?.statements.length ?? 0,
        });
      }
    }
  }
  return files;
}

function setKey(set: MigrationSet): string {
  return `${set.root}\n${set.tool}\n${set.declaredDialect ?? ''}`;
}

function sameItems(a: readonly SqlRule[], b: readonly SqlRule[]): boolean {
  return a.length === b.length && a.every((rule, index) => rule === b[index]);
}

/** Enough files to tell a set's dialect: the first ones, the last ones, and some between. */
function* sample(paths: readonly string[], texts: ReadonlyMap<string, string>): Generator<string, void, void> {
  const step = Math.max(1, Math.floor(paths.length / 12));
  for (let i = 0; i < paths.length; i += step) yield texts.get(paths[i] ?? '') ?? '';
}
