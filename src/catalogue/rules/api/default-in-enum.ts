import { isNullable, nameOf, silent, typeOf, valueKey } from '../../../core/openapi/schemas.ts';
import { get, items, type MapNode, type Node } from '../../../core/openapi/tree.ts';
import type { OpenApiProblem, View } from '../../../core/openapi/visitors.ts';
import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'api/default-in-enum',
  dialect: 'openapi',
  severity: 'warning',
  evidences: [],
  concerns: ['plan/api-contract', 'review/api-docs'],
  requirements: ['R003-041', 'R000-025'],
  yieldsTo: ['api/syntax', 'api/enum-typed'],
  says: 'Choose a default that its enum allows.',
  why: 'The default is what the service takes when a client says nothing. Where the enum forbids it, one of the two is out of date, and generated clients send a value that the service refuses.',
  bad: [
    `
components:
  schemas:
    State:
      type: string
      enum: [OPEN, PAID]
      default: open
               ^^^^ warning: State falls back to "open", which its enum does not allow
`,
    `{
  "openapi": "3.1.0",
  "paths": {},
  "components": { "schemas": { "States": { "type": "array", "items": { "enum": ["open", "paid"] }, "default": ["Open"] } } }
                                                                                                               ^^^^^^ warning: States falls back to "Open", which its enum does not allow
}`,
    `
components:
  schemas:
    State:
      type: string
      enum: [open, paid]
      default: sent
               ^^^^ warning: State falls back to "sent", which its enum does not allow
`,
  ],
  good: [
    `
components:
  schemas:
    State: { type: string, nullable: true, enum: [open, paid], default: null }
    Size: { type: integer, enum: [1, 2], default: 1 }
    Sizes: { type: array, items: { type: integer, enum: [1, 2] }, default: [1, 2] }
    Free: { type: string, default: open }
`,
  ],
  fixed: [
    `
components:
  schemas:
    State:
      type: string
      enum: [OPEN, PAID]
      default: OPEN
`,
    `{
  "openapi": "3.1.0",
  "paths": {},
  "components": { "schemas": { "States": { "type": "array", "items": { "enum": ["open", "paid"] }, "default": ["open"] } } }
}`,
  ],
  visit: {
    schema: (schema) => {
      const usual = get(schema.node, 'default');
      return usual ? judge(schema, usual) : silent;
    },
  },
});

function* judge(view: View, usual: Node): Generator<OpenApiProblem> {
  const { node, pointer } = view;
  for (const [value, schema] of pairs(node, usual)) {
    const values = items(get(schema, 'enum'));
    const key = valueKey(value);
    if (values.length === 0 || values.some((one) => valueKey(one) === key)) continue;
    if (typeOf(value) === 'null' && isNullable(schema)) continue;
    const problem = {
      at: value,
      message: `${nameOf(view)} falls back to ${key}, which its enum does not allow`,
      symbol: `${pointer}/default`,
    };
    const [same, second] = values.filter((one) => valueKey(one).toLowerCase() === key.toLowerCase());
    if (!same || second) yield problem;
    else {
      yield {
        ...problem,
        fix: {
          kind: 'refactoring',
          title: `Write ${valueKey(same)}`,
          *edits(editor) {
            yield editor.replace(value, editor.slice(same));
          },
        },
      };
    }
  }
}

/** What the default must fit: its own enum, for the items of a list that of the items. */
function pairs(schema: MapNode, usual: Node): readonly (readonly [value: Node, schema: Node])[] {
  const inner = get(schema, 'items');
  if (usual.kind === 'seq' && inner && !get(schema, 'enum')) return usual.items.map((item) => [item, inner] as const);
  return [[usual, schema]];
}
