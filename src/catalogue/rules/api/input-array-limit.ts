import { isUnboundedArray, limitProblems, unbounded } from '../../../core/openapi/limits.ts';
import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'api/input-array-limit',
  dialect: 'openapi',
  severity: 'info',
  evidences: [],
  concerns: ['build/inputs-validated', 'review/input-validation', 'review/performance'],
  requirements: ['R000-017', 'R003-103', 'R002-028'],
  equivalents: ['owasp:api4:2023-array-limit', 'ibm:ibm-array-attributes', 'vacuum:array_limit'],
  yieldsTo: ['api/syntax'],
  says: 'Say how many items each list may have that a client sends.',
  why: 'One request with a million ids costs the service a million look-ups. With maxItems it is refused before any work is done.',
  bad: [
    `
paths:
  /orders:
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                lines:
                ^^^^^ info: POST /orders takes lists of any length: lines
                  type: array
                  items: { type: object }
      responses: { '201': { description: Created } }
`,
    `{
  "openapi": "3.0.3",
  "paths": {
    "/orders": {
      "get": {
        "parameters": [{ "name": "ids", "in": "query", "schema": { "type": "array", "items": { "type": "string" } } }],
                                                       ^^^^^^^^ info: GET /orders takes lists of any length: ids
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
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                lines: { type: array, maxItems: 50, items: { type: object } }
                flags: { type: array, uniqueItems: true, items: { type: string, enum: [gift, fast] } }
      responses:
        '201': { description: Created, content: { application/json: { schema: { type: array, items: { type: object } } } } }
`,
  ],
  fixed: [
    `
paths:
  /orders:
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                lines:
                  type: array
                  items: { type: object }
                  maxItems: 100
      responses: { '201': { description: Created } }
`,
    `{
  "openapi": "3.0.3",
  "paths": {
    "/orders": {
      "get": {
        "parameters": [{ "name": "ids", "in": "query", "schema": { "type": "array", "items": { "type": "string" }, "maxItems": 100 } }],
        "responses": { "200": { "description": "OK" } }
      }
    }
  }
}`,
  ],
  collect: unbounded(isUnboundedArray),
  document: (collected, context) =>
    limitProblems(collected, context, {
      takes: 'takes lists of any length',
      habit: (count) => `Clients may send lists of any length in ${count} schemas and operations`,
      keyword: { name: 'maxItems', value: 100 },
    }),
});
