import { entries, entryOf, get, type MapNode } from '../../../core/openapi/tree.ts';
import { operationName } from '../../../core/openapi/walk.ts';
import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'api/get-no-body',
  dialect: 'openapi',
  severity: 'warning',
  evidences: [],
  concerns: ['plan/api-contract', 'review/patterns'],
  requirements: ['R003-039', 'R003-018'],
  equivalents: ['ibm:ibm-no-operation-requestbody', 'vacuum:no_request_body'],
  yieldsTo: ['api/syntax'],
  says: 'Take what a GET needs from its path and query.',
  why: 'A body on GET or HEAD has no meaning in HTTP: OpenAPI 3.0 tells tools to ignore it, caches and proxies drop it, and browsers cannot send it.',
  bad: [
    `
paths:
  /orders:
    get:
      operationId: findOrders
      requestBody:
      ^^^^^^^^^^^ warning: GET /orders may never see this body: clients and proxies drop it
        content:
          application/json:
            schema: { type: object }
      responses: { '200': { description: OK } }
`,
    `{
  "openapi": "3.1.0",
  "paths": {
    "/orders": {
      "head": {
        "requestBody": { "content": { "application/json": { "schema": { "type": "object" } } } },
        ^^^^^^^^^^^^^ warning: HEAD /orders may never see this body: clients and proxies drop it
        "responses": { "200": { "description": "OK" } }
      }
    }
  }
}`,
  ],
  good: [
    `
paths:
  /orders:
    get:
      parameters: [{ name: state, in: query, schema: { type: string } }]
      responses: { '200': { description: OK } }
    delete:
      requestBody: { content: { application/json: { schema: { type: object } } } }
      responses: { '204': { description: Gone } }
  /generated:
    get:
      requestBody:
        required: false
        content: { application/x-www-form-urlencoded: { schema: { type: object, properties: {} } } }
      responses: { '200': { description: OK } }
`,
  ],
  fixed: [
    `
paths:
  /orders:
    get:
      operationId: findOrders
      responses: { '200': { description: OK } }
`,
    `{
  "openapi": "3.1.0",
  "paths": {
    "/orders": {
      "head": {
        "responses": { "200": { "description": "OK" } }
      }
    }
  }
}`,
  ],
  visit: {
    *operation(operation, context) {
      if (operation.name !== 'get' && operation.name !== 'head') return;
      const body = entryOf(operation.node, 'requestBody');
      if (!body || saysNothing(context.follow(body.value))) return;
      yield {
        at: body.key,
        message: `${operationName(operation)} may never see this body: clients and proxies drop it`,
        fix: {
          kind: 'refactoring',
          title: 'Remove the request body',
          *edits(editor) {
            const edit = editor.removeEntry(operation.node, 'requestBody');
            if (edit) yield edit;
          },
        },
      };
    },
  },
});

/** Some generators write a body without any property for every operation. */
function saysNothing(body: MapNode | undefined): boolean {
  return entries(get(body, 'content')).every(({ value }) => {
    const schema = get(value, 'schema');
    const properties = get(schema, 'properties');
    return (
      properties?.kind === 'map' &&
      properties.entries.length === 0 &&
      !['allOf', 'anyOf', 'oneOf'].some((key) => get(schema, key))
    );
  });
}
