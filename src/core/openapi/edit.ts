import { lineBreakOf, type Span, type TextEdit } from '../text.ts';
import type { Cut, Piece } from './piece.ts';
import { lower } from './lower.ts';
import { descend, readReference } from './resolve.ts';
import { entryOf, type MapNode, type Node, parseTree, type SeqNode, token } from './tree.ts';

/** A value to write. Strings are quoted where YAML needs it; key order is kept. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

/** Plans the smallest edits in one document, in its own style: YAML or JSON, its indentation, its line breaks. All edits are in document offsets. */
export interface OpenApiEditor {
  readonly format: 'yaml' | 'json';
  /** The text a span of the piece covers. */
  slice(span: Span): string;
  replace(span: Span, newText: string): TextEdit;
  /** Writes `value` in the place of a scalar or flow value. */
  setValue(node: Node, value: Value): TextEdit;
  /** Adds an entry at the end of `map`, or behind its entry `after`. */
  addEntry(map: MapNode, name: string, value: Value, after?: string): TextEdit;
  /** Takes the entry away, with its line where it stands alone on it. */
  removeEntry(map: MapNode, name: string): TextEdit | undefined;
  addItem(seq: SeqNode, value: Value): TextEdit;
  /** Takes one item out of a list that keeps others. */
  removeItem(seq: SeqNode, index: number): TextEdit | undefined;
  /** Adds a component; creates `components` and the section where they are missing. Undefined where the document's layout is not understood. */
  addComponent(section: string, name: string, value: Value): readonly TextEdit[] | undefined;
  /** Adds an entry at the root, behind the root entry `after` where that exists, else at the end. */
  addRootEntry(name: string, value: Value, after?: string): TextEdit | undefined;
  /** Adds an item to the list under a root key; creates the list, behind the root entry `after`, where it is missing. */
  addRootItem(name: string, value: Value, after?: string): TextEdit | undefined;
  /** Takes out what stands at `pointer`: a component, a path item. Undefined where it is the last of its section. */
  removeAt(pointer: string): TextEdit | undefined;
}

export function openApiEditor(document: string, layout: Cut, piece: Piece): OpenApiEditor {
  const json = layout.format === 'json';
  const eol = lineBreakOf(document);
  const step = indentStep(document, json);
  const at = (span: Span): Span => ({ start: piece.start + span.start, end: piece.start + span.end });
  const slice = (span: Span): string => document.slice(piece.start + span.start, piece.start + span.end);
  const insert = (offset: number, newText: string): TextEdit => ({ span: { start: offset, end: offset }, newText });

  const write = (value: Value, indent: number, flow: boolean): string =>
    json || flow ? writeJson(value, indent, flow ? '' : step, eol) : writeYaml(value, indent, step.length, eol);

  const line = (offset: number): number => document.lastIndexOf('\n', offset - 1) + 1;
  const indentAt = (offset: number): number => {
    const from = line(offset);
    let stop = from;
    while (document.charCodeAt(stop) === 32) stop++;
    return stop - from;
  };

  /** `key: value` as it stands in a block map at `indent`, without the leading blanks. */
  const yamlEntry = (name: string, value: Value, indent: number): string => {
    const body = writeYaml(value, indent, step.length, eol);
    return `${yamlString(name)}:${body.startsWith(eol) ? '' : ' '}${body}`;
  };

  const addFlow = (
    container: MapNode | SeqNode,
    last: Node | undefined,
    body: (indent: number, flow: boolean) => string,
  ): TextEdit => {
    const open = piece.start + container.start;
    const oneLine = !slice(container).includes('\n');
    if (!last) {
      const end = piece.start + container.end - 1;
      const inner = document.slice(open + 1, end);
      if (oneLine && !json) return { span: { start: open + 1, end }, newText: body(0, true) };
      const indent = indentAt(open) + step.length;
      const newText = `${eol}${' '.repeat(indent)}${body(indent, false)}${eol}${' '.repeat(indentAt(open))}`;
      return { span: { start: open + 1, end: open + 1 + inner.length }, newText };
    }
    const end = piece.start + last.end;
    if (oneLine) return insert(end, `, ${body(0, true)}`);
    const first = container.kind === 'map' ? container.entries[0]?.key.start : container.items[0]?.start;
    const column = first === undefined ? 0 : piece.start + first - line(piece.start + first);
    return insert(end, `,${eol}${' '.repeat(column)}${body(column, false)}`);
  };

  const addEntry = (map: MapNode, name: string, value: Value, after?: string): TextEdit => {
    const previous = (after === undefined ? undefined : entryOf(map, after)) ?? map.entries.at(-1);
    if (map.flow || !previous) {
      return addFlow(
        map,
        previous?.value,
        (indent, flow) =>
          `${json || (flow && !/^\w+$/.test(name)) ? JSON.stringify(name) : yamlString(name)}: ${write(value, indent, json ? flow : true)}`,
      );
    }
    const keyAt = piece.start + previous.key.start;
    const column = keyAt - line(keyAt);
    const end = endOfValue(document, piece.start + previous.value.end, piece.start + previous.key.end);
    return insert(
      end.offset,
      `${end.broken ? '' : eol}${' '.repeat(column)}${yamlEntry(name, value, column)}${end.broken ? eol : ''}`,
    );
  };

  const removeEntry = (map: MapNode, name: string): TextEdit | undefined => {
    const index = map.entries.findLastIndex((entry) => entry.name === name);
    const entry = map.entries[index];
    if (!entry) return undefined;
    if (map.flow) {
      const next = map.entries[index + 1];
      const before = map.entries[index - 1];
      const start = piece.start + (next ? entry.key.start : (before?.value.end ?? entry.key.start));
      const end = piece.start + (next ? next.key.start : entry.value.end);
      return { span: { start, end }, newText: '' };
    }
    const keyAt = piece.start + entry.key.start;
    const end = endOfValue(document, piece.start + entry.value.end, piece.start + entry.key.end);
    const first = document.slice(line(keyAt), keyAt).trim() === '';
    if (!first) return undefined;
    const stop = end.broken
      ? end.offset
      : end.offset < document.length
        ? document.indexOf('\n', end.offset) + 1 || document.length
        : end.offset;
    return { span: { start: line(keyAt), end: stop }, newText: '' };
  };

  const frame = (pointer: string): Cut['frames'][number] | undefined =>
    layout.frames.find((candidate) => candidate.pointer === pointer);
  const lastPiece = (below: string): Piece | undefined =>
    layout.pieces.findLast(
      (candidate) => candidate.pointer.startsWith(`${below}/`) && candidate.pointer.indexOf('/', below.length + 1) < 0,
    );

  /** Behind the last entry of a frame that is cut into pieces. */
  const addToFrame = (pointer: string, name: string, value: Value): TextEdit | undefined => {
    const own = frame(pointer);
    if (!own) return undefined;
    const inner = layout.frames.filter((candidate) => candidate.pointer.startsWith(`${pointer}/`)).at(-1);
    const last = lastPiece(pointer);
    const indent = own.indent ?? indentAt(own.key.start) + step.length;
    if (json) {
      const end = Math.max(last?.end ?? 0, inner ? document.indexOf('}', inner.end) + 1 : 0);
      const body = `${JSON.stringify(name)}: ${writeJson(value, indent, step, eol)}`;
      if (end > 0) return insert(end, `,${eol}${' '.repeat(indent)}${body}`);
      return {
        span: { start: own.end, end: own.end },
        newText: `${eol}${' '.repeat(indent)}${body}${eol}${' '.repeat(indentAt(own.key.start))}`,
      };
    }
    const end = endOfContent(document, own.end);
    return insert(end.offset, `${end.broken ? '' : eol}${' '.repeat(indent)}${yamlEntry(name, value, indent)}${eol}`);
  };

  const addRootEntry = (name: string, value: Value, after?: string): TextEdit | undefined => {
    if (layout.pieces[0]?.pointer === '') return undefined;
    if (json) {
      const ends = [
        ...layout.pieces.filter((one) => one.pointer.lastIndexOf('/') === 0).map((one) => one.end),
        ...layout.frames
          .filter((one) => one.pointer.lastIndexOf('/') === 0)
          .map((one) => document.indexOf('}', one.end) + 1),
      ];
      const wanted =
        after === undefined ? undefined : layout.pieces.find((one) => one.pointer === `/${token(after)}`)?.end;
      const end = wanted ?? Math.max(...ends);
      return insert(end, `,${eol}${step}${JSON.stringify(name)}: ${writeJson(value, step.length, step, eol)}`);
    }
    const wanted = after === undefined ? undefined : layout.pieces.find((one) => one.pointer === `/${token(after)}`);
    const end = endOfContent(
      document,
      wanted?.end ?? Math.max(...layout.pieces.map((one) => one.end), ...layout.frames.map((one) => one.end)),
    );
    return insert(end.offset, `${end.broken ? '' : eol}${yamlEntry(name, value, 0)}${eol}`);
  };

  const addItem = (seq: SeqNode, value: Value): TextEdit => {
    const last = seq.items.at(-1);
    if (seq.flow || !last) return addFlow(seq, last, (indent, flow) => write(value, indent, json ? flow : true));
    const from = piece.start + last.start;
    const mark = document.lastIndexOf('-', from);
    const column = mark - line(mark);
    const end = endOfValue(document, piece.start + last.end, from);
    const item = nested(value, column + 2, step.length, eol);
    return insert(end.offset, `${end.broken ? '' : eol}${' '.repeat(column)}- ${item}${end.broken ? eol : ''}`);
  };

  const removeItem = (seq: SeqNode, index: number): TextEdit | undefined => {
    const item = seq.items[index];
    if (!item || seq.items.length < 2) return undefined;
    const before = seq.items[index - 1];
    const next = seq.items[index + 1];
    if (seq.flow) {
      const span =
        next && !before ? { start: item.start, end: next.start } : { start: before?.end ?? item.start, end: item.end };
      return { span: at(span), newText: '' };
    }
    const from = piece.start + item.start;
    const start = line(from);
    if (!/^\s*-\s*$/.test(document.slice(start, from))) return undefined;
    const end = endOfValue(document, piece.start + item.end, from);
    const stop = end.broken ? end.offset : document.indexOf('\n', end.offset) + 1 || document.length;
    return { span: { start, end: stop }, newText: '' };
  };

  /** The root of a document that is one piece. */
  const whole = (): Node | undefined =>
    layout.pieces[0]?.pointer === '' ? parseTree(document.slice(piece.start)).root : undefined;

  const addRootItem = (name: string, value: Value, after?: string): TextEdit | undefined => {
    const root = whole();
    if (root?.kind === 'map') {
      const list = entryOf(root, name)?.value;
      return list?.kind === 'seq' ? addItem(list, value) : list ? undefined : addEntry(root, name, [value], after);
    }
    const own = layout.pieces.find((one) => one.pointer === `/${token(name)}`);
    if (!own) return addRootEntry(name, [value], after);
    const [seat] = lower(own, document.slice(own.start, own.end), layout.format).seats;
    return seat?.node.kind === 'seq' ? openApiEditor(document, layout, own).addItem(seat.node, value) : undefined;
  };

  const removeAt = (pointer: string): TextEdit | undefined => {
    const parent = pointer.slice(0, pointer.lastIndexOf('/'));
    const root = whole();
    if (root) {
      const { tokens = [] } = readReference(`#${pointer.replaceAll('%', '%25')}`);
      const map = descend(root, tokens.slice(0, -1), () => undefined);
      return map?.kind === 'map' && map.entries.length > 1 ? removeEntry(map, tokens.at(-1) ?? '') : undefined;
    }
    const siblings = layout.pieces.filter(
      (one) => one.pointer.startsWith(`${parent}/`) && one.pointer.lastIndexOf('/') === parent.length,
    );
    const index = siblings.findIndex((one) => one.pointer === pointer);
    const own = siblings[index];
    if (!own || siblings.length < 2) return undefined;
    const next = siblings[index + 1];
    const before = siblings[index - 1];
    if (!json || !before) return { span: { start: own.start, end: json && next ? next.start : own.end }, newText: '' };
    return { span: { start: before.end, end: own.end }, newText: '' };
  };

  return {
    format: layout.format,
    slice,
    replace: (span, newText) => ({ span: at(span), newText }),
    setValue: (node, value) => {
      const { start, end } = at(node);
      // A block scalar reaches behind its line break, which stays.
      const target = { start, end: end - (/[\r\n]*$/.exec(document.slice(start, end))?.[0].length ?? 0) };
      if (node.kind !== 'scalar') return { span: target, newText: write(value, indentAt(start), node.flow && !json) };
      const newText =
        typeof value === 'string' && !json ? scalarText(slice(node), value) : write(value, indentAt(start), !json);
      return { span: target, newText: start === end ? ` ${newText}` : newText };
    },
    addEntry,
    removeEntry,
    addItem,
    addComponent: (section, name, value) => {
      if (layout.pieces[0]?.pointer === '') return undefined;
      const direct = addToFrame(`/components/${section}`, name, value);
      if (direct) return [direct];
      if (layout.pieces.some((one) => one.pointer === '/components' || one.pointer === `/components/${section}`))
        return undefined;
      const edit =
        addToFrame('/components', section, { [name]: value }) ??
        addRootEntry('components', { [section]: { [name]: value } });
      return edit ? [edit] : undefined;
    },
    addRootEntry,
    removeItem,
    addRootItem,
    removeAt,
  };
}

/** Where the line of a block value ends. A block scalar ends behind its own line break: then `broken`. */
function endOfValue(document: string, end: number, floor: number): { offset: number; broken: boolean } {
  let at = Math.max(end, floor);
  if (at > 0 && document.charCodeAt(at - 1) === 10) return { offset: at, broken: true };
  while (at < document.length && document.charCodeAt(at) !== 10 && document.charCodeAt(at) !== 13) at++;
  return { offset: at, broken: false };
}

/** Behind the last line with content before `end`; `broken` where a line break precedes. */
function endOfContent(document: string, end: number): { offset: number; broken: boolean } {
  let at = Math.min(end, document.length);
  while (at > 0 && /\s/.test(document.charAt(at - 1))) at--;
  const newline = document.indexOf('\n', at);
  return newline < 0 || newline >= document.length
    ? { offset: document.length, broken: false }
    : { offset: newline + 1, broken: true };
}

function indentStep(document: string, json: boolean): string {
  const found = json ? /\n( +)"/.exec(document.slice(0, 65_536)) : /\n( +)[^\s#-]/.exec(document.slice(0, 65_536));
  return ' '.repeat(Math.min(found?.[1]?.length ?? 2, 8));
}

function writeJson(value: Value, indent: number, step: string, eol: string): string {
  if (step === '') return flowOf(value);
  return JSON.stringify(value, null, step).replaceAll('\n', `${eol}${' '.repeat(indent)}`);
}

/** One line, as YAML's flow style and JSON both read it. */
function flowOf(value: Value): string {
  if (Array.isArray(value)) return `[${value.map((item: Value) => flowOf(item)).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{ ${Object.entries(value)
      .map(([name, inner]: [string, Value]) => `${JSON.stringify(name)}: ${flowOf(inner)}`)
      .join(', ')} }`;
  }
  return JSON.stringify(value);
}

function writeYaml(value: Value, indent: number, step: number, eol: string): string {
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return value
      .map((item: Value) => `${eol}${' '.repeat(indent + step)}- ${nested(item, indent + step + 2, step, eol)}`)
      .join('');
  }
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value);
    if (fields.length === 0) return '{}';
    return fields
      .map(([name, inner]: [string, Value]) => {
        const body = writeYaml(inner, indent + step, step, eol);
        return `${eol}${' '.repeat(indent + step)}${yamlString(name)}:${body.startsWith(eol) ? '' : ' '}${body}`;
      })
      .join('');
  }
  return typeof value === 'string' ? yamlString(value) : String(value);
}

/** A list item's first line goes behind its dash. */
function nested(value: Value, indent: number, step: number, eol: string): string {
  const body = writeYaml(value, indent - step, step, eol);
  return body.startsWith(eol) ? body.slice(eol.length).trimStart() : body;
}

/** A text in the quotes of the one it replaces, where that had some. */
function scalarText(before: string, value: string): string {
  if (before.startsWith('"')) return JSON.stringify(value);
  return before.startsWith("'") || !/^[\w\-./ ]+$/.test(value) ? `'${value.replaceAll("'", "''")}'` : yamlString(value);
}

function yamlString(value: string): string {
  const safe =
    /^[A-Za-z_/$][\w\-+./ $(){}]*$/.test(value) &&
    !/^(?:true|false|null|yes|no|on|off|y|n|~)$/i.test(value) &&
    !/[{}]$|^\s|\s$/.test(value);
  const path = /^\/[\w\-./{}]*$/.test(value);
  return safe || path ? value : `'${value.replaceAll("'", "''")}'`;
}
