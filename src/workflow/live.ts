import { type Configuration, configurationFile, defaultConfiguration } from '../core/configuration.ts';
import { readProjectConfiguration } from './read-configuration.ts';
import type { Finding, RawFinding } from '../core/finding.ts';
import type { OpenApiAnalysis } from '../core/openapi/analyse.ts';
import { report } from '../core/report.ts';
import type { OpenApiRule, Rule, SqlRule } from '../core/rule.ts';
import { type Change, type LineIndex, lineIndex } from '../core/text.ts';
import { wholeDialectOf } from '../core/whole-dialects.ts';
import { bothChanges, judgeOpenApi, noChange, type OpenApiOutcome } from './live-openapi.ts';
import { besideSql, liveSql, type LiveSql } from './live-sql.ts';
import { liveWhole, type LiveWhole, type WholePorts } from './live-whole.ts';
import { maxBytes, type TextOrProblem, tooLarge } from './ports.ts';

/** What a live project needs of the world. Paths are relative to its root, with `/`. */
export interface LivePorts {
  readonly rules: readonly Rule[];
  /** The text of a file that is not open; undefined where there is no such file. */
  read(file: string): TextOrProblem | undefined;
  /** The text of a file that a `$ref` names, from inside the project. */
  readTarget(file: string): string | undefined;
  /** What stands at a path inside the project. */
  kind: WholePorts['kind'];
  /** SHA-256 of a file's bytes inside the project, in hexadecimal. */
  sha256: WholePorts['sha256'];
  /** Why the project leaves a file out; undefined where it does not. */
  leftOut(file: string): string | undefined;
  /** YYYY-MM-DD. */
  today(): string;
  /** SQL files that are no migrations by their paths are judged too. */
  readonly plainSqlToo?: boolean;
}

/** An open document as it is in the editor. */
export interface LiveText {
  readonly file: string;
  readonly version: number;
  readonly text: string;
  readonly lines: LineIndex;
}

/** `alien`: no document of ours. `unjudged`: one of a version or dialect that is not judged. `failed`: it could not be judged. */
type VerdictState = 'judged' | 'alien' | 'unjudged' | 'failed';

/** What is known of one document. */
export interface Verdict {
  readonly file: string;
  /** Undefined where the file is not open. */
  readonly version: number | undefined;
  readonly text: string;
  readonly lines: LineIndex;
  readonly state: VerdictState;
  /** `OpenAPI 3.1, 214 operations`, or why it was not judged. */
  readonly detail: string;
  /** How many operations a judged OpenAPI document has. */
  readonly operations?: number | undefined;
  readonly findings: readonly Finding[];
  /** What each finding was made of; the first one carries the fix. */
  readonly sources: ReadonlyMap<Finding, readonly RawFinding[]>;
  /** Why the document, or a part of it, was not judged. */
  readonly notAnalysed: readonly string[];
}

/** One piece of work. It may be left at any step; nothing of it counts then, and the document stays due. */
export interface Work {
  /** The document it was begun for. */
  readonly file: string;
  readonly version: number | undefined;
  /** Nothing is known of the document yet. */
  readonly first: boolean;
  readonly isSql: boolean;
  /** Returns what is to be shown: of migrations also that of other files. */
  run(): Generator<void, readonly Verdict[]>;
}

/** The documents of one folder while people write: which are open, what was found in them, what is due. */
export interface LiveProject {
  readonly configuration: Configuration;
  readonly verdicts: ReadonlyMap<string, Verdict>;
  readonly sql: LiveSql;
  readonly whole: LiveWhole;
  open(document: LiveText): void;
  /** The text after `change`; undefined where that is not known. It is judged when it is due. */
  change(document: LiveText, change: Change | undefined): void;
  /** True where findings of the file on disk stay wanted. */
  close(file: string): boolean;
  /** The version of an open document. */
  version(file: string): number | undefined;
  /** Makes a document due; the latest is the most urgent. */
  touch(file: string): void;
  isDue(file: string): boolean;
  /** A document that must not be touched again before it changes: it took too long. */
  strike(file: string, reason: string): Verdict;
  /** What discovery found. Migrations among it are each other's history. */
  discovered(
    files: readonly string[],
    notAnalysed: readonly { readonly file: string; readonly reason: string }[],
  ): void;
  /** Files changed on disk. */
  changedOnDisk(files: readonly string[]): void;
  /** From now on files that are not open have findings too. Makes all of them due (`quietly`: but those that are open); returns how many are. */
  watchAll(quietly?: boolean): number;
  /** Findings of files that are not open are wanted no more; those that are shown stay. */
  stopWatching(): void;
  dueCount(): number;
  /** The most urgent work. */
  next(): Work | undefined;
  /** The present analysis of an API document, to plan fixes with. */
  analysis(file: string): OpenApiAnalysis | undefined;
  /** The last pass over raw findings of one document. */
  weigh(file: string, text: string, raw: readonly RawFinding[], lines?: LineIndex): Weighed;
  /** The text of an open document, else of the file. */
  text(file: string): string | undefined;
}

export interface Weighed {
  readonly findings: readonly Finding[];
  readonly sources: ReadonlyMap<Finding, readonly RawFinding[]>;
}

interface Api {
  readonly outcome: OpenApiOutcome;
  /** What the text changed since. */
  since: Change | undefined;
}

type Known = Pick<Verdict, 'text' | 'state' | 'detail' | 'operations' | 'notAnalysed'>;

/** Begins a live project with nothing open. */
export function liveProject(ports: LivePorts): LiveProject {
  const openApiRules = ports.rules.filter((rule): rule is OpenApiRule => rule.dialect === 'openapi');
  const sqlRules = ports.rules.filter((rule): rule is SqlRule => rule.dialect === 'sql');
  const open = new Map<string, LiveText>();
  const apis = new Map<string, Api>();
  const verdicts = new Map<string, Verdict>();
  /** What the last pass said of the configuration's own entries, by the document it was made for. */
  const ofEntries = new Map<string, readonly Finding[]>();
  /** When a document became due, counted; the highest is the most urgent. */
  const due = new Map<string, number>();
  const struck = new Map<string, string>();
  const unreadable = new Map<string, string>();
  let all: readonly string[] = [];
  let watching = false;
  let touches = 0;
  let configuration: Configuration = defaultConfiguration;

  const read = (file: string): TextOrProblem | undefined => open.get(file) ?? ports.read(file);
  const text = (file: string): string | undefined => {
    const found = read(file);
    return found && 'text' in found ? found.text : undefined;
  };
  const isWanted = (file: string): boolean => open.has(file) || watching;
  const touch = (file: string): void => {
    due.delete(file);
    due.set(file, ++touches);
  };
  const sql = liveSql({ rules: sqlRules, read: text, isWanted, plainToo: ports.plainSqlToo ?? false });
  const whole = liveWhole(
    ports.rules,
    { read: (path) => open.get(path)?.text ?? ports.readTarget(path), kind: ports.kind, sha256: ports.sha256 },
    () => ports.today(),
  );
  const touchAskers = (files: ReadonlySet<string>): void => {
    for (const file of whole.askedFor(files)) if (verdicts.has(file)) touch(file);
  };
  const configure = (): void => {
    const found = text(configurationFile);
    if (found === (configuration === defaultConfiguration ? undefined : configuration.text)) return;
    configuration = found === undefined ? defaultConfiguration : readProjectConfiguration(found, ports.rules);
    ofEntries.clear();
    for (const file of verdicts.keys()) touch(file);
    if (isWanted(configurationFile)) touch(configurationFile);
  };
  configure();

  const weigh = (file: string, source: string, raw: readonly RawFinding[], lines?: LineIndex): Weighed => {
    const isConfiguration = file === configurationFile;
    // An entry for a file that is no document is of no use; that can be said once all documents are known.
    const complete = isConfiguration && watching && [...due.keys()].every((one) => one === file);
    const others = complete ? [...verdicts.values()].filter(({ state }) => state !== 'alien') : [];
    return report({
      rules: ports.rules,
      configuration: isConfiguration ? configuration : { ...configuration, problems: [] },
      findings: raw,
      documents: [
        { file, text: source, analysed: true },
        ...others.filter((one) => one.file !== file).map((one) => ({ file: one.file, text: '', analysed: false })),
      ],
      complete,
      today: ports.today(),
      lines: (other) => (other === file ? lines : (open.get(other)?.lines ?? sql.lines(other))),
    });
  };
  const settle = (file: string, known: Known, raw: readonly RawFinding[]): Verdict => {
    const document = open.get(file);
    const lines = document?.lines ?? lineIndex(known.text);
    const weighed =
      known.state === 'judged' ? weigh(file, known.text, raw, lines) : { findings: [], sources: new Map() };
    let { findings } = weighed;
    if (file === configurationFile) findings = [...findings, ...[...ofEntries.values()].flat()];
    else {
      const entries = findings.filter((finding) => finding.file === configurationFile);
      if (entries.length > 0 || ofEntries.has(file)) {
        ofEntries.set(file, entries);
        if (isWanted(configurationFile)) touch(configurationFile);
      }
      if (entries.length > 0) findings = findings.filter((finding) => finding.file === file);
    }
    const verdict: Verdict = { ...known, file, version: document?.version, lines, findings, sources: weighed.sources };
    verdicts.set(file, verdict);
    return verdict;
  };
  const failed = (file: string, reason: string): Verdict =>
    settle(file, { text: '', state: 'failed', detail: reason, notAnalysed: [reason] }, []);
  const strike = (file: string, reason: string): Verdict => {
    struck.set(file, reason);
    due.delete(file);
    return failed(file, reason);
  };

  function* judgeApi(file: string, source: string): Generator<void, readonly Verdict[]> {
    const known = apis.get(file);
    const previous = known?.outcome.analysis;
    const change = previous && (previous.text === source ? noChange(source) : known?.since);
    const reads = new Set(previous && change ? known?.outcome.reads : []);
    const readTarget = (path: string): string | undefined => {
      reads.add(path);
      return open.get(path)?.text ?? ports.readTarget(path);
    };
    const outcome = yield* judgeOpenApi({
      file,
      text: source,
      rules: openApiRules,
      read: readTarget,
      previous,
      change,
    });
    if (outcome.state !== 'judged') apis.delete(file);
    else {
      // The pieces of a file that is not open are dropped: there may be thousands of files.
      const kept = open.has(file) ? outcome : { ...outcome, analysis: undefined, raw: [] };
      apis.set(file, { outcome: { ...kept, reads }, since: undefined });
    }
    const { state, detail, operations, notAnalysed } = outcome;
    return [settle(file, { text: source, state, detail, operations, notAnalysed }, outcome.raw)];
  }

  function* judgeSql(file: string): Generator<void, readonly Verdict[]> {
    const shown: Verdict[] = [];
    for (const one of yield* sql.judge(file)) {
      if (struck.has(one.file)) continue;
      const state = one.dialect === undefined ? 'alien' : one.judged ? 'judged' : 'unjudged';
      const { detail, notAnalysed } = one;
      shown.push(settle(one.file, { text: one.text, state, detail, notAnalysed }, one.raw));
      if (one.file !== file) due.delete(one.file);
    }
    return shown;
  }

  function* judge(file: string): Generator<void, readonly Verdict[]> {
    const found = read(file);
    if (found === undefined) {
      verdicts.delete(file);
      const lines = lineIndex('');
      return [
        {
          file,
          version: undefined,
          text: '',
          lines,
          state: 'alien',
          detail: '',
          findings: [],
          sources: new Map(),
          notAnalysed: [],
        },
      ];
    }
    const reason =
      struck.get(file) ?? ('problem' in found ? found.problem : open.has(file) ? undefined : unreadable.get(file));
    if (reason !== undefined || 'problem' in found) return [failed(file, reason ?? '')];
    const source = found.text;
    if (file === configurationFile) {
      return [settle(file, { text: source, state: 'judged', detail: 'Configuration', notAnalysed: [] }, [])];
    }
    const dialect = wholeDialectOf(file, configuration);
    if (dialect) {
      if (source.length > maxBytes) return [failed(file, tooLarge(source.length))];
      const raw = whole.judge(dialect, { file, text: source }, configuration);
      return [settle(file, { text: source, state: 'judged', detail: dialect.title, notAnalysed: [] }, raw)];
    }
    const left =
      ports.leftOut(file) ?? (configuration.includes(file) ? undefined : `${configurationFile} leaves it out`);
    if (left !== undefined) return [settle(file, { text: source, state: 'alien', detail: left, notAnalysed: [] }, [])];
    if (source.length > maxBytes) return [failed(file, tooLarge(source.length))];
    return yield* isSql(file) ? judgeSql(file) : judgeApi(file, source);
  }

  return {
    get configuration() {
      return configuration;
    },
    verdicts,
    sql,
    whole,
    weigh,
    text,
    touch,
    strike,
    version: (file) => open.get(file)?.version,
    isDue: (file) => due.has(file),
    open: (document) => {
      const { file } = document;
      open.set(file, document);
      struck.delete(file);
      apis.delete(file);
      if (isSql(file)) sql.changed([file], false);
      if (file === configurationFile) configure();
    },
    change: (document, change) => {
      const { file } = document;
      open.set(file, document);
      struck.delete(file);
      if (isSql(file)) sql.changed([file], false);
      const api = apis.get(file);
      if (api && change) api.since = bothChanges(api.since, change);
      else apis.delete(file);
      if (file === configurationFile) configure();
      for (const [other, { outcome }] of apis) if (outcome.reads.has(file)) touch(other);
      touchAskers(new Set([file]));
    },
    close: (file) => {
      open.delete(file);
      struck.delete(file);
      due.delete(file);
      apis.delete(file);
      verdicts.delete(file);
      whole.forget(file);
      if (isSql(file)) sql.closed(file);
      if (file === configurationFile) configure();
      if (watching) touch(file);
      return watching;
    },
    discovered: (files, notAnalysed) => {
      all = [...files, ...notAnalysed.map(({ file }) => file)];
      unreadable.clear();
      for (const { file, reason } of notAnalysed) unreadable.set(file, reason);
      sql.discovered(files.filter(isSql));
      if (watching) for (const file of all) if (!verdicts.has(file)) touch(file);
      for (const file of verdicts.keys()) if (isSql(file)) touch(file);
    },
    changedOnDisk: (files) => {
      const closed = files.filter((file) => !open.has(file));
      for (const file of closed) struck.delete(file);
      if (closed.some((file) => besideSql.test(file))) sql.changed(closed, true);
      if (closed.includes(configurationFile)) configure();
      for (const [file, { outcome }] of apis) if (closed.some((one) => outcome.reads.has(one))) touch(file);
      const history = closed.some(isSql);
      const changed = new Set(closed);
      touchAskers(changed);
      for (const file of verdicts.keys()) if (changed.has(file) || (history && isSql(file))) touch(file);
    },
    watchAll: (quietly = false) => {
      watching = true;
      // The last one that is judged: it speaks of the others.
      if (text(configurationFile) !== undefined) touch(configurationFile);
      for (const file of [...all].reverse()) if (!quietly || !open.has(file)) touch(file);
      return due.size;
    },
    stopWatching: () => {
      watching = false;
    },
    dueCount: () => due.size,
    next: () => {
      for (const file of due.keys()) if (!isWanted(file)) due.delete(file);
      const [file, stamp] = [...due].at(-1) ?? [];
      if (file === undefined) return undefined;
      return {
        file,
        version: open.get(file)?.version,
        first: isSql(file) ? !sql.isReady() : apis.get(file)?.outcome.analysis === undefined,
        isSql: isSql(file),
        *run() {
          const result = yield* judge(file);
          // Touched again meanwhile: it stays due.
          if (due.get(file) === stamp) due.delete(file);
          return result;
        },
      };
    },
    analysis: (file) => {
      const analysis = apis.get(file)?.outcome.analysis;
      return analysis && analysis.text === open.get(file)?.text ? analysis : undefined;
    },
  };
}

function isSql(file: string): boolean {
  return /\.sql$/i.test(file);
}
