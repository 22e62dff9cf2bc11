import { wordsOf } from '../../../core/openapi/names.ts';
import { pathsWith, pathsOf, segmentsOf } from '../../../core/openapi/paths.ts';
import { rule } from '../../../core/rule.ts';

/** What the method says already. `cancel`, `search` or `login` are actions of their own and stay. */
const verbs = new Set([
  'get',
  'create',
  'update',
  'delete',
  'add',
  'remove',
  'fetch',
  'retrieve',
  'insert',
  'modify',
  'edit',
  'save',
]);
const beforeNoun = new Set([...verbs, 'list', 'set', 'find', 'put', 'post', 'patch']);

export default rule({
  id: 'api/naming-path-no-verb',
  dialect: 'openapi',
  severity: 'info',
  evidences: [],
  concerns: ['plan/api-contract', 'review/patterns'],
  requirements: ['R003-038', 'R001-024', 'R003-018'],
  equivalents: ['redocly:no-http-verbs-in-paths', 'vacuum:verbsInPath'],
  yieldsTo: ['api/syntax'],
  says: 'Name things in a path and let the method say what is done.',
  why: 'POST /createOrder says it twice and leaves no place for GET, PATCH and DELETE of the same order. With /orders the four methods share one address, one cache key and one rule of access.',
  bad: [
    `
paths:
  /createOrder:
  ^^^^^^^^^^^^ info: The path /createOrder does the method's work: create is a verb
    post:
      responses: { '201': { description: Created } }
  /orders/{id}/delete:
  ^^^^^^^^^^^^^^^^^^^ info: The path /orders/{id}/delete does the method's work: delete is a verb
    post:
      responses: { '204': { description: Gone } }
`,
  ],
  good: [
    `
paths:
  /orders/{id}/cancel:
    post: { responses: { '200': { description: OK } } }
  /updates:
    get: { responses: { '200': { description: OK } } }
  /mailing-list:
    get: { responses: { '200': { description: OK } } }
  /add-ons/{id}/delete-requests:
    get: { responses: { '200': { description: OK } } }
  /list:
    get: { responses: { '200': { description: OK } } }
  /order-addresses/{get}:
    get: { responses: { '200': { description: OK } } }
`,
  ],
  collect: pathsWith((path) => segmentsOf(path).flatMap((segment) => verbIn(segment) ?? [])[0]),
  *document(collected) {
    for (const { piece, value } of pathsOf(collected)) {
      const { detail: verb } = value;
      if (verb === undefined) continue;
      yield {
        piece,
        at: value.at,
        message: `The path ${value.name} does the method's work: ${verb} is a verb`,
        symbol: value.pointer,
        cause: 'verbs',
      };
    }
  },
});

/** What makes a thing of a verb before it: a remove-token, an add-on. */
const things =
  /^(?:ons?|tokens?|requests?|logs?|options?|jobs?|events?|history|status|polic(?:y|ies)|protection|previews?|permissions?|markers?)$/;

function verbIn(segment: string): string | undefined {
  const words = wordsOf(segment);
  const [first = '', second] = words;
  if (second !== undefined && things.test(words.at(-1) ?? '')) return undefined;
  return (second === undefined ? verbs : beforeNoun).has(first) ? first : undefined;
}
