import { isCalledBack } from '../../../core/openapi/place.ts';
import { isSuccess } from '../../../core/openapi/status.ts';
import { entries, get } from '../../../core/openapi/tree.ts';
import { operationName } from '../../../core/openapi/walk.ts';
import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'api/success-response',
  dialect: 'openapi',
  severity: 'warning',
  evidences: ['review/api-docs'],
  concerns: ['plan/api-contract', 'handoff/api-documented'],
  requirements: ['R003-102', 'R003-116', 'R000-024'],
  equivalents: [
    'spectral:operation-success-response',
    'redocly:operation-2xx-response',
    'vacuum:operation-success-response',
    'ibm:ibm-response-status-codes',
  ],
  yieldsTo: ['api/syntax'],
  says: 'Document how an operation answers when all goes well.',
  why: 'Without it a generated client returns nothing, and nobody can test the answer. Any 1xx, 2xx and 3xx status and `default` count.',
  bad: [
    `
paths:
  /users:
    get:
#   ^^^ warning: Nobody knows what GET /users returns: no 2xx or 3xx response is documented
      responses:
        '404': { description: Not there }
`,
    `
{
  "openapi": "3.1.0",
  "paths": {
    "/users": {
      "post": { "operationId": "createUser" }
      ^^^^^^ warning: Nobody knows what POST /users returns: no response is documented
    }
  }
}
`,
  ],
  good: [
    `
paths:
  /a: { get: { responses: { 2XX: { description: OK } } } }
  /b: { get: { responses: { '302': { description: There } } } }
  /c: { get: { responses: { '101': { description: Switching } } } }
  /d: { get: { responses: { default: { description: Whatever } } } }
  /e: { get: { $ref: 'paths/e.yaml' } }
  /f: { get: { responses: { $ref: 'responses/f.yaml' } } }
`,
    `
openapi: 3.1.0
webhooks:
  orderPaid: { post: { description: We do not look at the answer } }
`,
  ],
  visit: {
    *operation(operation) {
      const responses = get(operation.node, 'responses');
      if (isCalledBack(operation) || get(responses, '$ref')) return;
      const listed = entries(responses).filter(({ name }) => !name.startsWith('x-'));
      if (listed.some(({ name }) => name === 'default' || isSuccess(name))) return;
      const lack = listed.length === 0 ? 'no response is documented' : 'no 2xx or 3xx response is documented';
      yield { at: operation.key, message: `Nobody knows what ${operationName(operation)} returns: ${lack}` };
    },
  },
});
