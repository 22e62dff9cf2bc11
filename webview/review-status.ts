import { write } from './patch.ts';

/** The time between two messages of the status region, and the quiet that is waited for before a change is told, in milliseconds. */
const pause = 2000;

/** So long a notice is seen, in milliseconds. */
const seenFor = 6000;

/** Speaks through the page's status region: at most one message per two seconds. */
export interface Announcer {
  /** The result of the person's own action: said as soon as the pause allows, and seen. */
  notice(text: string): void;
  /** What changed by itself: said once nothing more has changed for a while, so that nobody who types is counted at. */
  changed(what: string): void;
  /** The sentence that is said with the changes, where it is another than the last one that was said. */
  verdict(text: string): void;
}

export function announcer(region: HTMLElement): Announcer {
  let free = 0;
  let notice: string | undefined;
  let changes = new Map<string, string>();
  let verdict: string | undefined;
  let saidVerdict: string | undefined;
  let quietFrom = 0;
  let fading: ReturnType<typeof setTimeout> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const speak = (text: string, seen: boolean): void => {
    free = Date.now() + pause;
    region.classList.toggle('unseen', !seen);
    // The same sentence again is a change only if the region was empty between.
    write(region, '');
    write(region, text);
    clearTimeout(fading);
    if (seen) fading = setTimeout(() => write(region, ''), seenFor);
  };
  const plan = (): void => {
    clearTimeout(timer);
    const now = Date.now();
    const due = notice === undefined ? (hasNews() ? Math.max(free, quietFrom) : undefined) : free;
    if (due === undefined) return;
    if (due > now) timer = setTimeout(plan, due - now);
    else if (notice === undefined) tellChanges();
    else {
      const text = notice;
      notice = undefined;
      speak(text, true);
      plan();
    }
  };
  const hasNews = (): boolean => changes.size > 0 || verdict !== saidVerdict;
  const tellChanges = (): void => {
    const told = [...changes.values()];
    const more = told.length > 3 ? [`${told.length - 3} more items changed`] : [];
    const sentences = [...told.slice(0, 3), ...more, ...(verdict === saidVerdict ? [] : [verdict ?? ''])];
    changes = new Map();
    saidVerdict = verdict;
    speak(sentences.map((one) => `${one.replace(/\.$/, '')}.`).join(' '), false);
  };
  return {
    notice: (text) => {
      notice = text;
      plan();
    },
    changed: (what) => {
      changes.set(what.slice(0, what.lastIndexOf(':')), what);
      quietFrom = Date.now() + pause;
      plan();
    },
    verdict: (text) => {
      // The first one is read as the heading of the page.
      saidVerdict ??= text;
      if (text === verdict) return;
      verdict = text;
      quietFrom = Date.now() + pause;
      plan();
    },
  };
}
