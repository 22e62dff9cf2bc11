import type { Span } from '../text.ts';
import { isCalledBack, refTo } from './place.ts';
import { sharedCause } from './spread.ts';
import { isError, isSuccess } from './status.ts';
import { entries, get, items, type MapNode, type Node, text, types } from './tree.ts';
import type { Collected, CollectedValue, DocumentContext, DocumentProblem, View } from './visitors.ts';
import { operationName } from './walk.ts';

/** An error response of an operation, where the operation lists it. */
export interface ErrorResponse {
  readonly piece: string;
  readonly at: Span;
  /** `GET /users 404` */
  readonly name: string;
  readonly pointer: string;
  /** The component it refers to. */
  readonly ref: string | undefined;
  /** The response itself; undefined where it is not known. */
  readonly node: MapNode | undefined;
}

/** Collects the error responses of an operation. `default` stands for success where nothing else does, and a HEAD has no bodies. */
export function* errorsOfOperation(operation: View): Generator<CollectedValue> {
  if (operation.name === 'head' || isCalledBack(operation)) return;
  const responses = entries(get(operation.node, 'responses'));
  const succeeds = responses.some(({ name }) => isSuccess(name));
  for (const { name, key, value } of responses) {
    if (!isError(name) || (name === 'default' && !succeeds)) continue;
    const found = {
      at: { start: key.start, end: key.end },
      name: `${operationName(operation)} ${name}`,
      pointer: `${operation.pointer}/responses/${name}`,
    };
    const ref = text(value, '$ref');
    yield ref === undefined ? found : { ...found, detail: ref };
  }
}

/** What `errorsOfOperation` collected, with the responses themselves. */
export function errorResponses(collected: readonly Collected[], context: DocumentContext): readonly ErrorResponse[] {
  const byRef = new Map<string, MapNode | undefined>();
  return collected.map(({ piece, value: { at, name, pointer, detail: ref } }) => {
    if (ref === undefined) return { piece, at, name, pointer, ref, node: followed(refTo(pointer), context) };
    if (!byRef.has(ref)) byRef.set(ref, followed(ref, context));
    return { piece, at, name, pointer, ref, node: byRef.get(ref) };
  });
}

const followLimit = 16;

/** What `ref` leads to in the end, with the pointer of the place where it stands in this document. */
function target(ref: string, context: DocumentContext): { node: MapNode; pointer: string } | undefined {
  let at = ref;
  for (let i = 0; i < followLimit; i++) {
    const resolution = context.resolve(at);
    if (resolution.kind !== 'found' || resolution.target.file !== undefined) return undefined;
    const { node, pointer } = resolution.target;
    const next = text(node, '$ref');
    if (next === undefined) return node.kind === 'map' ? { node, pointer } : undefined;
    at = next;
  }
  return undefined;
}

function followed(ref: string, context: DocumentContext): MapNode | undefined {
  return target(ref, context)?.node;
}

/** A body as the response writes it: its media type and its schema, which may be a reference. */
export interface Body {
  readonly media: string;
  readonly schema: Node | undefined;
}

export function bodiesOf(response: MapNode): readonly Body[] {
  return entries(get(response, 'content')).map(({ name, value }) => ({
    media: name.toLowerCase(),
    schema: get(value, 'schema'),
  }));
}

export function isJson(media: string): boolean {
  return /[/+]json\b/.test(media) || media === '*/*';
}

/** A schema and, where it is a component, the pointer under which everybody refers to it. */
export function schemaOf(
  schema: Node | undefined,
  context: DocumentContext,
): { node: MapNode; pointer: string | undefined } | undefined {
  const ref = text(schema, '$ref');
  if (ref !== undefined) return target(ref, context);
  return schema?.kind === 'map' ? { node: schema, pointer: undefined } : undefined;
}

/** The properties of an object over its references and `allOf`; of alternatives those of the first that is known. */
export function propertiesOf(schema: Node | undefined, context: DocumentContext, depth = 0): ReadonlyMap<string, Node> {
  const found = new Map<string, Node>();
  const node = schemaOf(schema, context)?.node;
  if (!node || depth > 6) return found;
  for (const { name, value } of entries(get(node, 'properties'))) found.set(name, value);
  for (const part of items(get(node, 'allOf')))
    for (const [name, value] of propertiesOf(part, context, depth + 1)) found.set(name, value);
  if (found.size > 0) return found;
  for (const part of [...items(get(node, 'oneOf')), ...items(get(node, 'anyOf'))]) {
    const alternative = propertiesOf(part, context, depth + 1);
    if (alternative.size > 0) return alternative;
  }
  return found;
}

/** The family an error body belongs to, in words; undefined where it does not show that it is an error's own format. */
export function errorFormat(body: Body, context: DocumentContext): string | undefined {
  if (/problem\+(?:json|xml)/.test(body.media)) return 'problem details';
  if (body.media.startsWith('text/plain')) return 'plain text';
  if (!isJson(body.media)) return undefined;
  const properties = propertiesOf(body.schema, context);
  if (properties.has('title') && properties.has('status') && (properties.has('type') || properties.has('detail')))
    return 'problem details';
  // OAuth and SCIM prescribe the format of their own endpoints' errors.
  if (properties.has('error') && (properties.has('error_description') || properties.has('error_uri'))) return undefined;
  if (properties.has('scimType') || body.media.startsWith('application/scim')) return undefined;
  const error = properties.get('error');
  if (error) {
    const inner = schemaOf(error, context)?.node;
    if (types(inner).includes('object') || propertiesOf(error, context).size > 0) return '{ error: { … } }';
  }
  const word = [
    'message',
    'error',
    'errors',
    'detail',
    'error_message',
    'errorMessage',
    'error_code',
    'errorCode',
    'fault',
    'title',
  ].find((name) => properties.has(name));
  return word === undefined ? undefined : `{ ${word} … }`;
}

/** One value for each operation that ought to document errors: `detail` lists its statuses, each with the component it refers to. */
export function* statusesOfOperation(operation: View): Generator<CollectedValue> {
  const responses = get(operation.node, 'responses');
  if (
    operation.name === 'options' ||
    isCalledBack(operation) ||
    responses?.kind !== 'map' ||
    responses.entries.length === 0
  )
    return;
  const detail = responses.entries.map(({ name, value }) => `${name} ${text(value, '$ref') ?? ''}`).join('\n');
  yield {
    at: { start: operation.key.start, end: operation.key.end },
    name: operationName(operation),
    pointer: operation.pointer,
    detail,
  };
}

/** Tells of the operations whose statuses nothing fulfils, and offers the response that the other operations use for it. */
export function* withoutStatus(
  collected: readonly Collected[],
  context: DocumentContext,
  wanted: (status: string) => boolean,
  told: { readonly message: (operation: string) => string; readonly cause: string },
): Generator<DocumentProblem> {
  const operations = collected.map(({ piece, value }) => ({ piece, value, statuses: statuses(value.detail ?? '') }));
  const missing = operations.filter((one) => !one.statuses.some(({ status }) => wanted(status)));
  if (missing.length === 0) return;
  const usual = mostUsed(
    operations.flatMap((one) =>
      one.statuses.filter(({ status, ref }) => ref !== '' && fitsAll.test(status) && wanted(status)),
    ),
  );
  const shared = sharedCause(missing.length, operations.length, told.cause);
  for (const { piece, value } of missing) {
    const problem = { piece, at: value.at, message: told.message(value.name), symbol: value.pointer, ...shared };
    if (!usual) yield problem;
    else {
      yield {
        ...problem,
        fix: {
          kind: 'refactoring',
          title: `Document ${usual.status} as the other operations do`,
          *edits(editor) {
            const responses = context.resolve(refTo(`${value.pointer}/responses`));
            if (responses.kind === 'found' && responses.target.node.kind === 'map')
              yield editor.addEntry(responses.target.node, usual.status, { $ref: usual.ref });
          },
        },
      };
    }
  }
}

/** Statuses that any operation may answer with: a 404 or a 409 belongs to some. */
const fitsAll = /^(?:default|[45]XX|400|401|429|500|503)$/i;

interface StatusUse {
  readonly status: string;
  readonly ref: string;
}

function statuses(detail: string): readonly StatusUse[] {
  return detail.split('\n').map((line) => {
    const mark = line.indexOf(' ');
    return { status: line.slice(0, mark), ref: line.slice(mark + 1) };
  });
}

function mostUsed(uses: readonly StatusUse[]): StatusUse | undefined {
  const counts = new Map<string, { use: StatusUse; count: number }>();
  for (const use of uses) {
    const key = `${use.status} ${use.ref}`;
    const known = counts.get(key);
    if (known) known.count++;
    else counts.set(key, { use, count: 1 });
  }
  let best: { use: StatusUse; count: number } | undefined;
  for (const candidate of counts.values()) if (!best || candidate.count > best.count) best = candidate;
  return best?.use;
}
