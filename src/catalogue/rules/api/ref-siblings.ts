import { rule } from '../../../core/rule.ts';
import { get, text } from '../../../core/openapi/tree.ts';
import type { NodeType, OpenApiVersion } from '../../../core/openapi/visitors.ts';

export default rule({
  id: 'api/ref-siblings',
  dialect: 'openapi',
  severity: 'warning',
  evidences: [],
  concerns: ['plan/api-contract', 'review/api-docs'],
  requirements: ['R000-024', 'R003-044'],
  equivalents: [
    'spectral:no-$ref-siblings',
    'redocly:spec-ref-siblings',
    'vacuum:no-$ref-siblings',
    'vacuum:oas3-no-$ref-siblings',
  ],
  yieldsTo: ['api/syntax', 'api/ref-resolves'],
  says: 'Put nothing beside a `$ref` that readers leave out.',
  why: 'In OpenAPI 3.0 everything beside a `$ref` is ignored. From 3.1 a schema may have siblings; elsewhere only `summary` and `description` count.',
  bad: [
    `
components:
  schemas:
    Order:
      type: object
      properties:
        status:
          $ref: '#/components/schemas/OrderStatus'
          description: Where the order is now
#         ^^^^^^^^^^^ warning: \`description\` is ignored: it stands beside a $ref
    OrderStatus: { type: string }
`,
    `
components:
  schemas:
    Order:
      type: object
      properties:
        status: { description: Where it is, $ref: '#/components/schemas/OrderStatus', nullable: true }
#                 ^^^^^^^^^^^ warning: \`description\` and \`nullable\` are ignored: they stand beside a $ref
    OrderStatus: { type: string }
`,
    `
openapi: 3.1.0
paths:
  /users:
    get:
      responses:
        default:
          $ref: '#/components/responses/Problem'
          description: Something went wrong here
          headers: {}
#         ^^^^^^^ warning: \`headers\` is ignored: it stands beside a $ref
`,
  ],
  fixed: [
    `
components:
  schemas:
    Order:
      type: object
      properties:
        status:
          description: Where the order is now
          allOf:
            - $ref: '#/components/schemas/OrderStatus'
    OrderStatus: { type: string }
`,
    `
components:
  schemas:
    Order:
      type: object
      properties:
        status: { description: Where it is, nullable: true, allOf: [{ "$ref": "#/components/schemas/OrderStatus" }] }
    OrderStatus: { type: string }
`,
  ],
  good: [
    `
openapi: 3.1.0
components:
  schemas:
    Order:
      type: object
      properties:
        status: { $ref: '#/components/schemas/OrderStatus', description: Where the order is now }
    OrderStatus: { type: string }
`,
    `
paths:
  /users:
    $ref: 'users.yaml'
    summary: Users
`,
    `
components:
  schemas:
    Pointer:
      type: object
      properties: { $ref: { type: string }, description: { type: string } }
    Tagged: { $ref: '#/components/schemas/Pointer', x-internal: true }
`,
  ],
  visit: {
    *reference({ node, expects }, { version }) {
      if (expects === undefined || !judged.has(expects)) return;
      const ignored = node.entries.filter(({ name }) => !counts(name, expects, version));
      const first = ignored[0];
      if (!first) return;
      const names = ignored.map(({ name }) => `\`${name}\``).join(' and ');
      const problem = {
        at: first.key,
        message:
          ignored.length === 1
            ? `${names} is ignored: it stands beside a $ref`
            : `${names} are ignored: they stand beside a $ref`,
        cause: ignored.map(({ name }) => name).join(' '),
      };
      const ref = text(node, '$ref');
      if (expects !== 'schema' || ref === undefined || get(node, 'allOf')) {
        yield problem;
        return;
      }
      const last = node.entries.findLast(({ name }) => name !== '$ref')?.name;
      yield {
        ...problem,
        fix: {
          kind: ignored.every(({ name }) => annotations.has(name)) ? 'safe' : 'refactoring',
          title: 'Put the reference into allOf',
          *edits(editor) {
            const taken = editor.removeEntry(node, '$ref');
            if (!taken) return;
            yield editor.addEntry(node, 'allOf', [{ $ref: ref }], last);
            yield taken;
          },
        },
      };
    },
  },
});

/** Beside a path item's `$ref` more may stand, and an operation has no `$ref` at all. */
const judged: ReadonlySet<NodeType> = new Set<NodeType>([
  'schema',
  'parameter',
  'response',
  'header',
  'requestBody',
  'example',
  'link',
  'callback',
  'securityScheme',
]);

/** What says something to people and nothing to a validator. */
const annotations: ReadonlySet<string> = new Set(['description', 'title', 'example', 'externalDocs', 'deprecated']);

function counts(name: string, expects: NodeType, version: OpenApiVersion): boolean {
  if (name === '$ref' || name.startsWith('x-')) return true;
  if (version === '3.0') return false;
  return expects === 'schema' || name === 'summary' || name === 'description';
}
