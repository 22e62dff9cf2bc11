import { habitual } from '../../../core/openapi/habit.ts';
import { silent } from '../../../core/openapi/schemas.ts';
import { entries, get, items, type MapNode, type Node, text } from '../../../core/openapi/tree.ts';
import type {
  Collected,
  CollectedValue,
  DocumentContext,
  DocumentProblem,
  View,
} from '../../../core/openapi/visitors.ts';
import { mapsUnder } from '../../../core/openapi/walk.ts';
import { rule } from '../../../core/rule.ts';

const component = (view: View): readonly CollectedValue[] => {
  const found = extensionReferences(view);
  if (view.parent || !view.pointer.startsWith('/components/')) return found;
  const inherits = items(get(view.node, 'allOf')).some((part) => text(part, '$ref') !== undefined);
  const named = get(view.node, '$id') ?? get(view.node, '$anchor') ?? get(view.node, '$dynamicAnchor');
  const detail = named ? 'named' : inherits ? 'subtype' : '';
  return [{ at: view.key, name: view.name, pointer: view.pointer, detail }, ...found];
};

export default rule({
  id: 'api/unused-component',
  dialect: 'openapi',
  severity: 'info',
  evidences: [],
  concerns: ['build/only-required'],
  requirements: ['R001-022', 'R001-021', 'R001-049'],
  equivalents: ['spectral:oas3-unused-component', 'redocly:no-unused-components', 'vacuum:unused_component'],
  yieldsTo: ['api/syntax'],
  says: 'Keep no component that nothing refers to.',
  why: 'An unused schema is read, translated into types and kept up to date for nobody. Most are left from an operation that is gone or were written for one that never came.',
  bad: [
    `
paths:
  /orders:
    get:
      responses:
        '200': { description: OK, content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }
components:
  schemas:
    Invoice:
    ^^^^^^^ info: Nothing uses the schema Invoice
      type: object
      properties:
        id: { type: string }
    Order:
      type: object
      properties:
        id: { type: string }
`,
    `{
  "openapi": "3.1.0",
  "paths": {
    "/orders": { "get": { "security": [{ "bearer": [] }], "responses": { "404": { "$ref": "#/components/responses/Missing" } } } }
  },
  "components": {
    "securitySchemes": {
      "bearer": { "type": "http", "scheme": "bearer" },
      "basic": { "type": "http", "scheme": "basic" }
      ^^^^^^^ info: Nothing uses the security scheme basic
    },
    "responses": { "Missing": { "description": "Not found" } }
  }
}`,
  ],
  good: [
    `
paths:
  /pets:
    get:
      x-errors:
        - $ref: '#/components/schemas/Quota'
      responses:
        '200':
          description: OK
          content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } }
components:
  schemas:
    Pet:
      type: object
      required: [kind]
      discriminator: { propertyName: kind }
      properties: { kind: { type: string } }
    Cat:
      allOf: [{ $ref: '#/components/schemas/Pet' }, { type: object }]
    Quota: { type: object }
`,
    `{ "openapi": "3.1.0", "info": { "title": "A library", "version": "1.0.0" }, "components": { "schemas": { "Order": { "type": "object" } } } }`,
  ],
  fixed: [
    `
paths:
  /orders:
    get:
      responses:
        '200': { description: OK, content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }
components:
  schemas:
    Order:
      type: object
      properties:
        id: { type: string }
`,
    `{
  "openapi": "3.1.0",
  "paths": {
    "/orders": { "get": { "security": [{ "bearer": [] }], "responses": { "404": { "$ref": "#/components/responses/Missing" } } } }
  },
  "components": {
    "securitySchemes": {
      "bearer": { "type": "http", "scheme": "bearer" }
    },
    "responses": { "Missing": { "description": "Not found" } }
  }
}`,
  ],
  collect: {
    schema: component,
    response: component,
    parameter: component,
    example: component,
    requestBody: component,
    header: component,
    securityScheme: component,
    link: component,
    callback: component,
    pathItem: component,
    reference: component,
    operation: (view) => extensionReferences(view),
    securityRequirement: ({ node, pointer, key }) =>
      node.entries.map(({ name }) => ({ at: key, name, pointer, detail: 'security' })),
  },
  document: (collected, context) =>
    habitual([...judge(collected, context)], 'unused components', (count) => `Nothing uses ${count} of the components`),
});

/** Extensions may refer to components too: for tools that know them it is a use. */
function extensionReferences({ node, pointer, key }: View): readonly CollectedValue[] {
  let found: CollectedValue[] | undefined;
  for (const { name, value } of node.entries) {
    if (name.charCodeAt(0) !== 120 || !name.startsWith('x-') || value.kind === 'scalar') continue;
    for (const ref of referencesIn(value)) (found ??= []).push({ at: key, name: ref, pointer, detail: 'extension' });
  }
  return found ?? silent;
}

/** Nodes never change, and extensions can be as large as the rest of the document. */
const known = new WeakMap<Node, readonly string[]>();

function referencesIn(value: Node): readonly string[] {
  const before = known.get(value);
  if (before) return before;
  const refs: string[] = [];
  for (const { node } of mapsUnder(value, '')) {
    const ref = text(node, '$ref');
    if (ref?.startsWith('#/components/')) refs.push(ref.slice(1).split('/', 4).join('/'));
  }
  known.set(value, refs);
  return refs;
}

const singular: Readonly<Record<string, string>> = {
  schemas: 'schema',
  responses: 'response',
  parameters: 'parameter',
  examples: 'example',
  requestBodies: 'request body',
  headers: 'header',
  securitySchemes: 'security scheme',
  links: 'link',
  callbacks: 'callback',
  pathItems: 'path item',
};

function* judge(collected: readonly Collected[], context: DocumentContext): Generator<DocumentProblem> {
  if (context.operationCount === 0) return;
  const used = new Set<string>();
  for (const { value } of collected) {
    if (value.detail === 'security') used.add(`/components/securitySchemes/${value.name}`);
    else if (value.detail === 'extension') used.add(value.name);
  }
  const webhooks = context.root('x-webhooks');
  if (webhooks) for (const ref of referencesIn(webhooks)) used.add(ref);
  const told = new Set<string>();
  for (const { piece, value } of collected) {
    const { pointer, name, detail } = value;
    if (detail === 'security' || detail === 'extension' || detail === 'named') continue;
    if (
      told.has(pointer) ||
      used.has(pointer) ||
      context.isUsed(pointer) ||
      (detail === 'subtype' && isSubtype(pointer, context))
    )
      continue;
    told.add(pointer);
    const section = pointer.split('/', 3)[2] ?? '';
    const problem = {
      piece,
      at: value.at,
      message: `Nothing uses the ${Object.hasOwn(singular, section) ? singular[section] : 'component'} ${name}`,
      symbol: pointer,
      cause: pointer,
    };
    // A section that is left empty would be no map any more.
    if (context.components(section).length < 2) yield problem;
    else {
      yield {
        ...problem,
        fix: {
          kind: 'refactoring',
          title: `Remove ${name}`,
          *edits(editor) {
            const edit = editor.removeAt(pointer);
            if (edit) yield edit;
          },
        },
      };
    }
  }
}

/** A schema whose base has a discriminator is found by its name, without any reference to it. */
function isSubtype(pointer: string, context: DocumentContext): boolean {
  const seen = new Set<string>();
  const search = (ref: string): boolean => {
    if (seen.has(ref)) return false;
    seen.add(ref);
    const found = context.resolve(ref);
    if (found.kind !== 'found') return true;
    const node: MapNode | undefined = found.target.node.kind === 'map' ? found.target.node : undefined;
    if (get(node, 'discriminator') && entries(node).length > 0) return true;
    return items(get(node, 'allOf')).some((part) => {
      const inner = text(part, '$ref');
      return inner !== undefined && search(inner);
    });
  };
  return search(`#${pointer}`);
}
