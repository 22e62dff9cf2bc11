import { paths, pathsOf, renamePath } from '../../../core/openapi/paths.ts';
import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'api/path-no-trailing-slash',
  dialect: 'openapi',
  severity: 'warning',
  evidences: [],
  concerns: ['plan/api-contract', 'review/patterns'],
  requirements: ['R003-040', 'R003-018'],
  equivalents: [
    'spectral:path-keys-no-trailing-slash',
    'redocly:no-path-trailing-slash',
    'zally:AvoidTrailingSlashesRule',
  ],
  yieldsTo: ['api/syntax'],
  says: 'End no path with a slash.',
  why: '`/orders` and `/orders/` are two addresses: some routers serve one, some redirect and lose the body of a POST. One spelling in the whole document spares clients the guess.',
  bad: [
    `
paths:
  /orders/:
  ^^^^^^^^ warning: Clients of /orders/ meet redirects or a 404: the path ends with a slash
    get:
      responses: { '200': { description: OK } }
`,
    `{
  "openapi": "3.0.3",
  "paths": {
    "/orders/{id}/": { "get": { "responses": { "200": { "description": "OK" } } } },
    ^^^^^^^^^^^^^^^ warning: Clients of /orders/{id}/ meet redirects or a 404: the path ends with a slash
    "/orders": { "get": { "responses": { "200": { "description": "OK" } } } }
  }
}`,
  ],
  good: [
    `
paths:
  /:
    get: { responses: { '200': { description: OK } } }
  /orders:
    get: { responses: { '200': { description: OK } } }
`,
    `{
  "openapi": "3.0.3",
  "paths": {
    "/orders/": { "get": { "responses": { "200": { "description": "Every path of this service ends so" } } } },
    "/orders/{id}/": { "get": { "responses": { "200": { "description": "OK" } } } },
    "/users/": { "get": { "responses": { "200": { "description": "OK" } } } },
    "/health": { "get": { "responses": { "200": { "description": "OK" } } } }
  }
}`,
  ],
  fixed: [
    `
paths:
  /orders:
    get:
      responses: { '200': { description: OK } }
`,
    `{
  "openapi": "3.0.3",
  "paths": {
    "/orders/{id}": { "get": { "responses": { "200": { "description": "OK" } } } },
    "/orders": { "get": { "responses": { "200": { "description": "OK" } } } }
  }
}`,
  ],
  collect: paths,
  *document(collected) {
    const all = pathsOf(collected);
    const slashed = all.filter(({ value }) => value.name.length > 1 && value.name.endsWith('/'));
    // Where most paths end so, it is the framework's way and not a slip.
    if (slashed.length > 2 && slashed.length * 2 > all.length) return;
    const names = new Set(all.map(({ value }) => value.name));
    for (const path of slashed) {
      const { piece, value } = path;
      const wanted = value.name.replace(/\/+$/, '') || '/';
      const problem = {
        piece,
        at: value.at,
        message: `Clients of ${value.name} meet redirects or a 404: the path ends with a slash`,
        symbol: value.pointer,
      };
      yield names.has(wanted) ? problem : { ...problem, fix: renamePath(path, wanted) };
    }
  },
});
