import type { Span } from '../text.ts';
import { entries, get, items, type MapNode, type Node, text, token } from './tree.ts';
import type { NodeType, View } from './visitors.ts';

type Slot = readonly [type: NodeType, how: 'one' | 'map' | 'list'];
type Shape = Readonly<Record<string, Slot>>;

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

const content: Shape = { content: ['mediaType', 'map'], examples: ['example', 'map'], schema: ['schema', 'one'] };

/** Which objects stand under which keys of which object: OpenAPI 3.0 and 3.1 in one table, unknown keys simply do not occur. */
const shapes: Readonly<Partial<Record<NodeType, Shape>>> = {
  pathItem: {
    ...Object.fromEntries(methods.map((method): [string, Slot] => [method, ['operation', 'one']])),
    parameters: ['parameter', 'list'],
    servers: ['server', 'list'],
  },
  operation: {
    parameters: ['parameter', 'list'],
    requestBody: ['requestBody', 'one'],
    responses: ['response', 'map'],
    callbacks: ['callback', 'map'],
    security: ['securityRequirement', 'list'],
    servers: ['server', 'list'],
  },
  parameter: content,
  header: content,
  requestBody: { content: ['mediaType', 'map'] },
  mediaType: { schema: ['schema', 'one'], examples: ['example', 'map'] },
  response: { headers: ['header', 'map'], content: ['mediaType', 'map'], links: ['link', 'map'] },
  schema: {
    ...Object.fromEntries(
      ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'].map((key): [string, Slot] => [
        key,
        ['schema', 'map'],
      ]),
    ),
    ...Object.fromEntries(
      [
        'items',
        'additionalProperties',
        'unevaluatedProperties',
        'unevaluatedItems',
        'not',
        'if',
        'then',
        'else',
        'contains',
        'propertyNames',
        'contentSchema',
      ].map((key): [string, Slot] => [key, ['schema', 'one']]),
    ),
    ...Object.fromEntries(
      ['allOf', 'anyOf', 'oneOf', 'prefixItems'].map((key): [string, Slot] => [key, ['schema', 'list']]),
    ),
  },
};

const componentTypes: Readonly<Record<string, NodeType>> = {
  schemas: 'schema',
  responses: 'response',
  parameters: 'parameter',
  examples: 'example',
  requestBodies: 'requestBody',
  headers: 'header',
  securitySchemes: 'securityScheme',
  links: 'link',
  callbacks: 'callback',
  pathItems: 'pathItem',
};

const rootTypes: Readonly<Record<string, Slot>> = {
  info: ['info', 'one'],
  servers: ['server', 'list'],
  tags: ['tag', 'list'],
  security: ['securityRequirement', 'list'],
};

/** A value and what is known of its place. */
export interface Seat {
  readonly node: Node;
  readonly name: string;
  readonly key: Span;
  readonly pointer: string;
}

export type Enter = (view: View) => void;

/** Visits the objects of one entry of the document: a path item, a webhook, a component, a root entry. Each object at most once, aliases included. */
export function walkEntry(seat: Seat, enter: Enter): void {
  const [section, kind] = seat.pointer.split('/', 3).slice(1);
  const walker = { enter, seen: new Map<NodeType, Set<Node>>() };
  if (section === 'paths' || section === 'webhooks') {
    if (!seat.name.startsWith('x-')) walk(walker, 'pathItem', seat, undefined);
    return;
  }
  if (section === 'components') {
    const type = own(componentTypes, kind);
    if (type) walk(walker, type, seat, undefined);
    return;
  }
  const slot = own(rootTypes, section);
  if (slot) walkSlot(walker, slot, seat, undefined);
}

/** What a table itself holds under a name that a document chose: `constructor` is no entry. */
function own<Value>(table: Readonly<Record<string, Value>>, name: string | undefined): Value | undefined {
  return name !== undefined && Object.hasOwn(table, name) ? table[name] : undefined;
}

interface Walker {
  readonly enter: Enter;
  readonly seen: Map<NodeType, Set<Node>>;
}

function walk(walker: Walker, type: NodeType, seat: Seat, parent: View | undefined): void {
  const { node } = seat;
  if (node.kind !== 'map') return;
  let seen = walker.seen.get(type);
  if (!seen) walker.seen.set(type, (seen = new Set()));
  if (seen.has(node)) return;
  seen.add(node);

  if (type !== 'securityRequirement' && text(node, '$ref') !== undefined) {
    walker.enter(view('reference', node, seat, parent, type));
    // A schema may have siblings beside its $ref from 3.1, a path item always; elsewhere they are ignored.
    if ((type !== 'schema' && type !== 'pathItem') || node.entries.length === 1) return;
  }
  const here = view(type, node, seat, parent);
  walker.enter(here);
  if (type === 'callback') {
    for (const { name, key, value } of node.entries) {
      if (!name.startsWith('x-'))
        walk(walker, 'pathItem', { node: value, name, key, pointer: `${seat.pointer}/${token(name)}` }, here);
    }
    return;
  }
  const shape = shapes[type];
  if (!shape) return;
  for (const { name, key, value } of node.entries) {
    const slot = own(shape, name);
    if (slot) walkSlot(walker, slot, { node: value, name, key, pointer: `${seat.pointer}/${token(name)}` }, here);
  }
}

function walkSlot(walker: Walker, [type, how]: Slot, seat: Seat, parent: View | undefined): void {
  if (how === 'one') walk(walker, type, seat, parent);
  else if (how === 'map') {
    for (const { name, key, value } of entries(seat.node)) {
      if (type === 'response' && name.startsWith('x-')) continue;
      walk(walker, type, { node: value, name, key, pointer: `${seat.pointer}/${token(name)}` }, parent);
    }
  } else {
    items(seat.node).forEach((node, index) => {
      walk(
        walker,
        type,
        { node, name: String(index), key: firstLine(node), pointer: `${seat.pointer}/${index}` },
        parent,
      );
    });
  }
}

/** What marks a list item: its first entry. */
function firstLine(node: Node): Span {
  const first = entries(node)[0];
  return first && first.value.kind === 'scalar'
    ? { start: first.key.start, end: first.value.end }
    : (first?.key ?? node);
}

function view(type: NodeType, node: MapNode, seat: Seat, parent: View | undefined, expects?: NodeType): View {
  const base = {
    type,
    node,
    name: seat.name,
    key: { start: seat.key.start, end: seat.key.end },
    pointer: seat.pointer,
    parent,
  };
  return expects ? { ...base, expects } : base;
}

/** Every map under `node`, with its pointer. */
export function* mapsUnder(node: Node, pointer: string): Generator<{ node: MapNode; pointer: string }> {
  const stack: { node: Node; pointer: string }[] = [{ node, pointer }];
  const seen = new Set<Node>();
  for (let next = stack.pop(); next; next = stack.pop()) {
    if (seen.has(next.node)) continue;
    seen.add(next.node);
    const { pointer: at } = next;
    if (next.node.kind === 'map') {
      yield { node: next.node, pointer: at };
      for (const entry of next.node.entries) stack.push({ node: entry.value, pointer: `${at}/${token(entry.name)}` });
    } else if (next.node.kind === 'seq')
      next.node.items.forEach((item, index) => stack.push({ node: item, pointer: `${at}/${index}` }));
  }
}

/** A value that is no object (or no array) where the specification has one. */
export interface Misplaced {
  readonly name: string;
  readonly node: Node;
  readonly key: Span;
  readonly pointer: string;
  readonly expects: 'object' | 'array';
}

/** What stands directly in `view` and is skipped by the walk, because it is not the kind of value that belongs there. */
export function* misplacedIn(view: View): Generator<Misplaced> {
  for (const { name, key, value } of view.node.entries) {
    const shape = shapes[view.type] ?? {};
    const slot = own(shape, name);
    if (!slot) continue;
    const [type, how] = slot;
    const seat = { name, key, node: value, pointer: `${view.pointer}/${token(name)}` };
    if (how === 'one') {
      if (!stands(type, value)) yield { ...seat, expects: 'object' };
    } else if (value.kind !== (how === 'map' ? 'map' : 'seq'))
      yield { ...seat, expects: how === 'map' ? 'object' : 'array' };
    else if (value.kind === 'map') {
      for (const inner of value.entries) {
        if (stands(type, inner.value) || inner.name.startsWith('x-')) continue;
        yield {
          name: inner.name,
          key: inner.key,
          node: inner.value,
          pointer: `${seat.pointer}/${token(inner.name)}`,
          expects: 'object',
        };
      }
    } else if (value.kind === 'seq') {
      for (const [index, item] of value.items.entries()) {
        if (!stands(type, item))
          yield {
            name: `${name} ${index + 1}`,
            key: item,
            node: item,
            pointer: `${seat.pointer}/${index}`,
            expects: 'object',
          };
      }
    }
  }
}

/** From 3.1 a schema may be a boolean, and `additionalProperties` always may. */
function stands(type: NodeType, node: Node): boolean {
  return node.kind === 'map' || (type === 'schema' && node.kind === 'scalar' && typeof node.value === 'boolean');
}

/** The nearest object of `type` around `view`, itself included. */
export function enclosing(view: View | undefined, type: NodeType): View | undefined {
  for (let at = view; at; at = at.parent) if (at.type === type) return at;
  return undefined;
}

/** `GET /users` for what stands in an operation. */
export function operationName(operation: View): string {
  return `${operation.name.toUpperCase()} ${operation.parent?.name ?? ''}`.trim();
}

/** The operations of a path item, in the document's order. */
export function operationsOf(pathItem: MapNode): readonly string[] {
  return methods.filter((method) => get(pathItem, method)?.kind === 'map');
}
