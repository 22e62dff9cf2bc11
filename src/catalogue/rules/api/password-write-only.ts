import { isPassword, isReturnedText } from '../../../core/openapi/secrets.ts';
import { isProperty, ownerOf, silent } from '../../../core/openapi/schemas.ts';
import { text } from '../../../core/openapi/tree.ts';
import type { LocalContext, OpenApiProblem, View } from '../../../core/openapi/visitors.ts';
import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'api/password-write-only',
  dialect: 'openapi',
  severity: 'error',
  evidences: ['review/sensitive-data'],
  requirements: ['R000-018', 'R003-133'],
  yieldsTo: ['api/syntax', 'api/no-password-in-response'],
  says: 'Mark a password writeOnly where its schema is sent back too.',
  why: 'A schema that is used both ways promises clients the password in every answer. `writeOnly` says that it is only ever taken in.',
  bad: [
    `
paths:
  /users:
    post:
      requestBody:
        content:
          application/json:
            schema: { $ref: '#/components/schemas/User' }
      responses:
        '201':
          description: Created
          content:
            application/json:
              schema: { $ref: '#/components/schemas/User' }
components:
  schemas:
    User:
      type: object
      properties:
        name: { type: string }
        password:
        ^^^^^^^^ error: Clients receive the password they sent with User: it is not writeOnly
          type: string
          format: password
`,
    `{
  "openapi": "3.1.0",
  "paths": {
    "/users": {
      "put": {
        "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/User" } } } },
        "responses": { "200": { "description": "OK", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/User" } } } } }
      }
    }
  },
  "components": { "schemas": { "User": { "type": "object", "properties": { "password": { "type": "string" } } } } }
                                                                           ^^^^^^^^^^ error: Clients receive the password they sent with User: it is not writeOnly
}`,
  ],
  good: [
    `
paths:
  /login:
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Login' } } } }
      responses:
        '200': { description: OK, content: { application/json: { schema: { $ref: '#/components/schemas/User' } } } }
  /users:
    put:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/User' } } } }
      responses: { '204': { description: Done } }
components:
  schemas:
    Login: { type: object, properties: { password: { type: string, format: password } } }
    User: { type: object, properties: { password: { type: string, writeOnly: true } } }
`,
  ],
  fixed: [
    `
paths:
  /users:
    post:
      requestBody:
        content:
          application/json:
            schema: { $ref: '#/components/schemas/User' }
      responses:
        '201':
          description: Created
          content:
            application/json:
              schema: { $ref: '#/components/schemas/User' }
components:
  schemas:
    User:
      type: object
      properties:
        name: { type: string }
        password:
          type: string
          format: password
          writeOnly: true
`,
    `{
  "openapi": "3.1.0",
  "paths": {
    "/users": {
      "put": {
        "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/User" } } } },
        "responses": { "200": { "description": "OK", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/User" } } } } }
      }
    }
  },
  "components": { "schemas": { "User": { "type": "object", "properties": { "password": { "type": "string", "writeOnly": true } } } } }
}`,
  ],
  visit: { schema: (view, context) => (isProperty(view) && isPassword(view.name) ? judge(view, context) : silent) },
});

function* judge(view: View, context: LocalContext): Generator<OpenApiProblem> {
  if (!isReturnedText(view, context)) return;
  const { request, response } = context.direction(view);
  if (!request || !response) return;
  const problem = {
    at: view.key,
    message: `Clients receive the ${view.name} they sent with ${ownerOf(view)}: it is not writeOnly`,
  };
  // In 3.0 nothing may stand beside a reference.
  if (text(view.node, '$ref') !== undefined && context.version === '3.0') yield problem;
  else {
    yield {
      ...problem,
      fix: {
        kind: 'refactoring',
        title: `Mark ${view.name} writeOnly`,
        *edits(editor) {
          yield editor.addEntry(view.node, 'writeOnly', true);
        },
      },
    };
  }
}
