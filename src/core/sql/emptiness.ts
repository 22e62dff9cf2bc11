import type { LocatedProblem, RowFacts } from './run.ts';

/**
 * The problems of each link without those that need rows where there were none. A migration that added a required column without a default
 * and has surely run (the first `history` links have) shows that the table was empty then, and so in every migration before it, back to
 * one that empties the table. The statement itself falls with the rest: it went well.
 */
export function problemsWithRows(
  links: readonly { readonly problems: readonly LocatedProblem[]; readonly rows: RowFacts }[],
  history: number,
): (readonly LocatedProblem[])[] {
  const empty = new Set<number>();
  const heard = links.map((link) => link.problems);
  for (let i = links.length - 1; i >= 0; i--) {
    const link = links[i];
    if (link === undefined) continue;
    if (i < history) for (const table of link.rows.shownEmpty) empty.add(table);
    if (empty.size > 0)
      heard[i] = link.problems.filter((problem) => !problem.assumesRows.some((table) => empty.has(table)));
    for (const table of link.rows.cleared) empty.delete(table);
  }
  return heard;
}
