import { markOf } from '../../../core/openapi/place.ts';
import { get, items, type Node, text } from '../../../core/openapi/tree.ts';
import type { LocalContext, OpenApiProblem, View } from '../../../core/openapi/visitors.ts';
import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'api/parameter-unique',
  dialect: 'openapi',
  severity: 'error',
  evidences: ['plan/api-contract'],
  concerns: ['build/inputs-validated', 'review/input-validation'],
  requirements: ['R000-011', 'R000-024', 'R003-041'],
  equivalents: ['spectral:operation-parameters', 'redocly:operation-parameters-unique', 'vacuum:operation-parameters'],
  yieldsTo: ['api/syntax', 'api/ref-resolves'],
  says: 'Declare every parameter once in a list.',
  why: 'Of two parameters with one name and place readers keep one, and nobody can tell which limits hold.',
  bad: [
    `
paths:
  /users:
    get:
      parameters:
        - { name: limit, in: query, schema: { type: integer } }
        - $ref: '#/components/parameters/Limit'
#               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: One of two parameters limit is lost: this list has it in query already
      responses: { '200': { description: OK } }
components:
  parameters:
    Limit: { name: limit, in: query, schema: { type: integer, maximum: 100 } }
`,
    `
paths:
  /users:
    parameters:
      - { name: X-Tenant, in: header, schema: { type: string } }
      - { name: x-tenant, in: header, schema: { type: string } }
#               ^^^^^^^^ error: One of two parameters x-tenant is lost: this list has it in header already
    get: { responses: { '200': { description: OK } } }
`,
  ],
  good: [
    `
paths:
  /users:
    parameters:
      - { name: limit, in: query, schema: { type: integer } }
    get:
      parameters:
        - { name: limit, in: query, schema: { type: integer, maximum: 10 } }
        - { name: limit, in: header, schema: { type: integer } }
        - { name: Limit, in: query, schema: { type: integer } }
        - { $ref: 'shared.yaml#/A' }
        - { $ref: 'shared.yaml#/B' }
      responses: { '200': { description: OK } }
`,
    `
{ "openapi": "3.0.3", "paths": { "/a": { "get": { "parameters": [{ "name": "a", "in": "query" }, { "name": "b", "in": "query" }], "responses": {} } } } }
`,
  ],
  visit: { pathItem: repeated, operation: repeated },
});

function* repeated({ node, pointer }: View, { follow }: LocalContext): Generator<OpenApiProblem> {
  const seen = new Map<string, Node>();
  for (const [index, item] of items(get(node, 'parameters')).entries()) {
    const parameter = follow(item);
    const name = text(parameter, 'name');
    const place = text(parameter, 'in');
    if (name === undefined || place === undefined) continue;
    const same = `${place} ${place === 'header' ? name.toLowerCase() : name}`;
    const first = seen.get(same);
    if (!first) seen.set(same, item);
    else {
      yield {
        at: markOf(item),
        message: `One of two parameters ${name} is lost: this list has it in ${place} already`,
        symbol: `${pointer}/parameters/${index}`,
        related: [{ at: markOf(first), message: 'The first one' }],
      };
    }
  }
}
