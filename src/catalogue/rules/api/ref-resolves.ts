import { rule } from '../../../core/rule.ts';
import { readReference } from '../../../core/openapi/resolve.ts';
import { componentRef, refTo } from '../../../core/openapi/place.ts';
import { closest } from '../../../core/openapi/similar.ts';
import { text } from '../../../core/openapi/tree.ts';
import type { DocumentContext } from '../../../core/openapi/visitors.ts';

export default rule({
  id: 'api/ref-resolves',
  dialect: 'openapi',
  severity: 'error',
  evidences: ['plan/api-contract', 'handoff/api-documented', 'review/api-docs'],
  requirements: ['R000-011', 'R000-024', 'R003-104'],
  equivalents: ['spectral:invalid-ref', 'redocly:no-unresolved-refs'],
  yieldsTo: ['api/syntax'],
  says: 'Let every `$ref` lead to something.',
  why: 'Generators, validators and documentation stop at a reference that leads nowhere. References to the web are not followed and not judged.',
  bad: [
    `
components:
  schemas:
    Cart:
      type: object
      properties:
        order: { $ref: '#/components/schemas/order-line' }
#                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: Nothing stands at #/components/schemas/order-line: did you mean OrderLine?
    OrderLine: { type: object }
`,
    `
paths:
  /users:
    get:
      responses:
        '200':
          description: OK
          content:
            application/json:
              schema: { $ref: '#/components/schemas/User' }
#                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: Nothing stands at #/components/schemas/User: there is no /components/schemas/User
        '404': { $ref: 'shared/errors.yaml#/NotFound' }
#                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: Nothing stands at shared/errors.yaml#/NotFound: the file shared/errors.yaml cannot be read
`,
    {
      'openapi.yaml': `
paths:
  /users:
    $ref: 'paths/users.yaml#/users'
#         ^^^^^^^^^^^^^^^^^^^^^^^^^ error: Nothing stands at paths/users.yaml#/users: paths/users.yaml has no /users
`,
      'paths/users.yaml': 'user:\n  get: {}\n',
    },
  ],
  fixed: [
    `
components:
  schemas:
    Cart:
      type: object
      properties:
        order: { $ref: '#/components/schemas/OrderLine' }
    OrderLine: { type: object }
`,
  ],
  good: [
    `
paths:
  /users:
    get:
      responses:
        '200':
          description: OK
          content:
            application/json:
              schema: { $ref: 'https://schemas.shop.test/user.json' }
              example: { $ref: '#/not/a/reference' }
        '404': { $ref: '#/components/responses/Problem' }
components:
  schemas:
    Pet:
      type: object
      required: [kind]
      properties: { kind: { type: string } }
      discriminator: { propertyName: kind, mapping: { cat: v1.Cat, dog: '#/components/schemas/Dog' } }
    v1.Cat: { type: object }
    Dog: { type: object }
`,
    {
      'openapi.yaml': `paths:\n  /users:\n    $ref: './paths/users.yaml'\n`,
      'paths/users.yaml': 'get:\n  responses: {}\n',
    },
    `
openapi: 3.1.0
components:
  schemas:
    Tree:
      $id: https://schemas.shop.test/tree
      $defs: { leaf: { type: string } }
      type: object
      properties: { leaf: { $ref: '#/$defs/leaf' } }
`,
    `
openapi: 3.0.3
paths: {}
components: { schemas: { User: { type: object }, Users: { type: array, items: { $ref: '#/components/schemas/User' } } } }
`,
  ],
  *document(_, context) {
    const told = new Map<string, ReturnType<DocumentContext['resolve']>>();
    for (const { piece, at, name: ref, pointer } of context.references) {
      let answer = told.get(ref);
      if (!answer) told.set(ref, (answer = context.resolve(ref)));
      if (answer.kind !== 'missing' || countsFromItsOwnId(pointer, context)) continue;
      const meant = meantBy(ref, context);
      const problem = {
        piece,
        at,
        message: `Nothing stands at ${ref}: ${meant === undefined ? answer.why : `did you mean ${meant.name}?`}`,
        symbol: pointer,
        cause: ref,
      };
      if (meant === undefined) yield problem;
      else {
        yield {
          ...problem,
          fix: {
            kind: 'refactoring',
            title: `Refer to ${meant.name}`,
            *edits(editor) {
              const quote = /^['"]/.exec(editor.slice(at))?.[0] ?? "'";
              yield editor.replace(at, `${quote}${meant.ref}${quote}`);
            },
          },
        };
      }
    }
  },
});

/** A component of the same kind whose name is nearly the one asked for. */
function meantBy(ref: string, context: DocumentContext): { name: string; ref: string } | undefined {
  const { file, tokens } = readReference(ref);
  const [top, section, name] = tokens ?? [];
  if (file !== '' || top !== 'components' || section === undefined || name === undefined || tokens?.length !== 3)
    return undefined;
  const found = closest(name, context.components(section));
  return found === undefined ? undefined : { name: found, ref: componentRef(section, found) };
}

/** Inside a schema with an `$id` references count from there. */
function countsFromItsOwnId(pointer: string, context: DocumentContext): boolean {
  if (context.version === '3.0') return false;
  const tokens = pointer.split('/');
  for (let length = 4; length <= tokens.length; length++) {
    const around = context.resolve(refTo(tokens.slice(0, length).join('/')));
    if (around.kind === 'found' && text(around.target.node, '$id') !== undefined) return true;
  }
  return false;
}
