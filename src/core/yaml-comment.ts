/** What is open at the end of a line of YAML. */
export interface YamlState {
  readonly quote: '' | "'" | '"';
  /** Open brackets of flow collections. */
  readonly depth: number;
  /** A block scalar's parent column: deeper lines belong to it. -2 for none. */
  readonly block: number;
  /** A plain scalar's parent column: deeper lines may go on with it. -2 for none. */
  readonly plain: number;
}

export const yamlStart: YamlState = { quote: '', depth: 0, block: -2, plain: -2 };

export interface YamlLine {
  readonly state: YamlState;
  /** Blanks before the first character. */
  readonly indent: number;
  /** Something other than blanks and a comment. */
  readonly content: boolean;
  /** The line lies inside a scalar or brackets that began before: no line may be put before it without knowing which. */
  readonly continues: boolean;
  /** Inside a quoted, block or plain scalar that began before. */
  readonly scalar: boolean;
  /** Where the line's comment begins, at its `#`; -1 for none. */
  readonly comment: number;
  /** The block-map key the line begins with, quotes included; its value begins at `value`. */
  readonly key: { readonly start: number; readonly end: number; readonly value: number } | undefined;
}

/**
 * Reads the line [start, lineEnd) of a YAML text: quotes, brackets, block scalars and comments, whatever else the text holds (anchors, tabs, errors).
 * Linear in the line's length.
 */
export function readYamlLine(text: string, start: number, lineEnd: number, state: YamlState): YamlLine {
  const end = lineEnd > start && text.charCodeAt(lineEnd - 1) === 13 ? lineEnd - 1 : lineEnd;
  let at = start;
  while (at < end && text.charAt(at) === ' ') at++;
  const indent = at - start;
  const blank = at === end;
  const inside = { indent, comment: -1, key: undefined, continues: true, scalar: true };

  if (state.block > -2 && (blank || indent > state.block)) return { ...inside, state, content: !blank };
  if (blank)
    return {
      ...inside,
      state,
      content: false,
      continues: state.quote !== '' || state.depth > 0,
      scalar: state.quote !== '',
    };
  const scan: Scan = {
    text,
    end,
    at,
    quote: state.quote,
    depth: state.depth,
    comment: -1,
    parent: indent,
    block: -2,
    plain: false,
    key: undefined,
  };
  if (state.quote !== '' || state.depth > 0) {
    walk(scan, false);
    return {
      ...inside,
      state: after(scan),
      content: scan.comment !== at,
      scalar: state.quote !== '',
      comment: scan.comment,
    };
  }
  if (state.plain > -2 && indent > state.plain && text.charAt(at) !== '#') {
    while (scan.at < end && !isComment(scan)) scan.at++;
    const comment = scan.at < end ? scan.at : -1;
    return { ...inside, state: comment < 0 ? state : yamlStart, content: true, comment };
  }
  if (indent === 0 && isMarker(text, at, end)) {
    scan.at += 3;
    scan.parent = -1;
  }
  walk(scan, true);
  const content = scan.comment !== at;
  return {
    state: content ? after(scan) : yamlStart,
    indent,
    content,
    continues: false,
    scalar: false,
    comment: scan.comment,
    key: scan.key,
  };
}

interface Scan {
  readonly text: string;
  readonly end: number;
  at: number;
  quote: '' | "'" | '"';
  depth: number;
  comment: number;
  /** Column that what follows on deeper lines belongs to. */
  parent: number;
  block: number;
  plain: boolean;
  key: { start: number; end: number; value: number } | undefined;
}

function after({ quote, depth, block, plain, parent }: Scan): YamlState {
  return { quote, depth, block, plain: plain ? parent : -2 };
}

function isBlank(text: string, at: number, end: number): boolean {
  if (at >= end) return true;
  const char = text.charAt(at);
  return char === ' ' || char === '\t';
}

function isComment({ text, at }: Scan): boolean {
  return text.charAt(at) === '#' && (at === 0 || /\s|\uFEFF/.test(text.charAt(at - 1)));
}

/** `---` or `...` alone or before a blank. */
export function isMarker(text: string, at: number, end: number): boolean {
  const head = text.slice(at, at + 3);
  return (head === '---' || head === '...') && isBlank(text, at + 3, end);
}

/** Walks to the end of the line. `block`: outside of brackets, where keys, dashes and block scalars are. */
function walk(scan: Scan, block: boolean): void {
  const { text, end } = scan;
  const first = scan.at;
  const lineStart = first - Math.max(scan.parent, 0);
  let begins = true;
  let token = first;
  let dashed = false;
  while (scan.at < end) {
    if (scan.quote !== '') {
      endQuote(scan);
      begins = false;
      continue;
    }
    const char = text.charAt(scan.at);
    if (isComment(scan)) {
      scan.comment = scan.at;
      scan.plain = false;
      return;
    }
    const gap = isBlank(text, scan.at + 1, end);
    const flow = scan.depth > 0;
    if (char === ' ' || char === '\t') scan.at++;
    else if (begins && (char === '"' || char === "'")) {
      token = scan.at;
      scan.quote = char;
      scan.plain = false;
      scan.at++;
    } else if ((begins || flow) && (char === '{' || char === '[')) {
      scan.depth++;
      begins = true;
      scan.at++;
    } else if (flow && (char === '}' || char === ']')) {
      scan.depth--;
      begins = false;
      scan.plain = false;
      scan.at++;
    } else if (flow && char === ',') {
      begins = true;
      scan.at++;
    } else if (char === ':' && (gap || flow)) {
      if (block && !flow && !begins) {
        const column = token - lineStart;
        scan.parent = column;
        if (!dashed && !scan.key) scan.key = { start: token, end: trimmed(text, token, scan.at), value: scan.at + 1 };
      }
      scan.plain = false;
      begins = true;
      scan.at++;
    } else if (block && begins && gap && !flow && (char === '-' || char === '?')) {
      scan.parent = scan.at - lineStart;
      dashed = true;
      scan.at++;
    } else if (begins && (char === '&' || char === '!' || char === '*')) {
      const stops = flow ? ',]}' : '\n';
      while (!isBlank(text, scan.at, end) && !stops.includes(text.charAt(scan.at))) scan.at++;
    } else if (block && begins && !flow && (char === '|' || char === '>')) {
      // Alone on its line it belongs to a key further left.
      scan.block = scan.key || dashed || scan.parent < 0 ? scan.parent : scan.parent - 1;
      while (scan.at < end && !isComment(scan)) scan.at++;
      begins = false;
    } else {
      if (begins) token = scan.at;
      begins = false;
      scan.plain = scan.depth === 0;
      scan.at++;
    }
  }
}

/** Up to behind the quote that closes, or the end of the line. */
function endQuote(scan: Scan): void {
  const { text, end } = scan;
  while (scan.at < end) {
    const char = text.charAt(scan.at);
    if (scan.quote === '"' && char === '\\') scan.at++;
    else if (char === scan.quote) {
      if (char === "'" && text.charAt(scan.at + 1) === "'") scan.at++;
      else {
        scan.quote = '';
        scan.at++;
        return;
      }
    }
    scan.at++;
  }
  scan.at = end;
}

function trimmed(text: string, start: number, end: number): number {
  let stop = end;
  while (stop > start && isBlank(text, stop - 1, stop)) stop--;
  return stop;
}
