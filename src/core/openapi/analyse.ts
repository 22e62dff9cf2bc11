import type { RawFinding } from '../finding.ts';
import type { OpenApiRule } from '../rule.ts';
import type { Change, Span, TextEdit } from '../text.ts';
import { cut, onePiece } from './cut.ts';
import { openApiEditor } from './edit.ts';
import { collect, judgeDocument, judgePiece, operationCounter, placedReferences, planOf } from './judge.ts';
import { lower } from './lower.ts';
import { type Local, type Model, modelOf, type PieceState } from './model.ts';
import type { Cut, Piece } from './piece.ts';
import { parseTree } from './tree.ts';
import type { OpenApiVersion } from './visitors.ts';

export interface OpenApiInput {
  /** Path from the project's root, with `/`. */
  readonly file: string;
  readonly text: string;
  readonly version: OpenApiVersion;
  readonly rules: readonly OpenApiRule[];
  /** The text of another file by its path from the root, for `$ref`s; undefined where it may not or cannot be read. */
  read(path: string): string | undefined;
  readonly previous?: OpenApiAnalysis | undefined;
  /** What changed since `previous`; without it everything is read again. */
  readonly change?: Change | undefined;
}

/** The result for one document. It is immutable; the next analysis reuses what an edit did not touch. */
export interface OpenApiAnalysis {
  readonly file: string;
  readonly text: string;
  readonly version: OpenApiVersion;
  readonly findings: readonly RawFinding[];
  readonly operationCount: number;
  readonly states: readonly PieceState[];
  readonly model: Model;
}

/** Judges one document. Yields between pieces, so that the caller can stop at a deadline or for a newer text. Full analysis is this without `previous`. */
export function* analyseOpenApi(input: OpenApiInput): Generator<void, OpenApiAnalysis> {
  const { file, text, version, rules, previous, change, read } = input;
  const known = previous && change && previous.version === version ? previous : undefined;
  let layout = cut(text, known && change ? { cut: known.model.cut, change } : undefined);
  let states = yield* lowerAll(text, layout, rules, version, reusable(layout.pieces, known, change));
  if (mistrusted(text, layout, states, !known || text.length <= wholeReadable)) {
    layout = onePiece(text, layout.format);
    states = yield* lowerAll(text, layout, rules, version, () => undefined);
  }
  const model = modelOf(file, version, layout, states, read);

  const judged: PieceState[] = [];
  for (const state of states) {
    const local = state.local && holds(state.local, model) ? state.local : judgePiece(state, model, rules);
    judged.push(local === state.local ? state : { ...state, local });
    yield;
  }
  const whole = judgeDocument(judged, model, rules);
  const findings: RawFinding[] = [];
  const pieces = new Map(layout.pieces.map((piece) => [piece.pointer, piece]));
  for (const { piece, local } of judged) {
    for (const problem of local?.problems ?? []) findings.push(placed(file, piece, problem, pieces));
  }
  for (const problem of whole) {
    const piece = pieces.get(problem.piece);
    if (piece) findings.push(placed(file, piece, problem, pieces));
  }
  const operationCount = operations(judged);
  return { file, text, version, findings, operationCount, states: judged, model };
}

type Reuse = (piece: Piece) => PieceState | undefined;

function* lowerAll(
  text: string,
  layout: Cut,
  rules: readonly OpenApiRule[],
  version: OpenApiVersion,
  reuse: Reuse,
): Generator<void, PieceState[]> {
  const states: PieceState[] = [];
  for (const piece of layout.pieces) {
    const before = reuse(piece);
    if (before) states.push(before.piece === piece ? before : { ...before, piece });
    else {
      const facts = lower(piece, text.slice(piece.start, piece.end), layout.format);
      const { pointer } = piece;
      const collected = collect(pointer, facts, rules, version);
      states.push({ piece, facts, collected, references: placedReferences(pointer, facts), local: undefined });
      yield;
    }
  }
  return states;
}

/** Pieces before and behind the change are the same text at the same or a shifted place. */
function reusable(pieces: readonly Piece[], previous: OpenApiAnalysis | undefined, change: Change | undefined): Reuse {
  if (!previous || !change) return () => undefined;
  const shift = change.newEnd - change.oldEnd;
  const before = new Map<number, PieceState>();
  const behind = new Map<number, PieceState>();
  for (const state of previous.states) {
    if (state.piece.end < change.start) before.set(state.piece.start, state);
    else if (state.piece.start > change.oldEnd) behind.set(state.piece.start + shift, state);
  }
  const last = pieces.at(-1);
  return (piece) => {
    const candidate = piece.end < change.start || piece === last ? before.get(piece.start) : undefined;
    const state = candidate ?? (piece.start > change.newEnd ? behind.get(piece.start) : undefined);
    if (!state || state.piece.pointer !== piece.pointer) return undefined;
    return state.piece.end - state.piece.start === piece.end - piece.start ? state : undefined;
  };
}

/** Up to here a text with a broken piece is read as a whole after every edit; a larger one only when it is read for the first time (UTF-16 units). */
const wholeReadable = 1 << 20;

/** Whether the borders cannot be right: a piece is not the one entry it was cut for, or the whole can be read where a piece cannot. */
function mistrusted(text: string, layout: Cut, states: readonly PieceState[], thorough: boolean): boolean {
  if (layout.pieces[0]?.pointer === '') return false;
  let broken = false;
  for (const { piece, facts } of states) {
    if (facts.errors.length > 0) broken = true;
    else if (!agrees(piece, facts.seats)) return true;
  }
  return broken && thorough && parseTree(text).errors.length === 0 && layout.format === 'yaml';
}

/** Whether the text holds the one entry that `piece` was cut for, or the entries of a section in flow style. */
function agrees({ pointer }: Piece, seats: PieceState['facts']['seats']): boolean {
  if (seats[0]?.pointer === pointer) return seats.length === 1;
  return seats.length > 0 && seats.every((seat) => seat.pointer.startsWith(`${pointer}/`));
}

function holds(local: Local, model: Model): boolean {
  for (const [question, answer] of local.rests) if (model.answer(question) !== answer) return false;
  return true;
}

function placed(
  file: string,
  piece: Piece,
  problem: Local['problems'][number],
  pieces: ReadonlyMap<string, Piece>,
): RawFinding {
  const shift = (span: Span, by: number): Span => ({ start: span.start + by, end: span.end + by });
  const related = problem.related.flatMap(({ at, piece: pointer, message }) => {
    const other = pointer === piece.pointer ? piece : pieces.get(pointer);
    return other ? [{ place: { file, span: shift(at, other.start) }, message }] : [];
  });
  const { rule, message, symbol, cause, fix } = problem;
  const finding = { file, rule, message, span: shift(problem.at, piece.start), symbol, cause, related };
  return fix ? { ...finding, fix } : finding;
}

function operations(states: readonly PieceState[]): number {
  let count = 0;
  for (const { collected } of states) count += collected.get(operationCounter)?.length ?? 0;
  return count;
}

/** The edits that repair `finding`, planned against the analysed text; undefined where its rule offers none any more. */
export function planOpenApiFix(
  analysis: OpenApiAnalysis,
  finding: RawFinding,
  rules: readonly OpenApiRule[],
): readonly TextEdit[] | undefined {
  const rule = rules.find((candidate) => candidate.id === finding.rule);
  if (!rule) return undefined;
  const { plan, state } = planOf(analysis.states, analysis.model, rule, finding) ?? {};
  if (!plan || !state) return undefined;
  return [...plan.edits(openApiEditor(analysis.text, analysis.model.cut, state.piece))];
}
