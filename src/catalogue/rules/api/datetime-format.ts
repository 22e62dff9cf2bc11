import { hasType, isProperty, silent } from '../../../core/openapi/schemas.ts';
import { get, scalar, text } from '../../../core/openapi/tree.ts';
import type { OpenApiProblem, View } from '../../../core/openapi/visitors.ts';
import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'api/datetime-format',
  dialect: 'openapi',
  severity: 'info',
  evidences: [],
  concerns: ['plan/api-contract', 'handoff/api-documented', 'review/api-docs'],
  requirements: ['R003-103', 'R003-041', 'R000-025'],
  equivalents: ['ibm:ibm-use-date-based-format', 'zally:DateTimePropertiesSuffixRule'],
  yieldsTo: ['api/syntax'],
  says: 'Give every point in time the format date-time.',
  why: 'A bare string leaves the client to guess whether it is RFC 3339, in which zone, or something a person typed. With the format, generated types parse it and validators refuse the rest.',
  bad: [
    `
components:
  schemas:
    Order:
      type: object
      properties:
        paid_at:
        ^^^^^^^ info: Clients must guess how paid_at is written: it has no format date-time
          type: string
          example: '2026-02-01T10:00:00Z'
        sentAt: { type: string, nullable: true }
        ^^^^^^ info: Clients must guess how sentAt is written: it has no format date-time
`,
    `{
  "openapi": "3.1.0",
  "paths": {},
  "components": { "schemas": { "Order": { "properties": { "createdAt": { "type": ["string", "null"], "description": "When" } } } } }
                                                          ^^^^^^^^^^^ info: Clients must guess how createdAt is written: it has no format date-time
}`,
  ],
  good: [
    `
components:
  schemas:
    Order:
      type: object
      properties:
        createdAt: { type: string, format: date-time }
        updatedAt: { type: integer, format: int64 }
        lookedAt: { type: string, enum: [never, today] }
        bornAt: { type: string, example: '1990-02-01' }
        openAt: { type: string, pattern: '^\\d\\d:\\d\\d$' }
        flat: { type: string }
        format: { type: string }
        startAt: { type: string, description: An opaque marker of where to go on }
`,
  ],
  fixed: [
    `
components:
  schemas:
    Order:
      type: object
      properties:
        paid_at:
          type: string
          format: date-time
          example: '2026-02-01T10:00:00Z'
        sentAt: { type: string, format: "date-time", nullable: true }
`,
    `{
  "openapi": "3.1.0",
  "paths": {},
  "components": { "schemas": { "Order": { "properties": { "createdAt": { "type": ["string", "null"], "format": "date-time", "description": "When" } } } } }
}`,
  ],
  visit: {
    schema: (view) =>
      /(?:[a-z0-9]At|_at)$/.test(view.name) && isProperty(view) && isBareTime(view) ? judge(view) : silent,
  },
});

const rfc3339 = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;

function isBareTime({ node, name }: View): boolean {
  if (!hasType(node, 'string') || ['format', 'enum', 'const', 'pattern', 'maxLength'].some((key) => get(node, key)))
    return false;
  // `startAt` and `startingAt` are places in a list as often as times.
  if (/^start(?:ing)?_?at$/i.test(name) && !/time|date/i.test(text(node, 'description') ?? '')) return false;
  const example = scalar(node, 'example');
  return example === undefined || example === null || (typeof example === 'string' && rfc3339.test(example));
}

function* judge({ node, key, name }: View): Generator<OpenApiProblem> {
  yield {
    at: key,
    message: `Clients must guess how ${name} is written: it has no format date-time`,
    cause: 'date-time',
    fix: {
      kind: 'safe',
      title: 'Add the format date-time',
      *edits(editor) {
        yield editor.addEntry(node, 'format', 'date-time', 'type');
      },
    },
  };
}
