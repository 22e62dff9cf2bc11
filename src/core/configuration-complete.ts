import { type Level, levels } from './configuration.ts';
import { disableKeys, overrideKeys, rootKeys } from './configuration-read.ts';
import { commandKeys, commitKeys, fileKeys, scales } from './configuration-workflow.ts';
import type { ChecklistItem } from './checklist.ts';
import type { Rule } from './rule.ts';
import type { Span } from './text.ts';

export interface Completion {
  readonly kind: 'key' | 'rule' | 'severity' | 'item';
  readonly label: string;
  /** One sentence beside the label. */
  readonly detail: string;
  readonly insert: string;
  /** What `insert` replaces: the word around the cursor. */
  readonly replace: Span;
}

const keyDetails: Readonly<Record<string, string>> = {
  rules: 'Severities by rule.',
  include: 'Only documents that fit these patterns are checked.',
  exclude: 'Documents that fit these patterns are not checked.',
  overrides: 'Severities for some of the files.',
  disables: 'Findings that are accepted, each with its reason.',
  files: 'Path patterns of the files that are meant.',
  rule: 'The id of the rule to silence.',
  file: 'Path from the project’s root, with /.',
  at: 'JSON pointer or table. The whole file where nothing is said.',
  reason: 'Why the rule does not apply here.',
  until: 'The last day it counts, YYYY-MM-DD.',
  commands: 'Commands that show checklist items, by name.',
  scale: 'What the work is meant for.',
  tasks: 'Where the tasks stand.',
  handoff: 'Where the hand-off stands.',
  commit: 'How commits are written.',
  run: 'The command, as it is given to the shell.',
  inputs: 'Path patterns of the files it depends on.',
  shows: 'The checklist items that it shows.',
  timeout: 'Seconds after which it is stopped.',
  types: 'The types that a commit may have.',
};

const scaleDetails: Readonly<Record<(typeof scales)[number], string>> = {
  prototype: 'It shows whether something can be done. No Control Manifest is needed.',
  standard: 'A service that people rely on.',
  enterprise: 'A service that others build on.',
};

const levelDetails: Readonly<Record<Level, string>> = {
  off: 'Not checked.',
  error: 'Breaks a client or data.',
  warning: 'Against a standard.',
  info: 'Style or advice.',
  hint: 'Only a light mark in the editor.',
};

interface ConfigurationLine {
  /** Column of the key, behind the dashes. */
  readonly column: number;
  readonly dash: boolean;
  readonly key: string;
}

/**
 * What can be written at `offset` of `backend-architect.yaml`. It goes by indentation alone, so that it works while the text is half typed.
 * Nothing is proposed inside comments and brackets.
 */
export function completeConfiguration(
  text: string,
  offset: number,
  rules: readonly Pick<Rule, 'id' | 'says' | 'severity'>[],
  items: readonly Pick<ChecklistItem, 'id' | 'says' | 'shownBy'>[] = [],
): readonly Completion[] {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(start, offset);
  if (/(?:^|\s)#|[{[]/.test(before)) return [];
  const match = /^(\s*(?:- +)*)(.*)$/.exec(before);
  const lead = match?.[1] ?? '';
  const typed = match?.[2] ?? '';
  const here: ConfigurationLine = { column: lead.length, dash: lead.includes('-'), key: '' };
  const parents = pathTo(text, start, here);
  const colon = typed.indexOf(':');
  const word = {
    start: offset - (colon < 0 ? typed : typed.slice(colon + 1).trimStart()).length,
    end: wordEnd(text, offset),
  };

  const shown = (): Completion[] =>
    items
      .filter(({ shownBy }) => shownBy.some(({ kind }) => kind === 'run'))
      .map(({ id, says }) => ({ kind: 'item', label: id, detail: says, insert: id, replace: word }));
  if (here.dash && colon < 0 && parents.length === 3 && parents[0] === 'commands' && parents[2] === 'shows')
    return shown();
  if (colon >= 0) {
    const key = typed
      .slice(0, colon)
      .trim()
      .replaceAll(/^["']|["']$/g, '');
    if (parents.at(-1) === 'rules') return levels.map((level) => severity(level, word));
    if (parents.length === 1 && parents[0] === 'disables' && key === 'rule')
      return rules.map((rule) => ruleId(rule, word, ''));
    if (parents.length === 0 && key === 'scale')
      return scales.map((one) => ({
        kind: 'severity',
        label: one,
        detail: scaleDetails[one],
        insert: one,
        replace: word,
      }));
    return [];
  }
  const taken = siblings(text, start, here);
  const keys = (names: readonly string[], after: string): Completion[] =>
    names
      .filter((name) => !taken.has(name))
      .map((name) => ({
        kind: 'key',
        label: name,
        detail: keyDetails[name] ?? '',
        insert: `${name}:${after}`,
        replace: word,
      }));
  if (parents.length === 0) return here.column === 0 ? keys(rootKeys, '').map(withSpace) : [];
  if (parents.at(-1) === 'rules')
    return rules.filter(({ id }) => !taken.has(id)).map((rule) => ruleId(rule, word, ': '));
  if (parents.length === 2 && parents[0] === 'commands') return here.dash ? [] : keys(commandKeys, ' ');
  if (parents.length > 1) return [];
  if (parents[0] === 'tasks' || parents[0] === 'handoff') return keys(fileKeys, ' ');
  if (parents[0] === 'commit') return keys(commitKeys, ' ');
  if (parents[0] === 'overrides') return keys(overrideKeys, '');
  if (parents[0] === 'disables') return keys(disableKeys, ' ');
  return [];
}

/** What has its value on the same line. */
function withSpace(one: Completion): Completion {
  return one.label === 'scale' ? { ...one, insert: `${one.insert} ` } : one;
}

function severity(level: Level, replace: Span): Completion {
  return { kind: 'severity', label: level, detail: levelDetails[level], insert: level, replace };
}

function ruleId(
  { id, says, severity: own }: Pick<Rule, 'id' | 'says' | 'severity'>,
  replace: Span,
  after: string,
): Completion {
  return { kind: 'rule', label: id, detail: `${says} (${own})`, insert: id + after, replace };
}

function wordEnd(text: string, offset: number): number {
  let end = offset;
  while (end < text.length && /[\w/-]/.test(text.charAt(end))) end++;
  return end;
}

function lineAt(text: string, start: number): ConfigurationLine | undefined {
  const newline = text.indexOf('\n', start);
  const line = text.slice(start, newline < 0 ? text.length : newline);
  const match = /^(\uFEFF?\s*(?:- +)*)(?:"([^"]*)"|'([^']*)'|([^\s#:][^#:]*))\s*:(?:\s|$)/.exec(line);
  if (!match) return undefined;
  const lead = (match[1] ?? '').replace('\uFEFF', '');
  return { column: lead.length, dash: lead.includes('-'), key: (match[2] ?? match[3] ?? match[4] ?? '').trim() };
}

/** The keys around `here`, the outermost first. */
function pathTo(text: string, start: number, here: ConfigurationLine): string[] {
  const path: string[] = [];
  let column = here.column;
  let dash = here.dash;
  for (let at = start; at > 0 && (column > 0 || dash);) {
    at = text.lastIndexOf('\n', at - 2) + 1;
    const line = lineAt(text, at);
    if (!line) continue;
    // A list may stand as far left as the key that holds it.
    const dashColumn = dash ? column - 2 : column;
    if (
      line.column < column &&
      (line.column < dashColumn || (dash && line.column === dashColumn && !line.dash) || !dash)
    ) {
      path.unshift(line.key);
      ({ column, dash } = line);
    } else if (line.column === column && line.dash && !dash) dash = true;
  }
  return path;
}

/** The keys that already stand in the map `here` is in. */
function siblings(text: string, start: number, here: ConfigurationLine): Set<string> {
  const found = new Set<string>();
  const look = (line: ConfigurationLine | undefined): boolean => {
    if (!line) return true;
    if (line.column < here.column) return false;
    if (line.column === here.column) found.add(line.key);
    return true;
  };
  if (!here.dash) {
    for (let at = start; at > 0;) {
      at = text.lastIndexOf('\n', at - 2) + 1;
      const line = lineAt(text, at);
      if (!look(line) || (line?.dash && line.column === here.column)) break;
    }
  }
  for (let at = text.indexOf('\n', start) + 1; at > 0; at = text.indexOf('\n', at) + 1) {
    const line = lineAt(text, at);
    if ((line?.dash && line.column <= here.column) || !look(line)) break;
  }
  return found;
}
