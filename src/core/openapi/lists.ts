import { bare } from './names.ts';
import { hasType, joined } from './schemas.ts';
import { entries, get, type MapNode, type Node, scalar } from './tree.ts';
import type { LocalContext, View } from './visitors.ts';

type Follow = Pick<LocalContext, 'follow'>;

export function isJson(mediaType: string): boolean {
  return /^application\/(?:[^;]*\+)?json\b|^\*\/\*$/i.test(mediaType);
}

/** Operations that clients call: those of `paths`, not of webhooks or callbacks. */
export function isCalled(operation: View): boolean {
  return operation.pointer.startsWith('/paths/') && operation.parent?.parent === undefined;
}

/** The first answer of success that carries JSON, with its response. */
export function answerOf(operation: MapNode, context: Follow): { response: MapNode; schema: Node } | undefined {
  for (const { name, value } of entries(get(operation, 'responses'))) {
    if (!/^2(?:\d\d|XX)$/.test(name)) continue;
    const response = context.follow(value);
    for (const { name: type, value: media } of entries(get(response, 'content'))) {
      const schema = get(media, 'schema');
      if (response && schema && isJson(type)) return { response, schema };
    }
  }
  return undefined;
}

/** Names that lists go by whatever they hold. */
const listNames = new Set([
  'data',
  'items',
  'results',
  'result',
  'records',
  'entries',
  'rows',
  'list',
  'elements',
  'content',
  'value',
  'values',
  'resources',
  'objects',
  'nodes',
  'edges',
  'hits',
  'documents',
]);

/** What stands beside the list in an envelope. */
const envelope =
  /^(?:totals?|count|size|number|length|object|type|kind|url|href|self|links?|meta|metadata|page|pages|paging|pagination|pageinfo|limit|offset|first|last|next|prev|previous|cursor|hasmore|more|truncated|incomplete|status|success|message|code|errors?|warnings?|requestid|version|etag|id)/;

export interface List {
  /** The property that holds the list; undefined where the answer is a bare array. */
  readonly property?: string;
  readonly array: MapNode;
  /** All properties of the envelope, in small letters without separators. */
  readonly beside: readonly string[];
}

/** The list that `schema` is or clearly wraps, at the end of `path`. Undefined where there is none, or it is not clear. */
export function listIn(schema: Node, path: string, context: Follow): List | undefined {
  const parts = joined(schema, context);
  if (!parts) return undefined;
  const segment = path.split('/').findLast((one) => one !== '') ?? '';
  if (segment.includes('{')) return undefined;
  for (const part of parts) if (isArray(part)) return growing(part, context) ? { array: part, beside: [] } : undefined;
  const properties = new Map<string, Node>();
  for (const part of parts) for (const { name, value } of entries(get(part, 'properties'))) properties.set(name, value);
  const arrays: { name: string; array: MapNode }[] = [];
  for (const [name, value] of properties) {
    const array = context.follow(value);
    if (array && isArray(array)) arrays.push({ name, array });
  }
  const [only, second] = arrays;
  if (!only || second || !growing(only.array, context)) return undefined;
  const beside = [...properties.keys()].filter((name) => name !== only.name).map(bare);
  const named = bare(only.name) === bare(segment) || bare(segment).endsWith(bare(only.name));
  const wrapped = listNames.has(bare(only.name)) && /s$/i.test(segment);
  if (!beside.every((name) => envelope.test(name)) || !(named || wrapped)) return undefined;
  return { property: only.name, array: only.array, beside };
}

function isArray(schema: MapNode): boolean {
  return hasType(schema, 'array');
}

/** An array of objects without a bound: it grows with what the service holds. Arrays of names and numbers are mostly vocabularies. */
function growing(array: MapNode, context: Follow): boolean {
  if (typeof scalar(array, 'maxItems') === 'number') return false;
  const item = context.follow(get(array, 'items'));
  if (!item || get(item, 'enum')) return false;
  return (
    hasType(item, 'object') || ['properties', 'allOf', 'oneOf', 'anyOf'].some((key) => get(item, key) !== undefined)
  );
}

/** Whether an envelope itself leads on to the next page. */
export function leadsOn(list: List, response: MapNode): boolean {
  if (entries(get(response, 'headers')).some(({ name }) => /^link$|next|cursor|page/i.test(name))) return true;
  return list.beside.some((name) => /^(?:next|hasmore|pagination|paging|pageinfo|cursor|pages$|links?$)/.test(name));
}
