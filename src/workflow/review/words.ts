import type { Finding } from '../../core/finding.ts';

/** An item's evidence in one line is no longer than this, in characters. */
const lineLength = 60;
const textLength = 200;

/** `1 finding`, `2,900 findings`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}

export function baseName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

/** `API_Spec.yaml:212`, lines counted from 1. */
export function placeOf({ file, range }: Finding): string {
  return `${baseName(file)}:${range.start.line + 1}`;
}

/** At most `length` characters on one line; what is left out is marked. */
function cut(text: string, length: number): string {
  const line = text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  if (line.length <= length) return line;
  // No half of a surrogate pair.
  return `${line.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

export function lineText(text: string): string {
  return cut(text, lineLength);
}

export function evidenceText(text: string): string {
  return cut(text, textLength);
}

/** `0.8 s`, `12 s`, `3 min 5 s`. */
export function durationText(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${Math.round(seconds * 10) / 10} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** The day of a moment, YYYY-MM-DD. */
export function dayOf(at: string): string {
  return at.slice(0, 10);
}
