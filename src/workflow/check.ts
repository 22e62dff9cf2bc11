import { type Configuration, configurationFile, defaultConfiguration } from '../core/configuration.ts';
import { readProjectConfiguration } from './read-configuration.ts';
import type { CheckedDocument } from '../core/disable-judge.ts';
import type { Finding, NotAnalysed, RawFinding } from '../core/finding.ts';
import type { OpenApiVersion } from '../core/openapi/visitors.ts';
import { recognise } from '../core/recognise.ts';
import { report, type WeighedRule } from '../core/report.ts';
import { lineIndex } from '../core/text.ts';
import type { WholeDialect } from '../core/whole.ts';
import { wholeDialectOf } from '../core/whole-dialects.ts';
import { discover, nameOf, noOpenApi } from './discover.ts';
import type { Engines, SourceText } from './engines.ts';
import { byText, type Clock, type Files, folderOf, joined, leadsOut } from './ports.ts';

/** What a person named: a file, a folder to look under, or a text from elsewhere (standard input) under the name it is to have. */
export type CheckTarget =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'text'; readonly file: string; readonly text: string };

export type Progress =
  | { readonly phase: 'looking'; readonly folders: number; readonly candidates: number }
  | { readonly phase: 'judging'; readonly done: number; readonly total: number; readonly file: string };

export interface CheckInput {
  readonly files: Files;
  readonly clock: Clock;
  readonly engines: Engines;
  readonly rules: readonly WeighedRule[];
  readonly isMigrationPath: (path: string) => boolean;
  /** The whole project where nothing is named. */
  readonly targets?: readonly CheckTarget[];
  readonly progress?: (progress: Progress) => void;
}

export interface JudgedDocument {
  readonly file: string;
  readonly dialect: 'openapi' | 'sql' | WholeDialect['id'];
  /** `3.1.0`; of SQL its dialect, `PostgreSQL`; of task and hand-off files what they are. */
  readonly version: string;
  /** How many an OpenAPI document has. */
  readonly operations?: number;
}

export interface CheckResult {
  readonly findings: readonly Finding[];
  /** What was judged, by file. */
  readonly documents: readonly JudgedDocument[];
  /** What was found or named and not judged, by file. */
  readonly notAnalysed: readonly NotAnalysed[];
  /** The files that were named, as opposed to discovered. */
  readonly named: ReadonlySet<string>;
  /** The configuration that counted. */
  readonly configuration: Configuration;
}

/** Milliseconds a document may take. */
const deadline = 30_000;
/** Milliseconds more for each migration, which are judged together. */
const perMigration = 100;
/** Milliseconds after which others have their turn. */
const turnEvery = 50;

/** A file to be judged; its text where it is already known. */
interface Candidate {
  readonly file: string;
  readonly text?: string;
}

/** One run; holds what has come out so far. */
interface Run {
  readonly input: CheckInput;
  readonly raw: RawFinding[];
  readonly checked: CheckedDocument[];
  readonly documents: JudgedDocument[];
  readonly notAnalysed: NotAnalysed[];
  readonly named: Set<string>;
  done: number;
  total: number;
}

/**
 * Checks a project, or what is named in it. Whatever a document holds, the run goes on: what cannot be judged (too large, binary, too slow, a version or
 * dialect that is not judged yet, a fault of ours) is named with the reason.
 */
export async function checkProject(input: CheckInput): Promise<CheckResult> {
  const run: Run = { input, raw: [], checked: [], documents: [], notAnalysed: [], named: new Set(), done: 0, total: 0 };
  const configuration = await configurationOf(run);
  const { openApi, sql, whole } = await candidatesOf(run, configuration);
  run.total = openApi.length + sql.length + whole.length;
  for (const candidate of whole) await judgeWhole(run, candidate, configuration);
  for (const candidate of openApi) await judgeOpenApi(run, candidate);
  await judgeSql(run, sql);

  const texts = new Map(run.checked.map(({ file, text }) => [file, text]));
  const { findings } = report({
    rules: input.rules,
    configuration,
    findings: run.raw,
    documents: run.checked,
    complete: input.targets === undefined,
    today: input.clock.today(),
    lines: (file) => {
      const text = texts.get(file) ?? (file === configuration.file ? configuration.text : input.files.readTarget(file));
      return text === undefined ? undefined : lineIndex(text);
    },
  });
  return {
    findings,
    documents: run.documents.sort((a, b) => byText(a.file, b.file)),
    notAnalysed: run.notAnalysed.sort((a, b) => byText(a.file, b.file)),
    named: run.named,
    configuration,
  };
}

/** The project's configuration; where it cannot be read that is a finding, the defaults count, and it is named as not analysed. */
async function configurationOf({ input: { files, rules }, notAnalysed }: Run): Promise<Configuration> {
  if ((await files.kind(configurationFile)) === undefined) return defaultConfiguration;
  const read = await files.read(configurationFile);
  // It is quoted in findings: what lies elsewhere must not be.
  const text = files.readTarget(configurationFile);
  if ('text' in read && text !== undefined) {
    const configuration = readProjectConfiguration(text, rules);
    if (configuration.unread) notAnalysed.push({ file: configurationFile, reason: configuration.unread });
    return configuration;
  }
  const reason = 'problem' in read ? read.problem : leadsOut;
  notAnalysed.push({ file: configurationFile, reason: `The configuration does not count. ${reason}` });
  const problem: RawFinding = {
    file: configurationFile,
    rule: 'project/configuration-valid',
    message: `The configuration does not count. ${reason}`,
    span: { start: 0, end: 0 },
    symbol: '',
    cause: 'unreadable',
    related: [],
  };
  return { ...defaultConfiguration, problems: [problem] };
}

interface Candidates {
  readonly openApi: readonly (Candidate & { readonly version: string })[];
  readonly sql: readonly Candidate[];
  readonly whole: readonly (Candidate & { readonly dialect: WholeDialect })[];
}

async function candidatesOf(run: Run, configuration: Configuration): Promise<Candidates> {
  const { files, isMigrationPath, targets = [{ kind: 'path', path: '' }], progress } = run.input;
  const openApi = new Map<string, Candidate & { version: string }>();
  const sql = new Map<string, Candidate>();
  const whole = new Map<string, Candidate & { dialect: WholeDialect }>();
  const failed = new Map<string, string>();
  const take = (file: string, text: string): void => {
    const dialect = wholeDialectOf(file, configuration);
    if (dialect) {
      whole.set(file, { file, text, dialect });
      return;
    }
    if (/\.sql$/i.test(file)) {
      sql.set(file, { file, text });
      return;
    }
    const recognised = recognise(text, true);
    if (typeof recognised === 'object') openApi.set(file, { file, text, version: recognised.version });
    else failed.set(file, noOpenApi(text));
  };
  for (const target of targets) {
    if (target.kind === 'text') {
      run.named.add(target.file);
      take(target.file, target.text);
      continue;
    }
    const { path } = target;
    if ((await files.kind(path)) === 'folder') {
      const found = await discover({
        files,
        configuration,
        isMigrationPath,
        from: path,
        progress: (folders, candidates) => progress?.({ phase: 'looking', folders, candidates }),
      });
      for (const document of found.documents) {
        const { file } = document;
        if (openApi.has(file) || sql.has(file) || whole.has(file)) continue;
        const dialect = wholeDialectOf(file, configuration);
        if (dialect) whole.set(file, { file, dialect });
        else if (!('version' in document)) sql.set(file, { file });
        else openApi.set(file, { file, version: document.version });
      }
      for (const { file, reason } of found.notAnalysed) {
        failed.set(file, reason);
        // The folder itself cannot be listed.
        if (file === nameOf(path) && run.input.targets) run.named.add(file);
      }
      continue;
    }
    run.named.add(path);
    const read = await files.read(path);
    if ('text' in read) take(path, read.text);
    else failed.set(path, read.problem);
  }
  for (const [file, reason] of failed) run.notAnalysed.push({ file, reason });
  return { openApi: [...openApi.values()], sql: [...sql.values()], whole: [...whole.values()] };
}

async function textOf({ input }: Run, { file, text }: Candidate): Promise<{ text: string } | { problem: string }> {
  return text === undefined ? input.files.read(file) : { text };
}

function fail(run: Run, file: string, text: string, reason: string): void {
  run.checked.push({ file, text, analysed: false });
  run.notAnalysed.push({ file, reason });
}

/** The version it is judged as, or why it is not judged. */
export function judgedVersion(version: string): { readonly version: OpenApiVersion } | { readonly problem: string } {
  if (/^3\.0(?:\.|$)/.test(version)) return { version: '3.0' };
  if (/^3\.1(?:\.|$)/.test(version)) return { version: '3.1' };
  if (/^\d+\.\d/.test(version)) return { problem: `OpenAPI ${version} is not judged yet; 3.0 and 3.1 are.` };
  return { problem: 'Its `openapi` names no version. Write one, for example `openapi: 3.1.0`.' };
}

async function judgeOpenApi(run: Run, candidate: Candidate & { readonly version: string }): Promise<void> {
  const { file, version } = candidate;
  const { engines, files, progress } = run.input;
  progress?.({ phase: 'judging', done: run.done++, total: run.total, file });
  const source = await textOf(run, candidate);
  if ('problem' in source) {
    fail(run, file, '', source.problem);
    return;
  }
  const { text } = source;
  const judged = judgedVersion(version);
  if ('problem' in judged) {
    fail(run, file, text, judged.problem);
    return;
  }
  const result = await finish(run, deadline, async () =>
    engines.openApi({ file, text, version: judged.version }, (path) => files.readTarget(path)),
  );
  if ('reason' in result) {
    fail(run, file, text, result.reason);
    return;
  }
  for (const finding of result.value.findings) run.raw.push(finding);
  run.checked.push({ file, text, analysed: true });
  const { operationCount } = result.value;
  const operations = operationCount === undefined ? {} : { operations: operationCount };
  run.documents.push({ file, dialect: 'openapi', version, ...operations });
}

async function judgeWhole(
  run: Run,
  candidate: Candidate & { readonly dialect: WholeDialect },
  configuration: Configuration,
): Promise<void> {
  const { file, dialect } = candidate;
  const { engines, files, clock, progress } = run.input;
  progress?.({ phase: 'judging', done: run.done++, total: run.total, file });
  const source = await textOf(run, candidate);
  if ('problem' in source) {
    fail(run, file, '', source.problem);
    return;
  }
  const { text } = source;
  const world = {
    read: (path: string) => files.readTarget(path),
    kind: (path: string) => files.kindNow(path),
    sha256: (path: string) => files.sha256Now(path),
    configuration,
    today: clock.today(),
  };
  for (const finding of engines.whole(dialect, { file, text }, world)) run.raw.push(finding);
  run.checked.push({ file, text, analysed: true });
  run.documents.push({ file, dialect: dialect.id, version: dialect.title });
}

async function judgeSql(run: Run, candidates: readonly Candidate[]): Promise<void> {
  if (candidates.length === 0) return;
  const sources: SourceText[] = [];
  for (const candidate of candidates) {
    const source = await textOf(run, candidate);
    if ('problem' in source) fail(run, candidate.file, '', source.problem);
    else sources.push({ file: candidate.file, text: source.text });
  }
  if (sources.length === 0) return;
  run.input.progress?.({ phase: 'judging', done: run.done, total: run.total, file: sources[0]?.file ?? '' });
  const around = await neighbours(run, sources);
  const limit = deadline + perMigration * (sources.length + around.length);
  const result = await finish(run, limit, async () =>
    run.input.engines.sql([...sources, ...around], (path) => run.input.files.readTarget(path)),
  );
  run.done += sources.length;
  if ('reason' in result) {
    for (const { file, text } of sources) fail(run, file, text, result.reason);
    return;
  }
  const texts = new Map(sources.map(({ file, text }) => [file, text]));
  const notAnalysed = result.value.notAnalysed.filter(({ file }) => texts.has(file));
  for (const { file, reason } of notAnalysed) run.notAnalysed.push({ file, reason });
  const doubtful = new Set(notAnalysed.map(({ file }) => file));
  for (const { file, dialect, findings } of result.value.files) {
    if (!texts.has(file)) continue;
    for (const finding of findings) if (texts.has(finding.file)) run.raw.push(finding);
    run.documents.push({ file, dialect: 'sql', version: dialect });
  }
  for (const [file, text] of texts) run.checked.push({ file, text, analysed: !doubtful.has(file) });
}

/**
 * A migration that was named alone is judged on the schema the ones beside it leave behind: those in its folder and, where every migration has a folder
 * of its own, those in the folders beside it. Nothing is said of them.
 */
async function neighbours(
  { input: { files, isMigrationPath }, named }: Run,
  sources: readonly SourceText[],
): Promise<readonly SourceText[]> {
  const own = new Set(sources.map(({ file }) => file));
  const folders = new Set<string>();
  for (const { file } of sources) {
    if (!named.has(file) || !isMigrationPath(file)) continue;
    const folder = folderOf(file);
    folders.add(folder);
    if (!/(?:^|\/)(?:migration|up|down)\.sql$/i.test(file) || folder === '') continue;
    const beside = (await files.list(folderOf(folder))) ?? [];
    for (const { name, kind } of beside) if (kind === 'folder') folders.add(joined(folderOf(folder), name));
  }
  const found: SourceText[] = [];
  for (const folder of folders) {
    for (const { name, kind } of (await files.list(folder)) ?? []) {
      const file = joined(folder, name);
      if (kind !== 'file' || own.has(file) || !/\.sql$/i.test(name) || !isMigrationPath(file)) continue;
      const read = await files.read(file);
      if ('text' in read) found.push({ file, text: read.text });
    }
  }
  return found;
}

/** Runs an engine to its end, or up to `limit` milliseconds. A fault in it is told, not thrown. */
async function finish<T>(
  { input: { clock } }: Run,
  limit: number,
  start: () => Promise<Generator<void, T>>,
): Promise<{ value: T } | { reason: string }> {
  try {
    const steps = await start();
    const began = clock.now();
    let turned = began;
    for (;;) {
      const step = steps.next();
      if (step.done) return { value: step.value };
      const now = clock.now();
      if (now - began > limit) return { reason: `It was not judged within ${Math.round(limit / 1000)} seconds.` };
      if (now - turned > turnEvery) {
        await clock.turn();
        turned = clock.now();
      }
    }
  } catch (error) {
    const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { reason: `Judging it failed in Backend Architect itself (${what.slice(0, 200)}).` };
  }
}
