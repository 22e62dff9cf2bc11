import { isMarker, readYamlLine, type YamlState, yamlStart } from './yaml-comment.ts';

/** An OpenAPI document by its root keys. `version` as it is written (`3.0.3`, `2.0`), empty where it is still missing. */
export interface Recognised {
  readonly kind: 'openapi';
  readonly version: string;
}

export type Recognition = Recognised | 'unsure' | undefined;

/** Root keys that make a document with a missing or odd version an OpenAPI document all the same. */
const companions = new Set(['info', 'paths', 'components', 'webhooks']);

/**
 * Whether a text is an OpenAPI document: it has `openapi` or `swagger` with a version among its root keys, in YAML or JSON, in any order. `head` is the
 * whole text when `complete`; otherwise the answer may be `unsure`, which asks for more. Linear; never throws.
 */
export function recognise(head: string, complete: boolean): Recognition {
  if (head.includes('\0')) return undefined;
  const start = head.charCodeAt(0) === 0xfeff ? 1 : 0;
  const first = firstContent(head, start);
  if (first < 0) return complete ? undefined : 'unsure';
  const char = head.charAt(first);
  if (char === '[') return undefined;
  return char === '{' ? inBraces(head, first, complete) : inLines(head, start, complete);
}

/** What has been seen at the root. */
class RootKeys {
  private odd = false;
  private companion = false;

  /** Takes note of a key and its value (undefined where the value is no scalar); the answer where it is clear. */
  see(name: string, value: string | undefined): Recognised | undefined {
    if (companions.has(name)) this.companion = true;
    else if (name === 'openapi' || name === 'swagger') {
      if (value !== undefined && /^\d+(?:\.|$)/.test(value)) return { kind: 'openapi', version: value };
      this.odd = true;
    }
    return this.odd && this.companion ? { kind: 'openapi', version: '' } : undefined;
  }
}

/** The first character that is no blank, comment, directive or `---`. */
function firstContent(text: string, start: number): number {
  let at = start;
  for (;;) {
    while (at < text.length && /\s/.test(text.charAt(at))) at++;
    if (at >= text.length) return -1;
    const lineStart = at === start || text.charAt(at - 1) === '\n';
    const char = text.charAt(at);
    if (char === '#' || (char === '%' && lineStart)) {
      const newline = text.indexOf('\n', at);
      if (newline < 0) return -1;
      at = newline + 1;
    } else if (lineStart && text.startsWith('---', at) && /\s|^$/.test(text.charAt(at + 3))) at += 3;
    else return at;
  }
}

function inLines(text: string, start: number, complete: boolean): Recognition {
  const keys = new RootKeys();
  const open = complete ? undefined : 'unsure';
  let state: YamlState = yamlStart;
  let root: number | undefined;
  for (let at = start; at < text.length;) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    const line = readYamlLine(text, at, end, state);
    if (!line.continues && line.content) {
      if (line.indent === 0 && isMarker(text, at, end)) {
        if (root !== undefined || text.startsWith('...', at)) return undefined;
        // A scalar or a list may begin behind the mark; a map may not.
        if (/^---[ \t]+[^\s#&!]/.test(text.slice(at, Math.min(end, at + 200)))) return undefined;
      } else if (text.charAt(at) !== '%' || root !== undefined) {
        if (root === undefined && /^-(?:\s|$)/.test(text.slice(at + line.indent, at + line.indent + 2)))
          return undefined;
        root ??= line.indent;
        if (line.indent < root) return undefined;
        if (line.indent === root) {
          // The last line of a head may be cut off.
          if (newline < 0 && !complete) return open;
          const answer = line.key
            ? keys.see(nameOf(text, line.key), scalarAt(text, line.key.value, end, false))
            : undefined;
          if (answer) return answer;
        }
      }
    }
    state = line.state;
    at = end + 1;
  }
  return open;
}

function nameOf(text: string, key: { start: number; end: number }): string {
  return unquoted(text.slice(key.start, key.end));
}

function unquoted(raw: string): string {
  if (raw.startsWith('"')) {
    try {
      const value: unknown = JSON.parse(raw);
      if (typeof value === 'string') return value;
    } catch {
      return raw.slice(1, -1);
    }
  }
  return raw.startsWith("'") ? raw.slice(1, -1).replaceAll("''", "'") : raw;
}

/** The scalar that begins behind `from`, its tag and anchor aside; undefined where a collection or a block scalar begins. */
function scalarAt(text: string, from: number, end: number, flow: boolean): string | undefined {
  const raw = text.slice(from, Math.min(end, from + 300)).replace(/^\s*(?:[&!]\S*\s+)*/, '');
  const quoted = /^"(?:[^"\\\n]|\\.)*"|^'(?:[^'\n]|'')*'/.exec(raw)?.[0];
  if (quoted !== undefined) return unquoted(quoted);
  if (/^[[{|>*]/.test(raw)) return undefined;
  return (flow ? /^[^\s,}\]]*/ : /^(?:[^\s]|[ \t](?!\s*#|\s*$))*/).exec(raw)?.[0] ?? '';
}

function inBraces(text: string, open: number, complete: boolean): Recognition {
  const keys = new RootKeys();
  const unfinished = complete ? undefined : 'unsure';
  let depth = 0;
  let begins = true;
  let key = false;
  let at = open;
  while (at < text.length) {
    const char = text.charAt(at);
    const start = at;
    if (begins && (char === '"' || char === "'")) {
      at = stringEnd(text, at);
      if (at < 0) return unfinished;
      begins = false;
    } else if (char === '{' || char === '[') {
      depth++;
      begins = true;
      key = depth === 1;
      at++;
      continue;
    } else if (char === '}' || char === ']') {
      depth--;
      if (depth === 0) return undefined;
      begins = false;
      key = false;
      at++;
      continue;
    } else if (char === ',') {
      begins = true;
      key = depth === 1;
      at++;
      continue;
    } else if (char === ':') {
      begins = true;
      key = false;
      at++;
      continue;
    } else if (char === '#' && /\s/.test(text.charAt(at - 1))) {
      const newline = text.indexOf('\n', at);
      if (newline < 0) return unfinished;
      at = newline + 1;
      continue;
    } else if (/\s/.test(char)) {
      at++;
      continue;
    } else {
      at = plainEnd(text, at);
      begins = false;
    }
    if (!key) continue;
    key = false;
    const name = unquoted(text.slice(start, at));
    const colon = blanksEnd(text, at);
    if (text.charAt(colon) !== ':') continue;
    if (name !== 'openapi' && name !== 'swagger' && !companions.has(name)) continue;
    const value = blanksEnd(text, colon + 1);
    // The head may be cut off inside the value.
    if (value + 40 > text.length && !complete && !/[,}\n]/.test(text.slice(value))) return unfinished;
    const answer = keys.see(name, scalarAt(text, value, text.length, true));
    if (answer) return answer;
  }
  return unfinished;
}

function blanksEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text.charAt(at))) at++;
  return at;
}

/** Behind the string that begins at `from`; -1 where it does not end. */
function stringEnd(text: string, from: number): number {
  const quote = text.charAt(from);
  for (let at = from + 1; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '\\' && quote === '"') at++;
    else if (char === quote) {
      if (quote === '"' || text.charAt(at + 1) !== "'") return at + 1;
      at++;
    }
  }
  return -1;
}

/** Behind a plain word: up to a bracket, a comma, a line break or a colon before a blank. */
function plainEnd(text: string, from: number): number {
  let at = from + 1;
  for (; at < text.length; at++) {
    const char = text.charAt(at);
    if (',[]{}\n'.includes(char) || (char === ' ' && text.charAt(at + 1) === '#')) break;
    if (char === ':' && /\s|[,}\]"']|^$/.test(text.charAt(at + 1))) break;
  }
  return at;
}
