import type { Value } from '../../../core/openapi/edit.ts';
import { answerOf, isCalled, leadsOn, listIn } from '../../../core/openapi/lists.ts';
import { pagedBy, parametersOf, sharedPaging } from '../../../core/openapi/pagination.ts';
import { silent } from '../../../core/openapi/schemas.ts';
import { get } from '../../../core/openapi/tree.ts';
import type { LocalContext, OpenApiProblem, View } from '../../../core/openapi/visitors.ts';
import { operationName } from '../../../core/openapi/walk.ts';
import { rule } from '../../../core/rule.ts';
import { isVocabularyPath } from '../../standards/vocabularies.ts';

const limit = { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 } };
const cursor = { name: 'cursor', in: 'query', schema: { type: 'string', maxLength: 200 } };

export default rule({
  id: 'api/pagination',
  dialect: 'openapi',
  severity: 'warning',
  evidences: ['review/performance'],
  concerns: ['plan/api-contract', 'handoff/performance-tested'],
  requirements: ['R003-020', 'R001-142', 'R001-145', 'R003-100'],
  equivalents: ['ibm:ibm-pagination-style', 'zally:LimitNumberOfResourcesRule'],
  yieldsTo: ['api/syntax'],
  says: 'Give every list a limit and a cursor, an offset or a page.',
  why: 'A list without pages grows with the table behind it: the answer that takes 20 ms on launch day takes seconds and megabytes a year later, and adding pages then breaks every client. Vocabularies that nobody can add to (countries, currencies, types) are let pass.',
  bad: [
    `
paths:
  /orders:
    get:
#   ^^^ warning: GET /orders answers with everything at once: no limit, cursor, offset or page
      operationId: listOrders
      responses:
        '200':
          description: All orders
          content:
            application/json:
              schema:
                type: object
                properties:
                  data:
                    type: array
                    items: { type: object }
`,
    `
paths:
  /orders:
    get:
#   ^^^ warning: GET /orders answers with everything at once: no limit, cursor, offset or page
      operationId: listOrders
      parameters:
        - name: state
          in: query
          schema: { type: string }
      responses:
        '200':
          description: All orders
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Orders'
components:
  parameters:
    Limit:
      name: limit
      in: query
      schema: { type: integer, minimum: 1, maximum: 100 }
    Offset:
      name: offset
      in: query
      schema: { type: integer, minimum: 0 }
  schemas:
    Orders:
      type: array
      items:
        $ref: '#/components/schemas/Order'
    Order:
      type: object
`,
    `{
  "openapi": "3.1.0",
  "paths": {
    "/orders": {
      "get": {
      ^^^^^ warning: GET /orders answers with everything at once: no limit, cursor, offset or page
        "responses": {
          "200": { "description": "OK", "content": { "application/json": { "schema": { "type": "array", "items": { "type": "object" } } } } }
        }
      }
    }
  }
}`,
    `
paths:
  /types:
    post:
      responses:
        '201': { description: Made }
    get:
#   ^^^ warning: GET /types answers with everything at once: no limit, cursor, offset or page
      responses:
        '200': { description: OK, content: { application/json: { schema: { type: array, items: { type: object } } } } }
  /users/{id}/permissions:
    get:
#   ^^^ warning: GET /users/{id}/permissions answers with everything at once: no limit, cursor, offset or page
      responses:
        '200': { description: OK, content: { application/json: { schema: { type: array, items: { type: object } } } } }
`,
  ],
  good: [
    `
paths:
  /orders:
    parameters:
      - $ref: '#/components/parameters/PageSize'
    get:
      parameters:
        - { name: starting_after, in: query, schema: { type: string } }
      responses:
        '200': { description: OK, content: { application/json: { schema: { type: array, items: { type: object } } } } }
components:
  parameters:
    PageSize: { name: 'page[size]', in: query, schema: { type: integer } }
`,
    `
paths:
  /orders:
    get:
      responses:
        '200':
          description: Pages are linked
          headers:
            Link: { schema: { type: string } }
          content: { application/json: { schema: { type: array, items: { type: object } } } }
  /countries:
    get:
      responses:
        '200':
          description: A vocabulary
          content: { application/json: { schema: { type: array, items: { type: string } } } }
  /carts/{id}:
    get:
      responses:
        '200':
          description: One cart with its items
          content:
            application/json:
              schema: { type: object, properties: { id: { type: string }, items: { type: array, items: { type: object } } } }
  /regions:
    get:
      responses:
        '200':
          description: Never more than ten
          content: { application/json: { schema: { type: array, maxItems: 10, items: { type: object } } } }
  /orders/search:
    get:
      parameters:
        - $ref: 'https://example.test/shared.yaml#/Limit'
      responses:
        '200': { description: OK, content: { application/json: { schema: { type: array, items: { type: object } } } } }
`,
    `
paths:
  /currencies:
    get:
      responses:
        '200': { description: OK, content: { application/json: { schema: { type: array, items: { type: object } } } } }
  /orgs/{org}/issue-types:
    get:
      responses:
        '200': { description: OK, content: { application/json: { schema: { type: array, items: { type: object } } } } }
  /permissions:
    get:
      responses:
        '200': { description: OK, content: { application/json: { schema: { type: array, items: { type: object } } } } }
`,
  ],
  fixed: [
    `
paths:
  /orders:
    get:
      operationId: listOrders
      parameters:
        - name: limit
          in: query
          schema:
            type: integer
            minimum: 1
            maximum: 100
            default: 20
        - name: cursor
          in: query
          schema:
            type: string
            maxLength: 200
      responses:
        '200':
          description: All orders
          content:
            application/json:
              schema:
                type: object
                properties:
                  data:
                    type: array
                    items: { type: object }
`,
    `
paths:
  /orders:
    get:
      operationId: listOrders
      parameters:
        - name: state
          in: query
          schema: { type: string }
        - $ref: '#/components/parameters/Limit'
        - $ref: '#/components/parameters/Offset'
      responses:
        '200':
          description: All orders
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Orders'
components:
  parameters:
    Limit:
      name: limit
      in: query
      schema: { type: integer, minimum: 1, maximum: 100 }
    Offset:
      name: offset
      in: query
      schema: { type: integer, minimum: 0 }
  schemas:
    Orders:
      type: array
      items:
        $ref: '#/components/schemas/Order'
    Order:
      type: object
`,
    `{
  "openapi": "3.1.0",
  "paths": {
    "/orders": {
      "get": {
        "responses": {
          "200": { "description": "OK", "content": { "application/json": { "schema": { "type": "array", "items": { "type": "object" } } } } }
        },
        "parameters": [
          {
            "name": "limit",
            "in": "query",
            "schema": {
              "type": "integer",
              "minimum": 1,
              "maximum": 100,
              "default": 20
            }
          },
          {
            "name": "cursor",
            "in": "query",
            "schema": {
              "type": "string",
              "maxLength": 200
            }
          }
        ]
      }
    }
  }
}`,
    `
paths:
  /types:
    post:
      responses:
        '201': { description: Made }
    get:
      responses:
        '200': { description: OK, content: { application/json: { schema: { type: array, items: { type: object } } } } }
      parameters:
        - name: limit
          in: query
          schema:
            type: integer
            minimum: 1
            maximum: 100
            default: 20
        - name: cursor
          in: query
          schema:
            type: string
            maxLength: 200
  /users/{id}/permissions:
    get:
      responses:
        '200': { description: OK, content: { application/json: { schema: { type: array, items: { type: object } } } } }
      parameters:
        - name: limit
          in: query
          schema:
            type: integer
            minimum: 1
            maximum: 100
            default: 20
        - name: cursor
          in: query
          schema:
            type: string
            maxLength: 200
`,
  ],
  visit: {
    operation: (operation, context) =>
      operation.name === 'get' && isCalled(operation) ? judge(operation, context) : silent,
  },
});

function* judge(operation: View, context: LocalContext): Generator<OpenApiProblem> {
  const { node, parent } = operation;
  const path = parent?.name ?? '';
  // Where entries can be made, the list grows with the use of the service, whatever its name.
  if (isVocabularyPath(path) && parent && !get(parent.node, 'post')) return;
  const answer = answerOf(node, context);
  const list = answer && listIn(answer.schema, path, context);
  if (!list || leadsOn(list, answer.response)) return;
  if (pagedBy(parametersOf(node, parent?.node), context) !== 'unpaged') return;
  yield {
    at: operation.key,
    message: `${operationName(operation)} answers with everything at once: no limit, cursor, offset or page`,
    fix: {
      kind: 'refactoring',
      title: 'Add parameters for pages',
      *edits(editor) {
        const shared = sharedPaging(context);
        const wanted: readonly Value[] = shared ? shared.map(($ref) => ({ $ref })) : [limit, cursor];
        const parameters = get(node, 'parameters');
        if (parameters?.kind !== 'seq')
          yield editor.addEntry(node, 'parameters', wanted, get(node, 'operationId') ? 'operationId' : undefined);
        else if (parameters.items.length === 0) yield editor.setValue(parameters, wanted);
        else for (const value of wanted) yield editor.addItem(parameters, value);
      },
    },
  };
}
