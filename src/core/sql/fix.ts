import type { RawFinding } from '../finding.ts';
import type { SqlRule } from '../rule.ts';
import { lineBreakOf, type TextEdit } from '../text.ts';
import { finalSchema, type SqlAnalysis } from './analyse.ts';
import { placed } from './report.ts';
import { runSet } from './run-set.ts';
import { migrationSteps, runStep, type LocatedProblem } from './run.ts';

/**
 * The edits, in the findings' file, that clear `findings`, which are of one rule and one cause: their rule alone is run again over the facts of
 * `analysis`. Empty where the rule is not among `rules`, offers no fix, or no longer finds them. Other places of the cause stay: they may be disabled.
 */
export function planSqlFix(
  analysis: SqlAnalysis,
  findings: readonly RawFinding[],
  rules: readonly SqlRule[],
): TextEdit[] {
  const [first] = findings;
  const rule = rules.find((one) => one.id === first?.rule);
  if (first === undefined || rule === undefined) return [];
  const file = analysis.facts.get(first.file);
  if (file === undefined) return [];
  const lineBreak = lineBreakOf(file.text);
  const wanted = new Set(findings.map(placeOf));
  const edits: TextEdit[] = [];
  for (const problem of problemsOf(analysis, rule, first.file)) {
    const { cause, message, origin } = problem;
    if (cause !== first.cause || origin.file !== first.file || problem.fix === undefined) continue;
    // Each place once, also where its file is in several sets.
    if (!wanted.delete(placeOf({ message, span: placed(origin, analysis.facts) }))) continue;
    const statement = file.statements[origin.statement];
    if (statement === undefined) continue;
    const editor = {
      statement: statement.text,
      lineBreak,
      replace: (span: TextEdit['span'], newText: string): TextEdit => ({ span, newText }),
      insert: (at: number, newText: string): TextEdit => ({ span: { start: at, end: at }, newText }),
    };
    for (const { span, newText } of problem.fix.edits(editor)) {
      edits.push({ span: { start: span.start + statement.start, end: span.end + statement.start }, newText });
    }
  }
  return edits;
}

function placeOf({ span, message }: Pick<RawFinding, 'span' | 'message'>): string {
  return `${span.start} ${span.end} ${message}`;
}

function problemsOf(analysis: SqlAnalysis, rule: SqlRule, file: string): LocatedProblem[] {
  const found: LocatedProblem[] = [];
  const read = analysis.facts.get.bind(analysis.facts);
  for (const one of analysis.sets) {
    for (const [index, migration] of one.set.migrations.entries()) {
      if (migration.up !== file && migration.down !== file) continue;
      const link = one.links[index];
      if (link === undefined) continue;
      for (const step of migrationSteps(one.set, migration, read)) {
        if (step.file === file) runStep(step, step.direction === 'up' ? link.before : link.after, [rule], found);
      }
      runSet(one.set, finalSchema(one), read, [rule], found);
    }
  }
  return found;
}
