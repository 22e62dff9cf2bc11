import { isUnboundedString, limitProblems, unbounded } from '../../../core/openapi/limits.ts';
import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'api/input-string-limit',
  dialect: 'openapi',
  severity: 'info',
  evidences: [],
  concerns: ['build/inputs-validated', 'review/input-validation'],
  requirements: ['R000-017', 'R003-103', 'R002-028'],
  equivalents: [
    'owasp:api4:2023-string-limit',
    'ibm:ibm-string-attributes',
    'vacuum:string_limit',
    'zally:StringPropertyLengthBoundsRule',
  ],
  yieldsTo: ['api/syntax'],
  says: 'Say how long each string may be that a client sends.',
  why: 'A name of ten megabytes fits a string without maxLength. The bound belongs into the contract, where the database column, the validator and the form can all read it.',
  bad: [
    `
paths:
  /users:
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                name:
                ^^^^ info: POST /users takes strings of any length: name and bio
                  type: string
                bio: { type: string }
                email: { type: string, format: email }
      responses: { '201': { description: Created } }
`,
    `{
  "openapi": "3.1.0",
  "paths": {
    "/notes": {
      "post": {
        "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Note" } } } },
        "responses": { "201": { "description": "Created" } }
      }
    }
  },
  "components": {
    "schemas": { "Note": { "type": "object", "properties": { "text": { "type": ["string", "null"] } } } }
                                                             ^^^^^^ info: Note takes strings of any length: text
  }
}`,
  ],
  good: [
    `
paths:
  /users/{name}:
    post:
      parameters:
        - { name: name, in: path, required: true, schema: { type: string } }
        - { name: state, in: query, schema: { type: string, enum: [open] } }
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Input' } } } }
      responses:
        '200': { description: OK, content: { application/json: { schema: { $ref: '#/components/schemas/Output' } } } }
components:
  schemas:
    Input:
      type: object
      properties:
        short: { type: string, maxLength: 20 }
        code: { type: string, pattern: '^[A-Z]{3}$' }
        day: { type: string, format: date }
        file: { type: string, format: binary }
        href: { type: string, readOnly: true }
        joined: { allOf: [{ type: string }, { maxLength: 5 }] }
    Output:
      type: object
      properties: { text: { type: string } }
    Unused:
      type: object
      properties: { text: { type: string } }
`,
  ],
  fixed: [
    `
paths:
  /users:
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                name:
                  type: string
                  maxLength: 255
                bio: { type: string, maxLength: 255 }
                email: { type: string, format: email }
      responses: { '201': { description: Created } }
`,
    `{
  "openapi": "3.1.0",
  "paths": {
    "/notes": {
      "post": {
        "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Note" } } } },
        "responses": { "201": { "description": "Created" } }
      }
    }
  },
  "components": {
    "schemas": { "Note": { "type": "object", "properties": { "text": { "type": ["string", "null"], "maxLength": 255 } } } }
  }
}`,
  ],
  collect: unbounded(isUnboundedString),
  document: (collected, context) =>
    limitProblems(collected, context, {
      takes: 'takes strings of any length',
      habit: (count) => `Clients may send strings of any length in ${count} schemas and operations`,
      keyword: { name: 'maxLength', value: 255 },
    }),
});
