/** What is still open at the end of a line. */
export interface LineState {
  /** A quoted scalar that goes on, by its quote. */
  readonly quote: '' | "'" | '"';
  /** Open brackets of flow collections. */
  readonly depth: number;
  /** A block scalar is open: its lines are those indented deeper than `parent`. */
  readonly block: boolean;
  /** Column of the key or dash whose value is open. What is open goes on only on lines indented deeper (js-yaml and yaml agree). */
  readonly parent: number;
}

export const startState: LineState = { quote: '', depth: 0, block: false, parent: -1 };

export interface Line {
  readonly indent: number;
  /** The block-map key the line begins with, in document offsets. */
  readonly key: { readonly name: string; readonly start: number; readonly end: number } | undefined;
  /** The key's value is not on this line: a block map, a sequence or nothing follows. */
  readonly opensBlock: boolean;
  /** There is something other than blanks and a comment. */
  readonly content: boolean;
  /** The line lies inside something that began before. */
  readonly continues: boolean;
  readonly marker: 'start' | 'end' | undefined;
  readonly state: LineState;
}

const space = 32;
const hashSign = 35;
const quoteSingle = 39;
const quoteDouble = 34;
const colon = 58;
const dash = 45;
const question = 63;
const backslash = 92;

interface Scan {
  at: number;
  quote: '' | "'" | '"';
  depth: number;
  anchors: boolean;
}

/**
 * Reads the line [start, end) of a YAML text, knowing what the lines before left open. Linear in the line's length.
 * Undefined when the text holds anchors, aliases or tabs as indentation: then pieces do not stand for themselves.
 */
export function readLine(text: string, start: number, lineEnd: number, state: LineState): Line | undefined {
  const end = text.charCodeAt(lineEnd - 1) === 13 && lineEnd > start ? lineEnd - 1 : lineEnd;
  let at = start;
  while (at < end && text.charCodeAt(at) === space) at++;
  const indent = at - start;
  const blank = at === end;

  if (state.block && (blank || indent > state.parent)) return continued(indent, state);
  const closes = state.depth > 0 && (text.charCodeAt(at) === 125 || text.charCodeAt(at) === 93);
  if ((state.quote !== '' || state.depth > 0) && (blank || indent > state.parent || closes)) {
    const scan: Scan = { at, quote: state.quote, depth: state.depth, anchors: false };
    scanFlow(text, end, scan);
    if (scan.anchors) return undefined;
    return { ...continued(indent, { ...state, quote: scan.quote, depth: scan.depth }), content: !blank };
  }
  if (blank || text.charCodeAt(at) === hashSign) return { ...continued(indent, startState), continues: false };
  if (text.charCodeAt(at) === 9) return undefined;
  if (indent === 0 && end - at >= 3) {
    const head = text.slice(at, at + 3);
    const bare = end - at === 3 || text.charCodeAt(at + 3) === space;
    if (bare && head === '---') return { ...continued(0, startState), marker: 'start', continues: false };
    if (bare && head === '...') return { ...continued(0, startState), marker: 'end', continues: false };
    if (text.charCodeAt(at) === 37) return { ...continued(0, startState), continues: false };
  }
  return readContent(text, at, end, indent);
}

function continued(indent: number, state: LineState): Line {
  return { indent, key: undefined, opensBlock: false, content: false, continues: true, marker: undefined, state };
}

/** A line that begins something: `- ` marks, then a key or a value. */
function readContent(text: string, from: number, end: number, indent: number): Line | undefined {
  let at = from;
  let key: Line['key'];
  let parent = indent;
  let explicit = false;
  for (;;) {
    const code = text.charCodeAt(at);
    const next = text.charCodeAt(at + 1);
    const gap = at + 1 >= end || next === space;
    if ((code === dash || code === question || code === colon) && gap) {
      if (code === question && at === from) explicit = true;
      parent = at - from + indent;
      at++;
      while (at < end && text.charCodeAt(at) === space) at++;
      if (at < end && text.charCodeAt(at) !== hashSign) continue;
      return { ...continued(indent, startState), content: true, continues: false };
    }
    break;
  }
  const own = keyAt(text, at, end);
  if (own) {
    if (at === from) key = { name: own.name, start: at, end: own.end };
    parent = at - from + indent;
    at = own.value;
  } else if (explicit) {
    const stop = trimEnd(text, at, end);
    key = { name: unquote(text.slice(at, stop)), start: at, end: stop };
  }
  const scan: Scan = { at, quote: '', depth: 0, anchors: false };
  const opened = at >= end || text.charCodeAt(at) === hashSign;
  const block = !opened && valueAt(text, end, scan);
  if (scan.anchors) return undefined;
  return {
    indent,
    key,
    opensBlock: own !== undefined && opened,
    content: true,
    continues: false,
    marker: undefined,
    state:
      block || scan.quote !== '' || scan.depth > 0
        ? { quote: scan.quote, depth: scan.depth, block, parent }
        : startState,
  };
}

/** Looks at the value that begins at `scan.at`. True where a block scalar begins. */
function valueAt(text: string, end: number, scan: Scan): boolean {
  let code = text.charCodeAt(scan.at);
  if (code === 33) {
    while (scan.at < end && text.charCodeAt(scan.at) !== space) scan.at++;
    while (scan.at < end && text.charCodeAt(scan.at) === space) scan.at++;
    code = text.charCodeAt(scan.at);
  }
  if (code === 38 || code === 42) {
    scan.anchors = true;
    return false;
  }
  if (code === 124 || code === 62) return true;
  if (code === quoteSingle || code === quoteDouble || code === 123 || code === 91) scanFlow(text, end, scan);
  return false;
}

/** Walks quotes and brackets up to the end of the line. Plain text inside brackets ends at their punctuation. */
function scanFlow(text: string, end: number, scan: Scan): void {
  let begins = true;
  while (scan.at < end) {
    const code = text.charCodeAt(scan.at);
    if (scan.quote !== '') {
      if (scan.quote === '"' && code === backslash) scan.at++;
      else if (code === scan.quote.charCodeAt(0)) {
        if (scan.quote === "'" && text.charCodeAt(scan.at + 1) === quoteSingle) scan.at++;
        else scan.quote = '';
      }
      scan.at++;
      begins = false;
      if (scan.quote === '' && scan.depth === 0) return;
      continue;
    }
    if (begins && (code === quoteSingle || code === quoteDouble)) scan.quote = code === quoteSingle ? "'" : '"';
    else if (begins && (code === 38 || code === 42)) scan.anchors = true;
    else if (code === 123 || code === 91) scan.depth++;
    else if (code === 125 || code === 93) {
      scan.depth--;
      if (scan.depth <= 0) {
        scan.depth = 0;
        return;
      }
    } else if (code === hashSign && (scan.at === 0 || text.charCodeAt(scan.at - 1) === space)) return;
    if (code !== space) begins = code === 123 || code === 91 || code === 44 || code === colon;
    scan.at++;
  }
}

/** A key at `at`: plain or quoted, followed by a colon and a blank or the end of the line. */
function keyAt(text: string, at: number, end: number): { name: string; end: number; value: number } | undefined {
  const first = text.charCodeAt(at);
  let stop = at;
  if (first === quoteSingle || first === quoteDouble) {
    const scan: Scan = { at: at + 1, quote: first === quoteSingle ? "'" : '"', depth: 0, anchors: false };
    scanFlow(text, end, scan);
    if (scan.quote !== '') return undefined;
    stop = scan.at;
    let mark = stop;
    while (mark < end && text.charCodeAt(mark) === space) mark++;
    if (text.charCodeAt(mark) !== colon) return undefined;
    return { name: unquote(text.slice(at, stop)), end: stop, value: skip(text, mark + 1, end) };
  }
  if (first === 123 || first === 91 || first === 38 || first === 42) return undefined;
  for (; stop < end; stop++) {
    const code = text.charCodeAt(stop);
    if (code === colon && (stop + 1 >= end || text.charCodeAt(stop + 1) === space)) {
      return {
        name: text.slice(at, trimEnd(text, at, stop)),
        end: trimEnd(text, at, stop),
        value: skip(text, stop + 1, end),
      };
    }
    if (code === hashSign && text.charCodeAt(stop - 1) === space) return undefined;
  }
  return undefined;
}

function skip(text: string, at: number, end: number): number {
  let next = at;
  while (next < end && text.charCodeAt(next) === space) next++;
  return next;
}

function trimEnd(text: string, start: number, end: number): number {
  let stop = end;
  while (stop > start && text.charCodeAt(stop - 1) === space) stop--;
  return stop;
}

/** The text of a quoted key. Escapes are rare in keys: the tree read from the piece has the last word. */
function unquote(raw: string): string {
  const first = raw.charAt(0);
  if ((first !== "'" && first !== '"') || !raw.endsWith(first) || raw.length < 2) return raw;
  const inner = raw.slice(1, -1);
  return first === "'" ? inner.replaceAll("''", "'") : inner.replaceAll(/\\(["\\/])/g, '$1');
}
