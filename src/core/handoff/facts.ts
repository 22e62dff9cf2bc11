import { get, items, type MapNode, type Node } from '../openapi/tree.ts';
import type { Span } from '../text.ts';
import { type JsonProblem, objectOf, readJson } from './read-json.ts';

/** A hand-off file as its rules see it. Spans are UTF-16 and count from the text's start. */
export interface HandoffFacts {
  readonly text: string;
  readonly problems: readonly JsonProblem[];
  /** Undefined where the text holds no object. */
  readonly root: MapNode | undefined;
  /** The files it names. */
  readonly paths: readonly NamedPath[];
  readonly checks: readonly Entry<{ readonly item: PlacedText; readonly status: PlacedText | undefined }>[];
  readonly tasks: readonly Entry<{ readonly id: PlacedText; readonly status: PlacedText | undefined }>[];
}

/** A string with the place of its value, quotes included. */
export interface PlacedText {
  readonly text: string;
  readonly at: Span;
}

/** A record of a list; `pointer` names it. */
export type Entry<T> = T & { readonly pointer: string; readonly node: MapNode };

/** `what` is how the field speaks of the file. */
export interface NamedPath extends PlacedText {
  readonly pointer: string;
  readonly what: 'api-spec' | 'migration' | 'artifact' | 'place';
  /** The record that names it. */
  readonly record?: MapNode;
}

/** Reads a hand-off file. Never throws. */
export function handoffFacts(text: string): HandoffFacts {
  const reading = readJson(text);
  const root = objectOf(reading);
  const problems =
    reading.root && !root && reading.problems.length === 0
      ? [{ at: firstLine(reading.root, text), message: 'A hand-off is one object: `{` has to stand here' }]
      : reading.problems;
  return {
    text,
    problems,
    root,
    paths: root ? pathsOf(root) : [],
    checks: records(root, 'checks').flatMap((one) => {
      const item = textOf(one.node, 'item');
      return item ? [{ ...one, item, status: textOf(one.node, 'status') }] : [];
    }),
    tasks: records(root, 'tasks').flatMap((one) => {
      const id = textOf(one.node, 'id');
      return id ? [{ ...one, id, status: textOf(one.node, 'status') }] : [];
    }),
  };
}

function firstLine({ start, end }: Span, text: string): Span {
  const line = text.indexOf('\n', start);
  return { start, end: line < 0 || line > end ? end : line };
}

/** The string under `name`, with its place. */
export function textOf(node: Node | undefined, name: string): PlacedText | undefined {
  return placed(get(node, name));
}

function placed(node: Node | undefined): PlacedText | undefined {
  if (node?.kind !== 'scalar' || typeof node.value !== 'string') return undefined;
  return { text: node.value, at: { start: node.start, end: node.end } };
}

/** The objects in the list under `name`. */
export function records(
  root: MapNode | undefined,
  name: string,
): readonly { readonly node: MapNode; readonly pointer: string }[] {
  return items(get(root, name)).flatMap((node, index) =>
    node.kind === 'map' ? [{ node, pointer: `/${name}/${index}` }] : [],
  );
}

/** The strings in the list under `name`. */
export function texts(root: MapNode | undefined, name: string): readonly (PlacedText & { readonly pointer: string })[] {
  return items(get(root, name)).flatMap((node, index) => {
    const text = placed(node);
    return text ? [{ ...text, pointer: `/${name}/${index}` }] : [];
  });
}

function pathsOf(root: MapNode): NamedPath[] {
  const found: NamedPath[] = [];
  const spec = textOf(root, 'api_spec');
  if (spec) found.push({ ...spec, pointer: '/api_spec', what: 'api-spec' });
  for (const one of texts(root, 'database_migrations')) found.push({ ...one, what: 'migration' });
  for (const [name, field, what] of [
    ['artifacts', 'path', 'artifact'],
    ['security_control_evidence', 'file', 'place'],
    ['required_service_evidence', 'file', 'place'],
  ] as const)
    for (const { node, pointer } of records(root, name)) {
      const path = textOf(node, field);
      if (path) found.push({ ...path, pointer: `${pointer}/${field}`, what, record: node });
    }
  return found;
}
