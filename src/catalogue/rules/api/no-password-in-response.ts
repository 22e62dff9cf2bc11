import { isPassword, isReturnedText } from '../../../core/openapi/secrets.ts';
import { isProperty, isRemovable, ownerOf, removeProperty, silent } from '../../../core/openapi/schemas.ts';
import type { LocalContext, OpenApiProblem, View } from '../../../core/openapi/visitors.ts';
import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'api/no-password-in-response',
  dialect: 'openapi',
  severity: 'error',
  evidences: ['review/sensitive-data'],
  requirements: ['R000-018', 'R000-036', 'R003-133'],
  yieldsTo: ['api/syntax'],
  says: 'Never send a password or its hash to a client.',
  why: 'What a response carries ends in logs, caches and browser storage. A hash is enough to try passwords at leisure, so not even that may leave the service.',
  bad: [
    `
paths:
  /users:
    get:
      responses:
        '200':
          description: OK
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/User'
components:
  schemas:
    User:
      type: object
      required: [name, passwordHash]
      properties:
        name: { type: string }
        passwordHash:
        ^^^^^^^^^^^^ error: Clients receive passwordHash of User: passwords and hashes stay in the service
          type: string
`,
    `{
  "openapi": "3.1.0",
  "paths": {
    "/login": {
      "post": {
        "responses": {
          "200": {
            "description": "OK",
            "content": { "application/json": { "schema": { "properties": { "password": { "type": "string" }, "token": { "type": "string" } } } } }
                                                                           ^^^^^^^^^^ error: Clients receive password of the body of POST /login: passwords and hashes stay in the service
          }
        }
      }
    }
  }
}`,
  ],
  good: [
    `
paths:
  /users:
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/NewUser' } } } }
      responses:
        '200': { description: OK, content: { application/json: { schema: { $ref: '#/components/schemas/User' } } } }
components:
  schemas:
    NewUser: { type: object, properties: { password: { type: string } } }
    User:
      type: object
      properties:
        password: { type: string, writeOnly: true }
        password_set: { type: boolean }
        passwordUpdatedAt: { type: string }
        hash: { type: string }
        client_secret: { type: string }
    Database:
      type: object
      properties:
        password: { type: string, readOnly: true, description: Generated once and shown to its owner }
`,
  ],
  fixed: [
    `
paths:
  /users:
    get:
      responses:
        '200':
          description: OK
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/User'
components:
  schemas:
    User:
      type: object
      required: [name]
      properties:
        name: { type: string }
`,
    `{
  "openapi": "3.1.0",
  "paths": {
    "/login": {
      "post": {
        "responses": {
          "200": {
            "description": "OK",
            "content": { "application/json": { "schema": { "properties": { "token": { "type": "string" } } } } }
          }
        }
      }
    }
  }
}`,
  ],
  visit: { schema: (view, context) => (isProperty(view) && isPassword(view.name) ? judge(view, context) : silent) },
});

function* judge(view: View, context: LocalContext): Generator<OpenApiProblem> {
  if (!isReturnedText(view, context)) return;
  const { request, response } = context.direction(view);
  if (!response || request) return;
  const problem = {
    at: view.key,
    message: `Clients receive ${view.name} of ${ownerOf(view)}: passwords and hashes stay in the service`,
  };
  const schema = view.parent?.node;
  if (!schema || !isRemovable(schema)) yield problem;
  else
    yield {
      ...problem,
      fix: {
        kind: 'refactoring',
        title: `Remove ${view.name} from the response`,
        edits: (editor) => removeProperty(editor, schema, view.name),
      },
    };
}
