import type { EvidenceRecord } from '../../core/evidence.ts';

/** A note or a reason shorter than this says nothing. In characters. */
export const shortestNote = 10;

/** Records have three levels; what prints them again calls itself for each. */
const deepestRecord = 10;

/** A waiver lasts no longer than this, in days. */
export const longestWaiver = 180;

const common = ['version', 'kind', 'project', 'items', 'at', 'by', 'commit', 'lapsesWith', 'inputs'] as const;
const own: Readonly<Record<EvidenceRecord['kind'], readonly string[]>> = {
  run: ['name', 'command', 'exit', 'durationMs', 'rules'],
  word: ['note'],
  waiver: ['reason', 'until'],
  withdrawal: ['record', 'reason'],
};

type Json = { readonly [key: string]: unknown };

/**
 * Reads the text of a record. The problem is one sentence: what is wrong with it. What is read has every field that its kind has and no other; whether
 * it is to be believed is another question.
 */
export function readRecord(text: string): { readonly record: EvidenceRecord } | { readonly problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return { problem: 'It is no JSON' };
  }
  if (depthOf(text) > deepestRecord) return { problem: 'It is nested deeper than any record' };
  // A key that stands twice would be read as one thing by people and as another here.
  if (withoutSpace(text.replace(/^\uFEFF/, '')) !== JSON.stringify(value))
    return {
      problem: 'It is not written as records are: a key stands twice, or a character is written in another way',
    };
  const problem = problemIn(value);
  return problem === undefined ? { record: value as EvidenceRecord } : { problem };
}

function problemIn(value: unknown): string | undefined {
  if (!isObject(value)) return 'It holds no object';
  if (value['version'] !== 1) return `Its version is ${shown(value['version'])}, and 1 is what can be read here`;
  const { kind } = value;
  if (kind !== 'run' && kind !== 'word' && kind !== 'waiver' && kind !== 'withdrawal')
    return `Its kind is ${shown(kind)}, and there are run, word, waiver and withdrawal`;
  const known = [...common, ...own[kind]];
  const foreign = Object.keys(value).find((key) => !known.includes(key));
  if (foreign !== undefined) return `It has a field \`${foreign.slice(0, 40)}\`, which records do not have`;
  const absent = known.find((key) => key !== 'commit' && !(key in value));
  if (absent !== undefined) return `It has no \`${absent}\``;
  return commonProblem(value) ?? ownProblem(kind, value);
}

function commonProblem(value: Json): string | undefined {
  if (!isText(value['project'])) return 'Its `project` is no id';
  if (!isTexts(value['items']) || value['items'].length === 0) return 'Its `items` are no list of checklist items';
  if (!isMoment(value['at'])) return 'Its `at` is no moment in UTC, as 2026-11-20T14:31:00.000Z is';
  const { by } = value;
  if (!isObject(by) || !isText(by['name']) || typeof by['email'] !== 'string' || Object.keys(by).length !== 2)
    return 'Its `by` names nobody';
  if ('commit' in value && !/^[0-9a-f]{7,64}$/.test(String(value['commit']))) return 'Its `commit` is none';
  if (!isTexts(value['lapsesWith'])) return 'Its `lapsesWith` is no list of patterns';
  const { inputs } = value;
  if (!Array.isArray(inputs) || !inputs.every(isInput)) return 'Its `inputs` are no list of paths with their SHA-256';
  if (new Set(inputs.map(({ path }) => path)).size < inputs.length) return 'One of its inputs stands there twice';
  return undefined;
}

function ownProblem(kind: EvidenceRecord['kind'], value: Json): string | undefined {
  switch (kind) {
    case 'run': {
      const { exit, durationMs } = value;
      if (!isText(value['name']) || !isText(value['command']) || !isText(value['rules']))
        return 'It does not say which command ran';
      return Number.isInteger(exit) && typeof durationMs === 'number' && durationMs >= 0
        ? undefined
        : 'It does not say how the command ended';
    }
    case 'word':
      return noteProblem('note', value['note']);
    case 'waiver':
      if (!isDay(value['until'])) return 'Its `until` is no day, as 2026-12-31 is';
      return noteProblem('reason', value['reason']);
    case 'withdrawal':
      return isId(value['record'])
        ? noteProblem('reason', value['reason'])
        : 'It does not name the record it takes back';
  }
}

function noteProblem(field: string, value: unknown): string | undefined {
  if (typeof value !== 'string') return `Its \`${field}\` is no text`;
  return value.trim().length < shortestNote ? `Its \`${field}\` has fewer than ${shortestNote} characters` : undefined;
}

/** Why a note or a reason is not enough; undefined where it is. */
export function shortNote(what: 'note' | 'reason', value: string): string | undefined {
  const length = value.trim().length;
  if (length >= shortestNote) return undefined;
  return `The ${what} has ${length} character${length === 1 ? '' : 's'}; it needs at least ${shortestNote}, so that others can judge it. Nothing was written.`;
}

/** A day that exists, as YYYY-MM-DD. */
export function isDay(value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}

/** Days from one day to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from.slice(0, 10)}T00:00:00Z`)) / 86_400_000);
}

export function isId(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}

function isMoment(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?Z$/.test(value)) return false;
  return !Number.isNaN(Date.parse(value));
}

function isInput(value: unknown): value is { readonly path: string } {
  return isObject(value) && isText(value['path']) && isId(value['sha256']) && Object.keys(value).length === 2;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isText);
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  return value === undefined ? 'not there' : `\`${(JSON.stringify(value) ?? '').slice(0, 40)}\``;
}

/** How many brackets of a JSON text are open at once, at most. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (token === '[' || token === '{') deepest = Math.max(deepest, ++depth);
    else if (token === ']' || token === '}') depth--;
  }
  return deepest;
}

/** JSON text without the white space between its tokens. */
function withoutSpace(text: string): string {
  return text.replaceAll(/"(?:[^"\\]|\\.)*"|\s+/g, (token) => (token.startsWith('"') ? token : ''));
}
