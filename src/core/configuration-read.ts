import { isMap, isScalar, isSeq, type Node, parseDocument, type YAMLMap } from 'yaml';
import {
  canBeSilenced,
  type Configuration,
  configurationFile,
  type DisableEntry,
  foldersNamedIn,
  inclusion,
  type Level,
  levels,
  type Override,
} from './configuration.ts';
import { defaultWorkflow, readWorkflow, workflowKeys, type WorkflowSettings } from './configuration-workflow.ts';
import { firstOf, isDate, isDeep, list, maxDepth, resolver, spanOf } from './configuration-yaml.ts';
import type { ChecklistItem } from './checklist.ts';
import type { RawFinding } from './finding.ts';
import { alternativesOf, anyOf, globProblem } from './globs.ts';
import { didYouMean } from './nearest.ts';
import type { Span } from './text.ts';

/** Longer configurations are not read: someone has put something else there. */
const maxLength = 1_000_000;

/** Aliases can make a short text mean very much: no more entries than these are read. */
const maxEntries = 100_000;

/** Every path is compared with every pattern, those that braces stand for among them. */
const maxPatterns = 1000;

export const rootKeys = ['rules', 'include', 'exclude', 'overrides', 'disables', ...workflowKeys] as const;
export const overrideKeys = ['files', 'rules'] as const;
export const disableKeys = ['rule', 'file', 'at', 'reason', 'until'] as const;

/**
 * Reads `backend-architect.yaml`. Every mistake is a problem at its place, under `project/configuration-valid` (a missing reason under
 * `project/disable-reason`); the rest of the text counts all the same. `items` are those that commands may show. Never throws.
 */
export function readConfiguration(
  text: string,
  rules: readonly { readonly id: string }[],
  file: string = configurationFile,
  items: readonly Pick<ChecklistItem, 'id' | 'shownBy'>[] = [],
): Configuration {
  const reading = new Reading(text, file, new Set(rules.map(({ id }) => id)), items);
  reading.root();
  return {
    file,
    text,
    rules: reading.rules,
    overrides: reading.overrides,
    disables: reading.disables,
    includes: inclusion(reading.include, reading.exclude),
    excludes: anyOf(reading.exclude),
    namedFolders: foldersNamedIn(reading.include),
    ...reading.workflow,
    unread: reading.unread,
    problems: reading.problems,
  };
}

/** One entry of a map in the configuration. */
export interface Pair {
  readonly name: string;
  readonly key: Span;
  readonly value: Node | undefined;
  /** The value's span, the key's where there is no value. */
  readonly at: Span;
  readonly path: string;
}

/** What reading a part of the configuration needs. */
export interface SettingsReader {
  readonly items: readonly Pick<ChecklistItem, 'id' | 'shownBy'>[];
  /** The entries of a map; unknown keys are named as problems. */
  pairs<Name extends string>(map: YAMLMap, path: string, keys: readonly Name[]): (Pair & { name: Name })[];
  pairs(map: YAMLMap, path: string, keys: undefined): Pair[];
  globs(pair: Pair, into: string[]): void;
  map(pair: Pair, holds: string): YAMLMap | undefined;
  /** Empty where there is no value; undefined, with a problem, where it is no text. */
  string(pair: Pair): string | undefined;
  resolve(node: unknown): Node | undefined;
  wrong(at: Span, symbol: string, message: string): void;
}

/** One pass over one configuration; holds what has been understood so far. */
class Reading implements SettingsReader {
  readonly rules = new Map<string, Level>();
  readonly overrides: Override[] = [];
  readonly disables: DisableEntry[] = [];
  readonly include: string[] = [];
  readonly exclude: string[] = [];
  readonly problems: RawFinding[] = [];
  unread: string | undefined;
  private readonly text: string;
  private readonly file: string;
  private readonly known: ReadonlySet<string>;
  readonly items: SettingsReader['items'];
  workflow: WorkflowSettings = defaultWorkflow;
  private entries = 0;
  private patterns = 0;
  resolve: (node: unknown) => Node | undefined = () => undefined;

  constructor(text: string, file: string, known: ReadonlySet<string>, items: SettingsReader['items']) {
    this.text = text;
    this.file = file;
    this.known = known;
    this.items = items;
  }

  root(): void {
    if (this.text.length > maxLength) {
      this.refuse(`It is longer than ${maxLength} characters.`);
      return;
    }
    if (isDeep(this.text)) {
      this.refuse(`It nests values more than ${maxDepth} deep, and settings are four deep at most.`);
      return;
    }
    const document = parseDocument(this.text, { uniqueKeys: false, prettyErrors: false, logLevel: 'error' });
    this.resolve = resolver(document);
    for (const [index, error] of document.errors.entries()) {
      const start = Math.min(error.pos[0], this.text.length);
      const end = Math.max(start, Math.min(error.pos[1], this.text.length));
      const cause = `syntax ${index}`;
      if (error.code === 'MULTIPLE_DOCS') {
        const line = /^.*/.exec(this.text.slice(start, start + 200))?.[0] ?? '';
        const message = 'A second YAML document begins here, and is not read. Move its settings into the first one.';
        this.wrong({ start, end: start + line.length }, '', message, cause);
        continue;
      }
      this.wrong({ start, end }, '', `The YAML breaks here: ${error.message}. What can be read counts.`, cause);
    }
    const root = this.resolve(document.contents);
    if (root === undefined || (isScalar(root) && root.value === null)) return;
    if (!isMap(root)) {
      this.wrong(spanOf(root), '', `${this.file} holds keys and values: ${list(rootKeys)}.`);
      return;
    }
    const pairs = this.pairs(root, '', rootKeys);
    this.workflow = readWorkflow(this, pairs);
    for (const pair of pairs) {
      if (pair.name === 'rules') this.levels(pair, this.rules);
      else if (pair.name === 'include') this.globs(pair, this.include);
      else if (pair.name === 'exclude') this.globs(pair, this.exclude);
      else if (pair.name === 'overrides') this.each(pair, (map, path) => this.override(map, path));
      else if (pair.name === 'disables') this.each(pair, (map, path) => this.disable(map, path));
    }
  }

  private override(map: YAMLMap, path: string): void {
    const files: string[] = [];
    const rules = new Map<string, Level>();
    let named = false;
    for (const pair of this.pairs(map, path, overrideKeys)) {
      if (pair.name === 'files') {
        named = true;
        this.globs(pair, files);
      } else this.levels(pair, rules);
    }
    if (!named) this.wrong(firstOf(map), path, 'This override names no `files`, so it changes nothing.');
    this.overrides.push({ files: anyOf(files), rules });
  }

  private disable(map: YAMLMap, path: string): void {
    const values: { [Key in (typeof disableKeys)[number]]?: { text: string; at: Span } } = {};
    let broken = false;
    for (const pair of this.pairs(map, path, disableKeys)) {
      const value = this.string(pair);
      if (value === undefined) broken = true;
      else values[pair.name] = { text: value, at: pair.at };
    }
    for (const key of ['rule', 'file'] as const) {
      if (values[key] === undefined && !broken)
        this.wrong(firstOf(map), path, `This disable names no \`${key}\`, so it silences nothing.`);
    }
    const { rule, file, at, reason, until } = values;
    if (rule) this.knows(rule.text, rule.at, `${path}/rule`);
    if (file && (file.text.startsWith('/') || file.text.includes('\\') || file.text.split('/').includes('..'))) {
      this.wrong(file.at, `${path}/file`, `\`${file.text}\` is no path from the project's root, with \`/\`.`);
    }
    if (until && !isDate(until.text)) {
      this.wrong(
        until.at,
        `${path}/until`,
        `\`${until.text}\` is no day. Write it as YYYY-MM-DD, for example 2027-03-31.`,
      );
      return;
    }
    if (!rule || !file || broken) return;
    const span = firstOf(map);
    if (!reason || reason.text.trim() === '') {
      const message =
        'This disable silences nothing: it gives no reason. Add `reason:` with why the rule does not apply.';
      this.problems.push(this.problem('project/disable-reason', span, path, path, message));
    }
    this.disables.push({
      rule: rule.text,
      file: file.text.replace(/^\.\//, ''),
      reason: reason?.text.trim() ?? '',
      span,
      ...(at ? { at: at.text } : {}),
      ...(until ? { until: until.text } : {}),
    });
  }

  private levels(pair: Pair, into: Map<string, Level>): void {
    const map = this.map(pair, 'rule ids with `off`, `error`, `warning`, `info` or `hint`');
    if (!map) return;
    for (const { name, key, value, at, path } of this.pairs(map, pair.path, undefined)) {
      const known = this.knows(name, key, path);
      // YAML 1.1 reads a bare off as false, and so do people's editors.
      const level = isScalar(value) ? (value.value === false ? 'off' : value.value) : undefined;
      const chosen = levels.find((one) => one === level);
      if (chosen !== undefined) {
        if (!canBeSilenced(name) && chosen !== 'error') {
          const why = 'it says what could not be read, and so was not checked. Delete this line.';
          this.wrong(at, `${path}/`, `\`${name}\` stays an error: ${why}`);
        } else if (known) into.set(name, chosen);
        continue;
      }
      const hint = typeof level === 'string' ? didYouMean(level, levels) : '';
      this.wrong(at, `${path}/`, `\`${name}\` needs one of off, error, warning, info or hint.${hint}`);
    }
  }

  globs(pair: Pair, into: string[]): void {
    const node = pair.value;
    const one = isScalar(node) && typeof node.value === 'string';
    if (!isSeq(node) && !one) {
      if (node === undefined || (isScalar(node) && node.value === null)) return;
      this.wrong(pair.at, pair.path, `\`${pair.name}\` is a list of path patterns, for example ["api/**"].`);
      return;
    }
    const items = isSeq(node) ? node.items.map((item) => this.resolve(item)) : [node];
    for (const [index, item] of items.entries()) {
      const path = `${pair.path}/${index}`;
      const at = item ? spanOf(item) : pair.at;
      const value = isScalar(item) ? item.value : undefined;
      if (typeof value !== 'string') {
        this.wrong(at, path, `A pattern of \`${pair.name}\` is text, for example "api/**".`);
        continue;
      }
      const before = this.patterns;
      this.patterns += alternativesOf(value);
      if (this.patterns > maxPatterns) {
        const left = `Patterns from here on are not used: up to ${maxPatterns} are read, with those that braces stand for.`;
        // Said once: whoever has so many would read nothing else.
        if (before <= maxPatterns) this.wrong(at, path, `${left} Name whole folders instead.`);
        return;
      }
      const problem = globProblem(value);
      if (problem === undefined) into.push(value);
      else this.wrong(at, path, `This pattern of \`${pair.name}\` is not used: ${problem}.`);
    }
  }

  private each(pair: Pair, read: (map: YAMLMap, path: string) => void): void {
    const { value } = pair;
    if (value === undefined || (isScalar(value) && value.value === null)) return;
    if (!isSeq(value)) {
      this.wrong(pair.at, pair.path, `\`${pair.name}\` is a list: begin each entry with "- ".`);
      return;
    }
    for (const [index, raw] of value.items.entries()) {
      const item = this.resolve(raw);
      const path = `${pair.path}/${index}`;
      if (isMap(item)) read(item, path);
      else {
        const keys = pair.name === 'overrides' ? overrideKeys : disableKeys;
        this.wrong(item ? spanOf(item) : pair.at, path, `An entry of \`${pair.name}\` has the keys ${list(keys)}.`);
      }
    }
  }

  map(pair: Pair, holds: string): YAMLMap | undefined {
    const { value } = pair;
    if (isMap(value)) return value;
    if (value !== undefined && !(isScalar(value) && value.value === null)) {
      this.wrong(pair.at, pair.path, `\`${pair.name}\` holds ${holds}.`);
    }
    return undefined;
  }

  string(pair: Pair): string | undefined {
    const value = isScalar(pair.value) ? pair.value.value : undefined;
    if (typeof value === 'string') return value;
    if (value === null || pair.value === undefined) return '';
    this.wrong(pair.at, pair.path, `\`${pair.name}\` is text.`);
    return undefined;
  }

  private knows(rule: string, at: Span, path: string): boolean {
    if (this.known.has(rule)) return true;
    const hint = didYouMean(rule, this.known) || ' `backend-architect rules` lists them.';
    this.wrong(at, path, `There is no rule \`${rule}\`.${hint}`);
    return false;
  }

  /** The entries of a map. Unknown keys (where `keys` are given) are named and left out; so that nothing is lost, repeated ones are read too. */
  pairs<Name extends string>(map: YAMLMap, path: string, keys: readonly Name[]): (Pair & { name: Name })[];
  pairs(map: YAMLMap, path: string, keys: undefined): Pair[];
  pairs(map: YAMLMap, path: string, keys: readonly string[] | undefined): Pair[] {
    const found: Pair[] = [];
    const seen = new Set<string>();
    for (const { key: rawKey, value: rawValue } of map.items) {
      if (++this.entries > maxEntries) break;
      const node = this.resolve(rawKey);
      const key = node ? spanOf(node) : spanOf(map);
      if (!isScalar(node) || node.value === null) {
        this.wrong(key, path, 'A key is one word here.', `${path} key ${found.length}`);
        continue;
      }
      const name = typeof node.value === 'string' ? node.value : this.text.slice(key.start, key.end);
      const own = `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      if (keys && !keys.includes(name)) {
        const hint = didYouMean(name, keys) || ` Known here: ${list(keys)}.`;
        this.wrong(key, own, `There is no setting \`${name}\`.${hint}`);
        continue;
      }
      if (seen.has(name))
        this.wrong(key, own, `\`${name}\` stands here a second time. Keep one of them.`, `${own} ${found.length}`);
      seen.add(name);
      const value = this.resolve(rawValue);
      const at = value && value.range && value.range[1] > value.range[0] ? spanOf(rawValue as Node) : key;
      found.push({ name, key, value, at, path: own });
    }
    return found;
  }

  /** Nothing of it counts. */
  private refuse(reason: string): void {
    this.unread = `The configuration does not count. ${reason}`;
    this.wrong({ start: 0, end: 0 }, '', this.unread);
  }

  wrong(at: Span, symbol: string, message: string, cause: string = symbol): void {
    this.problems.push(this.problem('project/configuration-valid', at, symbol, cause, message));
  }

  private problem(rule: string, span: Span, symbol: string, cause: string, message: string): RawFinding {
    return { file: this.file, rule, message, span, symbol, cause, related: [] };
  }
}
