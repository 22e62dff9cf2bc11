import { parse } from 'yaml';
import { recognise } from '../../core/recognise.ts';

const methods = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']);

/** Larger documents are not read for a guess, in UTF-16 units. */
const largest = 500_000;

/** The operations of an API document, as `POST /orders`; undefined where it is none, or cannot be read. */
export function operationsIn(text: string): ReadonlySet<string> | undefined {
  if (text.length > largest || typeof recognise(text, true) !== 'object') return undefined;
  let document: unknown;
  try {
    document = /^\s*\{/.test(text) ? JSON.parse(text) : parse(text, { maxAliasCount: 100, logLevel: 'silent' });
  } catch {
    return undefined;
  }
  const paths = isMap(document) ? document['paths'] : undefined;
  const found = new Set<string>();
  for (const [path, item] of Object.entries(isMap(paths) ? paths : {})) {
    for (const method of Object.keys(isMap(item) ? item : {})) {
      if (methods.has(method)) found.add(`${method.toUpperCase()} ${path}`);
    }
  }
  return found;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
