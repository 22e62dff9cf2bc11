import type { OpenApiEditor } from '../../../core/openapi/edit.ts';
import { referenceTo } from '../../../core/openapi/follow.ts';
import { habitual } from '../../../core/openapi/habit.ts';
import { hasType, isProperty, ownerOf, silent } from '../../../core/openapi/schemas.ts';
import { get, type MapNode, scalar, text } from '../../../core/openapi/tree.ts';
import type { CollectedValue, DocumentContext, DocumentProblem, View } from '../../../core/openapi/visitors.ts';
import { rule } from '../../../core/rule.ts';
import type { TextEdit } from '../../../core/text.ts';

export default rule({
  id: 'api/no-integer-id',
  dialect: 'openapi',
  severity: 'warning',
  evidences: [],
  concerns: ['plan/api-contract', 'review/sensitive-data', 'review/patterns'],
  requirements: ['R000-035', 'R003-018'],
  equivalents: ['owasp:api1:2023-no-numeric-ids', 'vacuum:no_numeric_ids'],
  yieldsTo: ['api/syntax'],
  says: 'Name things by ids that cannot be counted.',
  why: 'Who sees order 1042 asks for 1041. Sequential ids show how many rows there are, invite guessing, and bind clients to the primary key of one database.',
  bad: [
    `
paths:
  /orders/{id}:
    parameters:
      - name: id
              ^^ warning: Who knows one /orders/{id} can guess the next: id is an integer
        in: path
        required: true
        schema:
          type: integer
          format: int64
    get:
      responses: { '200': { description: OK } }
`,
    `{
  "openapi": "3.0.3",
  "paths": {},
  "components": {
    "schemas": {
      "Order": { "type": "object", "properties": { "id": { "type": "integer", "minimum": 1, "example": 10 }, "total": { "type": "number" } } }
                                                   ^^^^ warning: Who knows one Order can guess the next: its id is an integer
    }
  }
}`,
    `
components:
  schemas:
    OrderId:
    ^^^^^^^ warning: Who knows one OrderId can guess the next: it is an integer
      type: integer
      format: int64
      minimum: 1
      description: Counts up
`,
  ],
  good: [
    `
paths:
  /orders/{orderId}/lines/{number}:
    get:
      parameters:
        - { name: orderId, in: path, required: true, schema: { type: string, format: uuid } }
        - { name: number, in: path, required: true, schema: { type: integer } }
        - { name: customerId, in: query, schema: { type: integer } }
      responses: { '200': { description: OK } }
components:
  schemas:
    Order:
      type: object
      properties:
        id: { type: string }
        grid: { type: integer }
    Guid: { type: integer }
`,
  ],
  fixed: [
    `
paths:
  /orders/{id}:
    parameters:
      - name: id
        in: path
        required: true
        schema:
          type: string
          format: uuid
    get:
      responses: { '200': { description: OK } }
`,
    `{
  "openapi": "3.0.3",
  "paths": {},
  "components": {
    "schemas": {
      "Order": { "type": "object", "properties": { "id": { "type": "string", "format": "uuid" }, "total": { "type": "number" } } }
    }
  }
}`,
    `
components:
  schemas:
    OrderId:
      type: string
      format: uuid
      description: Counts up
`,
  ],
  collect: {
    parameter: (view) => {
      const name = text(view.node, 'name') ?? '';
      const at = get(view.node, 'name');
      if (!at || text(view.node, 'in') !== 'path' || !isIdName(name)) return silent;
      const schema = get(view.node, 'schema');
      if (!isCounted(schema)) return silent;
      const path = view.pointer.startsWith('/paths/')
        ? (view.parent?.type === 'pathItem' ? view.parent : view.parent?.parent)?.name
        : undefined;
      return [
        {
          at,
          name: `${path ?? view.name} can guess the next: ${path === undefined ? 'it' : name}`,
          pointer: `${view.pointer}/schema`,
        },
      ];
    },
    schema: (view) => (isCounted(view.node) ? identity(view) : silent),
  },
  *document(collected, context) {
    const problems = collected.map(({ piece, value }): DocumentProblem => ({
      piece,
      at: value.at,
      message: `Who knows one ${value.name} is an integer`,
      symbol: value.pointer,
      cause: value.pointer,
      fix: { kind: 'refactoring', title: 'Make it a UUID', edits: (editor) => toUuid(editor, value.pointer, context) },
    }));
    yield* habitual(
      problems,
      'integer ids',
      (count) => `Ids can be guessed by counting: ${count} of them are integers`,
    );
  },
});

function isIdName(name: string): boolean {
  return /^(?:id|ID|Id)$|(?:[a-z0-9](?:Id|ID)|_id|-id)$/.test(name);
}

function isCounted(schema: ReturnType<typeof get>): boolean {
  return hasType(schema, 'integer') && !get(schema, 'enum') && scalar(schema, 'deprecated') !== true;
}

function identity(view: View): readonly CollectedValue[] {
  const { name, pointer, key: at } = view;
  if (!view.parent)
    return isIdName(name) && name.length > 2 && pointer.startsWith('/components/schemas/')
      ? [{ at, name: `${name} can guess the next: it`, pointer }]
      : silent;
  return name === 'id' && isProperty(view)
    ? [{ at, name: `${ownerOf(view)} can guess the next: its id`, pointer }]
    : silent;
}

const numeric = new Set([
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'example',
  'examples',
  'default',
]);

function* toUuid(editor: OpenApiEditor, pointer: string, context: DocumentContext): Generator<TextEdit> {
  const found = context.resolve(referenceTo(pointer));
  if (found.kind !== 'found' || found.target.node.kind !== 'map') return;
  const schema: MapNode = found.target.node;
  const quote = (word: string): string => (editor.format === 'json' ? `"${word}"` : word);
  const type = get(schema, 'type');
  const format = get(schema, 'format');
  const lost = schema.entries.filter(({ name }) => numeric.has(name));
  if (schema.flow && lost.length > 0) {
    const kept = schema.entries.filter(({ name }) => !numeric.has(name) && name !== 'type' && name !== 'format');
    const parts = [
      `${quote('type')}: ${quote('string')}`,
      `${quote('format')}: ${quote('uuid')}`,
      ...kept.map(({ key, value }) => editor.slice({ start: key.start, end: value.end })),
    ];
    yield editor.replace(schema, `{ ${parts.join(', ')} }`);
    return;
  }
  if (type?.kind === 'scalar') yield editor.replace(type, quote('string'));
  else if (type) yield editor.setValue(type, ['string', 'null']);
  if (format) yield editor.replace(format, quote('uuid'));
  else yield editor.addEntry(schema, 'format', 'uuid', 'type');
  for (const { name } of lost) {
    const edit = editor.removeEntry(schema, name);
    if (edit) yield edit;
  }
}
