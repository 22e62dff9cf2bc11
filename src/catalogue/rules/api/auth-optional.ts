import { rule } from '../../../core/rule.ts';
import { isCalledBack } from '../../../core/openapi/place.ts';
import { get, items, type Node } from '../../../core/openapi/tree.ts';
import { operationName } from '../../../core/openapi/walk.ts';

export default rule({
  id: 'api/auth-optional',
  dialect: 'openapi',
  severity: 'warning',
  evidences: [],
  concerns: ['plan/auth-clear', 'handoff/auth-verified', 'review/auth-checks'],
  requirements: ['R000-027', 'R002-027', 'R004-027'],
  equivalents: ['vacuum:owasp-protection-global-unsafe-strict'],
  yieldsTo: ['api/syntax'],
  says: 'Do not let a write choose between signing in and not signing in.',
  why: 'An empty requirement beside others makes signing in optional: whoever leaves the credentials out is let through all the same.',
  bad: [
    `
paths:
  /orders:
    post:
      security:
        - bearer: []
        - {}
#         ^^ warning: Anyone can call POST /orders: signing in is optional
      responses: { '201': { description: Created } }
`,
    `
security:
  - {}
  - bearer: []
paths:
  /orders:
    delete:
#   ^^^^^^ warning: Anyone can call DELETE /orders: signing in is optional for the whole API
      responses: { '204': { description: Gone } }
`,
  ],
  good: [
    `
security: [{}, { bearer: [] }]
paths:
  /orders:
    get:
      responses: { '200': { description: OK } }
    post:
      security: [{ bearer: [] }]
      responses: { '201': { description: Created } }
  /hooks/{hookToken}:
    post:
      security: [{ bearer: [] }, {}]
      responses: { '204': { description: Taken } }
  /auth/token:
    post:
      security: [{ bearer: [] }, {}]
      responses: { '204': { description: Taken } }
  /login:
    post:
      security: [{}]
      responses: { '200': { description: OK } }
  /register:
    post:
      security: []
      responses: { '200': { description: OK } }
`,
  ],
  visit: {
    *operation(operation, { root }) {
      if (!['post', 'put', 'patch', 'delete'].includes(operation.name) || isCalledBack(operation)) return;
      if (signsIn(operation.parent?.name ?? '')) return;
      const own = get(operation.node, 'security');
      const way = wayAround(own ?? root('security'));
      if (!way) return;
      const message = `Anyone can call ${operationName(operation)}: signing in is optional`;
      yield own
        ? { at: way, message }
        : { at: operation.key, message: `${message} for the whole API`, cause: 'security' };
    },
  },
});

/** The path itself carries the secret, or this is where one signs in. */
function signsIn(path: string): boolean {
  if (/\/(?:token|o?auth2?|log-?in|sign-?in|sign-?up|register|sessions?)(?:\/|$)/i.test(path)) return true;
  return [...path.matchAll(/\{([^{}]*)\}/g)].some(([, name = '']) => /token|secret|signature|key/i.test(name));
}

/** The empty requirement, where there are others too. */
function wayAround(security: Node | undefined): Node | undefined {
  const all = items(security);
  return all.length > 1 ? all.find((one) => one.kind === 'map' && one.entries.length === 0) : undefined;
}
