import { hash, type Span } from '../text.ts';
import type { Cut, Piece } from './piece.ts';
import { travel } from './direction.ts';
import type { Facts } from './lower.ts';
import { descend, joinPath, missing, otherFiles, pointerOf, readReference } from './resolve.ts';
import { entries, type MapNode, type Node, text } from './tree.ts';
import type { Collected, Direction, OpenApiVersion, PlacedReference, Resolution, View } from './visitors.ts';
import { enclosing, type Seat } from './walk.ts';

/** A problem of one piece, with offsets that count from the piece's start. */
export interface LocalProblem {
  readonly rule: string;
  readonly at: Span;
  readonly message: string;
  readonly symbol: string;
  readonly cause: string;
  readonly related: readonly { readonly at: Span; readonly piece: string; readonly message: string }[];
  readonly fix?: { readonly kind: 'safe' | 'refactoring'; readonly title: string };
}

/** What was found in a piece, and the answers it rests on: equal answers, still valid. */
export interface Local {
  readonly problems: readonly LocalProblem[];
  readonly rests: ReadonlyMap<string, string>;
}

export interface PieceState {
  readonly piece: Piece;
  readonly facts: Facts;
  /** By rule. */
  readonly collected: ReadonlyMap<string, readonly Collected[]>;
  /** The piece's references as rules see them. */
  readonly references: readonly PlacedReference[];
  readonly local: Local | undefined;
}

/** The pieces of one document as a whole: who defines what, who refers to what. */
export interface Model {
  readonly file: string;
  readonly version: OpenApiVersion;
  readonly cut: Cut;
  root(name: string): Node | undefined;
  seat(pointer: string): { readonly state: PieceState; readonly seat: Seat } | undefined;
  resolve(ref: string): Resolution;
  follow(node: Node | undefined): MapNode | undefined;
  componentNames(section: string): readonly string[];
  direction(view: View): Direction;
  /** The direction of a component, by its pointer, over all its uses. */
  componentDirection(pointer: string): Direction;
  isUsed(pointer: string): boolean;
  /** A short text that changes when the answer to `question` changes: `root:security`, `ref:#/…`, `direction:/components/…`, `names:responses`. */
  answer(question: string): string;
}

/** A chain of references longer than this is not followed to its end. */
export const followLimit = 32;

export function modelOf(
  file: string,
  version: OpenApiVersion,
  cut: Cut,
  states: readonly PieceState[],
  read: (path: string) => string | undefined,
): Model {
  const seats = new Map<string, { state: PieceState; seat: Seat }>();
  const defined = new Set<string>();
  for (const state of states) {
    for (const seat of state.facts.seats) seats.set(seat.pointer, { state, seat });
    for (const pointer of state.facts.pointers) defined.add(pointer);
  }
  const frames = new Set(cut.frames.map((frame) => frame.pointer));
  const files = otherFiles(read);
  const uses = usesOf(states);
  const names = namesBySection(defined);

  const isBroken = (pointer: string): boolean => defined.has(pointer) && !seats.has(pointer);
  const own = (tokens: readonly string[]): Resolution => {
    const length = tokens[0] === 'components' ? 3 : tokens[0] === 'paths' || tokens[0] === 'webhooks' ? 2 : 1;
    const base = pointerOf(tokens.slice(0, length));
    if (tokens.length < length) {
      return frames.has(base) || base === '' ? { kind: 'unknown' } : missing(`there is no ${base}`);
    }
    const found = seats.get(base);
    if (!found) {
      // A piece whose text is broken has a name and no seat: what it holds is not known.
      const broken = tokens.slice(0, length).some((_, index) => isBroken(pointerOf(tokens.slice(0, index + 1))));
      return broken ? { kind: 'unknown' } : missing(`there is no ${base}`);
    }
    const node = descend(found.seat.node, tokens.slice(length), (ref) => nodeOf(resolve(ref)));
    if (!node) return missing(`${base} has no ${pointerOf(tokens.slice(length))}`);
    return { kind: 'found', target: { node, pointer: pointerOf(tokens) } };
  };
  /** The same few references are asked for by many rules. */
  const resolutions = new Map<string, Resolution>();
  const resolve = (ref: string): Resolution => {
    const known = resolutions.get(ref);
    if (known) return known;
    // A reference that leads through itself ends here.
    resolutions.set(ref, { kind: 'unknown' });
    const answer = find(ref);
    resolutions.set(ref, answer);
    return answer;
  };
  const find = (ref: string): Resolution => {
    const { file: other, tokens, remote } = readReference(ref);
    if (remote || !tokens) return { kind: 'unknown' };
    if (other === '') return own(tokens);
    const path = joinPath(file, other);
    if (path === undefined) return { kind: 'unknown' };
    if (path === file) return own(tokens);
    const root = files(path);
    if (!root) return read(path) === undefined ? missing(`the file ${path} cannot be read`) : { kind: 'unknown' };
    const node = descend(root, tokens, () => undefined);
    if (!node) return missing(`${path} has no ${pointerOf(tokens)}`);
    return { kind: 'found', target: { node, pointer: pointerOf(tokens), file: path } };
  };
  const follow = (node: Node | undefined): MapNode | undefined => {
    let at = node;
    let file: string | undefined;
    for (let i = 0; i < followLimit; i++) {
      const ref = text(at, '$ref');
      if (ref === undefined) return at?.kind === 'map' ? at : undefined;
      // A reference inside another file counts from there; only those within this document are followed on.
      if (file !== undefined) return undefined;
      const resolution = resolve(ref);
      if (resolution.kind !== 'found') return undefined;
      at = resolution.target.node;
      file = resolution.target.file;
    }
    return undefined;
  };
  const root = (name: string): Node | undefined => seats.get(`/${name}`)?.seat.node;
  const componentDirection = (pointer: string): Direction => uses.get(pointer) ?? { request: false, response: false };
  const direction = (view: View): Direction => {
    const own = travel(view);
    if (own) return own;
    if (!view.pointer.startsWith('/components/')) return { request: false, response: false };
    return componentDirection(
      pointerOf(
        view.pointer
          .slice(1)
          .split('/', 3)
          .map((one) => one.replaceAll('~1', '/').replaceAll('~0', '~')),
      ),
    );
  };
  const componentNames = (section: string): readonly string[] => names.get(section) ?? [];
  const answers = new Map<string, string>();
  const answerTo = (question: string): string => {
    const mark = question.indexOf(':');
    const [kind, value] = [question.slice(0, mark), question.slice(mark + 1)];
    if (kind === 'root') return summary(root(value));
    if (kind === 'names') return hash(componentNames(value).join('\n'));
    if (kind === 'direction') {
      const { request, response } = componentDirection(value);
      return `${request}${response}`;
    }
    const resolution = resolve(value);
    return resolution.kind === 'found' ? summary(resolution.target.node) : resolution.kind;
  };
  return {
    file,
    version,
    cut,
    root,
    seat: (pointer) => seats.get(pointer),
    resolve,
    follow,
    componentNames,
    direction,
    componentDirection,
    isUsed: (pointer) => uses.has(pointer),
    answer: (question) => {
      const known = answers.get(question);
      if (known !== undefined) return known;
      const answer = answerTo(question);
      answers.set(question, answer);
      return answer;
    },
  };
}

function nodeOf(resolution: Resolution): Node | undefined {
  return resolution.kind === 'found' ? resolution.target.node : undefined;
}

function namesBySection(defined: ReadonlySet<string>): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const pointer of defined) {
    const [, top, section, name] = pointer.split('/');
    if (top !== 'components' || section === undefined || name === undefined) continue;
    const list = names.get(section);
    const plain = name.replaceAll('~1', '/').replaceAll('~0', '~');
    if (list) list.push(plain);
    else names.set(section, [plain]);
  }
  return names;
}

/** The direction of every component that is reachable from an operation or a webhook; a component nobody reaches is not in the map. */
function usesOf(states: readonly PieceState[]): Map<string, Direction> {
  const inherited = new Map<string, string[]>();
  const uses = new Map<string, { request: boolean; response: boolean }>();
  const queue: { pointer: string; request: boolean; response: boolean }[] = [];
  for (const { facts } of states) {
    for (const { from, to, request, response } of facts.uses) {
      if (from === undefined) queue.push({ pointer: to, request, response });
      else {
        const list = inherited.get(from);
        if (list) list.push(to);
        else inherited.set(from, [to]);
      }
    }
  }
  for (let next = queue.pop(); next; next = queue.pop()) {
    const known = uses.get(next.pointer) ?? { request: false, response: false };
    const grown = { request: known.request || next.request, response: known.response || next.response };
    if (uses.has(next.pointer) && grown.request === known.request && grown.response === known.response) continue;
    uses.set(next.pointer, grown);
    for (const pointer of inherited.get(next.pointer) ?? []) queue.push({ pointer, ...grown });
  }
  // What only unused components refer to is still referred to.
  for (const targets of inherited.values())
    for (const pointer of targets) if (!uses.has(pointer)) uses.set(pointer, { request: false, response: false });
  return uses;
}

const prose = new Set(['description', 'summary', 'title', 'example', 'examples', 'externalDocs']);

/** Nodes never change, and those of untouched pieces live on from one analysis to the next. */
const summaries = new WeakMap<Node, string>();

/** A hash of a value's shape: texts for people and examples do not count. */
export function summary(node: Node | undefined): string {
  if (!node) return '';
  let known = summaries.get(node);
  if (known === undefined) summaries.set(node, (known = shapeHash(node)));
  return known;
}

function shapeHash(node: Node): string {
  const parts: string[] = [];
  const write = (at: Node, depth: number): void => {
    if (depth > 64 || parts.length > 20_000) return;
    if (at.kind === 'scalar') parts.push(JSON.stringify(at.value));
    else if (at.kind === 'seq') {
      parts.push('[');
      for (const item of at.items) write(item, depth + 1);
      parts.push(']');
    } else {
      parts.push('{');
      for (const entry of entries(at)) {
        if (prose.has(entry.name) && entry.value.kind === 'scalar') continue;
        parts.push(entry.name);
        write(entry.value, depth + 1);
      }
      parts.push('}');
    }
  };
  write(node, 0);
  return hash(parts.join('\u0000'));
}

/** The component or path item that holds `view`. */
export function holderOf(view: View): View {
  let at = view;
  while (at.parent) at = at.parent;
  return enclosing(at, 'pathItem') ?? at;
}
