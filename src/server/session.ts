import { pathToFileURL } from 'node:url';
import {
  type CancellationToken,
  CodeActionKind,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type InitializeParams,
  type InitializeResult,
  LSPErrorCodes,
  RequestType,
  ResponseError,
  TextDocuments,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import { acts } from './acts.ts';
import { workflowQuestions } from './questions.ts';
import { type Keeper, keepAnalyst, Refusal } from './keeper.ts';
import {
  type CheckRun,
  type CheckSummary,
  type CheckWorkspaceParams,
  checkWorkspaceRequest,
  type DisablePlan,
  type InitializationOptions,
  planDisableRequest,
  type PlanDisableParams,
  type Settings,
  settingsSection,
  statusNotification,
} from './protocol.ts';
import type { AnalystOptions, Folder, OpenText, QuestionName, Questions } from './thread.ts';

export interface ServerFiles {
  /** The file the analyst's thread runs. */
  readonly analyst: string;
  /** Folder of the rule pages, unless the client names another. */
  readonly pages: string;
}

/** Only what a person edits is judged: not the `git:` side of a comparison, not output, not other extensions' documents. */
const judgedSchemes = new Set(['file', 'untitled']);

/** Documents, and what decides which files are. */
const judgedFiles = /(?:\.(?:sql|ya?ml|json|md)|\/\.gitignore)$/i;

/** Whether a change of a file can matter: evidence rests on any file but those of others and, of git's own, but where it says what is checked out. */
function matters(uri: string): boolean {
  const at = uri.lastIndexOf('/.git/');
  if (at >= 0) return /^\/\.git\/(?:HEAD|index|logs\/HEAD)$/.test(uri.slice(at));
  return !uri.includes('/node_modules/') || judgedFiles.test(uri);
}

/** A checkout changes thousands of files at once: they are told together. */
const filesTogetherMs = 300;

/** Speaks the Language Server Protocol on `connection`; all judging happens in the analyst's thread. */
export function serve(connection: Connection, files: ServerFiles): void {
  const session = new Session(connection, files);
  session.listen();
}

class Session {
  private readonly connection: Connection;
  private readonly files: ServerFiles;
  private readonly documents: TextDocuments<TextDocument>;
  private readonly progress = new Map<number, (done: number, total: number) => void>();
  private readonly changedFiles = new Set<string>();
  private changedTimer: NodeJS.Timeout | undefined;
  private keeper: Keeper | undefined;
  private folders: readonly Folder[] = [];
  private run: CheckRun = 'onType';
  private checked = false;
  private options: AnalystOptions;
  private params: InitializeParams | undefined;

  constructor(connection: Connection, files: ServerFiles) {
    this.connection = connection;
    this.files = files;
    this.options = {
      rulePages: pathToFileURL(files.pages).href,
      asksForReasons: false,
      resolvesActions: false,
      followsReview: false,
    };
    this.documents = new TextDocuments({
      create: (uri, languageId, version, content) => TextDocument.create(uri, languageId, version, content),
      update: (document, changes, version) => {
        if (isJudged(document.uri)) this.keeper?.tell({ kind: 'change', uri: document.uri, version, changes });
        return TextDocument.update(document, changes, version);
      },
    });
  }

  listen(): void {
    const { connection, documents } = this;
    connection.onInitialize((params) => this.initialize(params));
    connection.onInitialized(() => this.initialized());
    connection.onShutdown(async () => this.keeper?.stop());
    documents.onDidOpen(({ document }) => {
      if (isJudged(document.uri)) this.keeper?.tell({ kind: 'open', document: openText(document) });
    });
    documents.onDidSave(({ document }) => {
      if (isJudged(document.uri)) this.keeper?.tell({ kind: 'save', uri: document.uri });
    });
    documents.onDidClose(({ document: { uri } }) => {
      if (!isJudged(uri)) return;
      if (!this.checked || !uri.startsWith('file:')) this.publish(uri, undefined, []);
      this.keeper?.tell({ kind: 'close', uri });
    });
    documents.listen(connection);
    connection.onDidChangeConfiguration(({ settings }) => this.settingsChanged(settings as unknown));
    connection.onDidChangeWatchedFiles(({ changes }) => {
      for (const { uri, type } of changes) {
        if (!matters(uri)) continue;
        this.changedFiles.add(uri);
        if (type === FileChangeType.Deleted && judgedFiles.test(uri) && this.documents.get(uri) === undefined)
          this.publish(uri, undefined, []);
      }
      if (this.changedFiles.size > 0) this.changedTimer ??= setTimeout(() => this.tellFiles(), filesTogetherMs);
    });
    connection.onHover(({ textDocument, position }, token) =>
      this.ask('hover', { uri: textDocument.uri, position }, token, null),
    );
    connection.onCompletion(async ({ textDocument, position }, token) => [
      ...(await this.ask('completion', { uri: textDocument.uri, position }, token, [])),
    ]);
    connection.onCodeAction(async ({ textDocument: { uri }, range, context }, token) => [
      ...(await this.ask('actions', { uri, range, only: context.only }, token, [])),
    ]);
    connection.onCodeActionResolve((action, token) => this.ask('resolve', action, token, action));
    connection.onRequest(new RequestType<PlanDisableParams, DisablePlan, void>(planDisableRequest), (params, token) =>
      this.ask('disable', params, token, { refusal: 'This document is not checked.' }),
    );
    connection.onCodeLens(async ({ textDocument: { uri } }, token) => [
      ...(await this.ask('backendArchitect/taskLenses', { uri }, token, [])),
    ]);
    for (const name of workflowQuestions) {
      connection.onRequest(name as string, (params: unknown, token: CancellationToken): Promise<unknown> =>
        this.ask(name, params as never, token, { refusal: 'The server is not ready.' }),
      );
    }
    for (const name of Object.keys(acts) as (keyof typeof acts)[]) {
      connection.onRequest(name, (params: unknown, token: CancellationToken) => this.act(name, params, token));
    }
    connection.onRequest(checkWorkspaceRequest, (params: CheckWorkspaceParams | undefined, token: CancellationToken) =>
      this.checkWorkspace(params ?? {}, token),
    );
  }

  private initialize(params: InitializeParams): InitializeResult {
    this.params = params;
    const { capabilities, workspaceFolders, rootUri } = params;
    const { rulePages, asksForReasons, followsReview, settings } = (params.initializationOptions ??
      {}) as InitializationOptions;
    const resolves = capabilities.textDocument?.codeAction?.resolveSupport?.properties.includes('edit') ?? false;
    this.options = {
      rulePages: (rulePages ?? this.options.rulePages).replace(/\/$/, ''),
      asksForReasons: asksForReasons ?? false,
      followsReview: followsReview ?? false,
      resolvesActions: resolves,
    };
    this.run = readRun(settings) ?? this.run;
    const roots = workspaceFolders ?? (rootUri ? [{ uri: rootUri }] : []);
    this.folders = roots.flatMap(({ uri }) => folderOf(uri));
    return {
      serverInfo: { name: 'backend-architect' },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
        hoverProvider: true,
        codeLensProvider: {},
        completionProvider: { triggerCharacters: [' ', ':', '/', '-', '('] },
        codeActionProvider: {
          codeActionKinds: [CodeActionKind.QuickFix, `${CodeActionKind.SourceFixAll}.backendArchitect`],
          resolveProvider: resolves,
        },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  }

  private initialized(): void {
    const { connection, params } = this;
    const workspace = params?.capabilities.workspace;
    this.keeper = keepAnalyst({
      file: this.files.analyst,
      beginning: () => ({
        options: this.options,
        folders: this.folders,
        documents: this.documents.all().flatMap((document) => (isJudged(document.uri) ? [openText(document)] : [])),
        run: this.run,
        checked: this.checked,
      }),
      onJudged: (uri, version, diagnostics) => {
        const open = this.documents.get(uri);
        // Of an older text, of a file that has been opened or closed meanwhile: the newer result is on its way.
        if (open?.version === version) this.publish(uri, version, diagnostics);
      },
      onStatus: (status, version) => {
        if (this.documents.get(status.uri)?.version === version) this.send(statusNotification, status);
      },
      onNotify: (method, params) => this.send(method, params),
      onProgress: (ask, done, total) => this.progress.get(ask)?.(done, total),
      log: (message) => connection.console.log(message),
      onGivenUp: (reason) => {
        connection.console.error(`Checking stopped: ${reason}`);
        // The client starts the server again, and gives up where that does not help either.
        setImmediate(() => process.exit(1));
      },
    });
    if (workspace?.didChangeWatchedFiles?.dynamicRegistration) {
      const watchers = [{ globPattern: '**/*' }];
      this.quietly(connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }));
    }
    if (workspace?.didChangeConfiguration?.dynamicRegistration) {
      this.quietly(connection.client.register(DidChangeConfigurationNotification.type, { section: settingsSection }));
    }
    if (workspace?.workspaceFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map(({ uri }) => uri));
        this.folders = [
          ...this.folders.filter(({ uri }) => !gone.has(uri)),
          ...added.flatMap(({ uri }) => folderOf(uri)),
        ];
        this.keeper?.tell({ kind: 'folders', folders: this.folders });
      });
    }
  }

  private settingsChanged(settings: unknown): void {
    const own = (settings as { readonly [section: string]: unknown } | null | undefined)?.[settingsSection];
    if (own !== undefined) {
      this.runChanged(readRun(own));
    } else if (this.params?.capabilities.workspace?.configuration) {
      const read = this.connection.workspace.getConfiguration(settingsSection) as Promise<unknown>;
      this.quietly(read.then((value) => this.runChanged(readRun(value))));
    }
  }

  private runChanged(run: CheckRun | undefined): void {
    if (run === undefined || run === this.run) return;
    this.run = run;
    this.keeper?.tell({ kind: 'run', run });
  }

  private tellFiles(): void {
    this.changedTimer = undefined;
    const uris = [...this.changedFiles];
    this.changedFiles.clear();
    this.keeper?.tell({ kind: 'files', uris });
  }

  private async ask<Name extends QuestionName>(
    name: Name,
    ask: Questions[Name]['ask'],
    token: CancellationToken,
    nothing: Questions[Name]['answer'],
    onId?: (id: number) => void,
  ): Promise<Questions[Name]['answer']> {
    if (!this.keeper) return nothing;
    const abort = new AbortController();
    const listener = token.onCancellationRequested(() => abort.abort());
    try {
      return await this.keeper.ask(name, ask, abort.signal, onId);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const codes = {
        stale: LSPErrorCodes.ContentModified,
        cancelled: LSPErrorCodes.RequestCancelled,
        failed: LSPErrorCodes.RequestFailed,
      };
      throw new ResponseError(codes[error.why], error.message);
    } finally {
      listener.dispose();
    }
  }

  private async act(name: keyof typeof acts, params: unknown, token: CancellationToken): Promise<unknown> {
    const abort = new AbortController();
    const listener = token.onCancellationRequested(() => abort.abort());
    const workDoneToken = (params as { readonly workDoneToken?: string | number } | null)?.workDoneToken;
    const progress =
      workDoneToken === undefined ? undefined : this.connection.window.attachWorkDoneProgress(workDoneToken);
    try {
      const context = {
        folderPath: (uri: string) => this.folders.find((one) => one.uri === uri)?.path,
        report: (message: string) => progress?.report(message),
        wrote: (uris: readonly string[]) => this.keeper?.tell({ kind: 'files', uris }),
        openTexts: () =>
          this.documents.all().flatMap((document) => {
            const { scheme, fsPath } = URI.parse(document.uri);
            return scheme === 'file' ? [{ path: fsPath, text: document.getText() }] : [];
          }),
        log: (message: string) => this.connection.console.log(message),
      };
      return await acts[name]?.(context, params as never, abort.signal);
    } finally {
      progress?.done();
      listener.dispose();
    }
  }

  private async checkWorkspace(
    { workDoneToken: token, report = false }: CheckWorkspaceParams,
    cancel: CancellationToken,
  ): Promise<CheckSummary> {
    const progress = token === undefined ? undefined : this.connection.window.attachWorkDoneProgress(token);
    progress?.begin('Checking the workspace', 0, undefined, true);
    let own = 0;
    const nothing = { documents: 0, findings: { error: 0, warning: 0, info: 0, hint: 0 }, notAnalysed: [] };
    try {
      const summary = await this.ask('checkWorkspace', { report }, cancel, nothing, (id) => {
        own = id;
        this.progress.set(id, (done, total) =>
          progress?.report(Math.round((100 * done) / Math.max(total, 1)), `${done} of ${total} files`),
        );
      });
      this.checked = true;
      return summary;
    } finally {
      this.progress.delete(own);
      progress?.done();
    }
  }

  private publish(uri: string, version: number | undefined, diagnostics: readonly object[]): void {
    const list = [...diagnostics] as never;
    this.quietly(
      this.connection.sendDiagnostics(
        version === undefined ? { uri, diagnostics: list } : { uri, version, diagnostics: list },
      ),
    );
  }

  private send(method: string, params: object): void {
    this.quietly(this.connection.sendNotification(method, params));
  }

  /** A message that cannot be sent: the client is gone, and so will this process be. */
  private quietly(sent: Promise<unknown>): void {
    sent.catch((error: unknown) => process.stderr.write(`${String(error)}\n`));
  }
}

function isJudged(uri: string): boolean {
  return judgedSchemes.has(uri.slice(0, uri.indexOf(':')));
}

function openText(document: TextDocument): OpenText {
  return { uri: document.uri, languageId: document.languageId, version: document.version, text: document.getText() };
}

function folderOf(uri: string): Folder[] {
  const parsed = URI.parse(uri);
  return parsed.scheme === 'file' ? [{ uri, path: parsed.fsPath }] : [];
}

function readRun(settings: unknown): CheckRun | undefined {
  const { run, check } = (settings ?? {}) as Settings & { readonly check?: { readonly run?: unknown } };
  return (['onType', 'onSave', 'manual'] as const).find((one) => one === (check?.run ?? run));
}
