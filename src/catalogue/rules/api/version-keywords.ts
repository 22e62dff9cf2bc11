import { rule } from '../../../core/rule.ts';
import { type Entry, entryOf, get, items, type MapNode, type Node, text } from '../../../core/openapi/tree.ts';
import type { OpenApiProblem } from '../../../core/openapi/visitors.ts';

export default rule({
  id: 'api/version-keywords',
  dialect: 'openapi',
  severity: 'warning',
  evidences: [],
  concerns: ['plan/api-contract', 'build/inputs-validated', 'review/api-docs'],
  requirements: ['R000-024', 'R002-069', 'R003-044'],
  equivalents: ['spectral:oas3-schema', 'redocly:struct', 'vacuum:oas3-schema', 'ibm:ibm-no-unsupported-keywords'],
  yieldsTo: ['api/syntax'],
  says: 'Use the keywords of the OpenAPI version that the document names.',
  why: 'A reader leaves out a keyword its version does not have, or refuses the document: a limit or a null that you documented is then not there.',
  bad: [
    `
openapi: 3.1.0
components:
  schemas:
    User:
      type: object
      properties:
        nickname:
          type: string
          nullable: true
#         ^^^^^^^^ warning: \`nullable\` is ignored: OpenAPI 3.1 writes null as a type
`,
    `
components:
  schemas:
    Circle:
      type: object
      properties:
        kind: { const: circle }
#               ^^^^^ warning: \`const\` is ignored: it came with OpenAPI 3.1, and this is 3.0
        name:
          type: string
          examples: [Round]
#         ^^^^^^^^ warning: \`examples\` is ignored: OpenAPI 3.0 has one \`example\` in a schema
`,
    `
{
  "openapi": "3.0.3",
  "components": {
    "schemas": {
      "Kind": {
        "const": "circle"
        ^^^^^^^ warning: \`const\` is ignored: it came with OpenAPI 3.1, and this is 3.0
      }
    }
  }
}
`,
    `
openapi: 3.1.0
components:
  schemas:
    Price:
      type: number
      minimum: 0
      exclusiveMinimum: true
#     ^^^^^^^^^^^^^^^^ warning: \`exclusiveMinimum\` is refused: in OpenAPI 3.1 it is the limit itself, a number
`,
    `
components:
  schemas:
    Price:
      type: [number, 'null']
#     ^^^^ warning: \`type\` is refused: OpenAPI 3.0 takes one type, with \`nullable\` beside it
      exclusiveMinimum: 0
#     ^^^^^^^^^^^^^^^^ warning: \`exclusiveMinimum\` is refused: in OpenAPI 3.0 it is true or false, beside \`minimum\`
`,
    `
webhooks:
  orderPaid:
# ^^^^^^^^^ warning: \`webhooks\` is ignored: it came with OpenAPI 3.1, and this is 3.0
    post:
      responses: { '204': { description: Taken } }
`,
  ],
  fixed: [
    `
openapi: 3.1.0
components:
  schemas:
    User:
      type: object
      properties:
        nickname:
          type: [string, 'null']
`,
    `
components:
  schemas:
    Circle:
      type: object
      properties:
        kind: { enum: [circle] }
        name:
          type: string
          example: Round
`,
    `
{
  "openapi": "3.0.3",
  "components": {
    "schemas": {
      "Kind": {
        "enum": ["circle"]
      }
    }
  }
}
`,
  ],
  good: [
    `
openapi: 3.1.0
components:
  schemas:
    User:
      type: [object, 'null']
      properties: { age: { type: integer, exclusiveMinimum: 0, examples: [7] }, kind: { const: person } }
`,
    `
components:
  schemas:
    User:
      type: object
      properties:
        const: { type: string }
        nullable: { type: boolean, nullable: true }
        examples: { type: array, items: { type: string } }
        age: { type: integer, minimum: 0, exclusiveMinimum: true }
      example: { const: a, if: b, examples: [c] }
`,
  ],
  visit: {
    *schema({ node }, { version }) {
      yield* version === '3.0' ? in30(node) : in31(node);
    },
    *pathItem({ key, pointer, parent }, { version }) {
      if (version !== '3.0' || parent || !pointer.startsWith('/webhooks/')) return;
      yield { at: key, message: newer('webhooks'), cause: 'webhooks' };
    },
  },
});

/** Keywords of JSON Schema 2020-12 that OpenAPI 3.0 does not know. */
const laterKeywords: ReadonlySet<string> = new Set([
  'const',
  'if',
  'then',
  'else',
  'prefixItems',
  'contains',
  'minContains',
  'maxContains',
  'patternProperties',
  'propertyNames',
  'dependentRequired',
  'dependentSchemas',
  'unevaluatedItems',
  'unevaluatedProperties',
  'contentEncoding',
  'contentMediaType',
  'contentSchema',
  '$defs',
  '$id',
  '$anchor',
  '$dynamicRef',
  '$dynamicAnchor',
  '$schema',
  '$comment',
  '$vocabulary',
]);

function newer(name: string): string {
  return `\`${name}\` is ignored: it came with OpenAPI 3.1, and this is 3.0`;
}

function* in30(node: MapNode): Generator<OpenApiProblem> {
  for (const entry of node.entries) {
    const { name, value } = entry;
    const found = { at: entry.key, cause: name };
    if (name === 'const') yield { ...found, message: newer(name), ...constFix(node, entry) };
    else if (laterKeywords.has(name)) yield { ...found, message: newer(name) };
    else if (name === 'examples' && value.kind === 'seq') {
      yield {
        ...found,
        message: '`examples` is ignored: OpenAPI 3.0 has one `example` in a schema',
        ...exampleFix(node, entry),
      };
    } else if (name === 'type' && (value.kind === 'seq' || text(node, 'type') === 'null')) {
      yield { ...found, message: '`type` is refused: OpenAPI 3.0 takes one type, with `nullable` beside it' };
    } else if (isExclusive(name) && value.kind === 'scalar' && typeof value.value === 'number') {
      const limit = name === 'exclusiveMinimum' ? 'minimum' : 'maximum';
      yield { ...found, message: `\`${name}\` is refused: in OpenAPI 3.0 it is true or false, beside \`${limit}\`` };
    }
  }
}

function* in31(node: MapNode): Generator<OpenApiProblem> {
  for (const entry of node.entries) {
    const { name, value } = entry;
    if (value.kind !== 'scalar' || typeof value.value !== 'boolean') continue;
    const found = { at: entry.key, cause: name };
    if (name === 'nullable')
      yield {
        ...found,
        message: '`nullable` is ignored: OpenAPI 3.1 writes null as a type',
        ...nullFix(node, value.value),
      };
    else if (isExclusive(name))
      yield { ...found, message: `\`${name}\` is refused: in OpenAPI 3.1 it is the limit itself, a number` };
  }
}

function isExclusive(name: string): boolean {
  return name === 'exclusiveMinimum' || name === 'exclusiveMaximum';
}

type Repair = Pick<OpenApiProblem, 'fix'>;

function constFix(node: MapNode, { key, value }: Entry): Repair {
  if (get(node, 'enum') || value.kind !== 'scalar') return {};
  return {
    fix: {
      kind: 'refactoring',
      title: 'Write an enum of one value',
      *edits(editor) {
        yield editor.replace(key, editor.slice(key).replace('const', 'enum'));
        yield editor.replace(value, `[${editor.slice(value)}]`);
      },
    },
  };
}

function exampleFix(node: MapNode, { key, value }: Entry): Repair {
  const first: Node | undefined = items(value)[0];
  if (get(node, 'example') || first?.kind !== 'scalar' || value.kind !== 'seq' || !value.flow) return {};
  return {
    fix: {
      kind: 'safe',
      title: 'Keep the first as `example`',
      *edits(editor) {
        yield editor.replace(key, editor.slice(key).replace('examples', 'example'));
        yield editor.replace(value, editor.slice(first));
      },
    },
  };
}

/** Null joins the type only where nothing else would still refuse it. */
function nullFix(node: MapNode, nullable: boolean): Repair {
  const type = entryOf(node, 'type')?.value;
  const name = text(node, 'type');
  if (nullable && (!type || name === undefined || get(node, 'enum') || get(node, 'const'))) return {};
  return {
    fix: {
      kind: nullable ? 'refactoring' : 'safe',
      title: nullable ? 'Add null to the type' : 'Take `nullable` away',
      *edits(editor) {
        const taken = editor.removeEntry(node, 'nullable');
        if (!taken) return;
        if (nullable && type)
          yield editor.replace(type, `[${editor.slice(type)}, ${editor.format === 'json' ? '"null"' : "'null'"}]`);
        yield taken;
      },
    },
  };
}
