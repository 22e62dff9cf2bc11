/**
 * Symbols name what a finding is about: a JSON pointer (`/paths/~1users/get`) or a dotted name (`users.email`).
 * `''` is the document itself and so lies around every pointer.
 */

/** The symbols around `symbol`, itself first, the outermost last. */
export function* symbolsAround(symbol: string): Generator<string> {
  yield symbol;
  const mark = symbol.startsWith('/') ? '/' : '.';
  let end = symbol.lastIndexOf(mark);
  while (end > 0) {
    yield symbol.slice(0, end);
    end = symbol.lastIndexOf(mark, end - 1);
  }
  if (symbol !== '') yield '';
}

/** Whether `symbol` is `outer` or lies in it. */
export function isWithin(symbol: string, outer: string): boolean {
  if (symbol === outer || outer === '') return true;
  return symbol.startsWith(outer + (outer.startsWith('/') ? '/' : '.'));
}
