import { rule } from '../../../core/rule.ts';
import type { Node } from '../../../core/openapi/tree.ts';
import type { NodeType, OpenApiProblem, View } from '../../../core/openapi/visitors.ts';
import { enclosing, misplacedIn, operationName } from '../../../core/openapi/walk.ts';

/** The types whose keys are checked: those that hold other objects. */
const holders: readonly NodeType[] = [
  'pathItem',
  'operation',
  'parameter',
  'header',
  'requestBody',
  'mediaType',
  'response',
  'schema',
];

export default rule({
  id: 'api/structure',
  dialect: 'openapi',
  severity: 'error',
  evidences: ['plan/api-contract', 'handoff/api-documented', 'review/api-docs'],
  requirements: ['R000-011', 'R000-024', 'R001-038'],
  equivalents: ['redocly:struct', 'spectral:oas3-schema', 'vacuum:oas3-schema'],
  yieldsTo: ['api/syntax'],
  says: 'Write an object or an array where the specification has one.',
  why: 'Where a text stands in the place of an operation, a response or a list of parameters, tools read nothing there: what was meant is neither served, documented nor checked.',
  bad: [
    `
paths:
  /users:
    get:
      respon
#     ^^^^^^ error: get of /users is not read: an object belongs there, not a text
`,
    `
paths:
  /users:
    get:
      operationId: listUsers
      security: []
      parameters: { name: limit }
#                 ^^^^^^^^^^^^^^^ error: parameters of GET /users is not read: an array belongs there, not an object
      responses:
        '200':
#       ^^^^^ error: 200 of GET /users is not read: an object belongs there, not nothing
`,
  ],
  good: [
    `
paths:
  /users:
    summary: Users
    get:
      operationId: listUsers
      security: []
      parameters: []
      responses:
        '200': { description: OK }
        x-note: for people
components:
  schemas:
    Open: { type: object, additionalProperties: true, not: false }
`,
  ],
  visit: Object.fromEntries(holders.map((type) => [type, check])),
});

function* check(view: View): Iterable<OpenApiProblem> {
  const operation = enclosing(view, 'operation');
  const owner = operation ? operationName(operation) : (enclosing(view, 'pathItem') ?? root(view)).name;
  for (const { name, node, key, expects, pointer } of misplacedIn(view)) {
    const wanted = expects === 'object' ? 'an object' : 'an array';
    yield {
      at: node.start === node.end ? key : node,
      message: `${name} of ${owner} is not read: ${wanted} belongs there, not ${standing(node)}`,
      symbol: pointer,
    };
  }
}

function root(view: View): View {
  return view.parent ? root(view.parent) : view;
}

function standing(node: Node): string {
  if (node.kind === 'map') return 'an object';
  if (node.kind === 'seq') return 'an array';
  if (node.value === null) return 'nothing';
  return typeof node.value === 'string' ? 'a text' : `a ${typeof node.value}`;
}
