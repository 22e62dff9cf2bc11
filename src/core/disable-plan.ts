import { isMap, isScalar, isSeq, type Pair, parseDocument, type Node, type YAMLMap, type YAMLSeq } from 'yaml';
import { configurationFile } from './configuration.ts';
import { commentingOf, disableWord, lineStartOf } from './disable.ts';
import type { FileEdits, RawFinding } from './finding.ts';
import { sqlComments } from './sql-comment.ts';
import { lineBreakOf, type Span, type TextEdit } from './text.ts';
import { isMarker, readYamlLine, type YamlState, yamlStart } from './yaml-comment.ts';

export interface DisableRequest {
  readonly scope: 'line' | 'file' | 'workspace';
  readonly finding: Pick<RawFinding, 'file' | 'rule' | 'symbol' | 'span'>;
  /** The document the finding is in. */
  readonly text: string;
  readonly reason: string;
  /** `backend-architect.yaml` as it is; undefined where there is none. */
  readonly configurationText?: string;
}

export type DisablePlan =
  | { readonly edits: FileEdits; /** Files that have to be made first. */ readonly creates: readonly string[] }
  | { readonly problem: string };

/**
 * The smallest edits that silence a finding, with its reason. JSON, and lines that no comment can stand before (inside a string or a block scalar),
 * get an entry in the configuration. A configuration whose YAML is broken is not touched.
 */
export function planDisable(request: DisableRequest): DisablePlan {
  const reason = request.reason.replaceAll(/\s+/g, ' ').trim();
  if (reason === '') return { problem: 'A disable needs a reason. Nothing was changed.' };
  if (request.scope === 'workspace')
    return inConfiguration(request, (config) => ruleOff(config, request.finding.rule, reason));
  const comment = inDocument(request, reason);
  if (comment) return { edits: new Map([[request.finding.file, [comment]]]), creates: [] };
  return inConfiguration(request, (config) => newEntry(config, request, reason));
}

function inDocument({ scope, finding, text }: DisableRequest, reason: string): TextEdit | undefined {
  const commenting = commentingOf(finding.file, text);
  if (commenting === 'none') return undefined;
  const mark = commenting === 'sql' ? '--' : '#';
  const eol = lineBreakOf(text);
  const bom = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  if (scope === 'file') {
    const at = commenting === 'yaml' ? behindDirectives(text, bom) : bom;
    return insert(at, `${mark} ${disableWord}-file ${finding.rule}: ${reason}${eol}`);
  }
  const lineStart = Math.max(lineStartOf(text, finding.span.start), bom);
  const free = commenting === 'yaml' ? isFreeYaml(text, lineStart) : isFreeSql(text, lineStart);
  if (!free) return undefined;
  const indent = /^[ \t]*/.exec(text.slice(lineStart, finding.span.start))?.[0] ?? '';
  return insert(lineStart, `${indent}${mark} ${disableWord}-next-line ${finding.rule}: ${reason}${eol}`);
}

function insert(at: number, newText: string): TextEdit {
  return { span: { start: at, end: at }, newText };
}

/** `%YAML 1.2` and its like have to stay in front. */
function behindDirectives(text: string, from: number): number {
  let at = from;
  while (text.charAt(at) === '%') {
    const newline = text.indexOf('\n', at);
    if (newline < 0) return from;
    at = newline + 1;
  }
  return at;
}

/** Whether a comment may stand on a line of its own before the line at `target`, and mean that line. */
function isFreeYaml(text: string, target: number): boolean {
  let state: YamlState = yamlStart;
  for (let at = text.charCodeAt(0) === 0xfeff ? 1 : 0; at < text.length;) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    const line = readYamlLine(text, at, end, state);
    if (at >= target) return at === target && line.content && !line.scalar && !isMarker(text, at, end);
    state = line.state;
    at = end + 1;
  }
  return false;
}

function isFreeSql(text: string, target: number): boolean {
  return !sqlComments(text).closed.some(({ start, end }) => start < target && target < end);
}

interface ConfigurationText {
  readonly text: string;
  readonly eol: string;
  /** Undefined where the file holds nothing yet. */
  readonly root: YAMLMap | undefined;
}

function inConfiguration(
  request: DisableRequest,
  plan: (config: ConfigurationText) => readonly TextEdit[] | undefined,
): DisablePlan {
  const text = request.configurationText ?? '';
  const document = parseDocument(text, { uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  const { contents } = document;
  const empty = contents === null || (isScalar(contents) && contents.value === null);
  const broken = document.errors.length > 0 || (!empty && !isMap(contents));
  const eol = text === '' ? lineBreakOf(request.text) : lineBreakOf(text);
  const edits = broken ? undefined : plan({ text, eol, root: isMap(contents) ? contents : undefined });
  if (!edits) return { problem: `${configurationFile} has mistakes. Repair it first; nothing was changed.` };
  const creates = request.configurationText === undefined ? [configurationFile] : [];
  return { edits: new Map([[configurationFile, edits]]), creates };
}

/** `rules: { <rule>: off }`, with the reason as a comment. */
function ruleOff(config: ConfigurationText, rule: string, reason: string): readonly TextEdit[] | undefined {
  const { text, eol, root } = config;
  const pair = pairOf(root, 'rules');
  if (!pair) return addRoot(config, `rules:${eol}  ${rule}: off # ${reason}`, `rules: { ${rule}: off }`);
  const map = pair.value;
  if (isEmpty(map)) return underKey(config, pair, (indent) => `${indent}${rule}: off # ${reason}`);
  if (!isMap(map)) return undefined;
  const own = pairOf(map, rule);
  if (own) {
    const value = isScalar(own.value) ? spanOf(own.value) : undefined;
    if (!value) return undefined;
    const replaced = { span: value, newText: value.start === value.end ? ' off' : 'off' };
    return [replaced, ...remark(text, value.end, reason)];
  }
  if (map.flow) {
    const edit = intoFlow(text, map, `${rule}: off`);
    return [edit, ...remark(text, spanOf(map)?.end ?? 0, reason)];
  }
  return [behind(config, map, `${columnOf(text, map)}${rule}: off # ${reason}`)];
}

/** The reason as a comment at the end of the line of `offset`, where only blanks follow. */
function remark(text: string, offset: number, reason: string): readonly TextEdit[] {
  const rest = /^[ \t]*(?=\r?\n|$)/.exec(text.slice(offset));
  return rest ? [insert(offset + rest[0].length, ` # ${reason}`)] : [];
}

/** An entry of `disables` for one finding or one rule in a file. */
function newEntry(
  config: ConfigurationText,
  { scope, finding }: DisableRequest,
  reason: string,
): readonly TextEdit[] | undefined {
  const { text, eol, root } = config;
  const at: [string, string][] = scope === 'line' && finding.symbol !== '' ? [['at', finding.symbol]] : [];
  const fields: [string, string][] = [['rule', finding.rule], ['file', finding.file], ...at, ['reason', reason]];
  const flow = `{ ${fields.map(([key, value]) => `${key}: ${JSON.stringify(value)}`).join(', ')} }`;
  const block = (indent: string): string =>
    fields.map(([key, value], index) => `${indent}${index === 0 ? '- ' : '  '}${key}: ${scalarText(value)}`).join(eol);
  const pair = pairOf(root, 'disables');
  if (!pair) return addRoot(config, `disables:${eol}${block('  ')}`, `disables: [${flow}]`);
  const list = pair.value;
  if (isEmpty(list)) return underKey(config, pair, block);
  if (!isSeq(list)) return undefined;
  if (list.flow) return [intoFlow(text, list, flow)];
  return [behind(config, list, block(columnOf(text, list)))];
}

function pairOf(map: YAMLMap | undefined, name: string): Pair | undefined {
  // Of repeated keys the last one counts.
  return map?.items.findLast(({ key }) => isScalar(key) && key.value === name);
}

function isEmpty(node: unknown): boolean {
  return node === null || node === undefined || (isScalar(node) && node.value === null);
}

function spanOf(node: unknown): Span | undefined {
  const range = (node as Node | undefined)?.range;
  return range ? { start: range[0], end: range[1] } : undefined;
}

/** The blanks before a block collection's first entry; of a list that begins behind something else on its line, as many blanks as its column. */
function columnOf(text: string, collection: YAMLMap | YAMLSeq): string {
  const start = spanOf(collection)?.start ?? 0;
  return text.slice(lineStartOf(text, start), start).replaceAll(/[^ \t]/g, ' ');
}

/** A new root entry at the end. */
function addRoot({ text, eol, root }: ConfigurationText, block: string, flow: string): readonly TextEdit[] {
  if (root?.flow) return [intoFlow(text, root, flow)];
  if (root) return [behind({ text, eol, root }, root, indented(block, columnOf(text, root), eol))];
  const before = text === '' || text.endsWith('\n') ? '' : eol;
  return [insert(text.length, `${before}${block}${eol}`)];
}

function indented(block: string, indent: string, eol: string): string {
  return block
    .split(eol)
    .map((line) => indent + line)
    .join(eol);
}

/** The first entry of a key that has no value yet. */
function underKey(
  { text, eol, root }: ConfigurationText,
  pair: Pair,
  block: (indent: string) => string,
): readonly TextEdit[] | undefined {
  const key = spanOf(pair.key);
  if (!key || root?.flow) return undefined;
  const indent = `${text.slice(lineStartOf(text, key.start), key.start).replace('\uFEFF', '')}  `;
  return [lineBehind(text, eol, key.end, block(indent))];
}

/** A new entry behind the last one of a block collection. */
function behind({ text, eol }: ConfigurationText, collection: YAMLMap | YAMLSeq, block: string): TextEdit {
  return lineBehind(text, eol, endOf(collection, text), block);
}

/** New lines behind the line of `offset`. */
function lineBehind(text: string, eol: string, offset: number, block: string): TextEdit {
  if (offset > 0 && text.charAt(offset - 1) === '\n') return insert(offset, `${block}${eol}`);
  const newline = text.indexOf('\n', offset);
  return newline < 0 ? insert(text.length, `${eol}${block}${eol}`) : insert(newline + 1, `${block}${eol}`);
}

/** Where the last value inside a node ends, without the blanks and comments behind it. */
function endOf(node: unknown, text: string): number {
  const span = spanOf(node) ?? { start: 0, end: text.length };
  if (isMap(node) && !node.flow) {
    const last = node.items.at(-1);
    return last ? endOf(isEmpty(last.value) ? last.key : last.value, text) : span.end;
  }
  if (isSeq(node) && !node.flow) {
    const last = node.items.at(-1);
    return last ? endOf(last, text) : span.end;
  }
  return span.end;
}

/** A new entry before the bracket that closes a flow collection. */
function intoFlow(text: string, collection: YAMLMap | YAMLSeq, entry: string): TextEdit {
  const { end } = spanOf(collection) ?? { end: text.length };
  const close = end - 1;
  const filled = collection.items.length > 0;
  let at = close;
  while (at > 0 && /\s/.test(text.charAt(at - 1))) at--;
  if (!filled) return insert(close, close > 0 && text.charAt(close - 1) === ' ' ? `${entry} ` : ` ${entry} `);
  return insert(at, `${text.charAt(at - 1) === ',' ? '' : ','} ${entry}`);
}

/** A block scalar's value as plain text where that reads back as the same text, in double quotes otherwise. */
function scalarText(value: string): string {
  const plain =
    /^[A-Za-z/_.][\w /.,~(){}+'-]*$/.test(value) &&
    !value.endsWith(' ') &&
    !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(value);
  return plain && !/^\.(?:inf|nan)$/i.test(value) ? value : JSON.stringify(value);
}
