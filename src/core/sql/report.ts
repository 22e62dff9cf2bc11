import type { RawFinding } from '../finding.ts';
import type { Span } from '../text.ts';
import type { FileFacts } from './read.ts';
import type { LocatedProblem } from './run.ts';
import type { Origin } from './schema.ts';

/** The findings of one file: problems of one rule with one cause are one finding, the first place its own and the others related. */
export function rawFindings(
  path: string,
  problems: readonly LocatedProblem[],
  facts: ReadonlyMap<string, FileFacts>,
): RawFinding[] {
  const groups = new Map<string, LocatedProblem[]>();
  for (const problem of problems) {
    const key = `${problem.rule}\n${problem.cause}`;
    const found = groups.get(key);
    if (found === undefined) groups.set(key, [problem]);
    else found.push(problem);
  }
  const findings: RawFinding[] = [];
  for (const [first, ...others] of groups.values()) {
    if (first === undefined) continue;
    const related = [...first.related, ...others.map((other) => ({ origin: other.origin, message: other.message }))];
    findings.push({
      file: path,
      rule: first.rule,
      message: first.message,
      span: placed(first.origin, facts),
      symbol: first.symbol,
      cause: first.cause,
      related: related.map((one) => ({
        place: { file: one.origin.file, span: placed(one.origin, facts) },
        message: one.message,
      })),
      ...(first.fix === undefined ? {} : { fix: { kind: first.fix.kind, title: first.fix.title } }),
    });
  }
  return findings.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end || (a.rule < b.rule ? -1 : 1));
}

/** An origin as offsets of its file's present text. */
function placed(origin: Origin, facts: ReadonlyMap<string, FileFacts>): Span {
  const start = facts.get(origin.file)?.statements[origin.statement]?.start ?? 0;
  return { start: start + origin.at.start, end: start + origin.at.end };
}
