import {
  boolCoreTag,
  COLLECTION_STYLE,
  EVENT_ID,
  floatCoreTag,
  getScalarValue,
  intCoreTag,
  NOT_RESOLVED,
  nullCoreTag,
  parseEvents,
  SCALAR_STYLE,
  YAMLException,
} from 'js-yaml';
import type { AliasEvent, Event, MappingEvent, ScalarEvent, SequenceEvent } from 'js-yaml';
import type { Span } from '../text.ts';

/** A value of an OpenAPI document with its place. Offsets are UTF-16 and count from the start of the piece the node belongs to. */
export type Node = MapNode | SeqNode | ScalarNode;

export interface MapNode extends Span {
  readonly kind: 'map';
  readonly entries: readonly Entry[];
  /** Written with braces, as in JSON. */
  readonly flow: boolean;
}

export interface SeqNode extends Span {
  readonly kind: 'seq';
  readonly items: readonly Node[];
  readonly flow: boolean;
}

export interface ScalarNode extends Span {
  readonly kind: 'scalar';
  readonly value: Scalar;
  readonly quoted: boolean;
}

export type Scalar = string | number | boolean | null;

export interface Entry {
  readonly name: string;
  /** The key's own span, quotes included. */
  readonly key: Span;
  readonly value: Node;
}

export interface SyntaxProblem {
  readonly at: Span;
  readonly message: string;
}

/** Deeper documents are not analysed; real ones stay under 60 levels. */
export const maxDepth = 500;

/** The entry named `name`; of duplicate keys the last, as parsers do. */
export function entryOf(node: Node | undefined, name: string): Entry | undefined {
  if (node?.kind !== 'map') return undefined;
  for (let i = node.entries.length - 1; i >= 0; i--) {
    const entry = node.entries[i];
    if (entry?.name === name) return entry;
  }
  return undefined;
}

export function get(node: Node | undefined, name: string): Node | undefined {
  return entryOf(node, name)?.value;
}

/** The string under `name`, where it is one. */
export function text(node: Node | undefined, name: string): string | undefined {
  const value = get(node, name);
  return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
}

/** The scalar under `name`, where it is one. */
export function scalar(node: Node | undefined, name: string): Scalar | undefined {
  const value = get(node, name);
  return value?.kind === 'scalar' ? value.value : undefined;
}

export function items(node: Node | undefined): readonly Node[] {
  return node?.kind === 'seq' ? node.items : [];
}

export function entries(node: Node | undefined): readonly Entry[] {
  return node?.kind === 'map' ? node.entries : [];
}

/** The names in `type`, which from OpenAPI 3.1 may be a list. */
export function types(schema: Node | undefined): readonly string[] {
  const value = get(schema, 'type');
  if (value?.kind === 'scalar') return typeof value.value === 'string' ? [value.value] : [];
  return items(value).flatMap((item) => (item.kind === 'scalar' && typeof item.value === 'string' ? [item.value] : []));
}

/** A JSON pointer's token for `name` (RFC 6901). */
export function token(name: string): string {
  return name.includes('~') || name.includes('/') ? name.replaceAll('~', '~0').replaceAll('/', '~1') : name;
}

/**
 * Reads one YAML or JSON value with exact places. The reader is js-yaml's event stream: it gives offsets at a fifth of the cost of a syntax tree.
 * It stops at the first error; `errors` then holds that one and `root` is absent.
 */
export function parseTree(source: string): { root?: Node; errors: readonly SyntaxProblem[] } {
  let events: Event[];
  try {
    events = parseEvents(source, { maxDepth });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const at = Math.min(error.mark?.position ?? 0, source.length);
    return {
      errors: [
        {
          at: lineFrom(source, at),
          message: error.reason.includes('maxDepth') ? `Nested deeper than ${maxDepth} levels` : sentence(error.reason),
        },
      ],
    };
  }
  return build(source, events);
}

function sentence(reason: string): string {
  return reason.charAt(0).toUpperCase() + reason.slice(1);
}

/** From `offset` to the end of its line, at least one character where there is one. */
export function lineFrom(source: string, offset: number): Span {
  const end = /[\r\n]/g;
  end.lastIndex = offset;
  const stop = end.exec(source)?.index ?? source.length;
  if (stop > offset) return { start: offset, end: stop };
  return { start: Math.max(0, offset - 1), end: Math.max(offset, 1) };
}

interface Open {
  readonly event: MappingEvent | SequenceEvent;
  readonly entries: Entry[];
  /** What `<<` brings in; own entries of the same name win. */
  readonly merged: Entry[];
  readonly items: Node[];
  pending: { name: string; key: Span; merge: boolean } | undefined;
}

function build(source: string, events: readonly Event[]): { root?: Node; errors: readonly SyntaxProblem[] } {
  const errors: SyntaxProblem[] = [];
  const stack: Open[] = [];
  const anchors = new Map<string, Node>();
  let root: Node | undefined;
  /** Where the last token ended: an empty value stands behind it. */
  let last = 0;

  const place = (node: Node, anchor: string | undefined): void => {
    if (anchor !== undefined) anchors.set(anchor, node);
    const parent = stack.at(-1);
    if (!parent) {
      root ??= node;
      return;
    }
    if (parent.event.type === EVENT_ID.SEQUENCE) {
      parent.items.push(node);
      return;
    }
    if (!parent.pending) {
      parent.pending = keyOf(node, source);
      return;
    }
    const { name, key, merge } = parent.pending;
    parent.pending = undefined;
    if (merge) mergeInto(parent.merged, node);
    else parent.entries.push({ name, key, value: node });
  };

  for (const event of events) {
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        if (root) return { root, errors };
        break;
      case EVENT_ID.MAPPING:
      case EVENT_ID.SEQUENCE:
        stack.push({ event, entries: [], merged: [], items: [], pending: undefined });
        last = event.start + (event.style === COLLECTION_STYLE.FLOW ? 1 : 0);
        break;
      case EVENT_ID.SCALAR: {
        const node = scalarOf(source, event, last);
        last = node.end;
        place(node, anchorOf(source, event));
        break;
      }
      case EVENT_ID.ALIAS: {
        const at = { start: event.anchorStart - 1, end: event.anchorEnd };
        const name = source.slice(event.anchorStart, event.anchorEnd);
        const target = anchors.get(name);
        if (!target) errors.push({ at, message: `Alias *${name} has no anchor &${name} before it` });
        last = at.end;
        place(target ? { ...target, ...at } : { kind: 'scalar', ...at, value: null, quoted: false }, undefined);
        break;
      }
      case EVENT_ID.POP: {
        const open = stack.pop();
        if (!open) break;
        if (open.pending) open.entries.push({ name: open.pending.name, key: open.pending.key, value: empty(last) });
        const node = collectionOf(source, open, last);
        last = node.end;
        place(node, anchorOf(source, open.event));
        break;
      }
    }
  }
  return root ? { root, errors } : { errors };
}

function empty(at: number): ScalarNode {
  return { kind: 'scalar', start: at, end: at, value: null, quoted: false };
}

function anchorOf(
  source: string,
  event: Exclude<Event, AliasEvent> & { anchorStart?: number; anchorEnd?: number },
): string | undefined {
  const { anchorStart = -1, anchorEnd = -1 } = event;
  return anchorStart >= 0 ? source.slice(anchorStart, anchorEnd) : undefined;
}

function keyOf(node: Node, source: string): { name: string; key: Span; merge: boolean } {
  const key = { start: node.start, end: node.end };
  if (node.kind !== 'scalar') return { name: source.slice(node.start, node.end), key, merge: false };
  // Numbers and booleans are keys by their text: 200 and "200" name the same response.
  const name = typeof node.value === 'string' ? node.value : source.slice(node.start, node.end);
  return { name, key, merge: name === '<<' && !node.quoted };
}

function mergeInto(target: Entry[], node: Node): void {
  const sources = node.kind === 'seq' ? node.items : [node];
  for (const from of sources) {
    for (const entry of entries(from)) if (!target.some((own) => own.name === entry.name)) target.push(entry);
  }
}

function scalarOf(source: string, event: ScalarEvent, last: number): ScalarNode {
  if (event.valueStart < 0) {
    const at = source.charCodeAt(last) === 58 ? last + 1 : last;
    return empty(at);
  }
  const raw = getScalarValue(source, event);
  switch (event.style) {
    case SCALAR_STYLE.SINGLE_QUOTED:
    case SCALAR_STYLE.DOUBLE_QUOTED:
      return { kind: 'scalar', start: event.valueStart - 1, end: event.valueEnd + 1, value: raw, quoted: true };
    case SCALAR_STYLE.LITERAL_BLOCK:
    case SCALAR_STYLE.FOLDED_BLOCK: {
      const mark = event.style === SCALAR_STYLE.LITERAL_BLOCK ? '|' : '>';
      const start = source.lastIndexOf(mark, event.valueStart - 1);
      return { kind: 'scalar', start: Math.max(start, 0), end: event.valueEnd, value: raw, quoted: true };
    }
    default: {
      const tag = event.tagStart >= 0 ? source.slice(event.tagStart, event.tagEnd) : '';
      const value = tag === '!' || tag.endsWith('str') ? raw : plain(raw);
      return { kind: 'scalar', start: event.valueStart, end: event.valueEnd, value, quoted: false };
    }
  }
}

/** A plain scalar's value by YAML 1.2's core schema. */
function plain(raw: string): Scalar {
  const first = raw.charCodeAt(0);
  // Letters other than those that begin null, true and false can only be text.
  if (first > 64 && !'nNtTfF~'.includes(raw.charAt(0))) return raw;
  for (const tag of [nullCoreTag, boolCoreTag, intCoreTag, floatCoreTag]) {
    const value: unknown = tag.resolve(raw, false, tag.tagName);
    if (value !== NOT_RESOLVED) return value as Scalar;
  }
  return raw;
}

function collectionOf(source: string, open: Open, last: number): MapNode | SeqNode {
  const { event } = open;
  const flow = event.style === COLLECTION_STYLE.FLOW;
  const map = event.type === EVENT_ID.MAPPING;
  let start = event.start;
  let end = last;
  if (flow) end = closing(source, last, map ? '}' : ']');
  else {
    const first = map ? open.entries[0]?.key.start : open.items[0]?.start;
    if (map && first !== undefined && first > start) start = first;
  }
  const merged = open.merged.filter(({ name }) => !open.entries.some((own) => own.name === name));
  return map
    ? { kind: 'map', start, end, entries: merged.length > 0 ? [...merged, ...open.entries] : open.entries, flow }
    : { kind: 'seq', start, end, items: open.items, flow };
}

/** Behind the bracket that closes a flow collection whose last child ended at `from`: only blanks, commas and comments stand between. */
function closing(source: string, from: number, bracket: string): number {
  for (let i = from; i < source.length; i++) {
    const char = source.charAt(i);
    if (char === bracket) return i + 1;
    if (char === '#') while (i < source.length && source.charCodeAt(i) !== 10) i++;
  }
  return source.length;
}
