import { isPageSize, upperBound } from '../../../core/openapi/pagination.ts';
import { hasType } from '../../../core/openapi/schemas.ts';
import { get, scalar, text } from '../../../core/openapi/tree.ts';
import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'api/pagination-bounds',
  dialect: 'openapi',
  severity: 'warning',
  evidences: ['review/performance'],
  concerns: ['build/inputs-validated', 'review/input-validation'],
  requirements: ['R003-020', 'R003-101', 'R000-017'],
  equivalents: ['ibm:ibm-pagination-style'],
  yieldsTo: ['api/syntax', 'api/pagination'],
  says: 'Bound the number of items a client may ask for at once.',
  why: 'A limit without a maximum is no limit: `?limit=1000000` reads the whole table, and whoever wants to slow the service down needs nothing more.',
  bad: [
    `
components:
  parameters:
    Limit:
      name: limit
            ^^^^^ warning: Clients may ask for any number of items: limit has no maximum
      in: query
      schema:
        type: integer
        minimum: 1
`,
    `{
  "openapi": "3.0.3",
  "paths": {
    "/orders": {
      "get": {
        "parameters": [
          { "name": "page_size", "in": "query", "schema": { "type": "integer", "default": 200 } }
                    ^^^^^^^^^^^ warning: Clients may ask for any number of items: page_size has no maximum
        ],
        "responses": { "200": { "description": "OK" } }
      }
    }
  }
}`,
  ],
  good: [
    `
components:
  parameters:
    Limit: { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 100 } }
    Shared: { name: pageSize, in: query, schema: { $ref: '#/components/schemas/PageSize' } }
    Choice: { name: per_page, in: query, schema: { type: integer, enum: [10, 50] } }
    Body: { name: limit, in: header, schema: { type: integer } }
    Size: { name: size, in: query, schema: { type: integer } }
  schemas:
    PageSize: { type: integer, maximum: 50 }
`,
  ],
  fixed: [
    `
components:
  parameters:
    Limit:
      name: limit
      in: query
      schema:
        type: integer
        minimum: 1
        maximum: 100
`,
    `{
  "openapi": "3.0.3",
  "paths": {
    "/orders": {
      "get": {
        "parameters": [
          { "name": "page_size", "in": "query", "schema": { "type": "integer", "default": 200, "maximum": 200 } }
        ],
        "responses": { "200": { "description": "OK" } }
      }
    }
  }
}`,
  ],
  visit: {
    *parameter({ node }, context) {
      const name = text(node, 'name') ?? '';
      const at = get(node, 'name');
      if (!at || text(node, 'in') !== 'query' || !isPageSize(name)) return;
      const own = get(node, 'schema');
      const schema = context.follow(own);
      if (!schema || !(hasType(schema, 'integer') || hasType(schema, 'number'))) return;
      if (
        upperBound(schema) !== undefined ||
        ['enum', 'const', 'allOf', 'anyOf', 'oneOf'].some((key) => get(schema, key))
      )
        return;
      const problem = {
        at,
        message: `Clients may ask for any number of items: ${name} has no maximum`,
        cause: `maximum ${name}`,
      };
      if (schema !== own) {
        yield problem;
        return;
      }
      const usual = scalar(schema, 'default');
      const maximum = Math.max(100, typeof usual === 'number' ? usual : 0);
      yield {
        ...problem,
        fix: {
          kind: 'refactoring',
          title: `Allow at most ${maximum} items`,
          *edits(editor) {
            yield editor.addEntry(schema, 'maximum', maximum);
          },
        },
      };
    },
  },
});
