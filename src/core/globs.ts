/** Longer patterns are not read. */
const maxLength = 300;

/** A pattern that stands for more, by its braces, is not read. */
const maxAlternatives = 100;

export type PathTest = (path: string) => boolean;

/** Whether one character, or one folder name, is meant. */
type Test<Item> = (item: Item) => boolean;

/** `any` stands for any number of them, none included. */
const any: unique symbol = Symbol('any number');
type Wild<Item> = Test<Item> | typeof any;

/**
 * Whether a path (relative to the project's root, with `/`) is meant by one of `patterns`. A pattern with a slash counts from the root, one without
 * means that name in any folder; a folder means everything below it. `*`, `**`, `?`, `[…]` and `{a,b}` are understood. A leading `!` has no meaning.
 * A pattern comes from a file that anybody may have written: the time is bounded by the pattern's length times the path's.
 */
export function anyOf(patterns: readonly string[]): PathTest {
  const tests = patterns.flatMap((pattern) => (globProblem(pattern) === undefined ? one(pattern) : []));
  return (path) => {
    const names = path.split('/');
    return tests.some((test) => fits(test, names));
  };
}

/** What is wrong with a pattern; undefined where it can be used. */
export function globProblem(pattern: string): string | undefined {
  if (pattern.trim() === '') return 'it is empty';
  if (pattern.length > maxLength) return `it is longer than ${maxLength} characters`;
  if (pattern.startsWith('!')) return 'patterns are not negated here: leave the `!` out and use `exclude`';
  if (pattern.includes('\\')) return 'folders are parted by `/`';
  if (pattern.split('/').includes('..')) return 'it leaves the project: paths count from the folder of this file';
  if (namesOf(pattern).length === 0) return 'it names no file and no folder: write `**` for everything';
  if (!expanded(pattern)) return `its braces stand for more than ${maxAlternatives} patterns: write \`*\`, or several`;
  return undefined;
}

/** How many patterns it stands for; what has too many counts as the most that are read. */
export function alternativesOf(pattern: string): number {
  return pattern.length > maxLength ? maxAlternatives : (expanded(pattern)?.length ?? maxAlternatives);
}

function namesOf(pattern: string): readonly string[] {
  return pattern.split('/').filter((name) => name !== '' && name !== '.');
}

function one(pattern: string): readonly (readonly Wild<string>[])[] {
  const rooted = pattern.replace(/\/+$/, '').includes('/');
  return (expanded(pattern) ?? []).map((text) => {
    const names = namesOf(text).map((name): Wild<string> => (name === '**' ? any : nameTest(name)));
    const before: readonly Wild<string>[] = rooted ? [] : [any];
    return [...before, ...names, any];
  });
}

function nameTest(pattern: string): Test<string> {
  if (!/[*?[]/.test(pattern)) return (name) => name === pattern;
  const wilds: Wild<string>[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern.charAt(at);
    if (char === '*') {
      if (wilds.at(-1) !== any) wilds.push(any);
      continue;
    }
    const set = char === '[' ? setAt(pattern, at) : undefined;
    if (set) at = set.end;
    wilds.push(set?.test ?? (char === '?' ? () => true : (other) => other === char));
  }
  return (name) => fits(wilds, name);
}

/** `[abc]`, `[a-z]`, `[!a]` at `open`, and where it ends; undefined where it does not: then the bracket means itself. */
function setAt(pattern: string, open: number): { readonly test: Test<string>; readonly end: number } | undefined {
  const not = /[!^]/.test(pattern.charAt(open + 1));
  const start = open + (not ? 2 : 1);
  // A closing bracket that comes first is one of the characters.
  const end = pattern.indexOf(']', start + 1);
  if (end < 0) return undefined;
  const ranges: [string, string][] = [];
  for (let at = start; at < end; at++) {
    const first = pattern.charAt(at);
    const isRange = pattern.charAt(at + 1) === '-' && at + 2 < end;
    ranges.push([first, isRange ? pattern.charAt(at + 2) : first]);
    if (isRange) at += 2;
  }
  return { end, test: (char) => ranges.some(([low, high]) => low <= char && char <= high) !== not };
}

/**
 * Whether `items` are what `wilds` say. Only the last `any` is ever tried again: whatever an earlier one could take more, the last one can take as well.
 */
function fits<Item>(wilds: readonly Wild<Item>[], items: ArrayLike<Item>): boolean {
  let wild = 0;
  let item = 0;
  let back = -1;
  let taken = 0;
  while (item < items.length) {
    const own = wilds[wild];
    const value = items[item] as Item;
    if (own === any) {
      back = wild++;
      taken = item;
    } else if (own?.(value)) {
      wild++;
      item++;
    } else if (back >= 0) {
      wild = back + 1;
      item = ++taken;
    } else return false;
  }
  while (wilds[wild] === any) wild++;
  return wild === wilds.length;
}

/** The patterns that one with braces stands for; undefined where they are too many. */
function expanded(pattern: string): readonly string[] | undefined {
  const done: string[] = [];
  const open = [pattern];
  for (let text = open.pop(); text !== undefined; text = open.pop()) {
    const braces = bracesIn(text);
    if (!braces) done.push(text);
    else {
      const marks = [braces.open, ...braces.commas, braces.close];
      for (const [index, mark] of marks.slice(1).entries()) {
        const choice = text.slice((marks[index] ?? 0) + 1, mark);
        open.push(text.slice(0, braces.open) + choice + text.slice(braces.close + 1));
      }
    }
    if (done.length + open.length > maxAlternatives) return undefined;
  }
  return done;
}

interface Braces {
  readonly open: number;
  readonly close: number;
  readonly commas: readonly number[];
}

/** The first braces with a choice in them; others mean themselves. */
function bracesIn(text: string): Braces | undefined {
  const open: { readonly at: number; readonly commas: number[] }[] = [];
  let first: Braces | undefined;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '{') open.push({ at, commas: [] });
    else if (char === ',') open.at(-1)?.commas.push(at);
    else if (char === '}') {
      const own = open.pop();
      if (own && own.commas.length > 0 && (!first || own.at < first.open))
        first = { open: own.at, close: at, commas: own.commas };
    }
  }
  return first;
}
