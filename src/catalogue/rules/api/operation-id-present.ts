import { isCalledBack, refTo } from '../../../core/openapi/place.ts';
import { sharedCause } from '../../../core/openapi/spread.ts';
import { get, text } from '../../../core/openapi/tree.ts';
import { operationName } from '../../../core/openapi/walk.ts';
import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'api/operation-id-present',
  dialect: 'openapi',
  severity: 'warning',
  evidences: [],
  concerns: ['plan/api-contract', 'handoff/api-documented', 'review/api-docs'],
  requirements: ['R000-024', 'R003-044', 'R003-099'],
  equivalents: ['spectral:operation-operationId', 'redocly:operation-operationId', 'vacuum:operation-operationId'],
  yieldsTo: ['api/syntax'],
  says: 'Give every operation an `operationId`.',
  why: 'Generated clients, links and tests name an operation by it. Without one every generator makes up its own name, which changes with the path.',
  bad: [
    `
paths:
  /users/{user-id}/orders:
    get:
#   ^^^ warning: Generated clients have no steady name for GET /users/{user-id}/orders: no operationId
      summary: List a user's orders
      responses: { '200': { description: OK } }
    put:
      operationId: getUsersByUserIdOrders
      responses: { '204': { description: OK } }
`,
    `
{
  "openapi": "3.0.3",
  "paths": {
    "/order-lines": {
      "get": { "operationId": "list_orders", "responses": {} },
      "post": { "operationId": "create_order", "responses": {} },
      "delete": { "responses": {} }
      ^^^^^^^^ warning: Generated clients have no steady name for DELETE /order-lines: no operationId
    }
  }
}
`,
  ],
  fixed: [
    `
paths:
  /users/{user-id}/orders:
    get:
      summary: List a user's orders
      operationId: getUsersByUserIdOrders2
      responses: { '200': { description: OK } }
    put:
      operationId: getUsersByUserIdOrders
      responses: { '204': { description: OK } }
`,
    `
{
  "openapi": "3.0.3",
  "paths": {
    "/order-lines": {
      "get": { "operationId": "list_orders", "responses": {} },
      "post": { "operationId": "create_order", "responses": {} },
      "delete": { "responses": {}, "operationId": "delete_order_lines" }
    }
  }
}
`,
  ],
  good: [
    `
paths:
  /users:
    options: { responses: { '204': { description: Browsers ask before a call } } }
    get:
      operationId: listUsers
      responses: { '200': { description: OK } }
    post:
      operationId: createUser
      responses: { '201': { description: OK } }
      callbacks: { done: { '{$request.body#/url}': { post: { responses: { '204': { description: Taken } } } } } }
`,
    `
openapi: 3.1.0
webhooks:
  orderPaid: { post: { responses: { '204': { description: Taken } } } }
`,
  ],
  collect: {
    *operation(operation) {
      const id = text(operation.node, 'operationId');
      if (
        id === undefined &&
        (operation.name === 'options' || isCalledBack(operation) || get(operation.node, 'operationId'))
      )
        return;
      const found = { at: operation.key, name: operationName(operation), pointer: operation.pointer };
      yield id === undefined ? found : { ...found, detail: id };
    },
  },
  *document(collected, context) {
    const missing = collected.filter(({ value }) => value.detail === undefined);
    if (missing.length === 0) return;
    const ids = collected.flatMap(({ value }) => value.detail ?? []);
    const taken = new Set(ids);
    const mark = markOf(ids);
    const shared = sharedCause(missing.length, collected.length, 'no operationId');
    for (const { piece, value } of missing) {
      const id = unused(idOf(value.name, mark), mark, taken);
      taken.add(id);
      yield {
        piece,
        at: value.at,
        message: `Generated clients have no steady name for ${value.name}: no operationId`,
        symbol: value.pointer,
        ...shared,
        fix: {
          kind: 'safe',
          title: `Name it ${id}`,
          *edits(editor) {
            const operation = context.resolve(refTo(value.pointer));
            if (operation.kind !== 'found' || operation.target.node.kind !== 'map') return;
            const { node } = operation.target;
            yield editor.addEntry(
              node,
              'operationId',
              id,
              ['summary', 'description', 'tags'].find((name) => get(node, name)),
            );
          },
        },
      };
    }
  },
});

/** What stands between the words of most ids: `_`, `-`, or nothing and the next word is capitalised. */
function markOf(ids: readonly string[]): string {
  return ['_', '-'].find((mark) => ids.filter((id) => id.includes(mark)).length * 2 > ids.length) ?? '';
}

/** `GET /users/{id}` becomes `getUsersById`, or `get_users_by_id`. */
function idOf(operation: string, mark: string): string {
  const words = operation
    .replaceAll(/\{([^{}]*)\}/g, ' by $1 ')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
  return words
    .map((word, index) => {
      const lower = index === 0 ? word.toLowerCase() : word;
      if (mark !== '') return lower.toLowerCase();
      return index === 0 ? lower : lower.charAt(0).toUpperCase() + lower.slice(1);
    })
    .join(mark);
}

function unused(id: string, mark: string, taken: ReadonlySet<string>): string {
  if (!taken.has(id)) return id;
  let number = 2;
  while (taken.has(`${id}${mark}${number}`)) number++;
  return `${id}${mark}${number}`;
}
