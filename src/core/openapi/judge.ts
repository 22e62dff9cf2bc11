import type { RawFinding } from '../finding.ts';
import type { FixPlan, OpenApiRule } from '../rule.ts';
import { ownCopy } from '../text.ts';
import type { OpenApiEditor } from './edit.ts';
import type { Facts } from './lower.ts';
import { followLimit, holderOf, type Local, type LocalProblem, type Model, type PieceState } from './model.ts';
import { text } from './tree.ts';
import type {
  Collected,
  CollectedValue,
  DocumentContext,
  DocumentProblem,
  LocalContext,
  NodeType,
  OpenApiProblem,
  OpenApiVersion,
  PlacedReference,
  View,
} from './visitors.ts';
import { mapsUnder, walkEntry } from './walk.ts';

type Handlers<Yield> = ReadonlyMap<
  NodeType,
  readonly (readonly [rule: OpenApiRule, visit: (view: View, context: LocalContext) => Iterable<Yield>])[]
>;

/** The name under which the engine's own count of operations is collected. */
export const operationCounter = '';

function applies(rule: OpenApiRule, version: OpenApiVersion): boolean {
  return rule.versions === undefined || rule.versions.includes(version);
}

function handlers<Yield>(
  rules: readonly OpenApiRule[],
  version: OpenApiVersion,
  of: (
    rule: OpenApiRule,
  ) => { readonly [Type in NodeType]?: (view: View, context: LocalContext) => Iterable<Yield> } | undefined,
): Handlers<Yield> {
  const map = new Map<NodeType, [OpenApiRule, (view: View, context: LocalContext) => Iterable<Yield>][]>();
  for (const rule of rules) {
    if (!applies(rule, version)) continue;
    for (const [type, visit] of Object.entries(of(rule) ?? {})) {
      const list = map.get(type as NodeType);
      if (list) list.push([rule, visit]);
      else map.set(type as NodeType, [[rule, visit]]);
    }
  }
  return map;
}

/** One table a rule list and version: building it anew for every piece would cost more than the visit. */
const tables = new WeakMap<readonly OpenApiRule[], Map<string, Handlers<unknown>>>();

function table<Yield>(
  rules: readonly OpenApiRule[],
  version: OpenApiVersion,
  name: string,
  make: () => Handlers<Yield>,
): Handlers<Yield> {
  let own = tables.get(rules);
  if (!own) tables.set(rules, (own = new Map()));
  const key = `${name} ${version}`;
  let found = own.get(key);
  if (!found) own.set(key, (found = make() as Handlers<unknown>));
  return found as Handlers<Yield>;
}

/** Gathers what the rules' `document` checks need out of one piece. */
export function collect(
  piece: string,
  facts: Facts,
  rules: readonly OpenApiRule[],
  version: OpenApiVersion,
): Map<string, readonly Collected[]> {
  const own = table(rules, version, 'collect', () => handlers(rules, version, (rule) => rule.collect));
  const collected = new Map<string, Collected[]>();
  const add = (rule: string, value: CollectedValue): void => {
    const list = collected.get(rule);
    if (list) list.push({ piece, value });
    else collected.set(rule, [{ piece, value }]);
  };
  for (const seat of facts.seats) {
    walkEntry(seat, (view) => {
      if (view.type === 'operation') add(operationCounter, { at: view.key, name: view.name, pointer: view.pointer });
      for (const [rule, visit] of own.get(view.type) ?? [])
        for (const value of visit(view, nothing(version))) add(rule.id, value);
    });
  }
  return collected;
}

/** The references of one piece as rules see them. */
export function placedReferences(piece: string, { references }: Facts): readonly PlacedReference[] {
  return references.map(({ at, target, pointer, expects }) => ({ piece, at, name: target, pointer, expects }));
}

/** Collecting sees one piece alone: what lies beyond it is not known yet. */
function nothing(version: OpenApiVersion): LocalContext {
  return {
    version,
    format: 'yaml',
    root: () => undefined,
    resolve: () => ({ kind: 'unknown' }),
    follow: () => undefined,
    direction: () => ({ request: false, response: false }),
    components: () => [],
  };
}

/** Answers a visitor's questions and remembers them. */
function asking(model: Model, rests: Map<string, string>): LocalContext {
  const remember = (question: string): void => {
    if (!rests.has(question)) rests.set(question, model.answer(question));
  };
  return {
    version: model.version,
    format: model.cut.format,
    root: (name) => {
      remember(`root:${name}`);
      return model.root(name);
    },
    resolve: (ref) => {
      remember(`ref:${ref}`);
      return model.resolve(ref);
    },
    follow: (node) => {
      // A change anywhere along the way counts.
      let at = node;
      for (let hops = 0; hops < followLimit; hops++) {
        const ref = text(at, '$ref');
        if (ref === undefined) break;
        remember(`ref:${ref}`);
        const next = model.resolve(ref);
        if (next.kind !== 'found' || next.target.file !== undefined) break;
        at = next.target.node;
      }
      return model.follow(node);
    },
    direction: (view) => {
      const holder = holderOf(view);
      if (holder.pointer.startsWith('/components/')) remember(`direction:${holder.pointer}`);
      return model.direction(view);
    },
    components: (section) => {
      remember(`names:${section}`);
      return model.componentNames(section);
    },
  };
}

export function judgePiece(state: PieceState, model: Model, rules: readonly OpenApiRule[]): Local {
  const rests = new Map<string, string>();
  const problems: LocalProblem[] = [];
  visitPiece(state, model, rules, rests, (rule, problem, symbol) =>
    problems.push(local(rule, problem, symbol, state.piece.pointer)),
  );
  return { problems, rests };
}

type Report = (rule: OpenApiRule, problem: OpenApiProblem, symbol: string) => void;

function visitPiece(
  state: PieceState,
  model: Model,
  rules: readonly OpenApiRule[],
  rests: Map<string, string>,
  report: Report,
): void {
  const { version } = model;
  const visitors = table(rules, version, 'visit', () => handlers(rules, version, (rule) => withoutMap(rule.visit)));
  const context = asking(model, rests);
  for (const seat of state.facts.seats) {
    walkEntry(seat, (view) => {
      for (const [rule, visit] of visitors.get(view.type) ?? [])
        for (const problem of visit(view, context)) report(rule, problem, view.pointer);
    });
  }
  for (const rule of rules) {
    const visit = rule.visit?.map;
    if (!visit || !applies(rule, version)) continue;
    for (const seat of state.facts.seats) {
      for (const { node, pointer } of mapsUnder(seat.node, seat.pointer))
        for (const problem of visit(node, pointer)) report(rule, problem, pointer);
    }
  }
}

function withoutMap(visit: OpenApiRule['visit']): Omit<NonNullable<OpenApiRule['visit']>, 'map'> {
  const { map: _, ...rest } = visit ?? {};
  return rest;
}

/** Names come from the document and may have any length; nobody reads a message of a page. UTF-16 units. */
const longestMessage = 400;

function bounded(message: string): string {
  return message.length <= longestMessage ? message : ownCopy(`${message.slice(0, longestMessage - 1)}…`);
}

function local(rule: OpenApiRule, problem: OpenApiProblem, pointer: string, piece: string): LocalProblem {
  const symbol = problem.symbol ?? pointer;
  const made = {
    rule: rule.id,
    at: { start: problem.at.start, end: problem.at.end },
    message: bounded(problem.message),
    symbol,
    cause: problem.cause ?? symbol,
    related: (problem.related ?? []).map(({ at, message, piece: other }) => ({ at, message, piece: other ?? piece })),
  };
  return problem.fix ? { ...made, fix: { kind: problem.fix.kind, title: problem.fix.title } } : made;
}

export interface WholeProblem extends LocalProblem {
  readonly piece: string;
}

/** Runs the checks that need the whole document, over what was collected. */
export function judgeDocument(
  states: readonly PieceState[],
  model: Model,
  rules: readonly OpenApiRule[],
): WholeProblem[] {
  const problems: WholeProblem[] = [];
  visitDocument(states, model, rules, (rule, problem) => {
    problems.push({ ...local(rule, problem, problem.symbol ?? problem.piece, problem.piece), piece: problem.piece });
  });
  return problems;
}

function visitDocument(
  states: readonly PieceState[],
  model: Model,
  rules: readonly OpenApiRule[],
  report: (rule: OpenApiRule, problem: DocumentProblem) => void,
): void {
  const context = wholeContext(states, model);
  const gathered = new Map<string, Collected[]>();
  for (const { collected } of states) {
    for (const [rule, values] of collected) {
      let list = gathered.get(rule);
      if (!list) gathered.set(rule, (list = []));
      for (const value of values) list.push(value);
    }
  }
  for (const rule of rules) {
    if (!rule.document || !applies(rule, model.version)) continue;
    for (const problem of rule.document(gathered.get(rule.id) ?? [], context)) report(rule, problem);
  }
}

function wholeContext(states: readonly PieceState[], model: Model): DocumentContext {
  let operationCount = 0;
  for (const { collected } of states) operationCount += collected.get(operationCounter)?.length ?? 0;
  return {
    version: model.version,
    operationCount,
    get syntax() {
      return states.flatMap(({ piece, facts }) =>
        facts.errors.map(({ at, message }) => ({ piece: piece.pointer, at, message })),
      );
    },
    get repeated() {
      const seen = new Set<string>();
      return states.flatMap(({ piece, facts }) =>
        facts.seats.flatMap(({ pointer, name, key }) => {
          if (!seen.has(pointer)) {
            seen.add(pointer);
            return [];
          }
          return [{ piece: piece.pointer, at: key, name, pointer }];
        }),
      );
    },
    get references() {
      return states.flatMap(({ references }) => references);
    },
    root: (name) => model.root(name),
    rootKey: (name) => {
      const found = model.seat(`/${name}`);
      return found && { piece: found.state.piece.pointer, at: found.seat.key };
    },
    resolve: (ref) => model.resolve(ref),
    components: (section) => model.componentNames(section),
    direction: (pointer) => model.componentDirection(pointer),
    isUsed: (pointer) => model.isUsed(pointer),
  };
}

/** Runs the one rule again to get the plan behind `finding`. */
export function planOf(
  states: readonly PieceState[],
  model: Model,
  rule: OpenApiRule,
  finding: RawFinding,
): { plan: FixPlan<OpenApiEditor>; state: PieceState } | undefined {
  let found: { plan: FixPlan<OpenApiEditor>; state: PieceState } | undefined;
  const consider = (state: PieceState, problem: OpenApiProblem, pointer: string): void => {
    const symbol = problem.symbol ?? pointer;
    const same =
      symbol === finding.symbol &&
      state.piece.start + problem.at.start === finding.span.start &&
      bounded(problem.message) === finding.message;
    if (same && problem.fix) found ??= { plan: problem.fix, state };
  };
  const only = [rule];
  for (const state of states) {
    const { start, end } = state.piece;
    if (finding.span.start < start || finding.span.start > end) continue;
    visitPiece(state, model, only, new Map(), (_, problem, pointer) => consider(state, problem, pointer));
  }
  visitDocument(states, model, only, (_, problem) => {
    const state = states.find((candidate) => candidate.piece.pointer === problem.piece);
    if (state) consider(state, problem, problem.piece);
  });
  return found;
}
