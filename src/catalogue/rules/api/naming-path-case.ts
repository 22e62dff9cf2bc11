import { majority, type NameStyle, restyle, styleOf } from '../../../core/openapi/names.ts';
import { paths, pathsOf, renamePath, segmentsOf } from '../../../core/openapi/paths.ts';
import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'api/naming-path-case',
  dialect: 'openapi',
  severity: 'info',
  evidences: ['review/patterns'],
  concerns: ['plan/api-contract'],
  requirements: ['R003-040', 'R003-018'],
  equivalents: ['redocly:paths-kebab-case', 'ibm:ibm-path-segment-casing-convention', 'vacuum:pathsKebabCase'],
  yieldsTo: ['api/syntax'],
  says: 'Write the words of all paths in one way, best in kebab-case.',
  why: "Paths are typed, logged and guessed. Where /order-lines stands beside /orderNotes, every client looks each one up; the document's own majority is the rule here.",
  bad: [
    `
paths:
  /order_lines/{lineId}:
  ^^^^^^^^^^^^^^^^^^^^^ info: order_lines in /order_lines/{lineId} is not in kebab-case, as the other paths are
    get:
      responses: { '200': { description: OK } }
  /order-notes:
    get:
      responses: { '200': { description: OK } }
`,
    `{
  "openapi": "3.0.3",
  "paths": {
    "/order_lines": { "get": { "responses": { "200": { "description": "OK" } } } },
    "/order_notes": { "get": { "responses": { "200": { "description": "OK" } } } },
    "/orderNotes/{id}": { "get": { "responses": { "200": { "description": "OK" } } } }
    ^^^^^^^^^^^^^^^^^^ info: orderNotes in /orderNotes/{id} is not in snake_case, as the other paths are
  }
}`,
  ],
  good: [
    `
paths:
  /order-lines/{line_id}:
    get: { responses: { '200': { description: OK } } }
  /v1/orders:cancelAll:
    get: { responses: { '200': { description: OK } } }
  /v2/projectsV2/securityClassification-6VMVochwUWo/3d-secure:
    get: { responses: { '200': { description: OK } } }
  /openapi.json:
    get: { responses: { '200': { description: OK } } }
`,
    `{
  "openapi": "3.0.3",
  "paths": {
    "/orderLines": { "get": { "responses": { "200": { "description": "One way, whichever" } } } },
    "/users": { "get": { "responses": { "200": { "description": "OK" } } } }
  }
}`,
  ],
  fixed: [
    `
paths:
  /order-lines/{lineId}:
    get:
      responses: { '200': { description: OK } }
  /order-notes:
    get:
      responses: { '200': { description: OK } }
`,
    `{
  "openapi": "3.0.3",
  "paths": {
    "/order_lines": { "get": { "responses": { "200": { "description": "OK" } } } },
    "/order_notes": { "get": { "responses": { "200": { "description": "OK" } } } },
    "/order_notes/{id}": { "get": { "responses": { "200": { "description": "OK" } } } }
  }
}`,
  ],
  collect: paths,
  *document(collected) {
    const all = pathsOf(collected);
    const counts = new Map<NameStyle, number>();
    const counted = new Set<string>();
    const styles = new Map<string, NameStyle>();
    for (const { value } of all) {
      for (const segment of segmentsOf(value.name)) {
        // The version in projectsV2 is no word.
        const style = styleOf(segment.replace(/V\d+$/, ''));
        styles.set(segment, style);
        if (style === 'plain' || style === 'mixed' || counted.has(segment)) continue;
        counted.add(segment);
        counts.set(style, (counts.get(style) ?? 0) + 1);
      }
    }
    const usual = majority(counts, 'kebab-case');
    if (!usual) return;
    const names = new Set(all.map(({ value }) => value.name));
    for (const path of all) {
      const { piece, value } = path;
      const wrong = segmentsOf(value.name).find(
        (segment) => !['plain', 'mixed', usual].includes(styles.get(segment) ?? 'plain'),
      );
      if (wrong === undefined) continue;
      const problem = {
        piece,
        at: value.at,
        message: `${wrong} in ${value.name} is not in ${usual}, as the other paths are`,
        symbol: value.pointer,
        cause: 'path case',
      };
      const name = value.name
        .split('/')
        .map((segment) =>
          segmentsOf(segment)[0] === segment && styles.get(segment) !== 'plain' && styles.get(segment) !== 'mixed'
            ? (restyle(segment, usual) ?? segment)
            : segment,
        )
        .join('/');
      yield names.has(name) || name === value.name ? problem : { ...problem, fix: renamePath(path, name) };
    }
  },
});
