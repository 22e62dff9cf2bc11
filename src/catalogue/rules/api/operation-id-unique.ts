import { get, text } from '../../../core/openapi/tree.ts';
import type { Collected } from '../../../core/openapi/visitors.ts';
import { operationName } from '../../../core/openapi/walk.ts';
import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'api/operation-id-unique',
  dialect: 'openapi',
  severity: 'error',
  evidences: ['plan/api-contract'],
  concerns: ['handoff/api-documented', 'review/api-docs'],
  requirements: ['R000-011', 'R000-024', 'R003-044'],
  equivalents: [
    'spectral:operation-operationId-unique',
    'redocly:operation-operationId-unique',
    'vacuum:operation-operationId-unique',
  ],
  yieldsTo: ['api/syntax', 'api/duplicate-key'],
  says: 'Give every operation an `operationId` of its own.',
  why: 'Of two operations with one id a generator keeps one, or renames one: a method of the client disappears or calls something else.',
  bad: [
    `
paths:
  /users:
    get:
      operationId: list
      responses: { '200': { description: OK } }
  /orders:
    get:
      operationId: list
#                  ^^^^ error: One of two methods called list is lost: GET /orders has the id of GET /users
      responses: { '200': { description: OK } }
`,
  ],
  good: [
    `
paths:
  /users:
    get:
      operationId: list
      responses: { '200': { description: OK } }
    put:
      operationId: List
      responses: { '200': { description: OK } }
`,
    `
{ "openapi": "3.0.3", "paths": { "/a": { "get": { "operationId": "a", "responses": {} } }, "/b": { "get": { "operationId": "b", "responses": {} } } } }
`,
  ],
  collect: {
    *operation(operation) {
      const id = text(operation.node, 'operationId');
      const at = get(operation.node, 'operationId');
      if (id !== undefined && at)
        yield {
          at: { start: at.start, end: at.end },
          name: operationName(operation),
          pointer: operation.pointer,
          detail: id,
        };
    },
  },
  *document(collected) {
    const first = new Map<string, Collected>();
    for (const one of collected) {
      const { piece, value } = one;
      const id = value.detail ?? '';
      const before = first.get(id);
      if (!before) first.set(id, one);
      else {
        yield {
          piece,
          at: value.at,
          message: `One of two methods called ${id} is lost: ${value.name} has the id of ${before.value.name}`,
          symbol: value.pointer,
          cause: id,
          related: [{ at: before.value.at, piece: before.piece, message: before.value.name }],
        };
      }
    }
  },
});
