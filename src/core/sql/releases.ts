import type { MigrationSet } from './migrations.ts';

const hour = 3_600_000;
const day = 24 * hour;

/**
 * Hours within which two migrations count as shipped together. They are dated when they are written, so those of one branch lie closer to
 * each other than those of two releases: between them no code has run that could have filled or read what the first one made.
 */
export const releaseHours = 24;

/**
 * Days after which a migration has surely run, and so what it asks of the rows was true. Longer than a release on purpose: silence about
 * a lock costs a warning, silence about a statement that fails costs an outage.
 */
export const historyDays = 30;

/** How many migrations follow one that has surely run, where their names tell no time. Few releases bring as many. */
export const historyLength = 10;

/**
 * When a migration was written, in milliseconds, by the name its tool knows it by: it begins with YYYYMMDDHHMMSS, YYYY-MM-DD-HHMMSS or
 * the seconds (or milliseconds) since 1970. Undefined where it begins with anything else.
 */
export function migrationTime(id: string): number | undefined {
  const name = id.slice(id.lastIndexOf('/') + 1);
  const date =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?=\d{0,6}(?!\d))/.exec(name) ??
    /^(\d{4})-(\d\d)-(\d\d)-(\d\d)(\d\d)(\d\d)(?!\d)/.exec(name);
  if (date !== null) {
    const [year = 0, month = 0, dayOfMonth = 0, hours = 0, minutes = 0, seconds = 0] = date.slice(1).map(Number);
    const possible = year >= 1990 && year < 2100 && month >= 1 && month <= 12 && dayOfMonth >= 1 && dayOfMonth <= 31;
    if (possible && hours < 24 && minutes < 60 && seconds < 60)
      return Date.UTC(year, month - 1, dayOfMonth, hours, minutes, seconds);
  }
  // From 2001 to 2033: ten digits that begin with 2 are a date and an hour.
  const since1970 = /^(1\d{9})(\d{3})?(?!\d)/.exec(name);
  return since1970 === null ? undefined : Number(since1970[1]) * 1000 + Number(since1970[2] ?? 0);
}

/** Which files of a set ship with which. */
export interface Releases {
  /** Whether the two files belong to one migration, or to two that were written within `releaseHours`. */
  readonly together: (file: string, other: string) => boolean;
}

const known = new WeakMap<MigrationSet, Releases>();

export function releasesOf(set: MigrationSet): Releases {
  const found = known.get(set);
  if (found !== undefined) return found;
  const times = new Map<string, number>();
  for (const { id, up, down } of set.migrations) {
    const time = migrationTime(id);
    if (time === undefined) continue;
    if (up !== undefined) times.set(up, time);
    if (down !== undefined) times.set(down, time);
  }
  const releases: Releases = {
    together: (file, other) => {
      if (file === other) return true;
      const [first, second] = [times.get(file), times.get(other)];
      return first !== undefined && second !== undefined && Math.abs(first - second) < releaseHours * hour;
    },
  };
  known.set(set, releases);
  return releases;
}

/** The number of migrations, from the first on, that have surely run. */
export function historyOf(set: MigrationSet): number {
  const times = set.migrations.map(({ id }) => migrationTime(id));
  const newest = times.reduce<number>((latest, time) => Math.max(latest, time ?? 0), 0);
  const { length } = times;
  let count = 0;
  for (const [index, time] of times.entries()) {
    const run = time === undefined ? index + historyLength < length : time <= newest - historyDays * day;
    if (run) count = index + 1;
  }
  return count;
}
