import { travel } from './direction.ts';
import type { Value } from './edit.ts';
import { referenceTo } from './follow.ts';
import { habitFrom, habitual } from './habit.ts';
import { listed } from './names.ts';
import { pagingOf } from './pagination.ts';
import { hasType, nameOf, silent } from './schemas.ts';
import { entries, get, items, type MapNode, type Node, scalar, text } from './tree.ts';
import type { Collected, CollectedValue, DocumentContext, DocumentProblem, View } from './visitors.ts';

/** Formats that do not bound a string; every other format does, be it by its grammar. */
const unboundedFormats = new Set([
  '',
  'uri',
  'uri-reference',
  'url',
  'iri',
  'iri-reference',
  'password',
  'string',
  'text',
  'html',
  'markdown',
  'json',
  'byte',
  'regex',
]);

const stringBounds = ['maxLength', 'enum', 'const', 'pattern', 'contentEncoding', 'contentMediaType'];

export function isUnboundedString(schema: MapNode): boolean {
  return (
    hasType(schema, 'string') &&
    !stringBounds.some((key) => get(schema, key)) &&
    unboundedFormats.has(text(schema, 'format') ?? '')
  );
}

export function isUnboundedArray(schema: MapNode): boolean {
  return (
    hasType(schema, 'array') &&
    !['maxItems', 'enum', 'const', 'prefixItems'].some((key) => get(schema, key)) &&
    !isFinite(get(schema, 'items'), schema)
  );
}

/** A set of words from a vocabulary has as many items as the vocabulary. */
function isFinite(item: Node | undefined, schema: MapNode): boolean {
  return get(item, 'enum') !== undefined && scalar(schema, 'uniqueItems') === true;
}

export function isUnboundedNumber(schema: MapNode): boolean {
  if (!hasType(schema, 'integer') && !hasType(schema, 'number')) return false;
  if (
    get(schema, 'enum') ||
    get(schema, 'const') ||
    /^(?:u?int(?:8|16|32)|unix-?time|timestamp|date-time)$/.test(text(schema, 'format') ?? '')
  )
    return false;
  const low = get(schema, 'minimum') ?? get(schema, 'exclusiveMinimum');
  const high = get(schema, 'maximum') ?? get(schema, 'exclusiveMaximum');
  return !low || !high;
}

/** A visitor that gathers the schemas clients may fill without a bound. In components they are gathered too: their uses decide later. */
export function unbounded(test: (schema: MapNode) => boolean): { schema: (view: View) => Iterable<CollectedValue> } {
  return {
    schema: (view) =>
      test(view.node) && isInput(view) && !boundedBeside(view, test)
        ? [{ at: view.key, name: nameOf(view), pointer: view.pointer, detail: holderOf(view.pointer) }]
        : silent,
  };
}

/** The component or operation that takes it: cut off the pointer once, not at every keystroke. */
function holderOf(pointer: string): string {
  return pointer.split('/', 4).join('/');
}

function isInput(view: View): boolean {
  const way = travel(view);
  if (way && !way.request) return false;
  for (let at: View | undefined = view; at; at = at.parent) {
    if (
      at.type === 'schema' &&
      (scalar(at.node, 'readOnly') === true || at.name === 'not' || at.name === 'if' || at.name === 'propertyNames')
    )
      return false;
    // A path is looked up, and what a page may be is the business of paging.
    if (
      at.type === 'parameter' &&
      (text(at.node, 'in') === 'path' || pagingOf(text(at.node, 'name') ?? '') !== undefined)
    )
      return false;
  }
  return true;
}

/** In `allOf` the bound may stand in another part. */
function boundedBeside({ node, parent, pointer }: View, test: (schema: MapNode) => boolean): boolean {
  if (parent?.type !== 'schema' || !pointer.startsWith('/allOf/', parent.pointer.length)) return false;
  const type = get(node, 'type');
  return [parent.node, ...items(get(parent.node, 'allOf'))].some((part) => {
    if (part.kind !== 'map' || part === node || !type) return false;
    return !test({ ...part, entries: [...part.entries, ...entries(node)] });
  });
}

export interface LimitWords {
  /** `User takes strings of any length`, without the place. */
  readonly takes: string;
  readonly habit: (count: number) => string;
  readonly keyword?: { readonly name: string; readonly value: Value };
}

export function* limitProblems(
  collected: readonly Collected[],
  context: DocumentContext,
  { takes, habit, keyword }: LimitWords,
): Generator<DocumentProblem> {
  const holders = new Map<string, Collected[]>();
  for (const one of collected) {
    const holder = one.value.detail ?? holderOf(one.value.pointer);
    const list = holders.get(holder);
    if (list) list.push(one);
    else if (!holder.startsWith('/components/schemas/') || context.direction(holder).request)
      holders.set(holder, [one]);
  }
  const problems: DocumentProblem[] = [];
  for (const [holder, found] of holders) {
    if (problems.length > habitFrom) break;
    const [first] = found;
    if (!first) continue;
    const names = [...new Set(found.map(({ value }) => value.name))];
    const label = labelOf(holder);
    const problem = {
      piece: first.piece,
      at: first.value.at,
      message: names.length === 1 && names[0] === label ? `${label} ${takes}` : `${label} ${takes}: ${listed(names)}`,
      symbol: holder,
      cause: holder,
    };
    if (!keyword) problems.push(problem);
    else {
      const { name, value } = keyword;
      problems.push({
        ...problem,
        fix: {
          kind: 'refactoring',
          title: `Bound ${found.length > 1 ? 'them' : 'it'} with ${name} ${JSON.stringify(value)}`,
          *edits(editor) {
            for (const { value: place } of found) {
              const target = context.resolve(referenceTo(place.pointer));
              if (target.kind === 'found' && target.target.node.kind === 'map')
                yield editor.addEntry(target.target.node, name, value);
            }
          },
        },
      });
    }
  }
  yield* habitual(problems, `every ${takes}`, habit, holders.size);
}

function labelOf(holder: string): string {
  const [, top, second = '', third = ''] = holder
    .split('/')
    .map((one) => one.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (top === 'components') return third;
  return third === 'parameters' ? second : `${third.toUpperCase()} ${second}`;
}
