import { rule } from '../../../core/rule.ts';
import { isCalledBack } from '../../../core/openapi/place.ts';
import { get, text, types } from '../../../core/openapi/tree.ts';

export default rule({
  id: 'api/auth-no-key-in-url',
  dialect: 'openapi',
  severity: 'error',
  evidences: ['review/sensitive-data'],
  concerns: ['plan/auth-clear', 'review/auth-checks'],
  requirements: ['R001-003', 'R003-026', 'R003-133', 'R002-029'],
  equivalents: [
    'owasp:api2:2023-no-api-keys-in-url',
    'owasp:api2:2023-no-credentials-in-url',
    'vacuum:owasp-no-api-keys-in-url',
    'vacuum:owasp-no-credentials-in-url',
  ],
  yieldsTo: ['api/syntax'],
  says: 'Take keys, tokens and passwords in a header or a body, never in the URL.',
  why: 'URLs are written to the logs of every server and proxy on the way and stay in browser histories: whoever reads those has the key.',
  bad: [
    `
components:
  securitySchemes:
    key:
      type: apiKey
      in: query
#         ^^^^^ error: The key ends up in logs: the scheme key takes ?api_key= from the URL
      name: api_key
`,
    `
paths:
  /users:
    get:
      parameters:
        - name: access_token
#               ^^^^^^^^^^^^ error: The credential ends up in logs: access_token is taken from the URL
          in: query
          schema: { type: string }
      responses: { '200': { description: OK } }
`,
  ],
  fixed: [
    `
components:
  securitySchemes:
    key:
      type: apiKey
      in: header
      name: api_key
`,
  ],
  good: [
    `
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Api-Key }
    session: { type: apiKey, in: cookie, name: session }
`,
    `
paths:
  /users:
    get:
      parameters:
        - { name: page_token, in: query, schema: { type: string } }
        - { name: token, in: query, schema: { type: string } }
        - { name: password, in: query, schema: { type: boolean } }
        - { name: api_key_id, in: query, schema: { type: string } }
        - { name: X-Api-Key, in: header, schema: { type: string } }
      responses: { '200': { description: OK } }
`,
  ],
  visit: {
    *securityScheme({ node, name }) {
      const where = get(node, 'in');
      if (!where || text(node, 'type') !== 'apiKey' || text(node, 'in') !== 'query') return;
      yield {
        at: where,
        message: `The key ends up in logs: the scheme ${name} takes ?${text(node, 'name') ?? name}= from the URL`,
        fix: {
          kind: 'refactoring',
          title: 'Take the key from a header',
          *edits(editor) {
            yield editor.replace(where, editor.slice(where).replace('query', 'header'));
          },
        },
      };
    },
    *parameter(parameter, { follow }) {
      const { node } = parameter;
      const name = text(node, 'name');
      const at = get(node, 'name');
      if (
        name === undefined ||
        !at ||
        !['query', 'path'].includes(text(node, 'in') ?? '') ||
        !isCredential(name) ||
        isCalledBack(parameter)
      )
        return;
      const type = types(follow(get(node, 'schema')));
      if (type.length > 0 && !type.includes('string')) return;
      yield { at, message: `The credential ends up in logs: ${name} is taken from the URL`, cause: name };
    },
  },
});

/** Words for the secret itself. `token` alone is left out: it names pages and invitations as often. */
const credentials: ReadonlySet<string> = new Set([
  'accesstoken',
  'apikey',
  'apisecret',
  'authtoken',
  'bearertoken',
  'clientsecret',
  'password',
  'passwd',
  'privatekey',
  'refreshtoken',
  'secretkey',
]);

function isCredential(name: string): boolean {
  return credentials.has(name.toLowerCase().replaceAll(/[._-]/g, ''));
}
