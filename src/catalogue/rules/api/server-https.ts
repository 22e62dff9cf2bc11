import { rule } from '../../../core/rule.ts';
import { entries, get, type MapNode, scalar, text } from '../../../core/openapi/tree.ts';

export default rule({
  id: 'api/server-https',
  dialect: 'openapi',
  severity: 'error',
  evidences: ['review/sensitive-data'],
  concerns: ['plan/api-contract', 'handoff/auth-verified'],
  requirements: ['R002-029', 'R003-098', 'R003-097'],
  equivalents: ['owasp:api8:2023-no-server-http', 'vacuum:owasp-security-hosts-https-oas3'],
  yieldsTo: ['api/syntax'],
  says: 'Serve the API over https.',
  why: 'Over plain http everyone on the way reads and changes what is sent, tokens and passwords among it. A server on the own machine or network is let pass.',
  bad: [
    `
servers:
  - url: http://api.shop.com/v1
#        ^^^^^^^^^^^^^^^^^^^^^^ error: Tokens can be read on the way to api.shop.com: the server speaks plain http
`,
    `
{
  "openapi": "3.0.3",
  "servers": [{ "url": "HTTP://{region}.shop.com", "variables": { "region": { "default": "eu" } } }],
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^ error: Tokens can be read on the way to eu.shop.com: the server speaks plain http
  "paths": {}
}
`,
    `
servers:
  - url: '{scheme}://api.shop.com'
#        ^^^^^^^^^^^^^^^^^^^^^^^^^ error: Tokens can be read on the way to api.shop.com: the server speaks plain http
    variables: { scheme: { default: http, enum: [http, https] } }
`,
  ],
  fixed: [
    `
servers:
  - url: https://api.shop.com/v1
`,
    `
{
  "openapi": "3.0.3",
  "servers": [{ "url": "https://{region}.shop.com", "variables": { "region": { "default": "eu" } } }],
  "paths": {}
}
`,
  ],
  good: [
    `
servers:
  - url: https://api.shop.com/http://
  - url: /v1
  - url: http://localhost:8080
  - url: http://127.0.0.1
  - url: http://[::1]:3000/v1
  - url: http://0.0.0.0:3000
  - url: http://shop.local
  - url: http://api:8080
  - url: http://192.168.1.4/v1
  - url: http://172.20.0.1/v1
  - url: http://dev.localhost/v1
  - url: http://{host}/v1
    variables: { host: { default: localhost } }
  - url: '{scheme}://api.shop.com'
    variables: { scheme: { default: https, enum: [http, https] } }
  - url: http://{unknown}/v1
`,
  ],
  visit: {
    *server({ node }) {
      const url = text(node, 'url');
      const at = get(node, 'url');
      if (url === undefined || !at) return;
      const host = plainHost(filled(url, node));
      if (host === undefined || isNear(host)) return;
      const problem = {
        at,
        message: `Tokens can be read on the way to ${host}: the server speaks plain http`,
        cause: url,
      };
      if (!/^http:/i.test(url)) {
        yield problem;
        return;
      }
      yield {
        ...problem,
        fix: {
          kind: 'refactoring',
          title: 'Use https',
          *edits(editor) {
            yield editor.replace(at, editor.slice(at).replace(/http:/i, 'https:'));
          },
        },
      };
    },
  },
});

/** The URL with its variables' defaults. */
function filled(url: string, server: MapNode): string {
  let result = url;
  for (const { name, value } of entries(get(server, 'variables'))) {
    const preset = scalar(value, 'default');
    if (preset !== undefined && preset !== null) result = result.replaceAll(`{${name}}`, String(preset));
  }
  return result;
}

function plainHost(url: string): string | undefined {
  return /^http:\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/:?#]+)/i.exec(url)?.[1]?.toLowerCase();
}

/** The own machine, the own network, a name without a domain (a container), or a host that is not known. */
function isNear(host: string): boolean {
  if (host.startsWith('[') || host.includes('{') || !host.includes('.')) return true;
  if (/\.(?:local|localhost|internal|lan|home|test|invalid)$/.test(host)) return true;
  return /^(?:0|10|127|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01]))\./.test(host);
}
