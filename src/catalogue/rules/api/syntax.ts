import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'api/syntax',
  dialect: 'openapi',
  severity: 'error',
  evidences: ['plan/api-contract', 'handoff/api-documented', 'review/api-docs'],
  requirements: ['R000-011', 'R000-024', 'R003-044'],
  equivalents: ['spectral:parser'],
  says: 'Write YAML or JSON that can be read.',
  why: 'Nobody can generate, test or review what no reader can read. Only the broken entry is left unjudged: all others are checked.',
  bad: [
    `
paths:
  /users:
    get:
      summary: Users: all of them
#              ^ error: This entry cannot be read, so nothing in it is checked. Nested mappings are not allowed in compact mappings
      responses: {}
`,
    `
{
  "openapi": "3.0.3",
  "info": { "title": "Shop", "version": "1.0.0", },
                                                 ^ error: This entry cannot be read, so nothing in it is checked. A property name in double quotes is expected here
  "paths": {}
}
`,
  ],
  good: [
    `
paths:
  ? /users
  : get:
      summary: 'Users: all of them'
      description: >-
        Written over
        several lines: with a colon.
      responses: { '200': { description: OK } }
`,
    `
{ "openapi": "3.0.3", "info": { "title": "Shop", "version": "1.0.0" }, "paths": {} }
`,
  ],
  *document(_, { syntax }) {
    for (const { piece, at, message } of syntax) {
      yield { piece, at, message: `This entry cannot be read, so nothing in it is checked. ${message}`, symbol: piece };
    }
  },
});
