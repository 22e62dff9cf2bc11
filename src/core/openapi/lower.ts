import { printParseErrorCode, visit as visitJson } from 'jsonc-parser';
import { parseDocument } from 'yaml';
import { ownCopy, type Span } from '../text.ts';
import type { Piece } from './piece.ts';
import { pointerOf, readReference } from './resolve.ts';
import { entries, get, lineFrom, type MapNode, type Node, parseTree, type SyntaxProblem, text, token } from './tree.ts';
import type { NodeType } from './visitors.ts';
import { type Seat, walkEntry } from './walk.ts';

/** A `$ref` where it stands; offsets count from the piece's start. References in examples, defaults and enums are data and do not occur. */
export interface Reference {
  readonly target: string;
  readonly at: Span;
  readonly pointer: string;
  readonly expects: NodeType;
  /** Which way what it refers to travels; `inherit` inside a component, whose uses decide. */
  readonly direction: 'request' | 'response' | 'inherit';
}

/** That a piece refers to a component or a path item. */
export interface Use {
  /** The component it is referred to from, whose own uses decide on the direction; undefined outside of components. */
  readonly from: string | undefined;
  readonly to: string;
  readonly request: boolean;
  readonly response: boolean;
}

/** What is read out of one piece's text alone. The same text always gives the same facts. */
export interface Facts {
  readonly seats: readonly Seat[];
  readonly references: readonly Reference[];
  /** What the references come to, each once. */
  readonly uses: readonly Use[];
  readonly errors: readonly SyntaxProblem[];
  /** Component names and paths that the piece defines, as pointers; known even where the text is broken. */
  readonly pointers: readonly string[];
}

/** Reads a piece. Never throws for any text. */
export function lower(piece: Piece, source: string, format: 'yaml' | 'json'): Facts {
  const own = ownCopy(source);
  const readable = piece.valueStart > 0 ? ' '.repeat(piece.valueStart) + own.slice(piece.valueStart) : own;
  const { root, errors } = parseTree(readable);
  const strict = format === 'json' && errors.length === 0 && !isJson(own.slice(piece.valueStart));
  const syntax =
    errors.length > 0
      ? explain(own, piece, errors, format)
      : strict
        ? jsonProblems(own.slice(piece.valueStart), piece.valueStart).slice(0, 1)
        : errors;
  if (!root)
    return {
      seats: [],
      references: [],
      uses: [],
      errors: syntax,
      pointers: piece.pointer === '' ? [] : [piece.pointer],
    };
  const seats = seatsOf(piece, root);
  const references = referencesOf(seats);
  const pointers = seats.map((seat) => seat.pointer);
  return { seats, references, uses: usesIn(references), errors: syntax, pointers };
}

function seatsOf(piece: Piece, root: Node): Seat[] {
  if (piece.key) return [{ node: root, name: piece.name, key: piece.key, pointer: piece.pointer }];
  if (piece.pointer !== '') {
    // A section in flow style is not cut: its entries are found here.
    if (/^\/(?:paths|webhooks|components(?:\/(?!x-)[^/]+)?)$/.test(piece.pointer)) {
      const below = entries(root).flatMap(({ name, key, value }) =>
        sectionSeats({ node: value, name, key, pointer: piece.pointer }),
      );
      if (below.length > 0) return below;
    }
    const parent = piece.pointer.slice(0, piece.pointer.lastIndexOf('/'));
    return entries(root).map(({ name, key, value }) => ({
      node: value,
      name,
      key,
      pointer: `${parent}/${token(name)}`,
    }));
  }
  return entries(root).flatMap(({ name, key, value }) => {
    const pointer = `/${token(name)}`;
    const seat: Seat = { node: value, name, key, pointer };
    return name === 'paths' || name === 'webhooks' || name === 'components' ? sectionSeats(seat) : [seat];
  });
}

function sectionSeats(seat: Seat): Seat[] {
  if (seat.pointer !== '/components') return seatsBelow(seat);
  return seatsBelow(seat).flatMap((section) => (section.name.startsWith('x-') ? [section] : seatsBelow(section)));
}

function seatsBelow({ node, pointer }: Seat): Seat[] {
  return entries(node).map(({ name, key, value }) => ({
    node: value,
    name,
    key,
    pointer: `${pointer}/${token(name)}`,
  }));
}

function referencesOf(seats: readonly Seat[]): Reference[] {
  const found: Reference[] = [];
  for (const seat of seats) {
    const component = seat.pointer.startsWith('/components/');
    const flipped = seat.pointer.startsWith('/webhooks/');
    walkEntry(seat, (view) => {
      if (view.type === 'reference' && view.expects) {
        const target = text(view.node, '$ref');
        const value = get(view.node, '$ref');
        if (target === undefined || !value) return;
        let direction: Reference['direction'] = component ? 'inherit' : 'response';
        let turns = flipped ? 1 : 0;
        let own: 'request' | 'response' | undefined;
        for (let at = view.parent; at; at = at.parent) {
          if (at.type === 'callback') turns++;
          own ??= sideOf(at.type);
        }
        own ??= sideOf(view.expects);
        if (own) direction = turns % 2 === 0 ? own : own === 'request' ? 'response' : 'request';
        found.push({
          target,
          at: { start: value.start, end: value.end },
          pointer: view.pointer,
          expects: view.expects,
          direction,
        });
      } else if (view.type === 'schema') discriminated(view.node, view.pointer, component, found);
    });
  }
  return found;
}

/** A large piece refers to the same few components again and again. */
function usesIn(references: readonly Reference[]): readonly Use[] {
  const uses = new Map<string, Use>();
  for (const { target, pointer, direction } of references) {
    const { tokens, file } = readReference(target);
    if (!tokens || file !== '' || tokens.length < 2) continue;
    const to = pointerOf(tokens.slice(0, tokens[0] === 'components' ? 3 : 2));
    const from = direction === 'inherit' ? pointer.split('/', 4).join('/') : undefined;
    const key = `${from ?? direction} ${to}`;
    if (from !== to && !uses.has(key))
      uses.set(key, { from, to, request: direction === 'request', response: direction === 'response' });
  }
  return [...uses.values()];
}

/** A discriminator's mapping refers to schemas too, by reference or by component name. */
function discriminated(schema: MapNode, pointer: string, component: boolean, found: Reference[]): void {
  for (const { value } of entries(get(get(schema, 'discriminator'), 'mapping'))) {
    if (value.kind !== 'scalar' || typeof value.value !== 'string') continue;
    const isReference = /[/#]|\.(?:ya?ml|json)$/.test(value.value);
    const target = isReference ? value.value : `#/components/schemas/${token(value.value)}`;
    found.push({
      target,
      at: value,
      pointer: `${pointer}/discriminator/mapping`,
      expects: 'schema',
      direction: component ? 'inherit' : 'response',
    });
  }
}

/** js-yaml reads more than JSON: comments, single quotes, commas at the end. */
function isJson(source: string): boolean {
  try {
    JSON.parse(source.charCodeAt(0) === 0xfeff ? source.slice(1) : source);
    return true;
  } catch {
    return false;
  }
}

/** Which way an object travels by its type alone. */
export function sideOf(type: NodeType): 'request' | 'response' | undefined {
  if (type === 'parameter' || type === 'requestBody') return 'request';
  return type === 'response' || type === 'header' ? 'response' : undefined;
}

/** Broken text longer than this is told by the first reader alone: the second one needs quadratic time on some broken texts. */
const explainable = 65_536;

/** Says what is wrong in a broken piece in the words of a reader that recovers: `yaml` for YAML, jsonc-parser for JSON. */
function explain(
  source: string,
  piece: Piece,
  first: readonly SyntaxProblem[],
  format: 'yaml' | 'json',
): readonly SyntaxProblem[] {
  if (source.length > explainable) return first;
  if (format === 'json') {
    const problems = jsonProblems(source.slice(piece.valueStart), piece.valueStart);
    return problems.length > 0 ? problems.slice(0, 1) : first;
  }
  if (first[0]?.message.startsWith('Nested deeper')) return first;
  const { errors } = parseDocument(source, { uniqueKeys: false, logLevel: 'silent', prettyErrors: false });
  const problem = errors[0];
  if (!problem) return first;
  const [start, end] = problem.pos;
  const at =
    end > start && !source.slice(start, end).includes('\n')
      ? { start, end }
      : lineFrom(source, Math.min(start, source.length));
  return [{ at, message: problem.message.split('\n', 1)[0] ?? problem.message }];
}

const jsonMessages: Readonly<Record<string, string>> = {
  InvalidSymbol: 'Not a JSON value',
  InvalidNumberFormat: 'Not a JSON number',
  PropertyNameExpected: 'A property name in double quotes is expected here',
  ValueExpected: 'A value is expected here',
  ColonExpected: 'A colon is expected here',
  CommaExpected: 'A comma is expected here',
  CloseBraceExpected: 'A closing brace is missing',
  CloseBracketExpected: 'A closing bracket is missing',
  InvalidCommentToken: 'JSON has no comments',
  UnexpectedEndOfComment: 'JSON has no comments',
  UnexpectedEndOfString: 'The string does not end on its line',
  InvalidUnicode: 'Not a \\u escape of four hexadecimal digits',
  InvalidEscapeCharacter: 'Not an escape JSON knows',
  InvalidCharacter: 'A control character must be escaped',
  EndOfFileExpected: 'Nothing may follow the document',
};

/** What keeps `source` from being strict JSON; `base` is added to the offsets. Deep nesting ends the reading, not the process. */
export function jsonProblems(source: string, base: number): SyntaxProblem[] {
  const problems: SyntaxProblem[] = [];
  let depth = 0;
  const down = (): boolean => ++depth < 500;
  const up = (): void => void depth--;
  try {
    visitJson(
      source,
      {
        onObjectBegin: down,
        onArrayBegin: down,
        onObjectEnd: up,
        onArrayEnd: up,
        onError: (code, offset, length) => {
          problems.push({
            at: { start: base + offset, end: base + Math.max(offset + length, Math.min(offset + 1, source.length)) },
            message: jsonMessages[printParseErrorCode(code)] ?? 'Not JSON',
          });
        },
      },
      { disallowComments: true, allowTrailingComma: false },
    );
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [{ at: lineFrom(source, 0), message: 'Nested too deeply to read' }];
  }
  return problems;
}
