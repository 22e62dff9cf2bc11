import { get, items, type MapNode, type Node, text } from '../../core/openapi/tree.ts';
import { readJson } from '../../core/handoff/read-json.ts';
import { lineIndex } from '../../core/text.ts';

/** What somebody else's hand-off asks for. `need`: in words that cannot be held against a document. */
export type Asked =
  | { readonly kind: 'operation'; readonly method: string; readonly path: string }
  | { readonly kind: 'entity'; readonly name: string }
  | { readonly kind: 'service'; readonly name: string }
  | { readonly kind: 'performance' }
  | { readonly kind: 'boundary' }
  | { readonly kind: 'need' };

export type Ask = Asked & {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** In the words of the file, in one line. */
  readonly text: string;
  readonly description: string;
};

/** The fields that are looked for, however they are spelled (`api_requirements`, `apiRequirements`, `API Requirements`). */
const fields: Readonly<Record<string, 'api' | 'data' | 'performance' | 'service' | 'boundary'>> = {
  apirequirements: 'api',
  apis: 'api',
  api: 'api',
  apineeds: 'api',
  apiendpoints: 'api',
  requiredapis: 'api',
  requiredendpoints: 'api',
  missingendpoints: 'api',
  endpoints: 'api',
  operations: 'api',
  routes: 'api',
  datarequirements: 'data',
  datastructures: 'data',
  datamodels: 'data',
  datamodel: 'data',
  datastructureneeds: 'data',
  models: 'data',
  entities: 'data',
  performanceconcerns: 'performance',
  performancerequirements: 'performance',
  performance: 'performance',
  services: 'service',
  requiredservices: 'service',
  boundaries: 'boundary',
  systemboundaries: 'boundary',
  boundary: 'boundary',
};

const method = 'GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS';
const methodFirst = new RegExp(`^\\W{0,4}(${method})\\s{1,4}\`?(/[^\\s\`,;]{0,300})`, 'i');
const pathFirst = new RegExp(`^\\W{0,4}?(/[^\\s\`,;(]{0,300})\`?\\s{0,4}[([:-]?\\s{0,4}(${method})\\b`, 'i');
const justMethod = new RegExp(`^(?:${method})$`, 'i');
/** More are not looked at: a file of wishes is written by hand. */
const mostAsks = 2000;

/** Reads an inbound hand-off; where it is no JSON, the sentence says so with the line. Never throws. */
export function readAsks(
  file: string,
  source: string,
): { readonly asks: readonly Ask[] } | { readonly problem: string } {
  const { root, problems } = readJson(source);
  const lines = lineIndex(source);
  const lineOf = (offset: number): number => lines.position(offset).line + 1;
  const [problem] = problems;
  if (problem)
    return {
      problem: `${file} line ${lineOf(problem.at.start)} is not valid JSON: ${problem.message}. Repair it, or ask whoever wrote it to.`,
    };
  if (root?.kind !== 'map')
    return { problem: `${file} line 1: a hand-off is one object in braces. Ask whoever wrote it to repair it.` };
  const asks: Ask[] = [];
  const add = (asked: Asked, node: Node, words: string, description: string): void => {
    if (asks.length < mostAsks)
      asks.push({ ...asked, file, line: lineOf(node.start), text: oneLine(words), description: oneLine(description) });
  };
  const look = (map: MapNode, depth: number): void => {
    for (const { name, value } of map.entries) {
      const field = fields[name.toLowerCase().replaceAll(/[^a-z]/g, '')];
      if (field === 'api') apiAsks(value, add);
      else if (field === 'data') namedAsks(value, 'entity', add);
      else if (field === 'service') namedAsks(value, 'service', add);
      else if (field !== undefined) for (const node of leaves(value)) add({ kind: field }, node, wordsOf(node), '');
      // Some put everything under one name: `backend`, `handoff`.
      else if (value.kind === 'map' && depth < 3) look(value, depth + 1);
    }
  };
  look(root, 0);
  return { asks };
}

type Add = (asked: Asked, node: Node, words: string, description: string) => void;

function apiAsks(value: Node, add: Add): void {
  if (value.kind === 'seq') {
    for (const item of items(value)) apiAsks(item, add);
    return;
  }
  if (value.kind === 'scalar') {
    const words = wordsOf(value);
    if (words === '') return;
    const operation = operationIn(words);
    if (operation) add(operation, value, words, words.replace(/^[^\s]*\s+\S+\s*[-–—:]?\s*/, ''));
    else add({ kind: 'need' }, value, words, '');
    return;
  }
  const path = firstText(value, ['path', 'url', 'endpoint', 'route', 'uri']);
  if (path !== undefined) {
    const operation =
      operationIn(path) ?? operationIn(`${firstText(value, ['method', 'verb', 'type']) ?? 'GET'} ${path}`);
    const description = firstText(value, ['description', 'summary', 'purpose', 'reason', 'notes']) ?? '';
    if (operation) add(operation, value, `${operation.method} ${operation.path}`, description);
    else add({ kind: 'need' }, value, `${path} ${description}`, '');
    return;
  }
  for (const { name, key, value: inner } of value.entries) {
    const operation = operationIn(name);
    if (operation) add(operation, { ...value, ...key }, name, wordsOf(inner));
    // As OpenAPI writes it: the path, below it the methods.
    else if (name.startsWith('/') && inner.kind === 'map')
      for (const one of inner.entries) {
        const own = justMethod.test(one.name) ? operationIn(`${one.name} ${name}`) : undefined;
        if (own) add(own, { ...inner, ...one.key }, `${own.method} ${own.path}`, wordsOf(one.value));
      }
    else if (inner.kind === 'seq') apiAsks(inner, add);
    else if (inner.kind === 'scalar' && wordsOf(inner) !== '')
      add({ kind: 'need' }, inner, `${name}: ${wordsOf(inner)}`, '');
    else if (inner.kind === 'map') apiAsks(inner, add);
  }
}

function operationIn(words: string): { kind: 'operation'; method: string; path: string } | undefined {
  const first = methodFirst.exec(words);
  if (first) return { kind: 'operation', method: (first[1] ?? '').toUpperCase(), path: first[2] ?? '' };
  const second = pathFirst.exec(words);
  return second ? { kind: 'operation', method: (second[2] ?? '').toUpperCase(), path: second[1] ?? '' } : undefined;
}

/** Names, given as strings, as objects with a name, or as the keys of one object. */
function namedAsks(value: Node, kind: 'entity' | 'service', add: Add): void {
  const nameIn = (words: string): string | undefined =>
    /^[\p{L}_][\p{L}\p{N}_./-]{0,60}(?=$|\s*[:(–—]|\s+-\s)/u.exec(words)?.[0];
  const take = (node: Node, words: string, description: string): void => {
    const name = nameIn(words);
    if (words === '') return;
    if (name === undefined) add({ kind: 'need' }, node, words, description);
    else add({ kind, name }, node, words, description);
  };
  if (value.kind === 'map') {
    for (const { name, key, value: inner } of value.entries) take({ ...value, ...key }, name, wordsOf(inner));
    return;
  }
  for (const item of value.kind === 'seq' ? value.items : [value]) {
    if (item.kind !== 'map') take(item, wordsOf(item), '');
    else {
      const name = firstText(item, ['name', 'entity', 'service', 'model', 'id', 'title']);
      take(item, name ?? wordsOf(item), firstText(item, ['description', 'purpose', 'summary', 'responsibility']) ?? '');
    }
  }
}

function leaves(value: Node): readonly Node[] {
  if (value.kind === 'seq') return value.items.filter((item) => wordsOf(item) !== '');
  if (value.kind === 'map') return value.entries.map(({ value: inner }) => inner).filter((one) => wordsOf(one) !== '');
  return wordsOf(value) === '' ? [] : [value];
}

function firstText(node: Node, names: readonly string[]): string | undefined {
  for (const name of names) {
    const found = text(node, name);
    if (found !== undefined && found.trim() !== '') return found.trim();
  }
  return undefined;
}

/** What a value says, in one line of at most 300 characters. */
function wordsOf(node: Node | undefined): string {
  if (!node) return '';
  if (node.kind === 'scalar')
    return typeof node.value === 'string' ? oneLine(node.value) : node.value === null ? '' : String(node.value);
  if (node.kind === 'seq') return oneLine(node.items.map(wordsOf).filter(Boolean).join(', '));
  const said = get(node, 'description') ?? get(node, 'name');
  if (said?.kind === 'scalar') return wordsOf(said);
  return oneLine(node.entries.map(({ name, value }) => `${name}: ${wordsOf(value)}`).join(', '));
}

/** Line breaks, control and direction characters out: it goes into task files and lists. */
function oneLine(words: string): string {
  return words
    .replaceAll(/[\s\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu, ' ')
    .trim()
    .slice(0, 300);
}
