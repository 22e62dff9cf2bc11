/** The one name of `names` that differs from `wanted` by case, separators or at most two letters; undefined where there is none or several. */
export function closest(wanted: string, names: readonly string[]): string | undefined {
  const plain = bare(wanted);
  const same = names.filter((name) => bare(name) === plain);
  if (same.length > 0) return same.length === 1 ? same[0] : undefined;
  const limit = plain.length < 4 ? 0 : plain.length < 8 ? 1 : 2;
  const near = names.filter((name) => within(plain, bare(name), limit));
  return near.length === 1 ? near[0] : undefined;
}

function bare(name: string): string {
  return name.toLowerCase().replaceAll(/[\s._-]/g, '');
}

/** Whether at most `limit` letters must be put in, taken out or replaced to make `b` of `a`. */
function within(a: string, b: string, limit: number): boolean {
  if (Math.abs(a.length - b.length) > limit) return false;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return (row[b.length] ?? 0) <= limit;
}
