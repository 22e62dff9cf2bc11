import { rule } from '../../../core/rule.ts';
import { isCalledBack, looksPublic } from '../../../core/openapi/place.ts';
import { get } from '../../../core/openapi/tree.ts';
import { operationName } from '../../../core/openapi/walk.ts';

export default rule({
  id: 'api/auth-defined',
  dialect: 'openapi',
  severity: 'error',
  evidences: ['plan/auth-clear'],
  concerns: ['handoff/auth-verified', 'review/auth-checks'],
  requirements: ['R001-040', 'R000-027', 'R002-027'],
  equivalents: [
    'redocly:security-defined',
    'vacuum:owasp-protection-global-unsafe',
    'vacuum:owasp-protection-global-safe',
    'zally:SecureAllEndpointsRule',
    'owasp:api2:2023-write-restricted',
    'owasp:api2:2023-read-restricted',
  ],
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
    `
{
  "openapi": "3.0.3",
  "info": { "title": "Shop", "version": "1.0.0" },
  "paths": {
    "/users": {
      "get": { "responses": {} },
      ^^^^^ error: Anyone can call GET /users: no security is required
      "post": { "responses": {} }
      ^^^^^^ error: Anyone can call POST /users: no security is required
    }
  },
  "components": {
    "securitySchemes": {
      "bearer": { "type": "http", "scheme": "bearer" }
    }
  }
}
`,
    `
security:
paths:
  /health:
    get:
#   ^^^ error: Anyone can call GET /health: no security is required
      responses: { '200': { description: OK } }
`,
    `
security:
paths:
  /users:
    get:
#   ^^^ error: Anyone can call GET /users: no security is required
      responses: { '200': { description: OK } }
components:
  securitySchemes:
    bearer: { type: http, scheme: bearer }
    key: { type: apiKey, in: header, name: X-Key }
`,
  ],
  fixed: [
    `
security:
paths:
  /users:
    get:
      operationId: listUsers
      responses: { '200': { description: OK } }
      security:
        - bearer: []
`,
    `
{
  "openapi": "3.0.3",
  "info": { "title": "Shop", "version": "1.0.0" },
  "security": [
    {
      "bearer": []
    }
  ],
  "paths": {
    "/users": {
      "get": { "responses": {} },
      "post": { "responses": {} }
    }
  },
  "components": {
    "securitySchemes": {
      "bearer": { "type": "http", "scheme": "bearer" }
    }
  }
}
`,
    `
security:
paths:
  /health:
    get:
      responses: { '200': { description: OK } }
      security: []
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
    `
security:
paths:
  /users:
    options: { description: Browsers ask before a call and send no credentials, responses: { '204': { description: OK } } }
  /base-status: {}
`,
    `
security:
openapi: 3.1.0
paths: {}
webhooks:
  orderPaid:
    post:
      responses: { '204': { description: Taken } }
`,
  ],
  visit: {
    *operation(operation, { root, components }) {
      if (
        isCalledBack(operation) ||
        operation.name === 'options' ||
        get(operation.node, 'security') ||
        root('security')?.kind === 'seq'
      )
        return;
      const problem = {
        at: operation.key,
        message: `Anyone can call ${operationName(operation)}: no security is required`,
      };
      if (looksPublic(operation.parent?.name ?? '')) {
        yield {
          ...problem,
          fix: {
            kind: 'refactoring',
            title: 'Say that it is public',
            edits: (editor) => [editor.addEntry(operation.node, 'security', [])],
          },
        };
        return;
      }
      const cause = 'security';
      const [scheme, ...others] = components('securitySchemes');
      if (scheme === undefined || others.length > 0) {
        yield { ...problem, cause };
        return;
      }
      const everywhere = root('security') === undefined;
      yield {
        ...problem,
        cause,
        fix: {
          kind: 'refactoring',
          title: everywhere ? `Require ${scheme} wherever nothing else is said` : `Require ${scheme} here`,
          *edits(editor) {
            const security = [{ [scheme]: [] }];
            const edit = everywhere
              ? editor.addRootEntry('security', security, root('servers') ? 'servers' : 'info')
              : undefined;
            yield edit ?? editor.addEntry(operation.node, 'security', security);
          },
        },
      };
    },
  },
});
