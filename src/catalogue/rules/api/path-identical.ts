import type { Collected } from '../../../core/openapi/visitors.ts';
import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'api/path-identical',
  dialect: 'openapi',
  severity: 'error',
  evidences: ['plan/api-contract'],
  concerns: ['build/no-duplication', 'review/api-docs'],
  requirements: ['R003-040', 'R000-024'],
  equivalents: [
    'spectral:path-params',
    'redocly:no-identical-paths',
    'vacuum:no-ambiguous-paths',
    'ibm:ibm-no-ambiguous-paths',
  ],
  yieldsTo: ['api/syntax', 'api/duplicate-key'],
  says: 'Describe every path once, whatever its parameters are called.',
  why: 'A router sees no difference between `/users/{id}` and `/users/{name}`, and OpenAPI forbids the pair: readers keep one of the two.',
  bad: [
    `
paths:
  /users/{id}:
    get: { responses: { '200': { description: OK } } }
  /users/{name}:
# ^^^^^^^^^^^^^ error: Routers see one path, not two: /users/{name} is /users/{id}
    get: { responses: { '200': { description: OK } } }
`,
  ],
  good: [
    `
paths:
  /users/{id}: {}
  /users/me: {}
  /users/{id}/: {}
  /users/{id}.json: {}
  /{kind}/me: {}
`,
    `
{ "openapi": "3.1.0", "webhooks": { "{a}": {}, "{b}": {} } }
`,
  ],
  collect: {
    *pathItem({ name, key, pointer, parent }) {
      if (!parent && pointer.startsWith('/paths/')) yield { at: key, name, pointer };
    },
  },
  *document(collected) {
    const first = new Map<string, Collected>();
    for (const one of collected) {
      const { piece, value } = one;
      const bare = value.name.replaceAll(/\{[^{}]*\}/g, '{}');
      const before = first.get(bare);
      if (!before) first.set(bare, one);
      else if (before.value.name !== value.name) {
        yield {
          piece,
          at: value.at,
          message: `Routers see one path, not two: ${value.name} is ${before.value.name}`,
          symbol: value.pointer,
          related: [{ at: before.value.at, piece: before.piece, message: before.value.name }],
        };
      }
    }
  },
});
