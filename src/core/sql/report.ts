import type { RawFinding } from '../finding.ts';
import type { Span } from '../text.ts';
import type { FileFacts } from './read.ts';
import type { LocatedProblem } from './run.ts';
import type { Origin } from './schema.ts';

/** The findings of one file, one for each place: those with one cause become one in the last pass, when the disables of each place are known. */
export function rawFindings(
  path: string,
  problems: readonly LocatedProblem[],
  facts: ReadonlyMap<string, FileFacts>,
): RawFinding[] {
  const findings = problems.map((problem): RawFinding => {
    return {
      file: path,
      rule: problem.rule,
      message: problem.message,
      span: placed(problem.origin, facts),
      symbol: problem.symbol,
      cause: problem.cause,
      related: problem.related.map(({ origin, message }) => ({
        place: { file: origin.file, span: placed(origin, facts) },
        message,
      })),
      ...(problem.fix === undefined ? {} : { fix: { kind: problem.fix.kind, title: problem.fix.title } }),
    };
  });
  return findings.sort(
    (a, b) =>
      a.span.start - b.span.start || a.span.end - b.span.end || (a.rule < b.rule ? -1 : Number(a.rule > b.rule)),
  );
}

/** An origin as offsets of its file's present text. */
export function placed(origin: Origin, facts: ReadonlyMap<string, FileFacts>): Span {
  const start = facts.get(origin.file)?.statements[origin.statement]?.start ?? 0;
  return { start: start + origin.at.start, end: start + origin.at.end };
}
