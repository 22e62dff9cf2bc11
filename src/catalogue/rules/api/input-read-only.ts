import { travel } from '../../../core/openapi/direction.ts';
import { referenceTo } from '../../../core/openapi/follow.ts';
import { bare } from '../../../core/openapi/names.ts';
import { isProperty, silent } from '../../../core/openapi/schemas.ts';
import { get, items, scalar, text } from '../../../core/openapi/tree.ts';
import type { CollectedValue, DocumentContext, DocumentProblem, View } from '../../../core/openapi/visitors.ts';
import { rule } from '../../../core/rule.ts';

const serverSet = new Set([
  'id',
  'createdat',
  'updatedat',
  'creationtimestamp',
  'datecreated',
  'dateupdated',
  'modifiedat',
  'lastmodifiedat',
]);

export default rule({
  id: 'api/input-read-only',
  dialect: 'openapi',
  severity: 'warning',
  evidences: [],
  concerns: ['build/inputs-validated', 'review/input-validation', 'review/sensitive-data'],
  requirements: ['R000-017', 'R001-031', 'R004-027'],
  yieldsTo: ['api/syntax'],
  says: 'Mark readOnly what the service alone sets.',
  why: 'Where one schema is both sent and received, clients may set its id and its dates. A service that copies the body into the row then lets them overwrite what is not theirs.',
  bad: [
    `
paths:
  /orders:
    post:
      requestBody:
        content:
          application/json:
            schema: { $ref: '#/components/schemas/Order' }
      responses:
        '201':
          description: Created
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Order' }
components:
  schemas:
    Order:
      type: object
      properties:
        id:
        ^^ warning: Clients may set id of Order: it is not readOnly in the body they send
          type: string
        created_at: { type: string, format: date-time }
        ^^^^^^^^^^ warning: Clients may set created_at of Order: it is not readOnly in the body they send
        note: { type: string }
`,
    `{
  "openapi": "3.1.0",
  "paths": {
    "/orders/{id}": {
      "put": {
        "requestBody": { "$ref": "#/components/requestBodies/Order" },
        "responses": { "200": { "description": "OK", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Order" } } } } }
      }
    }
  },
  "components": {
    "requestBodies": { "Order": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Order" } } } } },
    "schemas": { "Order": { "allOf": [{ "type": "object", "properties": { "updatedAt": { "type": "string" } } }] } }
                                                                          ^^^^^^^^^^^ warning: Clients may set updatedAt of Order: it is not readOnly in the body they send
  }
}`,
  ],
  good: [
    `
paths:
  /orders:
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/NewOrder' } } } }
      responses:
        '201': { description: Created, content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }
    put:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }
      responses: { '204': { description: Done } }
components:
  schemas:
    NewOrder:
      type: object
      properties:
        id: { type: string, description: Chosen by the client }
        customer: { $ref: '#/components/schemas/Customer' }
    Order:
      type: object
      properties:
        id: { type: string, readOnly: true }
        customer: { $ref: '#/components/schemas/Customer' }
    Customer:
      type: object
      description: Named by its id in what a client sends
      properties: { id: { type: string } }
`,
  ],
  fixed: [
    `
paths:
  /orders:
    post:
      requestBody:
        content:
          application/json:
            schema: { $ref: '#/components/schemas/Order' }
      responses:
        '201':
          description: Created
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Order' }
components:
  schemas:
    Order:
      type: object
      properties:
        id:
          type: string
          readOnly: true
        created_at: { type: string, format: date-time, readOnly: true }
        note: { type: string }
`,
    `{
  "openapi": "3.1.0",
  "paths": {
    "/orders/{id}": {
      "put": {
        "requestBody": { "$ref": "#/components/requestBodies/Order" },
        "responses": { "200": { "description": "OK", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Order" } } } } }
      }
    }
  },
  "components": {
    "requestBodies": { "Order": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Order" } } } } },
    "schemas": { "Order": { "allOf": [{ "type": "object", "properties": { "updatedAt": { "type": "string", "readOnly": true } } }] } }
  }
}`,
  ],
  collect: {
    mediaType: (view) => {
      const schema = get(view.node, 'schema');
      const ref = text(schema, '$ref');
      return view.parent?.type === 'requestBody' && ref !== undefined && travel(view)?.request === true
        ? [{ at: view.key, name: ref, pointer: view.pointer, detail: 'body' }]
        : silent;
    },
    schema: (view) => (serverSet.has(bare(view.name)) && isProperty(view) ? ownProperty(view) : silent),
  },
  document: (collected, context) => judge(collected, context),
});

/** A property of a component itself, be it in a part of its `allOf`. */
function ownProperty(view: View): readonly CollectedValue[] {
  const { node, name, pointer, key } = view;
  if (scalar(node, 'readOnly') === true) return silent;
  let at = view.parent;
  while (at?.parent?.type === 'schema' && at.pointer.startsWith('/allOf/', at.parent.pointer.length)) at = at.parent;
  if (!at || at.parent || !at.pointer.startsWith('/components/schemas/')) return silent;
  return [{ at: key, name, pointer, detail: text(node, '$ref') ?? '' }];
}

function* judge(collected: Parameters<typeof lookUp>[0], context: DocumentContext): Generator<DocumentProblem> {
  const { bodies, properties } = lookUp(collected);
  const whole = new Set<string>();
  for (const ref of bodies) addParts(ref, context, whole);
  for (const { piece, value } of properties) {
    const component = value.pointer.split('/', 4).join('/');
    if (!whole.has(component) || !context.direction(component).response) continue;
    const owner = component.slice('/components/schemas/'.length);
    const problem = {
      piece,
      at: value.at,
      message: `Clients may set ${value.name} of ${owner}: it is not readOnly in the body they send`,
      symbol: value.pointer,
      cause: value.pointer,
    };
    const refers = value.detail !== undefined && value.detail !== '';
    if (refers && scalar(target(value.detail, context), 'readOnly') === true) continue;
    const node = target(referenceTo(value.pointer), context);
    // In 3.0 nothing may stand beside a reference.
    if (node?.kind !== 'map' || (refers && context.version === '3.0')) yield problem;
    else
      yield {
        ...problem,
        fix: {
          kind: 'refactoring',
          title: `Mark ${value.name} readOnly`,
          edits: (editor) => [editor.addEntry(node, 'readOnly', true)],
        },
      };
  }
}

function target(ref: string, context: DocumentContext): ReturnType<typeof get> {
  const found = context.resolve(ref);
  return found.kind === 'found' ? found.target.node : undefined;
}

const isBody = ({ value }: { readonly value: CollectedValue }): boolean => value.detail === 'body';

function lookUp(collected: readonly { readonly piece: string; readonly value: CollectedValue }[]): {
  bodies: readonly string[];
  properties: readonly { readonly piece: string; readonly value: CollectedValue }[];
} {
  return {
    bodies: collected.filter(isBody).map(({ value }) => value.name),
    properties: collected.filter((one) => !isBody(one)),
  };
}

/** The component a body refers to, and what it is joined from. */
function addParts(ref: string, context: DocumentContext, parts: Set<string>): void {
  const found = context.resolve(ref);
  if (found.kind !== 'found' || found.target.file !== undefined || parts.has(found.target.pointer)) return;
  parts.add(found.target.pointer);
  const { node } = found.target;
  for (const next of [node, ...items(get(node, 'allOf'))]) {
    const inner = text(next, '$ref');
    if (inner !== undefined) addParts(inner, context, parts);
  }
}
