import { handoffFields } from '../../core/handoff/format.ts';
import { plainOf } from '../../core/handoff/read-json.ts';
import type { MapNode } from '../../core/openapi/tree.ts';
import { lineBreakOf, type TextEdit } from '../../core/text.ts';
import { type HandoffValues, momentFields } from './compose.ts';

const unit = '  ';

/** A new hand-off file: two spaces, the fields in their order. */
export function printHandoff(values: HandoffValues): string {
  return `${JSON.stringify(Object.fromEntries(values), undefined, unit)}\n`;
}

/**
 * The smallest edits that give the hand-off these values: what says the same already keeps the person's own writing, and fields that are not among them are
 * not touched. None where nothing but the moment would change.
 */
export function handoffEdits(text: string, root: MapNode, values: HandoffValues): readonly TextEdit[] {
  const lineBreak = lineBreakOf(text);
  const indent = indentOf(text, root);
  const present = new Map(root.entries.map((entry) => [entry.name, entry]));
  const print = (value: unknown): string =>
    JSON.stringify(value, undefined, /^(?:\t| +)$/.test(indent) ? indent : unit)
      .split('\n')
      .join(`${lineBreak}${indent}`);
  const edits: TextEdit[] = [];
  let changes = 0;
  for (const [name, value] of values) {
    const entry = present.get(name);
    if (entry && same(plainOf(entry.value), value)) continue;
    if (!momentFields.has(name)) changes++;
    if (entry) {
      edits.push({ span: { start: entry.value.start, end: entry.value.end }, newText: print(value) });
      continue;
    }
    const line = `${JSON.stringify(name)}: ${print(value)}`;
    const before = earlier(name).find((one) => present.has(one));
    const after = before === undefined ? undefined : present.get(before);
    const at = after ? after.value.end : root.start + 1;
    const newText = after
      ? `,${lineBreak}${indent}${line}`
      : `${lineBreak}${indent}${line}${root.entries.length > 0 ? ',' : ''}`;
    edits.push({ span: { start: at, end: at }, newText });
  }
  return changes === 0 ? [] : edits;
}

/** The fields that stand before `name`, the nearest first. */
function earlier(name: string): string[] {
  const names = handoffFields.map((field) => field.name);
  return names.slice(0, Math.max(0, names.indexOf(name))).reverse();
}

/** What stands before the first field on its line, where nothing but blanks does. */
function indentOf(text: string, { entries: [first] }: MapNode): string {
  if (!first) return unit;
  const start = Math.max(text.lastIndexOf('\n', first.key.start - 1), text.lastIndexOf('\r', first.key.start - 1)) + 1;
  const before = text.slice(start, first.key.start);
  return start > 0 && /^[ \t]+$/.test(before) ? before : unit;
}

/** Whether two values of JSON are the same, whatever the order of their names. */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))];
  return left.length === right.size && left.every(([name, value]) => right.has(name) && same(value, right.get(name)));
}
