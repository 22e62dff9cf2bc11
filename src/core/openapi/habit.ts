import type { DocumentProblem } from './visitors.ts';

/** As many places of one kind are told one by one; more are a habit of the document and are told once. */
export const habitFrom = 20;

/** Few problems stay as they are. Many become one at the first place, with the next ones beside it. */
export function habitual(
  problems: readonly DocumentProblem[],
  cause: string,
  message: (count: number) => string,
): readonly DocumentProblem[] {
  const [first, ...others] = problems;
  if (!first || problems.length <= habitFrom) return problems;
  const related = others.slice(0, habitFrom).map(({ at, piece, message: told }) => ({ at, piece, message: told }));
  return [{ piece: first.piece, at: first.at, message: message(problems.length), symbol: cause, cause, related }];
}
