import type { OpenApiEditor } from '../../../core/openapi/edit.ts';
import { isJson } from '../../../core/openapi/lists.ts';
import { hasType } from '../../../core/openapi/schemas.ts';
import { entryOf, type Node } from '../../../core/openapi/tree.ts';
import { enclosing, operationName } from '../../../core/openapi/walk.ts';
import { rule } from '../../../core/rule.ts';
import type { TextEdit } from '../../../core/text.ts';

export default rule({
  id: 'api/list-not-bare-array',
  dialect: 'openapi',
  severity: 'info',
  evidences: [],
  concerns: ['plan/api-contract', 'review/patterns'],
  requirements: ['R003-041', 'R003-020'],
  equivalents: ['ibm:ibm-no-array-responses', 'zally:SuccessResponseAsJsonObjectRule'],
  yieldsTo: ['api/syntax', 'api/pagination'],
  says: 'Answer with an object that holds the list.',
  why: 'A bare array has no room for a cursor, a total or a warning: adding one later breaks every client. An object can grow.',
  bad: [
    `
paths:
  /orders:
    get:
      responses:
        '200':
          description: Orders
          content:
            application/json:
              schema:
              ^^^^^^ info: GET /orders can never say more than its items: the answer is a bare array
                type: array
                items:
                  type: object
                  description: |
                    One order

                    of a customer
`,
    `{
  "openapi": "3.1.0",
  "paths": {},
  "components": {
    "responses": {
      "Orders": {
        "description": "Orders",
        "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Orders" } } }
                                           ^^^^^^^^ info: Orders can never say more than its items: the answer is a bare array
      }
    },
    "schemas": { "Orders": { "type": "array", "items": { "type": "object" } } }
  }
}`,
  ],
  good: [
    `
paths:
  /orders:
    get:
      responses:
        '200':
          description: Orders
          content:
            application/json:
              schema: { type: object, properties: { data: { type: array, items: { type: object } } } }
            text/csv:
              schema: { type: array, items: { type: string } }
        '422':
          description: What is wrong
          content: { application/json: { schema: { type: array, items: { type: object } } } }
`,
  ],
  fixed: [
    `
paths:
  /orders:
    get:
      responses:
        '200':
          description: Orders
          content:
            application/json:
              schema:
                type: object
                required: [data]
                properties:
                  data:
                    type: array
                    items:
                      type: object
                      description: |
                        One order

                        of a customer
`,
    `{
  "openapi": "3.1.0",
  "paths": {},
  "components": {
    "responses": {
      "Orders": {
        "description": "Orders",
        "content": { "application/json": { "schema": { "type": "object", "required": ["data"], "properties": { "data": { "$ref": "#/components/schemas/Orders" } } } } }
      }
    },
    "schemas": { "Orders": { "type": "array", "items": { "type": "object" } } }
  }
}`,
  ],
  visit: {
    *mediaType(media, context) {
      const response = media.parent;
      if (response?.type !== 'response' || !isJson(media.name)) return;
      const operation = enclosing(response, 'operation');
      const shared = response.pointer.startsWith('/components/responses/') && context.direction(media).response;
      if (
        operation
          ? !response.name.startsWith('2') || operation.pointer.startsWith('/webhooks/') || operation.parent?.parent
          : !shared
      )
        return;
      const entry = entryOf(media.node, 'schema');
      if (!entry || !hasType(context.follow(entry.value), 'array')) return;
      yield {
        at: entry.key,
        message: `${operation ? operationName(operation) : response.name} can never say more than its items: the answer is a bare array`,
        cause: 'envelope',
        fix: {
          kind: 'refactoring',
          title: 'Put the array into an object',
          edits: (editor) => [wrap(editor, entry.value)],
        },
      };
    },
  },
});

/** Wraps `schema` as the property `data` of an object; its own text stays, further in. */
function wrap(editor: OpenApiEditor, schema: Node): TextEdit {
  const body = editor.slice(schema);
  if (schema.kind === 'map' && schema.flow) {
    const key = (name: string): string => (editor.format === 'json' ? `"${name}"` : name);
    const word = editor.format === 'json' ? '"data"' : 'data';
    const type = editor.format === 'json' ? '"object"' : 'object';
    return editor.replace(
      schema,
      `{ ${key('type')}: ${type}, ${key('required')}: [${word}], ${key('properties')}: { ${word}: ${body} } }`,
    );
  }
  let column = 0;
  while (
    column < schema.start &&
    editor.slice({ start: schema.start - column - 1, end: schema.start - column }) !== '\n'
  )
    column++;
  const indent = ' '.repeat(column);
  const inner = body.replaceAll(/\n(?=[^\r\n])/g, '\n    ');
  return editor.replace(
    schema,
    `type: object\n${indent}required: [data]\n${indent}properties:\n${indent}  data:\n${indent}    ${inner}`,
  );
}
