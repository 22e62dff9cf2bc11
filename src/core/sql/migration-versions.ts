/** Orders migrations by the number they begin with, of any length, and by the rest where it is the same or missing. */
export function compareVersions(a: string, b: string): number {
  // A folder per version: 0.9/02__x comes before 0.10/01__y.
  const folders = [versionFolder(a), versionFolder(b)] as const;
  if (folders[0] !== undefined && folders[1] !== undefined && folders[0] !== folders[1])
    return flywayVersion(folders[0], folders[1]);
  const first = leadingNumber(a.slice(a.lastIndexOf('/') + 1));
  const second = leadingNumber(b.slice(b.lastIndexOf('/') + 1));
  if (first !== '' && second !== '' && first !== second) return compareNumbers(first, second);
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Flyway: versions part by part, then the repeatable ones by their description. */
export function flywayVersion(a: string, b: string): number {
  const repeatable = Number(a.startsWith('R ')) - Number(b.startsWith('R '));
  if (repeatable !== 0 || a.startsWith('R ')) return repeatable === 0 ? (a < b ? -1 : Number(a > b)) : repeatable;
  const first = a.split('.');
  const second = b.split('.');
  for (let i = 0; i < Math.max(first.length, second.length); i++) {
    const order = compareNumbers(first[i] ?? '0', second[i] ?? '0');
    if (order !== 0) return order;
  }
  return 0;
}

function versionFolder(text: string): string | undefined {
  return text.includes('/') ? text.slice(0, text.indexOf('/')) : undefined;
}

/** The digits a name begins with; empty where there are none. */
export function leadingNumber(text: string): string {
  return /^\d+/.exec(text)?.[0] ?? '';
}

// Versions such as 20240131120000123 are larger than a double holds exactly.
function compareNumbers(a: string, b: string): number {
  const first = a.replace(/^0+(?=\d)/, '');
  const second = b.replace(/^0+(?=\d)/, '');
  if (first.length !== second.length) return first.length - second.length;
  return first < second ? -1 : first > second ? 1 : 0;
}
