import {
  bodiesOf,
  type ErrorResponse,
  errorFormat,
  errorResponses,
  errorsOfOperation,
  isJson,
  propertiesOf,
  schemaOf,
} from '../../../core/openapi/error-responses.ts';
import { refTo } from '../../../core/openapi/place.ts';
import { sharedCause } from '../../../core/openapi/spread.ts';
import { entries, get, type MapNode } from '../../../core/openapi/tree.ts';
import type { DocumentContext, DocumentProblem } from '../../../core/openapi/visitors.ts';
import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'api/error-trace-id',
  dialect: 'openapi',
  severity: 'info',
  evidences: ['build/correlation-ids'],
  concerns: ['plan/error-strategy', 'review/error-handling'],
  requirements: ['R001-057', 'R003-115'],
  equivalents: ['ibm:ibm-error-response-schemas'],
  yieldsTo: ['api/syntax', 'api/error-body'],
  says: 'Send an id with every error that finds it again in the logs.',
  why: 'A user who reports a failure has nothing else to name it by. A property such as `traceId` or a header such as `X-Request-Id` or `traceparent` does.',
  bad: [
    `
paths:
  /users:
    get:
      responses:
        '200': { description: OK }
        '400': { description: Bad, content: { application/json: { schema: { $ref: '#/components/schemas/Failure' } } } }
        '404': { description: Not there, content: { application/json: { schema: { $ref: '#/components/schemas/Failure' } } } }
components:
  schemas:
    Failure:
#   ^^^^^^^ info: Nobody can find a reported Failure in the logs: it carries no trace or request id
      type: object
      properties:
        error_code: { type: string }
        message: { type: string }
`,
    `
paths:
  /users:
    get:
      responses:
        '200': { description: OK }
        '400': { description: Bad, content: { application/json: { schema: { type: object, properties: { message: { type: string } } } } } }
#       ^^^^^ info: Nobody can find a reported GET /users 400 in the logs: it carries no trace or request id
`,
  ],
  fixed: [
    `
paths:
  /users:
    get:
      responses:
        '200': { description: OK }
        '400': { description: Bad, content: { application/json: { schema: { $ref: '#/components/schemas/Failure' } } } }
        '404': { description: Not there, content: { application/json: { schema: { $ref: '#/components/schemas/Failure' } } } }
components:
  schemas:
    Failure:
      type: object
      properties:
        error_code: { type: string }
        message: { type: string }
        trace_id:
          type: string
          description: Finds the request in the logs
`,
  ],
  good: [
    `
paths:
  /users:
    get:
      responses:
        '200': { description: OK }
        '400':
          description: Bad
          headers: { X-Request-Id: { schema: { type: string } } }
          content: { application/json: { schema: { type: object, properties: { message: { type: string } } } } }
        '404':
          description: Not there
          content: { application/json: { schema: { type: object, properties: { error: { type: object, properties: { correlationId: { type: string } } } } } } }
        '409':
          description: The user as it is
          content: { application/json: { schema: { type: object, properties: { name: { type: string } } } } }
        default: { $ref: '#/components/responses/Problem' }
`,
    `
{ "openapi": "3.0.3", "paths": { "/a": { "get": { "responses": { "200": { "description": "OK" }, "404": { "description": "None" } } } } } }
`,
  ],
  collect: {
    operation: errorsOfOperation,
    *schema({ name, key, pointer, parent }) {
      if (!parent && pointer.startsWith('/components/schemas/')) yield { at: key, name, pointer };
    },
  },
  *document(collected, context) {
    const schemas = new Map(
      collected.filter(({ value }) => value.pointer.startsWith('/components/')).map((one) => [one.value.pointer, one]),
    );
    const responses = errorResponses(
      collected.filter(({ value }) => !value.pointer.startsWith('/components/')),
      context,
    );
    const told = new Map<string, DocumentProblem>();
    const judged = new Set<string>();
    const seen = new Set<MapNode>();
    for (const response of responses) {
      const { node } = response;
      if (!node || seen.has(node)) continue;
      seen.add(node);
      const body = bodiesOf(node).find(({ media }) => isJson(media));
      if (!body || errorFormat(body, context) === undefined) continue;
      const schema = schemaOf(body.schema, context);
      const component = schema?.pointer === undefined ? undefined : schemas.get(schema.pointer);
      const symbol = component?.value.pointer ?? response.pointer;
      judged.add(symbol);
      if (hasHeader(node) || told.has(symbol) || hasId(body.schema, context)) continue;
      told.set(
        symbol,
        component
          ? problemOf(component.piece, component.value.at, component.value.name, symbol, context)
          : problemAt(response),
      );
    }
    const shared = sharedCause(told.size, judged.size, 'no id');
    for (const problem of told.values()) yield { ...problem, ...shared };
  },
});

function message(name: string): string {
  return `Nobody can find a reported ${name} in the logs: it carries no trace or request id`;
}

function problemAt({ piece, at, name, pointer, ref }: ErrorResponse): DocumentProblem {
  return { piece, at, message: message(name), symbol: pointer, cause: ref ?? 'inline' };
}

function problemOf(
  piece: string,
  at: DocumentProblem['at'],
  name: string,
  symbol: string,
  context: DocumentContext,
): DocumentProblem {
  const problem = { piece, at, message: message(name), symbol };
  const schema = context.resolve(refTo(symbol));
  const properties = schema.kind === 'found' ? get(schema.target.node, 'properties') : undefined;
  if (properties?.kind !== 'map' || get(properties, 'error')) return problem;
  const id = properties.entries.some(({ name: property }) => property.includes('_')) ? 'trace_id' : 'traceId';
  return {
    ...problem,
    fix: {
      kind: 'refactoring',
      title: `Add ${id}`,
      *edits(editor) {
        yield editor.addEntry(properties, id, { type: 'string', description: 'Finds the request in the logs' });
      },
    },
  };
}

const idHeader = /(?:request|correlation|trace)[-_]?id$|^traceparent$/i;
const idProperty =
  /^(?:x[-_])?(?:trace|correlation|request|debug|error|log|incident|activity)[-_]?(?:id|ref|reference)$|^traceparent$|log_?url$/i;

function hasHeader(response: MapNode): boolean {
  return entries(get(response, 'headers')).some(({ name }) => idHeader.test(name));
}

function hasId(schema: Parameters<typeof propertiesOf>[0], context: DocumentContext): boolean {
  const properties = propertiesOf(schema, context);
  for (const name of properties.keys()) if (idProperty.test(name)) return true;
  for (const inner of ['error', 'meta']) {
    for (const name of propertiesOf(properties.get(inner), context).keys()) if (idProperty.test(name)) return true;
  }
  return false;
}
