import type { DocumentProblem } from './visitors.ts';

/** As many places of one kind are told one by one; more are a habit of the document and are told once. */
export const habitFrom = 20;

/**
 * Few problems stay as they are. Many become one at the first place, with the next ones beside it. `count` is how many there are, where no more of
 * `problems` were made than are shown: `habitFrom` and one.
 */
export function habitual(
  problems: readonly DocumentProblem[],
  cause: string,
  message: (count: number) => string,
  count = problems.length,
): readonly DocumentProblem[] {
  const [first] = problems;
  if (!first || count <= habitFrom) return problems;
  const related = problems
    .slice(1, habitFrom + 1)
    .map(({ at, piece, message: told }) => ({ at, piece, message: told }));
  return [{ piece: first.piece, at: first.at, message: message(count), symbol: cause, cause, related }];
}
