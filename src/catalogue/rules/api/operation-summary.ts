import { isCalled, listIn, answerOf } from '../../../core/openapi/lists.ts';
import { capital, singular, wordsOf } from '../../../core/openapi/names.ts';
import { silent } from '../../../core/openapi/schemas.ts';
import { get, text } from '../../../core/openapi/tree.ts';
import type { LocalContext, OpenApiProblem, View } from '../../../core/openapi/visitors.ts';
import { operationName } from '../../../core/openapi/walk.ts';
import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'api/operation-summary',
  dialect: 'openapi',
  severity: 'info',
  evidences: ['review/api-docs'],
  concerns: ['handoff/api-documented'],
  requirements: ['R003-099', 'R000-024', 'R003-044'],
  equivalents: ['redocly:operation-summary', 'ibm:ibm-operation-summary'],
  yieldsTo: ['api/syntax'],
  says: 'Say in a few words what each operation does.',
  why: 'The summary is the line people read in the navigation, in generated code and in the panel of every tool. Without it they see a method and a path.',
  bad: [
    `
paths:
  /order-lines/{id}:
    delete:
    ^^^^^^ info: DELETE /order-lines/{id} has no name in the docs: its summary is missing
      operationId: deleteLine
      responses: { '204': { description: Gone } }
`,
    `{
  "openapi": "3.1.0",
  "paths": {
    "/orders": {
      "get": {
      ^^^^^ info: GET /orders has no name in the docs: its summary is missing
        "operationId": "listOrders",
        "responses": {
          "200": { "description": "OK", "content": { "application/json": { "schema": { "type": "array", "items": { "type": "object" } } } } }
        }
      }
    }
  }
}`,
    `
paths:
  /orders/{id}/cancel:
    post:
    ^^^^ info: POST /orders/{id}/cancel has no name in the docs: its summary is missing
      summary: ''
      responses: { '200': { description: OK } }
`,
  ],
  good: [
    `
paths:
  /orders:
    summary: All about orders
    get:
      summary: List orders
      responses: { '200': { description: OK } }
    post:
      description: Takes an order.
      responses:
        '201': { description: Created }
      callbacks:
        paid:
          '{$request.body#/url}':
            post: { responses: { '200': { description: OK } } }
`,
  ],
  fixed: [
    `
paths:
  /order-lines/{id}:
    delete:
      operationId: deleteLine
      summary: Delete an order line
      responses: { '204': { description: Gone } }
`,
    `{
  "openapi": "3.1.0",
  "paths": {
    "/orders": {
      "get": {
        "operationId": "listOrders",
        "summary": "List orders",
        "responses": {
          "200": { "description": "OK", "content": { "application/json": { "schema": { "type": "array", "items": { "type": "object" } } } } }
        }
      }
    }
  }
}`,
    `
paths:
  /orders/{id}/cancel:
    post:
      summary: 'Cancel an order'
      responses: { '200': { description: OK } }
`,
  ],
  visit: {
    operation: (operation, context) =>
      isCalled(operation) && !isNamed(operation) ? judge(operation, context) : silent,
  },
});

/** A description names the operation too: tools show its first line. */
function isNamed({ node }: View): boolean {
  return (text(node, 'summary') ?? '').trim() !== '' || (text(node, 'description') ?? '').trim() !== '';
}

function* judge(operation: View, context: LocalContext): Generator<OpenApiProblem> {
  const { node, key } = operation;
  const problem = {
    at: key,
    message: `${operationName(operation)} has no name in the docs: its summary is missing`,
    cause: 'summary',
  };
  const summary = summaryOf(operation, context);
  if (summary === undefined) yield problem;
  else {
    yield {
      ...problem,
      fix: {
        kind: 'safe',
        title: `Write the summary "${summary}"`,
        *edits(editor) {
          const empty = get(node, 'summary');
          yield empty
            ? editor.setValue(empty, summary)
            : editor.addEntry(
                node,
                'summary',
                summary,
                get(node, 'operationId') ? 'operationId' : node.entries[0]?.name,
              );
        },
      },
    };
  }
}

const verbs: Readonly<Record<string, string>> = {
  post: 'Create',
  put: 'Replace',
  patch: 'Update',
  delete: 'Delete',
  get: 'Get',
  head: 'Check',
};

/** `List orders`, `Get an order`, `Cancel an order`: from method and path alone. */
function summaryOf({ name, node, parent }: View, context: LocalContext): string | undefined {
  const verb = verbs[name];
  const path = parent?.name ?? '';
  const segments = path.split('/').filter((one) => one !== '');
  const last = segments.at(-1);
  const thing = segments.findLast((one) => !one.includes('{'));
  if (!verb || last === undefined || thing === undefined) return undefined;
  const words = wordsOf(thing);
  const [word = ''] = words.slice(-1);
  const one = [...words.slice(0, -1), singular(word)].join(' ');
  const holder = segments.at(-3);
  if (
    name === 'post' &&
    last === thing &&
    singular(word) === word &&
    holder !== undefined &&
    segments.at(-2)?.includes('{') === true &&
    words.length === 1
  ) {
    return `${capital(word)} ${article(singular(wordsOf(holder).join(' ')))}`;
  }
  if (last !== thing || name === 'post') return `${verb} ${article(one)}`;
  const answer = answerOf(node, context);
  const isList = name === 'get' && answer !== undefined && listIn(answer.schema, path, context) !== undefined;
  return `${isList ? 'List' : verb} ${words.join(' ')}`;
}

function article(noun: string): string {
  return `${/^[aeio]|^u(?!ser|ni)/.test(noun) ? 'an' : 'a'} ${noun}`;
}
