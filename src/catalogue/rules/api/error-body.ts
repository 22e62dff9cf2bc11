import { bodiesOf, errorResponses, errorsOfOperation, isJson } from '../../../core/openapi/error-responses.ts';
import { refTo } from '../../../core/openapi/place.ts';
import { get, type MapNode, text } from '../../../core/openapi/tree.ts';
import type { Value } from '../../../core/openapi/edit.ts';
import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'api/error-body',
  dialect: 'openapi',
  severity: 'info',
  evidences: [],
  concerns: ['plan/error-strategy', 'handoff/errors-tested', 'review/error-handling'],
  requirements: ['R000-028', 'R003-042', 'R003-104', 'R003-115'],
  equivalents: ['ibm:ibm-error-response-schemas'],
  yieldsTo: ['api/syntax', 'api/ref-resolves'],
  says: 'Give error responses a body with a schema.',
  why: 'A status alone does not say which field was wrong or whether a retry helps. Clients then guess, or show a number to their users.',
  bad: [
    `
paths:
  /users:
    get:
      responses:
        '200': { description: OK }
        '404':
#       ^^^^^ info: Clients cannot read why GET /users 404 came: it documents no body
          description: Nobody by that name
`,
    `
paths:
  /users:
    get:
      responses:
        '200': { description: OK }
        '404': { $ref: '#/components/responses/NotFound' }
#       ^^^^^ info: Clients cannot read why GET /users 404 came: it documents no body
        '409': { description: Taken, content: { application/json: {} } }
#       ^^^^^ info: Clients cannot read why GET /users 409 came: its body has no schema
components:
  responses:
    NotFound: { description: Not there }
`,
  ],
  fixed: [
    `
paths:
  /users:
    get:
      responses:
        '200': { description: OK }
        '404':
          description: Nobody by that name
          content:
            application/problem+json:
              schema:
                $ref: '#/components/schemas/Problem'
`,
  ],
  good: [
    `
paths:
  /users:
    head:
      responses:
        '404': { description: Not there }
    get:
      responses:
        '304': { description: Same as before }
        '404': { $ref: 'https://shop.test/responses.yaml#/NotFound' }
        '406': { description: Text, content: { text/plain: {} } }
        default: { $ref: '#/components/responses/Problem' }
    put:
      responses:
        default: { description: All went well }
`,
    `
{
  "openapi": "3.1.0",
  "webhooks": { "paid": { "post": { "responses": { "204": { "description": "Taken" }, "400": { "description": "Refused" } } } } }
}
`,
  ],
  collect: { operation: errorsOfOperation },
  *document(collected, context) {
    const all = errorResponses(collected, context);
    const usual = usualBody(all.flatMap(({ node }) => (node ? [node] : [])));
    for (const { piece, at, name, pointer, ref, node } of all) {
      const lack = node && lackOf(node);
      if (lack === undefined) continue;
      const message = `Clients cannot read why ${name} came: ${lack}`;
      const problem = { piece, at, message, symbol: pointer, cause: ref ?? 'responses without a body' };
      if (ref !== undefined || !usual || get(node, 'content')) yield problem;
      else {
        yield {
          ...problem,
          fix: {
            kind: 'refactoring',
            title: 'Answer as the other errors do',
            *edits(editor) {
              const response = context.resolve(refTo(pointer));
              if (response.kind === 'found' && response.target.node.kind === 'map')
                yield editor.addEntry(response.target.node, 'content', usual);
            },
          },
        };
      }
    }
  },
});

function lackOf(response: MapNode): string | undefined {
  const bodies = bodiesOf(response);
  if (bodies.length === 0) return 'it documents no body';
  return bodies.some(({ media, schema }) => schema || !isJson(media)) ? undefined : 'its body has no schema';
}

/** The body that most error responses share: one media type, one schema component. */
function usualBody(responses: readonly MapNode[]): Value | undefined {
  const counts = new Map<string, { count: number; value: Value }>();
  for (const response of responses) {
    for (const { media, schema } of bodiesOf(response)) {
      const ref = text(schema, '$ref');
      if (ref === undefined) continue;
      const known = counts.get(`${media} ${ref}`);
      if (known) known.count++;
      else counts.set(`${media} ${ref}`, { count: 1, value: { [media]: { schema: { $ref: ref } } } });
    }
  }
  return [...counts.values()].sort((a, b) => b.count - a.count)[0]?.value;
}
