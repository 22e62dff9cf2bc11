import {
  bodiesOf,
  type ErrorResponse,
  errorFormat,
  errorResponses,
  errorsOfOperation,
  isJson,
} from '../../../core/openapi/error-responses.ts';
import type { DocumentContext } from '../../../core/openapi/visitors.ts';
import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'api/error-format',
  dialect: 'openapi',
  severity: 'warning',
  evidences: ['plan/error-strategy', 'review/error-handling'],
  concerns: ['handoff/errors-tested', 'review/patterns'],
  requirements: ['R000-028', 'R003-042', 'R003-115'],
  equivalents: [
    'redocly:operation-4xx-problem-details-rfc7807',
    'zally:JsonProblemAsDefaultResponseRule',
    'ibm:ibm-error-response-schemas',
  ],
  yieldsTo: ['api/syntax', 'api/error-body'],
  says: 'Answer all errors of an API in one format.',
  why: 'Each further format is one more reader in every client, and the one nobody wrote is found in production. The format most errors have is taken as meant.',
  bad: [
    `
paths:
  /users:
    get:
      responses:
        '200': { description: OK }
        '404':
#       ^^^^^ warning: Clients need a second error reader for GET /users 404: it answers { message … }, most errors problem details
          description: Not there
          content: { application/json: { schema: { $ref: '#/components/schemas/Failure' } } }
components:
  schemas:
    Failure: { type: object, properties: { message: { type: string } } }
`,
    `
paths:
  /users:
    get:
      responses:
        '200': { description: OK }
        '404': { $ref: '#/components/responses/NotFound' }
#       ^^^^^ warning: Clients need a second error reader for GET /users 404: it answers { error: { … } }, most errors problem details
components:
  responses:
    NotFound:
      description: Not there
      content: { application/json: { schema: { allOf: [{ $ref: '#/components/schemas/Envelope' }] } } }
  schemas:
    Envelope: { type: object, properties: { error: { type: object, properties: { code: { type: string } } } } }
`,
  ],
  good: [
    `
paths:
  /users:
    get:
      responses:
        '200': { description: OK }
        '404': { description: Not there }
        '409': { description: The user as it is, content: { application/json: { schema: { type: object, properties: { name: { type: string } } } } } }
        '422':
          description: Wrong
          content:
            application/problem+json:
              schema: { type: object, properties: { errors: { type: array, items: { type: string } } } }
            application/json:
              schema: { type: object, properties: { message: { type: string } } }
  /token:
    post:
      responses:
        '200': { description: OK }
        '400':
          description: As OAuth prescribes
          content: { application/json: { schema: { type: object, properties: { error: { type: string }, error_description: { type: string } } } } }
  /scim/Users:
    post:
      responses:
        '201': { description: Created }
        '409':
          description: As SCIM prescribes
          content: { application/json: { schema: { type: object, properties: { scimType: { type: string }, detail: { type: string } } } } }
`,
    `
{
  "openapi": "3.0.3",
  "paths": { "/a": { "get": { "responses": {
    "200": { "description": "OK" },
    "400": { "description": "Bad", "content": { "application/json": { "schema": { "type": "object", "properties": { "message": {}, "errors": {} } } } } },
    "404": { "description": "None", "content": { "application/json": { "schema": { "type": "object", "properties": { "message": {}, "code": {} } } } } }
  } } } }
}
`,
  ],
  collect: { operation: errorsOfOperation },
  *document(collected, context) {
    const formats = new Map<string, ErrorResponse[]>();
    for (const { format, response } of formatted(errorResponses(collected, context), context)) {
      const list = formats.get(format);
      if (list) list.push(response);
      else formats.set(format, [response]);
    }
    if (formats.size < 2) return;
    const [usual, ...others] = [...formats].sort(([, a], [, b]) => b.length - a.length);
    for (const [format, responses] of others) {
      for (const { piece, at, name, pointer } of responses) {
        const message = `Clients need a second error reader for ${name}: it answers ${format}, most errors ${usual?.[0] ?? ''}`;
        yield { piece, at, message, symbol: pointer, cause: format };
      }
    }
  },
});

/** The format of each response that shows one. A response that offers several is taken by its problem details or its first JSON. */
function formatted(
  responses: readonly ErrorResponse[],
  context: DocumentContext,
): readonly { format: string; response: ErrorResponse }[] {
  const known = new Map<ErrorResponse['node'], string | undefined>();
  return responses.flatMap((response) => {
    const { node } = response;
    if (!node) return [];
    if (!known.has(node)) {
      const bodies = bodiesOf(node);
      const body =
        bodies.find(({ media }) => media.includes('problem+')) ??
        bodies.find(({ media }) => isJson(media)) ??
        bodies[0];
      known.set(node, body && errorFormat(body, context));
    }
    const format = known.get(node);
    return format === undefined ? [] : [{ format, response }];
  });
}
