import { isStackTrace } from '../../../core/openapi/secrets.ts';
import { hasType, isProperty, isRemovable, ownerOf, removeProperty, silent } from '../../../core/openapi/schemas.ts';
import { entries, get } from '../../../core/openapi/tree.ts';
import type { LocalContext, OpenApiProblem, View } from '../../../core/openapi/visitors.ts';
import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'api/no-internal-fields',
  dialect: 'openapi',
  severity: 'error',
  evidences: ['review/sensitive-data'],
  concerns: ['plan/error-strategy', 'review/error-handling'],
  requirements: ['R000-036', 'R003-133', 'R000-018'],
  yieldsTo: ['api/syntax'],
  says: 'Keep stack traces out of answers.',
  why: 'A stack trace tells a stranger the framework, its version, file paths and where the code is weak. Log it under a trace id and send the id.',
  bad: [
    `
components:
  schemas:
    Problem:
      type: object
      properties:
        title: { type: string }
        stack:
        ^^^^^ error: Clients receive stack of Problem: it shows strangers how the service is built
          type: string
`,
    `{
  "openapi": "3.1.0",
  "paths": {
    "/orders": {
      "get": {
        "responses": {
          "500": {
            "description": "Failed",
            "content": { "application/json": { "schema": { "properties": { "message": {}, "stack_trace": { "type": "array", "items": {} } } } } }
                                                                                          ^^^^^^^^^^^^^ error: Clients receive stack_trace of the body of GET /orders: it shows strangers how the service is built
          }
        }
      }
    }
  }
}`,
  ],
  good: [
    `
paths:
  /crashes:
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Crash' } } } }
      responses:
        '200': { description: OK, content: { application/json: { schema: { $ref: '#/components/schemas/App' } } } }
components:
  schemas:
    Crash: { type: object, properties: { message: { type: string }, stackTrace: { type: string } } }
    App: { type: object, properties: { name: { type: string }, stack: { type: string }, traceId: { type: string } } }
`,
  ],
  fixed: [
    `
components:
  schemas:
    Problem:
      type: object
      properties:
        title: { type: string }
`,
    `{
  "openapi": "3.1.0",
  "paths": {
    "/orders": {
      "get": {
        "responses": {
          "500": {
            "description": "Failed",
            "content": { "application/json": { "schema": { "properties": { "message": {} } } } }
          }
        }
      }
    }
  }
}`,
  ],
  visit: { schema: (view, context) => (isProperty(view) && isStackTrace(view.name) ? judge(view, context) : silent) },
});

function* judge(view: View, context: LocalContext): Generator<OpenApiProblem> {
  const schema = view.parent?.node;
  if (!schema || !context.direction(view).response || context.direction(view).request) return;
  const node = context.follow(view.node);
  if (hasType(node, 'object') || hasType(node, 'boolean') || get(node, 'properties')) return;
  // `stack` alone is an ordinary word: beside a message it is what an exception carries.
  const beside = entries(get(schema, 'properties')).some(({ name }) =>
    /^(?:message|error|title|detail|code|exception)$/i.test(name),
  );
  if (view.name === 'stack' && !beside) return;
  const problem = {
    at: view.key,
    message: `Clients receive ${view.name} of ${ownerOf(view)}: it shows strangers how the service is built`,
  };
  if (!isRemovable(schema)) yield problem;
  else
    yield {
      ...problem,
      fix: {
        kind: 'refactoring',
        title: `Remove ${view.name} from the response`,
        edits: (editor) => removeProperty(editor, schema, view.name),
      },
    };
}
