import { following, referenceTo } from '../../../core/openapi/follow.ts';
import { nameOf, silent } from '../../../core/openapi/schemas.ts';
import {
  entries,
  entryOf,
  get,
  items,
  type MapNode,
  type Node,
  type SeqNode,
  text,
} from '../../../core/openapi/tree.ts';
import type {
  Collected,
  CollectedValue,
  DocumentContext,
  DocumentProblem,
  LocalContext,
  View,
} from '../../../core/openapi/visitors.ts';
import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'api/required-defined',
  dialect: 'openapi',
  severity: 'warning',
  evidences: ['review/api-docs'],
  concerns: ['plan/api-contract', 'handoff/api-documented'],
  requirements: ['R003-103', 'R003-041', 'R000-024'],
  equivalents: [
    'redocly:no-required-schema-properties-undefined',
    'ibm:ibm-define-required-properties',
    'vacuum:requiredFieldsDefined',
  ],
  yieldsTo: ['api/syntax'],
  says: 'Describe every property that is required.',
  why: 'A required name without a property is mostly a rename that stopped halfway: clients must send something whose type nobody knows, and validators refuse what they do send.',
  bad: [
    `
components:
  schemas:
    Order:
      type: object
      required:
        - id
        - customerName
          ^^^^^^^^^^^^ warning: Order requires customerName, which is not among its properties
      properties:
        id: { type: string }
        customer_name: { type: string }
`,
    `{
  "openapi": "3.0.3",
  "paths": {},
  "components": { "schemas": { "Order": { "required": ["total"], "allOf": [{ "properties": { "id": {} } }] } } }
                                                       ^^^^^^^ warning: Order requires total, which is not among its properties
}`,
  ],
  good: [
    `
components:
  schemas:
    Base: { type: object, properties: { id: { type: string } } }
    Order:
      type: object
      required: [id, total]
      allOf:
        - $ref: '#/components/schemas/Base'
        - properties: { total: { type: number } }
          required: [id]
    Choice:
      type: object
      properties: { email: { type: string }, phone: { type: string } }
      anyOf: [{ required: [email] }, { required: [phone] }]
    Nested:
      allOf:
        - anyOf: [{ required: [id] }, { required: [total] }]
        - $ref: '#/components/schemas/Order'
    Labels: { type: object, required: [name], additionalProperties: { type: string } }
    Away: { required: [remote], properties: { own: {} }, allOf: [{ $ref: 'https://example.test/s.json' }] }
    Mixin: { required: [id] }
    Part: { type: object, required: [restricted], properties: { id: {} } }
    Whole: { allOf: [{ $ref: '#/components/schemas/Part' }, { properties: { restricted: {} } }] }
    Property: { type: object, properties: { required: { type: array, items: { type: string } } } }
`,
  ],
  fixed: [
    `
components:
  schemas:
    Order:
      type: object
      required:
        - id
      properties:
        id: { type: string }
        customer_name: { type: string }
`,
    `{
  "openapi": "3.0.3",
  "paths": {},
  "components": { "schemas": { "Order": { "allOf": [{ "properties": { "id": {} } }] } } }
}`,
  ],
  collect: {
    schema: (view) => {
      const required = get(view.node, 'required');
      if (required?.kind !== 'seq') return silent;
      const own = get(view.node, 'properties');
      return required.items.every((item) => item.kind !== 'scalar' || entryOf(own, String(item.value)))
        ? silent
        : [candidate(view)];
    },
    reference: (view) =>
      isPart.test(view.pointer)
        ? [{ at: view.key, name: text(view.node, '$ref') ?? '', pointer: view.pointer, detail: part }]
        : silent,
  },
  document: (collected, context) => judge(collected, context),
});

const isPart = /\/allOf\/\d+$/;
const part = 'part';
const joins = /^\/(?:(?:allOf|anyOf|oneOf)\/\d+|then|else|if|not|dependentSchemas\/[^/]+)$/;

/** A schema whose own properties do not meet its `required`, with the pointer of the schema it is joined into. */
function candidate(view: View): CollectedValue {
  let top = view;
  while (top.parent?.type === 'schema' && joins.test(top.pointer.slice(top.parent.pointer.length))) top = top.parent;
  return { at: view.key, name: nameOf(view), pointer: view.pointer, detail: top.pointer };
}

function* judge(collected: readonly Collected[], context: DocumentContext): Generator<DocumentProblem> {
  const parts = new Set<string>();
  for (const { value } of collected) if (value.detail === part) parts.add(value.name);
  const { follow } = following(context);
  for (const { piece, value } of collected) {
    const top = value.detail ?? '';
    // What is a part of other schemas may have its properties there.
    if (top === part || parts.has(`#${top}`)) continue;
    const node = follow(nodeAt(value.pointer, context));
    const required = get(node, 'required');
    const known = new Set<string>();
    if (
      !node ||
      required?.kind !== 'seq' ||
      !gather(nodeAt(top, context), follow, known, new Set()) ||
      known.size === 0
    )
      continue;
    yield* missing(piece, value, node, required, known);
  }
}

function nodeAt(pointer: string, context: DocumentContext): Node | undefined {
  const found = context.resolve(referenceTo(pointer));
  return found.kind === 'found' ? found.target.node : undefined;
}

function* missing(
  piece: string,
  value: CollectedValue,
  schema: MapNode,
  required: SeqNode,
  known: ReadonlySet<string>,
): Generator<DocumentProblem> {
  for (const [index, item] of required.items.entries()) {
    if (item.kind !== 'scalar' || typeof item.value !== 'string' || known.has(item.value)) continue;
    const symbol = `${value.pointer}/required/${item.value}`;
    yield {
      piece,
      at: item,
      message: `${value.name} requires ${item.value}, which is not among its properties`,
      symbol,
      cause: symbol,
      fix: {
        kind: 'refactoring',
        title: `Do not require ${item.value}`,
        *edits(editor) {
          const edit =
            required.items.length > 1 ? editor.removeItem(required, index) : editor.removeEntry(schema, 'required');
          if (edit) yield edit;
        },
      },
    };
  }
}

type Follow = LocalContext['follow'];

/** Gathers the names an object may have, through everything it is joined from. False where they cannot be told. */
function gather(node: Node | undefined, follow: Follow, known: Set<string>, seen: Set<Node>): boolean {
  const schema = follow(node);
  if (!schema) return false;
  if (seen.has(schema)) return true;
  seen.add(schema);
  if (
    get(schema, 'patternProperties') ||
    [get(schema, 'additionalProperties'), get(schema, 'unevaluatedProperties')].some((open) => open?.kind === 'map')
  )
    return false;
  for (const { name } of entries(get(schema, 'properties'))) known.add(name);
  if (node !== schema) for (const { name } of entries(get(node, 'properties'))) known.add(name);
  const lists = ['allOf', 'anyOf', 'oneOf'].flatMap((key) => items(get(schema, key)));
  const single = ['if', 'then', 'else', 'not'].flatMap((key) => get(schema, key) ?? []);
  const dependent = entries(get(schema, 'dependentSchemas')).map(({ value }) => value);
  return [...lists, ...single, ...dependent].every((one) => one.kind !== 'map' || gather(one, follow, known, seen));
}
