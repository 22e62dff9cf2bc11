import { isUnboundedNumber, limitProblems, unbounded } from '../../../core/openapi/limits.ts';
import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'api/input-number-limit',
  dialect: 'openapi',
  severity: 'info',
  evidences: [],
  concerns: ['build/inputs-validated', 'review/input-validation'],
  requirements: ['R000-017', 'R003-103', 'R002-028'],
  equivalents: [
    'owasp:api4:2023-integer-limit',
    'ibm:ibm-integer-attributes',
    'vacuum:integer_limit',
    'zally:NumericPropertyBoundsRule',
  ],
  yieldsTo: ['api/syntax'],
  says: 'Give every number that a client sends a smallest and a largest value.',
  why: 'A quantity of -1 or of 10^18 is a number too. Bounds in the contract stop it before it overflows a column or turns a price round.',
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
                quantity:
                ^^^^^^^^ info: POST /orders takes numbers of any size: quantity and price
                  type: integer
                  minimum: 1
                price: { type: number }
      responses: { '201': { description: Created } }
`,
  ],
  good: [
    `
paths:
  /orders/{number}:
    post:
      parameters:
        - { name: offset, in: query, schema: { type: integer, minimum: 0 } }
        - { name: number, in: path, required: true, schema: { type: integer } }
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                quantity: { type: integer, minimum: 1, maximum: 1000 }
                share: { type: number, exclusiveMinimum: 0, exclusiveMaximum: 1 }
                small: { type: integer, format: int32 }
                step: { type: integer, enum: [1, 10] }
      responses:
        '201': { description: Created, content: { application/json: { schema: { type: number } } } }
`,
  ],
  collect: unbounded(isUnboundedNumber),
  document: (collected, context) =>
    limitProblems(collected, context, {
      takes: 'takes numbers of any size',
      habit: (count) => `Clients may send numbers of any size in ${count} schemas and operations`,
    }),
});
