import type { RawFinding, Severity } from './finding.ts';
import { anyOf, type PathTest } from './globs.ts';
import type { RuleMeta } from './rule.ts';
import type { Span } from './text.ts';

/** Where the configuration lives, in the project's root. */
export const configurationFile = 'backend-architect.yaml';

export type Level = Severity | 'off';

export const levels: readonly Level[] = ['off', 'error', 'warning', 'info', 'hint'];

export interface Override {
  readonly files: PathTest;
  readonly rules: ReadonlyMap<string, Level>;
}

/** A disable that stands in the configuration: for JSON, and for files one may not edit. */
export interface DisableEntry {
  readonly rule: string;
  /** Relative to the project's root, with `/`. */
  readonly file: string;
  /** JSON pointer or table; the whole file where nothing is said. What lies below it is meant too. */
  readonly at?: string;
  /** Empty where none is given: then the entry silences nothing. */
  readonly reason: string;
  /** The last day it counts, YYYY-MM-DD. */
  readonly until?: string;
  /** The entry in the configuration's text. */
  readonly span: Span;
}

/** A command whose passing shows checklist items. It runs only when a person asks for it. */
export interface CommandEntry {
  /** As it is given to the shell, in the project's root. */
  readonly run: string;
  /** Patterns of the files it depends on: a change makes what it showed out of date. */
  readonly inputs: readonly string[];
  /** Ids of the checklist items. */
  readonly shows: readonly string[];
  /** In seconds. */
  readonly timeout: number;
  /** The entry in the configuration's text. */
  readonly span: Span;
}

export interface Configuration {
  readonly file: string;
  /** Empty where there is no configuration. */
  readonly text: string;
  readonly rules: ReadonlyMap<string, Level>;
  readonly overrides: readonly Override[];
  readonly disables: readonly DisableEntry[];
  /** Whether `include` and `exclude` let a path be found by discovery. */
  readonly includes: PathTest;
  /** Whether `exclude` leaves a path out. */
  readonly excludes: PathTest;
  /** The folder names that `include` spells out. */
  readonly namedFolders: ReadonlySet<string>;
  /** Commands that show items, by name. */
  readonly commands: ReadonlyMap<string, CommandEntry>;
  /** What the work is meant for; undefined where the project does not say. A prototype needs no Control Manifest. */
  readonly scale?: 'prototype' | 'standard' | 'enterprise' | undefined;
  /** Where the tasks stand, from the project's root. */
  readonly tasksFile: string;
  /** Where the hand-off stands, from the project's root. */
  readonly handoffFile: string;
  /** The types a commit may have. */
  readonly commitTypes: readonly string[];
  /** Why nothing of it counts; undefined where something does. */
  readonly unread?: string | undefined;
  /** What is wrong with it. Checking goes on with what can be read. */
  readonly problems: readonly RawFinding[];
}

/** What counts where a project says nothing. */
export const defaultConfiguration: Configuration = {
  file: configurationFile,
  text: '',
  rules: new Map(),
  overrides: [],
  disables: [],
  includes: () => true,
  excludes: () => false,
  namedFolders: new Set(),
  commands: new Map(),
  tasksFile: 'task.md',
  handoffFile: 'backend_handoff.json',
  commitTypes: ['feat', 'fix', 'refactor', 'docs', 'test', 'chore'],
  problems: [],
};

/** What these say is that something could not be read: silenced, a document nobody has read would be clean. */
const alwaysTold: ReadonlySet<string> = new Set(['api/syntax', 'sql/syntax']);

/** Whether a rule can be disabled, switched off or made to count less. */
export function canBeSilenced(rule: string): boolean {
  return !alwaysTold.has(rule);
}

/** What a rule counts for in a file: its own severity, unless `rules` or the last fitting override says otherwise. */
export function severityOf(configuration: Configuration, rule: Pick<RuleMeta, 'id' | 'severity'>, file: string): Level {
  for (let i = configuration.overrides.length - 1; i >= 0; i--) {
    const override = configuration.overrides[i];
    const level = override?.rules.get(rule.id);
    if (level !== undefined && override?.files(file)) return level;
  }
  return configuration.rules.get(rule.id) ?? rule.severity;
}

/** The folder names that patterns spell out, without wildcards. */
export function foldersNamedIn(patterns: readonly string[]): ReadonlySet<string> {
  return new Set(patterns.flatMap((pattern) => pattern.split('/')).filter((name) => !/[*?[\]{}!]/.test(name)));
}

/** The test behind `include` and `exclude`: everything is included where `include` is empty, and `exclude` has the last word. */
export function inclusion(include: readonly string[], exclude: readonly string[]): PathTest {
  const wanted = include.length > 0 ? anyOf(include) : () => true;
  const unwanted = anyOf(exclude);
  return (path) => wanted(path) && !unwanted(path);
}
