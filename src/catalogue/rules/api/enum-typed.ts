import type { Value } from '../../../core/openapi/edit.ts';
import { isNullable, nameOf, silent, typeOf } from '../../../core/openapi/schemas.ts';
import { get, type Node, type SeqNode, types } from '../../../core/openapi/tree.ts';
import type { OpenApiProblem, View } from '../../../core/openapi/visitors.ts';
import { rule } from '../../../core/rule.ts';
import { listed } from '../../../core/openapi/names.ts';

export default rule({
  id: 'api/enum-typed',
  dialect: 'openapi',
  severity: 'warning',
  evidences: [],
  concerns: ['plan/api-contract', 'review/api-docs'],
  requirements: ['R003-041', 'R000-025'],
  equivalents: ['spectral:typed-enum', 'redocly:no-enum-type-mismatch', 'vacuum:typed_enum'],
  yieldsTo: ['api/syntax'],
  says: 'Give every value of an enum the type its schema names.',
  why: 'A value of another type can never be sent: validators refuse it. In YAML a version such as 1.0 or the word true is no string until it is quoted.',
  bad: [
    `
components:
  schemas:
    Version:
      type: string
      enum: [1.5, '2.0', 3]
             ^^^ warning: No value can be 1.5 and 3 of Version: the enum's type is string
`,
    `{
  "openapi": "3.1.0",
  "paths": {},
  "components": { "schemas": { "Size": { "type": ["integer", "null"], "enum": [1, "2", null] } } }
                                                                                  ^^^ warning: No value can be "2" of Size: the enum's type is integer or null
}`,
    `
components:
  schemas:
    State:
      type: string
      enum: [open, null]
                   ^^^^ warning: No value can be null of State: the enum's type is string
`,
  ],
  good: [
    `
components:
  schemas:
    Nullable: { type: string, nullable: true, enum: [open, null] }
    Whole: { type: number, enum: [1, 2.5] }
    Text: { type: string, enum: [yes, no, on, 2024-01-01] }
    Free: { enum: [1, open] }
`,
  ],
  fixed: [
    `
components:
  schemas:
    Version:
      type: string
      enum: ['1.5', '2.0', '3']
`,
    `{
  "openapi": "3.1.0",
  "paths": {},
  "components": { "schemas": { "Size": { "type": ["integer", "null"], "enum": [1, 2, null] } } }
}`,
  ],
  visit: {
    schema: (schema) => {
      const values = get(schema.node, 'enum');
      return values?.kind === 'seq' && get(schema.node, 'type') ? judge(schema, values) : silent;
    },
  },
});

function* judge(schema: View, values: SeqNode): Generator<OpenApiProblem> {
  const { node } = schema;
  const allowed = types(node);
  if (allowed.length === 0) return;
  const wrong = values.items.filter((item) => {
    const type = typeOf(item);
    if (type === 'null') return !isNullable(node);
    return !allowed.includes(type) && !(type === 'integer' && allowed.includes('number'));
  });
  const [first] = wrong;
  if (!first) return;
  const repairs = wrong.map((item) => [item, converted(item, allowed)] as const);
  const message = (values: readonly string[]): string =>
    `No value can be ${listed(values)} of ${nameOf(schema)}: the enum's type is ${allowed.join(' or ')}`;
  const shown = wrong.map((item) => (item.kind === 'scalar' ? JSON.stringify(item.value) : `an ${typeOf(item)}`));
  const problem = { at: first, message: message(shown) };
  if (repairs.some(([, value]) => value === undefined)) yield problem;
  else {
    yield {
      ...problem,
      fix: {
        kind: 'safe',
        title: `Write the values as ${allowed[0]}`,
        *edits(editor) {
          for (const [item, value] of repairs) {
            if (typeof value === 'string') yield editor.setValue(item, editor.slice(item));
            else if (value !== undefined) yield editor.setValue(item, value);
          }
        },
      },
    };
  }
}

/** The same value in an allowed type, where there is no doubt about it. */
function converted(item: Node, allowed: readonly string[]): Value | undefined {
  if (item.kind !== 'scalar' || item.value === null) return undefined;
  if (typeof item.value !== 'string') return allowed.includes('string') ? String(item.value) : undefined;
  const wanted = allowed.includes('integer')
    ? /^-?\d{1,15}$/
    : allowed.includes('number')
      ? /^-?\d{1,15}(?:\.\d+)?$/
      : undefined;
  return wanted?.test(item.value) ? Number(item.value) : undefined;
}
