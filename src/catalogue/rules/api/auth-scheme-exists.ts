import { rule } from '../../../core/rule.ts';
import { componentRef } from '../../../core/openapi/place.ts';
import { closest } from '../../../core/openapi/similar.ts';
import { entries, get, items, type MapNode, text } from '../../../core/openapi/tree.ts';
import { operationName } from '../../../core/openapi/walk.ts';
import type { LocalContext, OpenApiProblem, View } from '../../../core/openapi/visitors.ts';

export default rule({
  id: 'api/auth-scheme-exists',
  dialect: 'openapi',
  severity: 'error',
  evidences: ['plan/auth-clear'],
  concerns: ['handoff/auth-verified', 'review/auth-checks'],
  requirements: ['R000-027', 'R001-003', 'R003-026'],
  equivalents: [
    'spectral:oas3-operation-security-defined',
    'redocly:security-defined',
    'redocly:security-scopes-defined',
    'vacuum:oas3-operation-security-defined',
    'ibm:ibm-securityschemes',
    'zally:SecureAllEndpointsWithScopesRule',
  ],
  yieldsTo: ['api/syntax'],
  says: 'Require only security schemes and scopes that the document declares.',
  why: 'A client cannot meet a requirement nobody describes, and a generator leaves it out: the call goes out unsigned.',
  bad: [
    `
paths:
  /users:
    get:
      security:
        - Bearer: []
#         ^^^^^^ error: Nobody can call GET /users: the scheme Bearer is not declared (did you mean bearer?)
      responses: { '200': { description: OK } }
`,
    `
security:
  - session: []
#   ^^^^^^^ error: Nobody can call the API: the scheme session is not declared
`,
    `
paths:
  /users:
    get:
      security:
        - login: [users:read, users:list]
#                             ^^^^^^^^^^ error: Nobody can call GET /users: login has no scope users:list
        - bearer: [admin]
#                  ^^^^^ error: The scope admin means nothing for GET /users: in 3.0 bearer cannot have scopes
      responses: { '200': { description: OK } }
components:
  securitySchemes:
    login:
      type: oauth2
      flows: { clientCredentials: { tokenUrl: 'https://login.shop.test', scopes: { 'users:read': Read users } } }
`,
  ],
  fixed: [
    `
paths:
  /users:
    get:
      security:
        - bearer: []
      responses: { '200': { description: OK } }
`,
  ],
  good: [
    `
openapi: 3.1.0
paths:
  /users:
    get:
      security:
        - {}
        - bearer: [admin]
        - oidc: [anything]
        - shared: [scope]
      responses: { '200': { description: OK } }
components:
  securitySchemes:
    oidc: { type: openIdConnect, openIdConnectUrl: 'https://login.shop.test' }
    shared: { $ref: 'shared.yaml#/oauth' }
`,
  ],
  visit: {
    *securityRequirement(requirement, context) {
      const whom = requirement.parent?.type === 'operation' ? operationName(requirement.parent) : 'the API';
      const declared = context.components('securitySchemes');
      for (const { name, key, value } of entries(requirement.node)) {
        if (context.resolve(componentRef('securitySchemes', name)).kind === 'missing')
          yield undeclared(name, key, whom, declared);
        else yield* scopes(name, items(value), whom, requirement, context);
      }
    },
  },
});

function undeclared(
  name: string,
  key: { start: number; end: number },
  whom: string,
  declared: readonly string[],
): OpenApiProblem {
  const meant = closest(name, declared);
  const message = `Nobody can call ${whom}: the scheme ${name} is not declared`;
  const at = { start: key.start, end: key.end };
  if (meant === undefined) return { at, message, cause: name };
  return {
    at,
    message: `${message} (did you mean ${meant}?)`,
    cause: name,
    fix: {
      kind: 'refactoring',
      title: `Require ${meant}`,
      *edits(editor) {
        yield editor.replace(at, editor.slice(at).replace(name, meant));
      },
    },
  };
}

function* scopes(
  name: string,
  wanted: ReturnType<typeof items>,
  whom: string,
  requirement: View,
  { follow, resolve, version }: LocalContext,
): Generator<OpenApiProblem> {
  if (wanted.length === 0) return;
  const resolved = resolve(componentRef('securitySchemes', name));
  const scheme = resolved.kind === 'found' ? follow(resolved.target.node) : undefined;
  const type = text(scheme, 'type');
  if (!scheme || type === undefined || type === 'openIdConnect') return;
  const known = type === 'oauth2' ? scopesOf(scheme) : undefined;
  if (type === 'oauth2' ? !known : version !== '3.0') return;
  for (const scope of wanted) {
    if (scope.kind !== 'scalar' || known?.includes(String(scope.value))) continue;
    const said = String(scope.value);
    yield {
      at: scope,
      message: known
        ? `Nobody can call ${whom}: ${name} has no scope ${said}`
        : `The scope ${said} means nothing for ${whom}: in 3.0 ${name} cannot have scopes`,
      symbol: `${requirement.pointer}/${name}/${said}`,
      cause: known ? `${name} ${said}` : name,
    };
  }
}

/** The scopes of all flows; undefined where a part of them is not written here. */
function scopesOf(scheme: MapNode): readonly string[] | undefined {
  const flows = entries(get(scheme, 'flows'));
  const lists = flows.filter(({ name }) => !name.startsWith('x-')).map(({ value }) => get(value, 'scopes'));
  if (lists.length === 0 || lists.some((list) => list?.kind !== 'map' || get(list, '$ref'))) return undefined;
  return lists.flatMap((list) => entries(list).map(({ name }) => name));
}
