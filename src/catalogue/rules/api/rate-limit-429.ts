import { referenceTo } from '../../../core/openapi/follow.ts';
import { habitFrom } from '../../../core/openapi/habit.ts';
import { isCalled } from '../../../core/openapi/lists.ts';
import { silent } from '../../../core/openapi/schemas.ts';
import { entries, get, items } from '../../../core/openapi/tree.ts';
import type { CollectedValue, DocumentProblem, View } from '../../../core/openapi/visitors.ts';
import { operationName } from '../../../core/openapi/walk.ts';
import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'api/rate-limit-429',
  dialect: 'openapi',
  severity: 'info',
  evidences: ['plan/rate-limits'],
  concerns: ['handoff/rate-limits-tested'],
  requirements: ['R001-043', 'R002-032', 'R003-043', 'R003-116'],
  equivalents: ['owasp:api4:2023-rate-limit-responses-429', 'zally:Use429HeaderForRateLimitRule'],
  yieldsTo: ['api/syntax'],
  says: 'Document the answer 429 that a client gets who asks too often.',
  why: 'Without it a client takes the refusal for a failure and tries again at once, which makes the overload worse. With it the client knows to wait, and the team knows that a limit was decided.',
  bad: [
    `
paths:
  /orders:
    get:
    ^^^ info: Clients of GET /orders are not told to slow down: 429 is not among its responses
      tags: [Status]
      responses:
        '200':
          description: OK
`,
    `{
  "openapi": "3.0.3",
  "info": { "title": "Shop", "version": "1.0.0" },
  ^^^^^^ info: No client is told to slow down: none of the operations documents 429
  "paths": {
    "/orders": { "get": { "responses": { "200": { "description": "OK" } } } },
    "/users": { "get": { "responses": { "200": { "description": "OK" } } } }
  }
}`,
  ],
  good: [
    `
paths:
  /orders:
    get: { responses: { '200': { description: OK }, '429': { description: Too many requests } } }
    post: { responses: { '201': { description: Created }, 4XX: { description: Refused } } }
    put: { responses: { '201': { description: Created }, default: { description: Anything else } } }
`,
    `{ "openapi": "3.0.3", "info": { "title": "Nothing to call", "version": "1.0.0" }, "paths": {} }`,
  ],
  fixed: [
    `
paths:
  /orders:
    get:
      tags: [Status]
      responses:
        '200':
          description: OK
        '429':
          $ref: '#/components/responses/TooManyRequests'
`,
  ],
  collect: { operation: (operation) => (isCalled(operation) ? [answers(operation)] : silent) },
  *document(collected, context) {
    const missing = collected.filter(({ value }) => value.detail !== '429' && value.detail !== 'other');
    if (missing.length === 0) return;
    if (!collected.some(({ value }) => value.detail === '429')) {
      const info = context.rootKey('info');
      if (info)
        yield {
          ...info,
          message: 'No client is told to slow down: none of the operations documents 429',
          symbol: '429',
          cause: '429',
        };
      return;
    }
    if (new Set(missing.map(({ value }) => value.detail)).size > habitFrom) {
      const [first] = missing;
      const message = `${missing.length} of ${collected.length} operations do not tell their clients to slow down: no 429`;
      if (first) yield { piece: first.piece, at: first.value.at, message, symbol: '429', cause: '429' };
      return;
    }
    const shared = context.components('responses').find((name) => /429|toomany|rate.?limit|throttl/i.test(name));
    for (const { piece, value } of missing) {
      const problem: DocumentProblem = {
        piece,
        at: value.at,
        message: `Clients of ${value.name} are not told to slow down: 429 is not among its responses`,
        symbol: value.pointer,
        cause: `429 ${value.detail}`,
      };
      if (shared === undefined) {
        yield problem;
        continue;
      }
      yield {
        ...problem,
        fix: {
          // It says of the service what only its owner knows.
          kind: 'refactoring',
          title: `Refer to the response ${shared}`,
          *edits(editor) {
            const found = context.resolve(referenceTo(`${value.pointer}/responses`));
            if (found.kind === 'found' && found.target.node.kind === 'map')
              yield editor.addEntry(found.target.node, '429', { $ref: `#/components/responses/${shared}` });
          },
        },
      };
    }
  },
});

/** Whether an operation documents 429, leaves it to `4XX` or `default`, or else the group it belongs to. */
function answers(operation: View): CollectedValue {
  const { node, key: at, pointer, parent } = operation;
  const codes = entries(get(node, 'responses')).map(({ name }) => name);
  const [tag] = items(get(node, 'tags'));
  const group =
    tag?.kind === 'scalar' && tag.value !== null
      ? `of tag ${tag.value}`
      : `below /${(parent?.name ?? '').split('/')[1] ?? ''}`;
  const detail = codes.includes('429')
    ? '429'
    : codes.some((code) => /^(?:4XX|default)$/i.test(code))
      ? 'other'
      : group;
  return { at, name: operationName(operation), pointer, detail };
}
