import type { Finding, RawFinding } from '../core/finding.ts';
import { analyseOpenApi, type OpenApiAnalysis, planOpenApiFix } from '../core/openapi/analyse.ts';
import type { OpenApiRule, Rule, SqlRule } from '../core/rule.ts';
import type { SqlAnalysis } from '../core/sql/analyse.ts';
import { planSqlFix } from '../core/sql/fix.ts';
import { applyEdits, type TextEdit, type Change } from '../core/text.ts';
import type { WholeDialect } from '../core/whole.ts';
import { wholeDialectOf } from '../core/whole-dialects.ts';
import type { LiveProject, Weighed } from './live.ts';
import { trail } from './trail.ts';

/** A document with the analysis of exactly this text, from which fixes can be planned. */
interface Planned {
  readonly text: string;
  readonly weighed: Weighed;
  /** The edits that repair what one finding was made of. */
  plan(sources: readonly RawFinding[]): readonly TextEdit[];
  /** The same after `edits`. */
  after(edits: readonly TextEdit[]): Generator<void, Planned>;
}

interface FixSource {
  readonly project: LiveProject;
  readonly rules: readonly Rule[];
  readonly file: string;
}

/** Repeating a repair more often does not help; what a document of any size needs stays far below. */
const maxRounds = 5000;

/** The edits that repair one finding of an open document's verdict; undefined where that is not of the present text, or there is no repair. */
export function planFix(source: FixSource, finding: Finding): readonly TextEdit[] | undefined {
  const verdict = source.project.verdicts.get(source.file);
  const sources = verdict?.sources.get(finding);
  const edits = sources && plannedNow(source)?.plan(sources);
  return edits && edits.length > 0 ? edits : undefined;
}

/**
 * The edits that make all safe repairs in a document, of one rule or of all: each is planned on the text that the ones before it left, until nothing is
 * left to repair. `enough` is asked between them; what has been repaired until then is whole.
 */
export function* planAllFixes(
  source: FixSource,
  rule: string | undefined,
  enough: () => boolean,
): Generator<void, readonly TextEdit[] | undefined> {
  let planned = plannedNow(source);
  if (planned === undefined) return undefined;
  const way = trail(planned.text.length);
  const tried = new Set<string>();
  for (let round = 0; round < maxRounds && !enough(); round++) {
    const chosen = chooseEdits(planned, rule, tried);
    if (chosen.length === 0) break;
    way.follow(chosen);
    planned = yield* planned.after(chosen);
  }
  return way.edits();
}

/** Repairs that do not touch each other, one of each rule: two of one rule may both take the same free name. */
function chooseEdits({ weighed, plan }: Planned, only: string | undefined, tried: Set<string>): readonly TextEdit[] {
  const chosen: TextEdit[] = [];
  const spoken = new Set<string>();
  for (const finding of weighed.findings) {
    const { rule, fix, fingerprint } = finding;
    if (fix?.kind !== 'safe' || (only !== undefined && rule !== only) || spoken.has(rule) || tried.has(fingerprint))
      continue;
    const edits = plan(weighed.sources.get(finding) ?? []);
    if (edits.some((edit) => chosen.some((other) => touches(edit, other)))) continue;
    // A repair that does not clear its finding is not made twice.
    tried.add(fingerprint);
    if (edits.length === 0) continue;
    spoken.add(rule);
    chosen.push(...edits);
  }
  return chosen;
}

function touches({ span: a }: TextEdit, { span: b }: TextEdit): boolean {
  return a.start <= b.end && b.start <= a.end;
}

function plannedNow(source: FixSource): Planned | undefined {
  const { project, file } = source;
  const text = project.text(file);
  const verdict = project.verdicts.get(file);
  if (text === undefined || verdict?.state !== 'judged' || verdict.text !== text || project.isDue(file))
    return undefined;
  const weighed = { findings: verdict.findings, sources: verdict.sources };
  const api = project.analysis(file);
  if (api) return plannedApi(source, api, weighed);
  const dialect = wholeDialectOf(file, project.configuration);
  if (dialect) return plannedWhole(source, dialect, text, weighed);
  const sql = project.sql.analysis();
  return sql && plannedSql(source, text, sql, weighed);
}

function plannedApi(source: FixSource, analysis: OpenApiAnalysis, weighed: Weighed): Planned {
  const { project, file } = source;
  const rules = source.rules.filter((rule): rule is OpenApiRule => rule.dialect === 'openapi');
  return {
    text: analysis.text,
    weighed,
    plan: ([first]) => (first && planOpenApiFix(analysis, first, rules)) ?? [],
    *after(edits) {
      const text = applyEdits(analysis.text, edits);
      const { version } = analysis;
      const read = (path: string): string | undefined => project.text(path);
      const next = yield* analyseOpenApi({
        file,
        text,
        version,
        rules,
        read,
        previous: analysis,
        change: changeOf(edits),
      });
      return plannedApi(source, next, project.weigh(file, text, next.findings));
    },
  };
}

function plannedSql(source: FixSource, text: string, analysis: SqlAnalysis, weighed: Weighed): Planned {
  const { project, file } = source;
  const rules = source.rules.filter((rule): rule is SqlRule => rule.dialect === 'sql');
  return {
    text,
    weighed,
    plan: (sources) => planSqlFix(analysis, sources, rules),
    *after(edits) {
      const next = applyEdits(text, edits);
      const again = yield* project.sql.again(file, next, analysis);
      return plannedSql(source, next, again, project.weigh(file, next, again.files.get(file)?.findings ?? []));
    },
  };
}

function plannedWhole(source: FixSource, dialect: WholeDialect, text: string, weighed: Weighed): Planned {
  const { project, file } = source;
  return {
    text,
    weighed,
    plan: ([first]) => (first && project.whole.planFix(dialect, { file, text }, project.configuration, first)) ?? [],
    *after(edits) {
      yield;
      const next = applyEdits(text, edits);
      const raw = project.whole.judge(dialect, { file, text: next }, project.configuration);
      return plannedWhole(source, dialect, next, project.weigh(file, next, raw));
    },
  };
}

/** One stretch around all edits. */
function changeOf(edits: readonly TextEdit[]): Change {
  const start = Math.min(...edits.map(({ span }) => span.start));
  const oldEnd = Math.max(...edits.map(({ span }) => span.end));
  const grown = edits.reduce((sum, { span, newText }) => sum + newText.length - (span.end - span.start), 0);
  return { start, oldEnd, newEnd: oldEnd + grown };
}
