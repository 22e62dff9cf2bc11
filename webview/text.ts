const longest = 2000;

/** Characters that show nothing or turn the direction of what follows. */
const unseen = /[\p{Cc}\p{Zl}\p{Zp}\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/gu;

/** A text of the workspace on one line, with what would not be seen written out, and cut where it is very long. */
export function shown(text: string): string {
  const cut = text.length > longest ? `${text.slice(0, longest)}… (${text.length - longest} more characters)` : text;
  return cut
    .replaceAll(/[\r\n\t]+/g, ' ')
    .replaceAll(unseen, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** `1 finding`, `2 findings`, `5,000 findings`. */
export function count(number: number, word: string): string {
  return `${figure(number)} ${word}${number === 1 ? '' : 's'}`;
}

export function figure(number: number): string {
  return number.toLocaleString('en-US');
}

/** `14:31` today, `20 Nov 14:31` before, with the year where it is another; empty for what is no moment. */
export function moment(iso: string, now: Date): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return '';
  const time = at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  if (at.toDateString() === now.toDateString()) return time;
  const year = at.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const);
  return `${at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', ...year })} ${time}`;
}
