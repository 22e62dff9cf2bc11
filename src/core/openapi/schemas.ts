import type { OpenApiEditor } from './edit.ts';
import type { TextEdit } from '../text.ts';
import { entries, get, items, type MapNode, type Node, scalar, type Scalar, text, types } from './tree.ts';
import type { LocalContext, View } from './visitors.ts';
import { enclosing, operationName } from './walk.ts';

/** The shared answer of a visitor that has nothing to say: it is asked of every schema, so that making a generator would cost more than the question. */
export const silent: readonly never[] = [];

/** Whether the schema in `view` is what a property holds. */
export function isProperty(view: View): boolean {
  const { parent } = view;
  return parent?.type === 'schema' && view.pointer.startsWith('/properties/', parent.pointer.length);
}

/** What a reader calls the schema in `view`: the component, property or parameter it belongs to, else the body it is. */
export function nameOf(view: View): string {
  let at = view;
  while (at.parent?.type === 'schema' && !isProperty(at)) at = at.parent;
  const { parent } = at;
  if (!parent || parent.type === 'schema') return at.name;
  if (parent.type === 'parameter') return text(parent.node, 'name') ?? parent.name;
  if (parent.type === 'header') return parent.name;
  const operation = enclosing(parent, 'operation');
  return operation ? `the body of ${operationName(operation)}` : (parent.parent?.name ?? parent.name);
}

/** What a reader calls the object that a property stands in: its component, else the nearest name around it. */
export function ownerOf(property: View): string {
  let at = property.parent;
  while (at?.parent?.type === 'schema') at = at.parent;
  return at ? nameOf(at) : property.name;
}

export function hasType(schema: Node | undefined, name: string): boolean {
  const value = get(schema, 'type');
  if (value?.kind === 'scalar') return value.value === name;
  return items(value).some((item) => item.kind === 'scalar' && item.value === name);
}

/** The JSON type of a value, in the words of `type`. */
export function typeOf(node: Node): string {
  if (node.kind === 'map') return 'object';
  if (node.kind === 'seq') return 'array';
  return scalarType(node.value);
}

function scalarType(value: Scalar): string {
  if (value === null) return 'null';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

/** A text that is equal exactly for equal JSON values. */
export function valueKey(node: Node): string {
  if (node.kind === 'scalar') return JSON.stringify(node.value);
  if (node.kind === 'seq') return `[${node.items.map(valueKey).join()}]`;
  return `{${node.entries
    .map(({ name, value }) => `${JSON.stringify(name)}:${valueKey(value)}`)
    .sort()
    .join()}}`;
}

export function isNullable(schema: Node): boolean {
  return scalar(schema, 'nullable') === true || types(schema).includes('null');
}

const depthLimit = 12;

/**
 * The schema and everything that `allOf` joins to it, references followed. Undefined where a part is not known.
 */
export function joined(
  schema: Node | undefined,
  context: Pick<LocalContext, 'follow'>,
  depth = 0,
): readonly MapNode[] | undefined {
  const own = context.follow(schema);
  if (!own || depth > depthLimit) return undefined;
  const parts: MapNode[] = [own];
  // From 3.1 a schema may have siblings beside its reference.
  if (schema?.kind === 'map' && schema !== own && schema.entries.length > 1) parts.push(schema);
  for (const item of items(get(own, 'allOf'))) {
    const inner = joined(item, context, depth + 1);
    if (!inner) return undefined;
    parts.push(...inner);
  }
  return parts;
}

/** Takes a property out of an object schema, and its name out of `required`. Nothing where the schema would be left empty. */
export function* removeProperty(editor: OpenApiEditor, schema: MapNode, name: string): Generator<TextEdit> {
  const properties = get(schema, 'properties');
  if (properties?.kind !== 'map' || properties.entries.length < 2) return;
  const required = get(schema, 'required');
  const index = items(required).findIndex((item) => item.kind === 'scalar' && item.value === name);
  const edits = [editor.removeEntry(properties, name)];
  if (required?.kind === 'seq' && index >= 0)
    edits.push(required.items.length > 1 ? editor.removeItem(required, index) : editor.removeEntry(schema, 'required'));
  for (const edit of edits) if (edit) yield edit;
}

export function isRemovable(schema: MapNode): boolean {
  return entries(get(schema, 'properties')).length > 1;
}
