import { get, items, text } from '../../../core/openapi/tree.ts';
import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'api/tag-declared',
  dialect: 'openapi',
  severity: 'info',
  evidences: [],
  concerns: ['handoff/api-documented', 'review/api-docs'],
  requirements: ['R003-099', 'R003-044', 'R000-024'],
  equivalents: ['spectral:operation-tag-defined', 'redocly:operation-tag-defined', 'vacuum:operation-tag-defined'],
  yieldsTo: ['api/syntax'],
  says: 'Declare each tag of an operation at the root.',
  why: 'The list of tags orders the documentation and says what each group is about. A tag that is not in it is a typing slip or a chapter without a heading.',
  bad: [
    `
tags:
  - name: Status
    description: Whether the service works
paths:
  /orders:
    get:
      tags: [Orders]
             ^^^^^^ info: The docs have no chapter for the tag Orders: it is not among the root's tags
      responses: { '200': { description: OK } }
`,
    `{
  "openapi": "3.1.0",
  "info": { "title": "Shop", "version": "1.0.0" },
  "paths": {
    "/orders": { "get": { "tags": ["Orders"], "responses": { "200": { "description": "OK" } } } }
                                   ^^^^^^^^ info: The docs have no chapter for the tag Orders: it is not among the root's tags
  }
}`,
  ],
  good: [
    `
tags:
  - name: Orders
  - name: Status
paths:
  /orders:
    get:
      tags: [Orders]
      responses: { '200': { description: OK } }
    post:
      responses: { '200': { description: OK } }
`,
  ],
  fixed: [
    `
tags:
  - name: Status
    description: Whether the service works
  - name: Orders
paths:
  /orders:
    get:
      tags: [Orders]
      responses: { '200': { description: OK } }
`,
    `{
  "openapi": "3.1.0",
  "info": { "title": "Shop", "version": "1.0.0" },
  "tags": [
    {
      "name": "Orders"
    }
  ],
  "paths": {
    "/orders": { "get": { "tags": ["Orders"], "responses": { "200": { "description": "OK" } } } }
  }
}`,
  ],
  visit: {
    *operation({ node, pointer }, context) {
      const used = items(get(node, 'tags'));
      if (used.length === 0) return;
      const root = context.root('tags');
      const declared = new Set(items(root).map((tag) => text(tag, 'name')));
      for (const item of used) {
        if (item.kind !== 'scalar' || typeof item.value !== 'string' || declared.has(item.value)) continue;
        const name = item.value;
        yield {
          at: item,
          message: `The docs have no chapter for the tag ${name}: it is not among the root's tags`,
          symbol: `${pointer}/tags/${name}`,
          // Without any list the whole list is what is missing.
          cause: root ? `tag ${name}` : 'tags',
          fix: {
            kind: 'safe',
            title: `Declare the tag ${name}`,
            *edits(editor) {
              const edit = editor.addRootItem('tags', { name }, context.root('servers') ? 'servers' : 'info');
              if (edit) yield edit;
            },
          },
        };
      }
    },
  },
});
