import type { RawFinding } from '../finding.ts';
import type { SqlRule } from '../rule.ts';
import { lineBreakOf, type TextEdit } from '../text.ts';
import { finalSchema, type SqlAnalysis } from './analyse.ts';
import { runSet } from './run-set.ts';
import { migrationSteps, runStep, type LocatedProblem } from './run.ts';

/**
 * The edits, in the finding's file, that clear `finding`: its rule alone is run again over the facts of `analysis`.
 * Empty where the rule is not among `rules`, offers no fix, or no longer finds it.
 */
export function planSqlFix(analysis: SqlAnalysis, finding: RawFinding, rules: readonly SqlRule[]): TextEdit[] {
  const rule = rules.find((one) => one.id === finding.rule);
  if (rule === undefined) return [];
  const file = analysis.facts.get(finding.file);
  if (file === undefined) return [];
  const lineBreak = lineBreakOf(file.text);
  const edits: TextEdit[] = [];
  for (const problem of problemsOf(analysis, rule, finding.file)) {
    if (problem.cause !== finding.cause || problem.origin.file !== finding.file || problem.fix === undefined) continue;
    const statement = file.statements[problem.origin.statement];
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
