import { rule } from '../../../core/rule.ts';
import { get } from '../../../core/openapi/tree.ts';
import { operationName } from '../../../core/openapi/walk.ts';

export default rule({
  id: 'api/auth-defined',
  dialect: 'openapi',
  severity: 'error',
  evidences: ['plan/auth-clear', 'handoff/auth-verified', 'review/auth-checks'],
  requirements: ['R001-040', 'R000-027', 'R002-027'],
  equivalents: ['redocly:security-defined', 'vacuum:operation-security-defined'],
  yieldsTo: ['api/syntax'],
  says: 'Say of every operation who may call it.',
  why: 'An operation without `security`, in a document without one, is public by accident. Where public is meant, `security: []` says so.',
  bad: [
    `
security:
paths:
  /users:
    get:
#   ^^^ error: Anyone can call GET /users: no security is required
      operationId: listUsers
      responses: { '200': { description: OK } }
`,
  ],
  good: [
    `
paths:
  /health:
    get:
      operationId: getHealth
      security: []
      responses: { '200': { description: OK } }
`,
  ],
  visit: {
    *operation(operation, { root }) {
      if (operation.pointer.startsWith('/webhooks/') || operation.parent?.parent?.type === 'callback') return;
      if (get(operation.node, 'security') || root('security')?.kind === 'seq') return;
      yield {
        at: operation.key,
        message: `Anyone can call ${operationName(operation)}: no security is required`,
        cause: 'security',
      };
    },
  },
});
