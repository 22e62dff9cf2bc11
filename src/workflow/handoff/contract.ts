import { descend, joinPath, otherFiles, readReference } from '../../core/openapi/resolve.ts';
import { type Entry, entries, entryOf, get, items, type Node, parseTree, text } from '../../core/openapi/tree.ts';
import { lineIndex } from '../../core/text.ts';
import type { ReadFile, SourceText } from '../engines.ts';

/** Something that is named, and the place that names it. Lines count from 1. */
export interface Shown {
  readonly name: string;
  readonly file: string;
  readonly line: number;
}

export interface ContractOperation {
  /** In capitals. */
  readonly method: string;
  readonly path: string;
}

/** What a hand-off says of an API document. */
export interface Contract {
  readonly file: string;
  readonly operations: readonly ContractOperation[];
  /** The names of its schemas. */
  readonly schemas: readonly string[];
  /** What its servers' addresses put before every path, without a slash at the end. */
  readonly basePaths: readonly string[];
  readonly controls: readonly Shown[];
  /** Services of others that it names: who gives out tokens. */
  readonly services: readonly Shown[];
}

const methods = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query']);
/** References are followed so far. */
const followLimit = 16;

/** Reads an OpenAPI document, YAML or JSON; undefined where it has syntax errors. `read` gives the files that its paths are spread over. */
export function readContract({ file, text: source }: SourceText, read: ReadFile): Contract | undefined {
  // The byte order mark stands on the first line and shifts no other.
  const { root } = parseTree(source.replace(/^\uFEFF/, ''));
  if (!root) return undefined;
  const lines = lineIndex(source.replace(/^\uFEFF/, ''));
  const at: Place = (name, { start }, other) => {
    if (other === undefined) return { name, file, line: lines.position(start).line + 1 };
    const text = (read(other) ?? '').replace(/^\uFEFF/, '');
    return { name, file: other, line: lineIndex(text).position(start).line + 1 };
  };
  const operations = operationsOf(root, file, otherFiles(read));
  const servers = serverUrls(root);
  return {
    file,
    operations: operations.map(({ method, path }) => ({ method, path })),
    schemas: [...entries(get(get(root, 'components'), 'schemas')), ...entries(get(root, 'definitions'))].map(
      ({ name }) => name,
    ),
    basePaths: [...new Set([...servers.map(pathOfUrl), pathOfUrl(text(root, 'basePath') ?? '')])],
    controls: controlsOf(root, operations, at),
    services: identityServices(root, servers, at),
  };
}

/** All operations, whatever they are worth. */
interface Operation extends ContractOperation {
  readonly entry: Entry;
  readonly item: Node;
  /** The file that it stands in, where that is another one. */
  readonly other?: string;
}

function operationsOf(root: Node, file: string, other: (path: string) => Node | undefined): Operation[] {
  return entries(get(root, 'paths')).flatMap(({ name: path, value }) => {
    const foreign = elsewhere(file, value, other);
    const item = foreign?.item ?? resolved(root, value) ?? value;
    return entries(item).flatMap((entry) =>
      methods.has(entry.name)
        ? [{ method: entry.name.toUpperCase(), path, entry, item, ...(foreign ? { other: foreign.file } : {}) }]
        : [],
    );
  });
}

/** A path item that stands in another file. */
function elsewhere(
  file: string,
  item: Node,
  other: (path: string) => Node | undefined,
): { readonly file: string; readonly item: Node } | undefined {
  const ref = text(item, '$ref');
  if (ref === undefined || ref.startsWith('#')) return undefined;
  const { file: named, tokens, remote } = readReference(ref);
  const path = remote || !tokens ? undefined : joinPath(file, named);
  const root = path === undefined ? undefined : other(path);
  const found = root && tokens ? descend(root, tokens, () => undefined) : undefined;
  return found && path !== undefined ? { file: path, item: found } : undefined;
}

/** What a reference within the document leads to, or the node itself. */
function resolved(root: Node, node: Node | undefined): Node | undefined {
  let at = node;
  for (let i = 0; i < followLimit && at; i++) {
    const ref = text(at, '$ref');
    if (ref === undefined) return at;
    if (!ref.startsWith('#/')) return undefined;
    let target: Node | undefined = root;
    for (const token of ref.slice(2).split('/'))
      target = get(target, decoded(token).replaceAll('~1', '/').replaceAll('~0', '~'));
    at = target;
  }
  return undefined;
}

function decoded(token: string): string {
  try {
    return decodeURIComponent(token);
  } catch {
    return token;
  }
}

function serverUrls(root: Node): string[] {
  return items(get(root, 'servers')).flatMap((server) => text(server, 'url') ?? []);
}

function pathOfUrl(url: string): string {
  return url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '').replace(/\/+$/, '');
}

/** `other` is the file that the span counts in, where that is not the document. */
type Place = (name: string, span: { readonly start: number }, other?: string) => Shown;

function controlsOf(root: Node, operations: readonly Operation[], at: Place): Shown[] {
  const found: Shown[] = [];
  const add = (one: Shown): void => {
    if (!found.some(({ name }) => name === one.name)) found.push(one);
  };
  const schemes = get(get(root, 'components'), 'securitySchemes') ?? get(root, 'securityDefinitions');
  const security = entryOf(root, 'security');
  for (const name of usedSchemes([security?.value, ...operations.map(({ entry }) => get(entry.value, 'security'))])) {
    const entry = entryOf(schemes, name);
    const title = entry && schemeTitle(resolved(root, entry.value));
    if (entry && title !== undefined) add(at(title, entry.key));
  }
  const required = items(security?.value);
  // An empty requirement lets everybody in.
  if (security && required.length > 0 && required.every((one) => entries(one).length > 0))
    add(at('Authentication by default', security.key));
  for (const { entry, other } of operations) {
    const refusal = entryOf(get(entry.value, 'responses'), '429');
    if (!refusal) continue;
    add(at('Rate limiting', refusal.key, other));
    break;
  }
  const own = operations.filter(({ other }) => other === undefined);
  const limit = own.map((operation) => inputLimit(root, operation)).find((entry) => entry !== undefined);
  if (limit) add(at('Input limits', limit.key));
  const servers = entryOf(root, 'servers');
  const urls = serverUrls(root);
  if (servers && urls.length > 0 && urls.every((url) => /^https:\/\//i.test(url))) add(at('HTTPS only', servers.key));
  return found;
}

function usedSchemes(requirements: readonly (Node | undefined)[]): ReadonlySet<string> {
  return new Set(requirements.flatMap((list) => items(list).flatMap((one) => entries(one).map(({ name }) => name))));
}

function schemeTitle(scheme: Node | undefined): string | undefined {
  const name = text(scheme, 'name') ?? '';
  switch (text(scheme, 'type')) {
    case 'http':
      if (/^basic$/i.test(text(scheme, 'scheme') ?? '')) return 'HTTP Basic authentication';
      if (!/^bearer$/i.test(text(scheme, 'scheme') ?? '')) return `HTTP ${text(scheme, 'scheme') ?? ''} authentication`;
      return /jwt/i.test(text(scheme, 'bearerFormat') ?? '') ? 'JWT validation' : 'Bearer tokens';
    case 'basic':
      return 'HTTP Basic authentication';
    case 'apiKey':
      return `API key in ${text(scheme, 'in') ?? 'the request'} ${name}`.trim();
    case 'oauth2': {
      const flows = entries(get(scheme, 'flows')).map((flow) => flow.name);
      const flow = text(scheme, 'flow');
      return flows.length > 0 || flow !== undefined ? `OAuth 2.0 (${flow ?? flows.join(', ')})` : 'OAuth 2.0';
    }
    case 'openIdConnect':
      return 'OpenID Connect';
    case 'mutualTLS':
      return 'Mutual TLS';
    default:
      return undefined;
  }
}

const generatedControls =
  /^(?:HTTP \S* ?authentication|JWT validation|Bearer tokens|API key in .*|OAuth 2\.0.*|OpenID Connect|Mutual TLS|Authentication by default|Rate limiting|Input limits|HTTPS only|Row-level security)$/;

/** Whether a control's name is one that is given here: without its place it is not there any more. */
export function isOurControl(name: string): boolean {
  return generatedControls.test(name);
}

const limits = new Set(['maxLength', 'maximum', 'exclusiveMaximum', 'maxItems', 'maxProperties']);

/** The first limit on what an operation takes in. */
function inputLimit(root: Node, { entry, item }: Operation): Entry | undefined {
  const open: { readonly node: Node | undefined; readonly depth: number }[] = [];
  for (const parameters of [get(entry.value, 'parameters'), get(item, 'parameters')])
    for (const parameter of items(parameters)) {
      const own = resolved(root, parameter);
      open.push({ node: get(own, 'schema') ?? own, depth: 0 });
    }
  for (const { value } of entries(get(resolved(root, get(entry.value, 'requestBody')), 'content')))
    open.push({ node: get(value, 'schema'), depth: 0 });
  for (let next = open.shift(); next; next = open.shift()) {
    const schema = resolved(root, next.node);
    const limit = entries(schema).find(({ name, value }) => limits.has(name) && value.kind === 'scalar');
    if (limit) return limit;
    if (next.depth > 4 || open.length > 2000) continue;
    const depth = next.depth + 1;
    for (const { value } of entries(get(schema, 'properties'))) open.push({ node: value, depth });
    for (const list of ['allOf', 'anyOf', 'oneOf'])
      for (const one of items(get(schema, list))) open.push({ node: one, depth });
    const of = get(schema, 'items');
    if (of) open.push({ node: of, depth });
  }
  return undefined;
}

function hostOf(url: string): string | undefined {
  return /^https?:\/\/(?:[^/@]*@)?([^/:?#]+)/i.exec(url)?.[1]?.toLowerCase();
}

/** Whoever gives out the tokens that the API takes, where that is another host. */
function identityServices(root: Node, servers: readonly string[], at: Place): Shown[] {
  const own = new Set(servers.map(hostOf));
  const found: Shown[] = [];
  for (const { value } of entries(get(get(root, 'components'), 'securitySchemes'))) {
    const scheme = resolved(root, value);
    const urls = [
      entryOf(scheme, 'openIdConnectUrl'),
      ...entries(get(scheme, 'flows')).flatMap((flow) => [
        entryOf(flow.value, 'tokenUrl'),
        entryOf(flow.value, 'authorizationUrl'),
      ]),
    ];
    for (const entry of urls) {
      if (entry?.value.kind !== 'scalar') continue;
      const host = hostOf(String(entry.value.value));
      if (host === undefined || /[{}$<>]/.test(host) || own.has(host) || found.some(({ name }) => name === host))
        continue;
      found.push(at(host, entry.key));
    }
  }
  return found;
}
