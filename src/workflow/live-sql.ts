import type { RawFinding } from '../core/finding.ts';
import type { SqlRule } from '../core/rule.ts';
import { analyseSql, type SqlAnalysis, type SqlFileAnalysis } from '../core/sql/analyse.ts';
import { dialectTitles } from '../core/sql/dialect.ts';
import { isMigrationPath, type MigrationSet, migrationSets } from '../core/sql/migrations.ts';
import type { ParseStatement } from '../core/sql/tree.ts';
import { type LineIndex, lineIndex } from '../core/text.ts';

/** What migrations are, and what tools keep beside them. */
export const besideSql = /\.(?:sql|ya?ml|json|toml|conf|lock|sum)$/i;

/** What came of one migration. */
interface SqlOutcome {
  readonly file: string;
  readonly text: string;
  /** `PostgreSQL`; undefined where the file is no migration. */
  readonly dialect: string | undefined;
  /** It is written for PostgreSQL, and so was judged. */
  readonly judged: boolean;
  readonly detail: string;
  readonly notAnalysed: readonly string[];
  readonly raw: readonly RawFinding[];
}

export interface LiveSqlInput {
  readonly rules: readonly SqlRule[];
  /** The text as it is in the editor, or on disk. */
  read(file: string): string | undefined;
  isWanted(file: string): boolean;
  /** A file that is no migration by its path is judged too, on its own. */
  readonly plainToo: boolean;
}

/** The migrations of a project: each is judged on the schema that those before it leave behind. */
export interface LiveSql {
  useParser(parse: ParseStatement): void;
  /** How many migrations there are. */
  size(): number;
  /** All migrations have been read once. */
  isReady(): boolean;
  discovered(files: readonly string[]): void;
  /** The texts of files changed; `aside`: also what lies beside migrations (a lock file, a journal) may have. */
  changed(files: readonly string[], aside: boolean): void;
  closed(file: string): void;
  /** Judges all migrations anew where needed. Returns `file`, and those wanted ones whose findings changed. */
  judge(file: string): Generator<void, readonly SqlOutcome[]>;
  /** The analysis with another text for one file. */
  again(file: string, text: string, previous: SqlAnalysis): Generator<void, SqlAnalysis>;
  lines(file: string): LineIndex | undefined;
  analysis(): SqlAnalysis | undefined;
}

export function liveSql({ rules, read, isWanted, plainToo }: LiveSqlInput): LiveSql {
  const texts = new Map<string, string>();
  const indexes = new Map<string, { readonly text: string; readonly lines: LineIndex }>();
  /** Of each file that was shown: what was said of it, to tell whether it changed. */
  const said = new Map<string, string>();
  let found: readonly string[] = [];
  const extra = new Set<string>();
  let sets: readonly MigrationSet[] | undefined;
  let parse: ParseStatement | undefined;
  let analysis: SqlAnalysis | undefined;
  let stale = true;

  const textOf = (file: string): string => {
    let text = texts.get(file);
    if (text === undefined) texts.set(file, (text = read(file) ?? ''));
    return text;
  };
  const files = (): string[] => [...new Set([...found, ...extra])];
  const setsNow = (): readonly MigrationSet[] => (sets ??= migrationSets(files(), read));

  const outcome = (file: string, one: SqlFileAnalysis | undefined): SqlOutcome => {
    const text = textOf(file);
    const dialect = one ? dialectTitles[one.dialect] : 'PostgreSQL';
    const judged = one?.dialect === 'postgresql';
    const detail = judged ? `${dialect}${placeOf(setsNow(), file)}` : (one?.notAnalysed[0] ?? dialect);
    return { file, text, dialect, judged, detail, notAnalysed: one?.notAnalysed ?? [], raw: one?.findings ?? [] };
  };

  return {
    useParser: (own) => {
      parse = own;
    },
    size: () => found.length + extra.size,
    isReady: () => analysis !== undefined,
    discovered: (all) => {
      found = all;
      sets = undefined;
      stale = true;
      const kept = new Set([...all, ...extra]);
      for (const file of texts.keys()) if (!kept.has(file)) texts.delete(file);
    },
    changed: (changed, aside) => {
      for (const file of changed) {
        if (!texts.delete(file) && !aside) continue;
        stale = true;
      }
      if (aside) sets = undefined;
    },
    closed: (file) => {
      extra.delete(file);
      said.delete(file);
      texts.delete(file);
      sets = undefined;
      stale = true;
    },
    *judge(file) {
      if (parse === undefined) throw new Error('The SQL parser is not there yet');
      if (!found.includes(file)) {
        if (!plainToo && !isMigrationPath(file)) return [notOurs(file, textOf(file))];
        if (!extra.has(file)) {
          extra.add(file);
          sets = undefined;
          stale = true;
        }
      }
      if (stale || analysis === undefined || !analysis.files.has(file)) {
        const sources = files().map((path) => ({ path, text: textOf(path) }));
        const work = analyseSql({
          sets: setsNow(),
          files: sources,
          rules,
          parse,
          ...(analysis ? { previous: analysis } : {}),
        });
        let step = work.next();
        for (; step.done !== true; step = work.next()) yield;
        analysis = step.value;
        stale = false;
      }
      const shown: SqlOutcome[] = [];
      for (const path of new Set([file, ...files()])) {
        if (path !== file && !isWanted(path)) continue;
        const own = outcome(path, analysis.files.get(path));
        const words = JSON.stringify([own.detail, own.raw, own.notAnalysed]);
        if (path !== file && said.get(path) === words) continue;
        said.set(path, words);
        shown.push(own);
      }
      return shown;
    },
    *again(file, text, previous) {
      if (parse === undefined) return previous;
      const sources = files().map((path) => ({ path, text: path === file ? text : textOf(path) }));
      const work = analyseSql({ sets: setsNow(), files: sources, rules, parse, previous });
      let step = work.next();
      for (; step.done !== true; step = work.next()) yield;
      return step.value;
    },
    lines: (file) => {
      if (!texts.has(file)) return undefined;
      const text = textOf(file);
      let own = indexes.get(file);
      if (own?.text !== text) indexes.set(file, (own = { text, lines: lineIndex(text) }));
      return own.lines;
    },
    analysis: () => (stale ? undefined : analysis),
  };
}

function notOurs(file: string, text: string): SqlOutcome {
  const detail = 'No migration by its name and folder';
  return { file, text, dialect: undefined, judged: false, detail, notAnalysed: [], raw: [] };
}

/** `, after 031_users.sql`: what the migration is judged on. */
function placeOf(sets: readonly MigrationSet[], file: string): string {
  for (const { tool, migrations } of sets) {
    const index = migrations.findIndex(({ up, down }) => up === file || down === file);
    if (index < 0) continue;
    if (tool === 'plain') return '';
    const before = migrations[index - 1];
    const path = before?.up ?? before?.down;
    if (path === undefined) return ', the first migration';
    const parts = path.split('/');
    const name = parts.at(-1) ?? path;
    return `, after ${/^(?:migration|up|down)\.sql$/i.test(name) ? (parts.at(-2) ?? name) : name}`;
  }
  return '';
}
