import picomatch from 'picomatch';

/** Longer patterns are not read. */
const maxLength = 300;

export type PathTest = (path: string) => boolean;

/**
 * Whether a path (relative to the project's root, with `/`) is meant by one of `patterns`. A pattern with a slash counts from the root, one without
 * means that name in any folder; a folder means everything below it. `*`, `**`, `?`, `[…]` and `{a,b}` are understood. A leading `!` has no meaning.
 */
export function anyOf(patterns: readonly string[]): PathTest {
  const tests = patterns.flatMap((pattern) => (globProblem(pattern) === undefined ? [one(pattern)] : []));
  return (path) => tests.some((test) => test(path));
}

function one(pattern: string): PathTest {
  const bare = pattern.replace(/^\.?\//, '').replace(/\/+$/, '');
  const rooted = pattern.replace(/\/+$/, '').includes('/') ? bare : `**/${bare}`;
  const match = picomatch([rooted, `${rooted}/**`], { dot: true, noextglob: true, nonegate: true, windows: false });
  return (path) => match(path);
}

/** What is wrong with a pattern; undefined where it can be used. */
export function globProblem(pattern: string): string | undefined {
  if (pattern.trim() === '') return 'it is empty';
  if (pattern.length > maxLength) return `it is longer than ${maxLength} characters`;
  if (pattern.startsWith('!')) return 'patterns are not negated here: leave the `!` out and use `exclude`';
  if (pattern.includes('\\')) return 'folders are parted by `/`';
  if (pattern.split('/').includes('..')) return 'it leaves the project: paths count from the folder of this file';
  return undefined;
}
