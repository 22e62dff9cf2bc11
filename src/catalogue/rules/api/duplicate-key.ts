import { rule } from '../../../core/rule.ts';
import type { Entry, MapNode } from '../../../core/openapi/tree.ts';
import { token } from '../../../core/openapi/tree.ts';

export default rule({
  id: 'api/duplicate-key',
  dialect: 'openapi',
  severity: 'error',
  evidences: ['plan/api-contract'],
  concerns: ['build/no-duplication', 'review/api-docs'],
  requirements: ['R000-011', 'R000-024'],
  equivalents: ['spectral:parser'],
  yieldsTo: ['api/syntax'],
  says: 'Write every key once.',
  why: 'Of two equal keys readers keep one and drop the other without a word; strict readers refuse the document.',
  bad: [
    `
paths:
  /users:
    get:
      summary: List users
      summary: List all users
#     ^^^^^^^ error: \`summary\` stands here twice: one of the two is lost
      responses: { '200': { description: OK } }
`,
    `
paths:
  /users:
    get:
      responses: { '200': { description: OK } }
  /users:
# ^^^^^^ error: \`/users\` stands here twice: one of the two is lost
    post:
      responses: { '201': { description: Created } }
`,
    `
{
  "openapi": "3.0.3",
  "info": { "title": "Shop", "title": "Shop", "version": "1.0.0" },
                             ^^^^^^^ error: \`title\` stands here twice: one of the two is lost
  "paths": {}
}
`,
  ],
  good: [
    `
paths:
  /users:
    get: &read
      summary: List users
      responses: { '200': { description: OK } }
    head:
      <<: *read
      summary: Count users
`,
    `
paths:
  /users:
    get:
      responses: { '200': { description: OK }, 200 OK: { description: another key } }
`,
  ],
  visit: {
    *map(node, pointer) {
      for (const { entry, first } of repeats(node)) {
        yield {
          at: entry.key,
          message: twice(entry.name),
          symbol: `${pointer}/${token(entry.name)}`,
          related: [{ at: first.key, message: 'The first one' }],
        };
      }
    },
  },
  *document(_, { repeated }) {
    for (const { piece, at, name, pointer } of repeated) yield { piece, at, message: twice(name), symbol: pointer };
  },
});

function twice(name: string): string {
  return `\`${name}\` stands here twice: one of the two is lost`;
}

function repeats({ entries }: MapNode): readonly { entry: Entry; first: Entry }[] {
  if (entries.length < 2) return [];
  const seen = new Map<string, Entry>();
  const found: { entry: Entry; first: Entry }[] = [];
  for (const entry of entries) {
    const first = seen.get(entry.name);
    if (first) found.push({ entry, first });
    else seen.set(entry.name, entry);
  }
  return found;
}
