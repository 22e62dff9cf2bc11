import { statusesOfOperation, withoutStatus } from '../../../core/openapi/error-responses.ts';
import { looksPublic } from '../../../core/openapi/place.ts';
import { isClientError } from '../../../core/openapi/status.ts';
import { get, items } from '../../../core/openapi/tree.ts';
import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'api/error-4xx',
  dialect: 'openapi',
  severity: 'warning',
  evidences: [],
  concerns: ['plan/error-strategy', 'handoff/errors-tested', 'review/error-handling'],
  requirements: ['R003-102', 'R003-146', 'R002-065', 'R001-028'],
  equivalents: [
    'redocly:operation-4xx-response',
    'vacuum:operation-4xx-response',
    'vacuum:owasp-define-error-validation',
    'owasp:api8:2023-define-error-validation',
  ],
  yieldsTo: ['api/syntax'],
  says: 'Document how an operation refuses what a client got wrong.',
  why: 'Clients handle the answers they are told of. Any 4xx status, `4XX` and `default` count; an operation that takes nothing and is public needs none.',
  bad: [
    `
paths:
  /users:
    get:
#   ^^^ warning: Clients of GET /users cannot prepare for their own mistakes: no 4xx is documented
      responses:
        '200': { description: OK }
        '500': { description: Broken }
`,
    `
{
  "openapi": "3.0.3",
  "paths": {
    "/users": {
      "get": {
        "responses": {
          "200": { "description": "OK" },
          "400": { "$ref": "#/components/responses/Bad" }
        }
      },
      "post": {
      ^^^^^^ warning: Clients of POST /users cannot prepare for their own mistakes: no 4xx is documented
        "responses": {
          "201": { "description": "Created" }
        }
      }
    }
  },
  "components": { "responses": { "Bad": { "description": "Bad" } } }
}
`,
  ],
  fixed: [
    `
paths:
  /users:
    get:
      responses:
        '200': { description: OK }
        '500': { description: Broken }
        '401':
          $ref: '#/components/responses/Unauthorized'
`,
    `
{
  "openapi": "3.0.3",
  "paths": {
    "/users": {
      "get": {
        "responses": {
          "200": { "description": "OK" },
          "400": { "$ref": "#/components/responses/Bad" }
        }
      },
      "post": {
        "responses": {
          "201": { "description": "Created" },
          "400": {
            "$ref": "#/components/responses/Bad"
          }
        }
      }
    }
  },
  "components": { "responses": { "Bad": { "description": "Bad" } } }
}
`,
  ],
  good: [
    `
paths:
  /a: { get: { responses: { '200': { description: OK }, default: { description: Error } } } }
  /b: { get: { responses: { '200': { description: OK }, 4XX: { description: Error } } } }
  /c: { get: { responses: { '200': { description: OK }, '404': { description: Error } } } }
  /health: { get: { responses: { '200': { description: OK } } } }
  /terms: { get: { security: [], responses: { '200': { description: OK } } } }
`,
    `
openapi: 3.1.0
webhooks:
  orderPaid:
    post:
      responses: { '204': { description: Taken } }
`,
  ],
  collect: {
    *operation(operation) {
      const { node, parent } = operation;
      const security = get(node, 'security');
      const open = security ? security.kind === 'seq' && items(security).length === 0 : looksPublic(parent?.name ?? '');
      if (open && !get(node, 'parameters') && !get(node, 'requestBody') && !get(parent?.node, 'parameters')) return;
      yield* statusesOfOperation(operation);
    },
  },
  *document(collected, context) {
    yield* withoutStatus(collected, context, (status) => status === 'default' || isClientError(status), {
      message: (operation) => `Clients of ${operation} cannot prepare for their own mistakes: no 4xx is documented`,
      cause: 'no 4xx',
    });
  },
});
