import { nameOf, silent, valueKey } from '../../../core/openapi/schemas.ts';
import { get, type SeqNode } from '../../../core/openapi/tree.ts';
import type { OpenApiProblem, View } from '../../../core/openapi/visitors.ts';
import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'api/enum-unique',
  dialect: 'openapi',
  severity: 'warning',
  evidences: [],
  concerns: ['plan/api-contract', 'review/api-docs'],
  requirements: ['R003-041', 'R000-025'],
  equivalents: ['spectral:duplicated-entry-in-enum', 'redocly:no-duplicated-enum-values'],
  yieldsTo: ['api/syntax'],
  says: 'Name each value of an enum once.',
  why: 'A value that stands twice is a slip, often a forgotten rename, and generated code with two equal constants does not compile.',
  bad: [
    `
components:
  schemas:
    State:
      type: string
      enum:
        - open
        - paid
        - open
          ^^^^ warning: State lists "open" twice in its enum
`,
    `{
  "openapi": "3.0.3",
  "paths": {},
  "components": { "schemas": { "State": { "type": "integer", "enum": [1, 2, 2] } } }
                                                                            ^ warning: State lists 2 twice in its enum
}`,
  ],
  good: [
    `
components:
  schemas:
    State: { type: string, enum: [open, Open, 'OPEN'] }
    Mixed: { enum: [1, '1', null, 'null', [1], [2]] }
`,
  ],
  fixed: [
    `
components:
  schemas:
    State:
      type: string
      enum:
        - open
        - paid
`,
    `{
  "openapi": "3.0.3",
  "paths": {},
  "components": { "schemas": { "State": { "type": "integer", "enum": [1, 2] } } }
}`,
  ],
  visit: {
    schema: (schema) => {
      const values = get(schema.node, 'enum');
      return values?.kind === 'seq' && values.items.length > 1 ? judge(schema, values) : silent;
    },
  },
});

function* judge(schema: View, values: SeqNode): Generator<OpenApiProblem> {
  const seen = new Set<string>();
  for (const [index, item] of values.items.entries()) {
    const key = valueKey(item);
    if (!seen.has(key)) {
      seen.add(key);
      continue;
    }
    yield {
      at: item,
      message: `${nameOf(schema)} lists ${key} twice in its enum`,
      symbol: `${schema.pointer}/enum/${key}`,
      fix: {
        kind: 'safe',
        title: 'Remove the repeated value',
        *edits(editor) {
          const edit = editor.removeItem(values, index);
          if (edit) yield edit;
        },
      },
    };
  }
}
