import type { RawFinding } from '../core/finding.ts';
import { analyseOpenApi, type OpenApiAnalysis } from '../core/openapi/analyse.ts';
import { recognise } from '../core/recognise.ts';
import type { OpenApiRule } from '../core/rule.ts';
import type { Change } from '../core/text.ts';
import { judgedVersion } from './check.ts';

/** What came of reading one API document. */
export interface OpenApiOutcome {
  readonly state: 'judged' | 'alien' | 'unjudged';
  readonly detail: string;
  /** How many a judged document has. */
  readonly operations?: number;
  readonly raw: readonly RawFinding[];
  readonly notAnalysed: readonly string[];
  readonly analysis: OpenApiAnalysis | undefined;
  /** Other files that references asked for. */
  readonly reads: ReadonlySet<string>;
}

export interface OpenApiWork {
  readonly file: string;
  readonly text: string;
  readonly rules: readonly OpenApiRule[];
  read(path: string): string | undefined;
  readonly previous: OpenApiAnalysis | undefined;
  /** What changed since `previous`; undefined where that is not known. */
  readonly change: Change | undefined;
}

const none = { raw: [], notAnalysed: [], analysis: undefined, reads: new Set<string>() } as const;

/** Judges a text if it is an API document of a version that is judged. Can be left between its steps. */
export function* judgeOpenApi({
  file,
  text,
  rules,
  read,
  previous,
  change,
}: OpenApiWork): Generator<void, OpenApiOutcome> {
  const recognised = recognise(text, true);
  if (typeof recognised !== 'object') return { ...none, state: 'alien', detail: 'No API document or migration' };
  const judged = judgedVersion(recognised.version);
  if ('problem' in judged) return { ...none, state: 'unjudged', detail: judged.problem, notAnalysed: [judged.problem] };
  const { version } = judged;
  const analysis = yield* analyseOpenApi({ file, text, version, rules, read, previous, change });
  const count = analysis.operationCount;
  const detail = `OpenAPI ${version}, ${count} operation${count === 1 ? '' : 's'}`;
  return { ...none, state: 'judged', detail, operations: count, raw: analysis.findings, analysis };
}

/** A change of nothing, at the end: what an analysis is repeated with when only its surroundings changed. */
export function noChange(text: string): Change {
  return { start: text.length, oldEnd: text.length, newEnd: text.length };
}

/** Two changes, the second made on the text of the first, as one. */
export function bothChanges(first: Change | undefined, second: Change): Change {
  if (first === undefined) return second;
  const { start, oldEnd, newEnd } = first;
  // What the second reaches beyond the first was there from the beginning.
  const beyond = Math.max(0, second.oldEnd - newEnd);
  const grown = second.newEnd - second.oldEnd;
  return { start: Math.min(start, second.start), oldEnd: oldEnd + beyond, newEnd: newEnd + beyond + grown };
}
