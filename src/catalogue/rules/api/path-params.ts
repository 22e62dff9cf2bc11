import { componentRef, markOf, templateParameters } from '../../../core/openapi/place.ts';
import { get, items, type MapNode, scalar, text } from '../../../core/openapi/tree.ts';
import type { LocalContext, OpenApiProblem, View } from '../../../core/openapi/visitors.ts';
import { operationsOf } from '../../../core/openapi/walk.ts';
import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'api/path-params',
  dialect: 'openapi',
  severity: 'error',
  evidences: ['plan/api-contract', 'review/api-docs'],
  concerns: ['build/inputs-validated', 'review/input-validation'],
  requirements: ['R000-011', 'R000-017', 'R003-040'],
  equivalents: ['spectral:path-params', 'redocly:path-params-defined', 'vacuum:path-params'],
  yieldsTo: ['api/syntax', 'api/ref-resolves'],
  says: 'Declare every parameter of a path, required, and no other path parameter.',
  why: 'A generated client has no argument for an undeclared `{id}` and sends the braces; a declared one that the path lacks is never sent.',
  bad: [
    `
paths:
  /users/{userId}:
#        ^^^^^^^^ error: Clients cannot fill in {userId}: GET and DELETE of /users/{userId} do not declare it
    get:
      responses: { '200': { description: OK } }
    delete:
      responses: { '204': { description: Gone } }
`,
    `
paths:
  /users/{userId}/orders/{orderId}:
    parameters:
      - { name: userId, in: path, required: true, schema: { type: string } }
    get:
#   ^^^ error: Clients cannot fill in {orderId}: GET of /users/{userId}/orders/{orderId} does not declare it
      responses: { '200': { description: OK } }
    put:
      parameters:
        - $ref: '#/components/parameters/Order'
      responses: { '200': { description: OK } }
components:
  parameters:
    Order: { name: orderId, in: path, required: true, schema: { type: string } }
`,
    `
{
  "openapi": "3.0.3",
  "paths": {
    "/users/{id}": {
      "get": {
        "parameters": [{ "name": "id", "in": "path", "schema": { "type": "string" } }],
                                 ^^^^ error: Readers refuse the path parameter id: it must be required
        "responses": {}
      },
      "delete": { "responses": {} }
      ^^^^^^^^ error: Clients cannot fill in {id}: DELETE of /users/{id} does not declare it
    }
  }
}
`,
    `
paths:
  /users:
    get:
      parameters:
        - name: userId
#               ^^^^^^ error: userId is never sent: /users has no {userId}
          in: path
          required: true
          schema: { type: string }
      responses: { '200': { description: OK } }
`,
  ],
  fixed: [
    `
paths:
  /users/{userId}:
    get:
      responses: { '200': { description: OK } }
    delete:
      responses: { '204': { description: Gone } }
    parameters:
      - name: userId
        in: path
        required: true
        schema:
          type: string
`,
    `
paths:
  /users/{userId}/orders/{orderId}:
    parameters:
      - { name: userId, in: path, required: true, schema: { type: string } }
    get:
      responses: { '200': { description: OK } }
      parameters:
        - $ref: '#/components/parameters/Order'
    put:
      parameters:
        - $ref: '#/components/parameters/Order'
      responses: { '200': { description: OK } }
components:
  parameters:
    Order: { name: orderId, in: path, required: true, schema: { type: string } }
`,
    `
{
  "openapi": "3.0.3",
  "paths": {
    "/users/{id}": {
      "get": {
        "parameters": [{ "name": "id", "in": "path", "schema": { "type": "string" }, "required": true }],
        "responses": {}
      },
      "delete": { "responses": {}, "parameters": [{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }] }
    }
  }
}
`,
  ],
  good: [
    `
paths:
  /users/{userId}:
    parameters:
      - $ref: 'shared.yaml#/UserId'
    get:
      responses: { '200': { description: OK } }
  /orders/{orderId}:
    $ref: 'orders.yaml'
  /files/{name}.{format}:
    get:
      parameters:
        - { name: name, in: path, required: true, schema: { type: string } }
        - { name: format, in: path, required: true, schema: { type: string } }
        - { name: name, in: query, schema: { type: string } }
      responses: { '200': { description: OK } }
  /all/{proxy+}:
    get:
      parameters:
        - { name: proxy, in: path, required: true, schema: { type: string } }
      responses: { '200': { description: OK } }
  /later/{id}: {}
`,
    `
openapi: 3.1.0
webhooks:
  '{order}': { post: { responses: { '204': { description: Taken } } } }
`,
  ],
  visit: {
    *pathItem(item, context) {
      if (item.parent || !item.pointer.startsWith('/paths/') || get(item.node, '$ref')) return;
      const methods = operationsOf(item.node);
      const template = templateParameters(item.name, item.key);
      const shared = pathParameters(item.node, context);
      const own = methods.map((method) => ({ method, ...pathParameters(get(item.node, method), context) }));
      for (const { name, at } of template) {
        if (shared.unknown || declares(shared, name)) continue;
        const without = own.filter(
          (one) => !one.unknown && !declares(one, name) && !get(get(item.node, one.method), '$ref'),
        );
        if (without.length === 0) continue;
        if (without.length === methods.length) {
          const list = without.map(({ method }) => method.toUpperCase());
          yield missing(
            item,
            at,
            name,
            `${list.join(' and ')} of ${item.name} ${list.length > 1 ? 'do' : 'does'} not declare it`,
            item.node,
            context,
          );
          continue;
        }
        for (const { method } of without) {
          const entry = item.node.entries.find((one) => one.name === method);
          if (entry?.value.kind !== 'map') continue;
          yield missing(
            item,
            entry.key,
            name,
            `${method.toUpperCase()} of ${item.name} does not declare it`,
            entry.value,
            context,
          );
        }
      }
      const names = new Set(template.flatMap(({ name }) => [name, bare(name)]));
      for (const { declared } of [shared, ...own]) {
        for (const [name, node] of declared) {
          if (!names.has(name))
            yield {
              at: markOf(node),
              message: `${name} is never sent: ${item.name} has no {${name}}`,
              symbol: `${item.pointer}/{${name}}`,
            };
        }
      }
    },
    *parameter({ node }) {
      const name = text(node, 'name');
      if (name === undefined || text(node, 'in') !== 'path' || scalar(node, 'required') === true) return;
      yield {
        at: markOf(node),
        message: `Readers refuse the path parameter ${name}: it must be required`,
        fix: {
          kind: 'safe',
          title: 'Add `required: true`',
          *edits(editor) {
            const said = get(node, 'required');
            yield said ? editor.setValue(said, true) : editor.addEntry(node, 'required', true);
          },
        },
      };
    },
  },
});

interface Declared {
  /** By name, the list's item: the parameter or its reference. */
  readonly declared: ReadonlyMap<string, MapNode>;
  /** A reference leads to where nobody looks. */
  readonly unknown: boolean;
}

/** Gateways mark a parameter that takes the rest of the path: `{proxy+}` is declared as `proxy`. */
function bare(name: string): string {
  return name.replace(/[+*]$/, '');
}

function declares({ declared }: Declared, name: string): boolean {
  return declared.has(name) || declared.has(bare(name));
}

function pathParameters(holder: ReturnType<typeof get>, { follow }: LocalContext): Declared {
  const declared = new Map<string, MapNode>();
  const list = get(holder, 'parameters');
  let unknown = list !== undefined && list.kind !== 'seq';
  for (const item of items(list)) {
    const parameter = follow(item);
    const name = text(parameter, 'name');
    if (item.kind !== 'map' || name === undefined) unknown = true;
    else if (text(parameter, 'in') === 'path') declared.set(name, item);
  }
  return { declared, unknown };
}

function missing(
  item: View,
  at: OpenApiProblem['at'],
  name: string,
  who: string,
  holder: MapNode,
  context: LocalContext,
): OpenApiProblem {
  return {
    at: { start: at.start, end: at.end },
    message: `Clients cannot fill in {${name}}: ${who}`,
    symbol: holder === item.node ? `${item.pointer}/{${name}}` : `${item.pointer}/{${name}}/${who}`,
    cause: `${item.pointer} ${name}`,
    fix: {
      kind: 'safe',
      title: `Declare ${name}`,
      *edits(editor) {
        const component = context.components('parameters').find((candidate) => {
          const found = context.follow(target(candidate, context));
          return text(found, 'name') === name && text(found, 'in') === 'path';
        });
        const parameter =
          component === undefined
            ? { name, in: 'path', required: true, schema: { type: 'string' } }
            : { $ref: componentRef('parameters', component) };
        const list = get(holder, 'parameters');
        if (list?.kind === 'seq') yield editor.addItem(list, parameter);
        else yield editor.addEntry(holder, 'parameters', [parameter]);
      },
    },
  };
}

function target(component: string, { resolve }: LocalContext): MapNode | undefined {
  const found = resolve(componentRef('parameters', component));
  return found.kind === 'found' && found.target.node.kind === 'map' ? found.target.node : undefined;
}
