import { type FieldShape, type HandoffField, handoffFields } from '../../../core/handoff/format.ts';
import { entries, entryOf, type MapNode, type Node } from '../../../core/openapi/tree.ts';
import { rule } from '../../../core/rule.ts';
import type { Span } from '../../../core/text.ts';

interface Wrong {
  readonly at: Span;
  readonly message: string;
  readonly symbol: string;
}

const shapeWords: Readonly<Record<FieldShape['type'], string>> = {
  string: 'a string',
  integer: 'a whole number',
  strings: 'a list of strings',
  texts: 'a list',
  records: 'a list of objects',
  any: 'any value',
};

export default rule({
  id: 'handoff/field-types',
  dialect: 'handoff',
  severity: 'error',
  evidences: ['handoff/record-created'],
  requirements: ['R001-067'],
  yieldsTo: ['handoff/syntax'],
  says: 'Write every field of the hand-off in its form.',
  why: 'Whoever reads the file takes a list for a list and a hash for a hash. Fields that are not known here may hold anything.',
  bad: [
    `{
  "api_spec": ["openapi.yaml"],
              ^^^^^^^^^^^^^^^^ error: \`api_spec\` has to be a string: another reader stops here
  "database_migrations": ["001.sql", 2],
                                     ^ error: \`database_migrations\` has to be a list of strings: another reader stops here
  "required_services": "auth",
                       ^^^^^^ error: \`required_services\` has to be a list of strings: another reader stops here
  "created_at": "yesterday",
                ^^^^^^^^^^^ error: \`created_at\` has to be a moment in ISO 8601, for example \`2026-11-20T09:30:00Z\`
  "artifacts": [{ "sha256": "12" }],
                ^ error: This entry of \`artifacts\` lacks \`path\`: from the project’s root
                            ^^^^ error: \`sha256\` has to be a SHA-256, 64 hexadecimal digits in lower case
  "checks": [{ "item": "handoff/tests-pass", "status": "done" }]
                                                       ^^^^^^ error: \`status\` has to be one of measured, attested, failed, waived, not-applicable, open
}
`,
  ],
  good: [
    `{ "api_spec": "openapi.yaml", "version": 1, "team": { "name": "anything" }, "created_at": "2026-11-20T09:30:00Z" }`,
  ],
  *visit({ root, problems }) {
    if (root && problems.length === 0) yield* wrongIn(root, handoffFields, '');
  },
});

function* wrongIn(node: MapNode, fields: readonly HandoffField[], pointer: string): Generator<Wrong> {
  for (const { name, shape } of fields) {
    const entry = entryOf(node, name);
    if (entry) yield* wrongValue(entry.value, name, shape, `${pointer}/${name}`);
  }
}

function* wrongValue(value: Node, name: string, shape: FieldShape, symbol: string): Generator<Wrong> {
  const wrong = (node: Node): Wrong => ({
    at: node.kind === 'map' ? { start: node.start, end: node.start + 1 } : node,
    message: `\`${name}\` has to be ${shapeWords[shape.type]}: another reader stops here`,
    symbol,
  });
  const isText = (node: Node): boolean => node.kind === 'scalar' && typeof node.value === 'string';
  if (shape.type === 'any') return;
  if (shape.type === 'string') {
    if (value.kind !== 'scalar' || typeof value.value !== 'string') yield wrong(value);
    else if (shape.values && !shape.values.includes(value.value))
      yield { at: value, message: `\`${name}\` has to be one of ${shape.values.join(', ')}`, symbol };
    else if (shape.pattern?.test(value.value) === false)
      yield { at: value, message: `\`${name}\` has to be ${shape.patternSays ?? ''}`, symbol };
  } else if (shape.type === 'integer') {
    if (value.kind !== 'scalar' || !Number.isInteger(value.value)) yield wrong(value);
  } else if (value.kind !== 'seq') yield wrong(value);
  else if (shape.type === 'strings') {
    for (const item of value.items) if (!isText(item)) yield { ...wrong(item), symbol: `${symbol} ${item.start}` };
  } else if (shape.type === 'records') {
    for (const [index, item] of value.items.entries()) {
      const own = `${symbol}/${index}`;
      if (item.kind !== 'map') {
        yield { ...wrong(item), symbol: own };
        continue;
      }
      const names = new Set(entries(item).map((entry) => entry.name));
      for (const field of shape.fields)
        if (field.required === true && !names.has(field.name))
          yield {
            at: { start: item.start, end: item.start + 1 },
            message: `This entry of \`${name}\` lacks \`${field.name}\`: ${lowered(field.says)}`,
            symbol: `${own}/${field.name}`,
          };
      yield* wrongIn(item, shape.fields, own);
    }
  }
}

function lowered(says: string): string {
  return `${says.charAt(0).toLowerCase()}${says.slice(1).replace(/\.$/, '')}`;
}
