import { TextDocument } from 'vscode-languageserver-textdocument';
import { configurationFile } from '../core/configuration.ts';
import type { Rule } from '../core/rule.ts';
import type { Change } from '../core/text.ts';
import { createPostgresParser, type PostgresParser } from '../platform/postgres-parser.ts';
import { bothChanges } from '../workflow/live-openapi.ts';
import type { Verdict } from '../workflow/live.ts';
import { answer, type AnswerContext, Stale } from './answers.ts';
import { diagnosticsOf, statusOf } from './present.ts';
import { createProjects, liveText, type OpenDocument, openDocument, type Project } from './projects.ts';
import { createReviews } from './reviews.ts';
import { createScheduler, type Limits, usualLimits } from './scheduler.ts';
import { type Beginning, type FromAnalyst, type OpenText, type ToAnalyst, tookLonger } from './thread.ts';

/** Begins the analyst: what it is told goes into the returned function, what it has to say into `send`. */
export function analyst(
  rules: readonly Rule[],
  beginning: Beginning,
  send: (message: FromAnalyst) => void,
  limits: Limits = usualLimits,
): (message: ToAnalyst) => void {
  const projects = createProjects(rules);
  const open = new Map<string, OpenDocument>();
  /** Documents about which something has yet to be looked up on disk. */
  const looking = new Map<string, Promise<void>>();
  const struck = new Map<string, string>();
  const asks = new Map<number, AbortController>();
  /** Strikes of documents that have not been opened here yet. */
  const unspent = new Map(beginning.strikes.map((one) => [one.uri, one]));
  let run = beginning.run;
  /** Findings of files that are not open are shown, and not only counted for the review. */
  let showsAll = beginning.checked;
  let parser: Promise<PostgresParser> | undefined;

  const show = (project: Project, verdicts: readonly Verdict[]): void => {
    for (const verdict of verdicts) {
      const uri = project.uriOf(verdict.file);
      if (verdict.state === 'judged') struck.delete(uri);
      if (verdict.version === undefined && !showsAll) continue;
      const addresses = { rulePages: beginning.options.rulePages, uriOf: (file: string) => project.uriOf(file) };
      send({ kind: 'judged', uri, version: verdict.version, diagnostics: diagnosticsOf(verdict, addresses) });
      if (verdict.version !== undefined)
        send({ kind: 'status', status: statusOf(verdict, uri), version: verdict.version });
    }
    reviews.changed(project);
  };
  const complain = (error: unknown): void =>
    send({ kind: 'log', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  const strike = (project: Project, file: string, version: number | undefined, reason: string): void => {
    const uri = project.uriOf(file);
    struck.set(uri, reason);
    send({ kind: 'struck', strike: { uri, version, reason } });
    show(project, [project.live.strike(file, reason)]);
  };
  const scheduler = createScheduler({
    limits,
    projects,
    began: (uri, version, limitMs, leftMs) => send({ kind: 'began', uri, version, limitMs, leftMs }),
    ended: () => send({ kind: 'ended' }),
    slow: (project, { file, version }) => {
      if (version === undefined) return;
      const uri = project.uriOf(file);
      const known = project.live.verdicts.get(file);
      const status = known ? statusOf(known, uri) : { uri, text: 'Not checked', severity: 'information' as const };
      send({ kind: 'status', version, status: { ...status, detail: 'Checking', busy: true } });
    },
    show,
    overdue: (project, { file, version }, limitMs) => strike(project, file, version, tookLonger(limitMs)),
    broke: (project, { file, version }, error) => {
      send({
        kind: 'log',
        message: `${project.uriOf(file)}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      });
      const what = error instanceof Error ? error.message : String(error);
      strike(project, file, version, `judging it failed in Backend Architect itself (${what.slice(0, 200)})`);
    },
    parser: async () => {
      parser ??= createPostgresParser();
      const { parse, ready } = await parser;
      await ready();
      return parse;
    },
    wasStruck: (project, file) => struck.has(project.uriOf(file)),
  });

  const reviews = createReviews({
    rules,
    follows: beginning.options.followsReview,
    folders: () => projects.folders,
    notify: (method, params) => send({ kind: 'notify', method, params }),
    judgeQuietly: async (project) => {
      await project.discover();
      scheduler.sqlChanged(project);
      strikeAgain(project);
      project.live.watchAll(true);
      scheduler.wake();
    },
    settled: (project) => scheduler.settled(project),
    complain,
  });
  /** Files that are not open and were struck before this analyst began. */
  const strikeAgain = (project: Project): void => {
    for (const { uri, reason } of beginning.strikes) {
      if (projects.of(uri) === project && !open.has(uri))
        show(project, [project.live.strike(project.fileOf(uri), reason)]);
    }
  };

  const look = ({ project, file, document: { uri } }: OpenDocument): Promise<void> => {
    const looked = Promise.all([
      project.lookAt(file),
      isSql(file) && !project.discovered ? project.discover() : undefined,
    ])
      .catch(complain)
      .then(() => {
        if (looking.get(uri) === looked) looking.delete(uri);
      });
    looking.set(uri, looked);
    return looked;
  };
  const judge = (one: OpenDocument): void => {
    void (looking.get(one.document.uri) ?? look(one)).then(() => {
      if (open.get(one.document.uri) !== one) return;
      one.project.live.touch(one.file);
      scheduler.wake();
    });
  };
  const changedIn = ({ project, file }: OpenDocument): void => {
    if (isSql(file)) scheduler.sqlChanged(project);
  };
  const waits = ({ document: { uri, version } }: OpenDocument): void => {
    const detail = run === 'onSave' ? 'Checked when it is saved' : 'Checked by Check Workspace';
    send({
      kind: 'status',
      version,
      status: { uri, text: 'Not checked', detail, severity: 'information', busy: false },
    });
  };

  const opened = (text: OpenText): void => {
    const one = openDocument(projects, text);
    open.set(text.uri, one);
    one.project.live.open(liveText(one));
    changedIn(one);
    const strikeBefore = unspent.get(text.uri);
    unspent.delete(text.uri);
    if (strikeBefore) struck.set(text.uri, strikeBefore.reason);
    if (strikeBefore && strikeBefore.version === text.version) {
      show(one.project, [one.project.live.strike(one.file, strikeBefore.reason)]);
    } else if (run === 'manual') waits(one);
    else judge(one);
  };
  const changed = (uri: string, version: number, changes: (ToAnalyst & { kind: 'change' })['changes']): void => {
    const one = open.get(uri);
    if (!one) return;
    let whole: Change | undefined;
    let known = true;
    for (const change of changes) {
      if ('range' in change) {
        const start = one.document.offsetAt(change.range.start);
        const oldEnd = one.document.offsetAt(change.range.end);
        whole = bothChanges(whole, { start, oldEnd, newEnd: start + change.text.length });
      } else known = false;
      TextDocument.update(one.document, [change], version);
    }
    one.project.live.change(liveText(one), known ? whole : undefined);
    changedIn(one);
    if (run === 'onType') judge(one);
    else waits(one);
    reviews.changed(one.project);
    scheduler.wake();
  };
  const closed = (uri: string): void => {
    const one = open.get(uri);
    if (!one) return;
    open.delete(uri);
    looking.delete(uri);
    struck.delete(uri);
    changedIn(one);
    if (!one.project.live.close(one.file) || !showsAll)
      send({ kind: 'judged', uri, version: undefined, diagnostics: [] });
    scheduler.wake();
  };
  const filesChanged = (uris: readonly string[]): void => {
    const byProject = new Map<Project, string[]>();
    for (const uri of uris) {
      struck.delete(uri);
      const project = projects.of(uri);
      byProject.set(project, [...(byProject.get(project) ?? []), project.fileOf(uri)]);
    }
    for (const [project, files] of byProject) {
      if (files.some((file) => mayBeDocument.test(file))) scheduler.sqlChanged(project);
      project.live.changedOnDisk(files);
      reviews.filesChanged(project, files);
      if (files.some((file) => file === configurationFile || /(?:^|\/)\.gitignore$/.test(file))) {
        project.forgetLooks();
        for (const one of open.values())
          if (one.project === project && run !== 'manual') void look(one).then(() => judge(one));
      }
      if (project.discovered && files.some((file) => mayBeDocument.test(file))) {
        void project.discover().then(() => {
          scheduler.sqlChanged(project);
          scheduler.wake();
        });
      }
    }
    scheduler.wake();
  };
  const foldersChanged = (folders: Beginning['folders']): void => {
    projects.setFolders(folders);
    reviews.foldersChanged();
    for (const { document, project } of Array.from(open.values())) {
      if (projects.of(document.uri) === project) continue;
      const { uri, languageId, version } = document;
      closed(uri);
      opened({ uri, languageId, version, text: document.getText() });
    }
  };
  const runChanged = (next: Beginning['run']): void => {
    run = next;
    for (const one of open.values()) if (run === 'onType') judge(one);
  };

  const settledFindings: AnswerContext['settledFindings'] = async (uri, explicit) => {
    const one = open.get(uri);
    if (!one) return undefined;
    await looking.get(uri);
    const { version } = one.document;
    if (one.project.live.verdicts.get(one.file)?.version !== version && !struck.has(uri)) {
      // The editor asks at every move of the cursor: that is no wish to have the document checked.
      if (run !== 'onType' && !explicit) return undefined;
      one.project.live.touch(one.file);
    }
    await scheduler.settled(one.project, one.file);
    if (open.get(uri) !== one || one.document.version !== version) throw new Stale();
    const verdict = one.project.live.verdicts.get(one.file);
    return verdict?.version === version ? { one, verdict } : undefined;
  };
  const watchAll = async (
    report: (done: number, total: number) => void,
    signal: AbortSignal,
  ): Promise<readonly Project[]> => {
    const folders = projects.all.filter(({ kind }) => kind === 'folder');
    const shownBefore = showsAll;
    showsAll = true;
    for (const project of folders) {
      await project.discover();
      scheduler.sqlChanged(project);
      strikeAgain(project);
    }
    let total = 0;
    for (const project of folders) total += project.live.watchAll();
    const ticks = setInterval(() => {
      const left = folders.reduce((sum, { live }) => sum + live.dueCount(), 0);
      report(Math.max(0, total - left), total);
    }, 100);
    const stop = (): void => {
      showsAll = shownBefore;
      if (!beginning.options.followsReview) for (const project of folders) project.live.stopWatching();
      scheduler.wake();
    };
    signal.addEventListener('abort', stop);
    try {
      const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      await Promise.race([Promise.all(folders.map((project) => scheduler.settled(project))), stopped]);
    } finally {
      clearInterval(ticks);
      signal.removeEventListener('abort', stop);
    }
    return folders;
  };

  const context = {
    rules,
    options: beginning.options,
    settledFindings,
    watchAll,
    document: (uri: string) => open.get(uri),
    project: (folder: string) => projects.folders.find(({ uri }) => uri === folder)?.project,
    get folders() {
      return projects.folders;
    },
    job: scheduler.job,
    reviews,
  };
  const asked = async ({ id, question }: ToAnalyst & { kind: 'ask' }): Promise<void> => {
    const abort = new AbortController();
    asks.set(id, abort);
    try {
      const value = await answer(question, context, abort.signal, (done, total) =>
        send({ kind: 'progress', id, done, total }),
      );
      if (abort.signal.aborted) send({ kind: 'refused', id, why: 'cancelled', message: 'It was cancelled.' });
      else send({ kind: 'answer', id, value });
    } catch (error) {
      const why = error instanceof Stale ? 'stale' : 'failed';
      if (why === 'failed')
        send({ kind: 'log', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      send({ kind: 'refused', id, why, message: error instanceof Error ? error.message : String(error) });
    } finally {
      asks.delete(id);
    }
  };

  projects.setFolders(beginning.folders);
  for (const document of beginning.documents) opened(document);
  reviews.foldersChanged();
  if (beginning.checked) watchAll(() => undefined, new AbortController().signal).catch(complain);
  return (message) => {
    switch (message.kind) {
      case 'open':
        opened(message.document);
        break;
      case 'change':
        changed(message.uri, message.version, message.changes);
        break;
      case 'save': {
        const one = open.get(message.uri);
        if (one && run === 'onSave') judge(one);
        break;
      }
      case 'close':
        closed(message.uri);
        break;
      case 'folders':
        foldersChanged(message.folders);
        break;
      case 'run':
        runChanged(message.run);
        break;
      case 'files':
        filesChanged(message.uris);
        break;
      case 'ask':
        void asked(message);
        break;
      case 'cancel':
        asks.get(message.id)?.abort();
        break;
      case 'beat':
        send({ kind: 'alive' });
        break;
    }
  };
}

/** What discovery goes by; a name without an ending may be a folder's. */
const mayBeDocument = /(?:\.(?:sql|ya?ml|json)|(?:^|\/)(?:\.gitignore|[^./]+))$/i;

function isSql(file: string): boolean {
  return /\.sql$/i.test(file);
}
