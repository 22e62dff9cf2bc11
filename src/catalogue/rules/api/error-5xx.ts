import { statusesOfOperation, withoutStatus } from '../../../core/openapi/error-responses.ts';
import { isServerError } from '../../../core/openapi/status.ts';
import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'api/error-5xx',
  dialect: 'openapi',
  severity: 'info',
  evidences: [],
  concerns: ['plan/error-strategy', 'handoff/errors-tested', 'review/error-handling'],
  requirements: ['R003-102', 'R003-146', 'R002-065'],
  equivalents: ['owasp:api8:2023-define-error-responses-500', 'vacuum:owasp-define-error-responses-500'],
  yieldsTo: ['api/syntax', 'api/error-4xx'],
  says: 'Document how an operation answers when the server itself fails.',
  why: 'Clients that know the answer can retry and tell their users something. Any 5xx status, `5XX` and `default` count.',
  bad: [
    `
paths:
  /users:
    get:
#   ^^^ info: Clients of GET /users cannot prepare for a failing server: no 5xx is documented
      responses:
        '200': { description: OK }
        '404': { description: Not there }
`,
  ],
  fixed: [
    `
paths:
  /users:
    get:
      responses:
        '200': { description: OK }
        '404': { description: Not there }
        default:
          $ref: '#/components/responses/Problem'
`,
  ],
  good: [
    `
paths:
  /a: { get: { responses: { '200': { description: OK }, default: { description: Error } } } }
  /b: { get: { responses: { '200': { description: OK }, 5xx: { description: Error } } } }
  /c: { get: { responses: { '200': { description: OK }, '503': { description: Error } } } }
`,
    `
{
  "openapi": "3.0.3",
  "paths": {
    "/users": { "post": {
      "responses": { "201": { "description": "Created" }, "500": { "description": "Broken" } },
      "callbacks": { "done": { "{$request.body#/url}": { "post": { "responses": { "204": { "description": "Taken" } } } } } }
    } }
  }
}
`,
  ],
  collect: { operation: statusesOfOperation },
  *document(collected, context) {
    yield* withoutStatus(collected, context, (status) => status === 'default' || isServerError(status), {
      message: (operation) => `Clients of ${operation} cannot prepare for a failing server: no 5xx is documented`,
      cause: 'no 5xx',
    });
  },
});
