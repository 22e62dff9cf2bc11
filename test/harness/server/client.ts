import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  type CancellationToken,
  type CodeAction,
  createProtocolConnection,
  type Diagnostic,
  type Hover,
  type Position,
  type Range,
  StreamMessageReader,
  StreamMessageWriter,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { DocumentStatus, InitializationOptions } from '../../../src/server/protocol.ts';

/** Folders on disk for one test. */
export interface Scratch {
  readonly path: string;
  uri(file: string): string;
  write(file: string, content: string | Uint8Array): void;
  /** Removes one file, or all. */
  remove(file?: string): void;
}

export function scratch(files: Readonly<Record<string, string | Uint8Array>> = {}): Scratch {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'backend-architect-test-')));
  const write = (file: string, content: string | Uint8Array): void => {
    mkdirSync(dirname(join(path, file)), { recursive: true });
    writeFileSync(join(path, file), content);
  };
  for (const [file, content] of Object.entries(files)) write(file, content);
  return {
    path,
    write,
    uri: (file) => pathToFileURL(join(path, file)).href,
    remove: (file = '') => rmSync(join(path, file), { recursive: true, force: true }),
  };
}

interface Published {
  readonly version: number | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export interface ClientOptions {
  readonly folders: readonly string[];
  readonly options?: InitializationOptions;
  readonly resolves?: boolean;
  /** Another file than the test server to run. */
  readonly main?: string;
  readonly node?: string;
}

/** A small editor: opens, edits and closes documents, and waits for what the server says of them. */
export interface TestClient {
  readonly pid: number;
  open(uri: string, text: string, languageId?: string): void;
  edit(uri: string, range: Range, newText: string): number;
  replace(uri: string, text: string): number;
  save(uri: string): void;
  close(uri: string): void;
  text(uri: string): string;
  at(uri: string, needle: string): Position;
  diagnostics(uri: string): readonly Diagnostic[] | undefined;
  /** All that was published for a document, in order. */
  history(uri: string): readonly Published[];
  /** The diagnostics once they are those of the present version (of a closed file: once there are some) and fit. */
  settled(uri: string, fits?: (diagnostics: readonly Diagnostic[]) => boolean): Promise<readonly Diagnostic[]>;
  status(uri: string, fits: (status: DocumentStatus) => boolean): Promise<DocumentStatus>;
  actions(uri: string, range: Range, only?: readonly string[]): Promise<readonly CodeAction[]>;
  resolve(action: CodeAction): Promise<CodeAction>;
  hover(uri: string, position: Position): Promise<Hover | null>;
  request<Answer>(method: string, params: unknown, token?: CancellationToken): Promise<Answer>;
  notify(method: string, params: unknown): void;
  /** The latest notification of ours with that name that fits, once there is one. */
  told<Params>(method: string, fits: (params: Params) => boolean): Promise<Params>;
  /** How many notifications of that name came. */
  toldCount(method: string): number;
  /** Applies the edits for one document of an edit, and tells the server. */
  apply(uri: string, edit: WorkspaceEdit): string;
  filesChanged(uris: readonly string[]): void;
  stop(): Promise<void>;
}

const testServer = fileURLToPath(new URL('main.ts', import.meta.url));

export async function startClient({
  folders,
  options,
  resolves = true,
  main = testServer,
  node = process.execPath,
}: ClientOptions): Promise<TestClient> {
  const child = spawn(node, [main, '--stdio'], { stdio: ['pipe', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const documents = new Map<string, TextDocument>();
  const published = new Map<string, Published[]>();
  const statuses = new Map<string, DocumentStatus>();
  const waiting = new Set<() => void>();
  const changed = (): void => {
    for (const look of waiting) look();
  };
  const until = <T>(read: () => T | undefined): Promise<T> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const value = read();
        if (value === undefined) return;
        waiting.delete(look);
        resolve(value);
      };
      waiting.add(look);
      void ended.then(() => reject(new Error(`The server ended. ${errors}`)));
      look();
    });
  connection.onNotification(
    'textDocument/publishDiagnostics',
    ({ uri, version, diagnostics }: { uri: string; version?: number; diagnostics: Diagnostic[] }) => {
      published.set(uri, [...(published.get(uri) ?? []), { version, diagnostics }]);
      changed();
    },
  );
  connection.onNotification('backendArchitect/status', (status: DocumentStatus) => {
    statuses.set(status.uri, status);
    changed();
  });
  const told = new Map<string, unknown[]>();
  connection.onNotification((method, params) => {
    told.set(method, [...(told.get(method) ?? []), params]);
    changed();
  });
  connection.onNotification('window/logMessage', () => undefined);
  connection.onRequest('client/registerCapability', () => null);
  connection.listen();
  const quietly = (sent: Promise<unknown>): void => void sent.catch(() => undefined);
  const notify = (method: string, params: unknown): void =>
    quietly(connection.sendNotification(method, params as object));
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: folders.map((path) => ({ uri: pathToFileURL(path).href, name: path })),
    capabilities: {
      workspace: { workspaceFolders: true, didChangeWatchedFiles: { dynamicRegistration: true } },
      textDocument: resolves ? { codeAction: { resolveSupport: { properties: ['edit'] } } } : {},
    },
    initializationOptions: options ?? {},
  });
  notify('initialized', {});
  const document = (uri: string): TextDocument => {
    const found = documents.get(uri);
    if (!found) throw new Error(`${uri} is not open`);
    return found;
  };
  const change = (
    uri: string,
    contentChanges: readonly ({ range: Range; text: string } | { text: string })[],
  ): number => {
    const own = document(uri);
    const version = own.version + 1;
    documents.set(uri, TextDocument.update(own, [...contentChanges], version));
    notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges });
    return version;
  };
  const edit = (uri: string, range: Range, newText: string): number => change(uri, [{ range, text: newText }]);
  return {
    pid: child.pid ?? 0,
    open: (uri, text, languageId = 'yaml') => {
      documents.set(uri, TextDocument.create(uri, languageId, 1, text));
      notify('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
    },
    edit,
    replace: (uri, text) => change(uri, [{ text }]),
    save: (uri) => notify('textDocument/didSave', { textDocument: { uri } }),
    close: (uri) => {
      documents.delete(uri);
      notify('textDocument/didClose', { textDocument: { uri } });
    },
    text: (uri) => document(uri).getText(),
    at: (uri, needle) => {
      const offset = document(uri).getText().indexOf(needle);
      if (offset < 0) throw new Error(`${needle} is not in ${uri}`);
      return document(uri).positionAt(offset);
    },
    diagnostics: (uri) => published.get(uri)?.at(-1)?.diagnostics,
    history: (uri) => published.get(uri) ?? [],
    settled: (uri, fits = () => true) =>
      until(() => {
        const last = published.get(uri)?.at(-1);
        return last && last.version === documents.get(uri)?.version && fits(last.diagnostics)
          ? last.diagnostics
          : undefined;
      }),
    status: (uri, fits) =>
      until(() => {
        const status = statuses.get(uri);
        return status && fits(status) ? status : undefined;
      }),
    actions: async (uri, range, only) =>
      (await connection.sendRequest<CodeAction[] | null>('textDocument/codeAction', {
        textDocument: { uri },
        range,
        context: { diagnostics: [], ...(only ? { only } : {}) },
      })) ?? [],
    resolve: (action) => connection.sendRequest('codeAction/resolve', action),
    hover: (uri, position) => connection.sendRequest('textDocument/hover', { textDocument: { uri }, position }),
    request: (method, params, token) =>
      token
        ? connection.sendRequest(method, params as object, token)
        : connection.sendRequest(method, params as object),
    notify,
    told: <Params>(method: string, fits: (params: Params) => boolean) =>
      until(() => {
        const last = told.get(method)?.at(-1) as Params | undefined;
        return last !== undefined && fits(last) ? last : undefined;
      }),
    toldCount: (method) => told.get(method)?.length ?? 0,
    apply: (uri, { documentChanges = [] }) => {
      const own = document(uri);
      for (const one of documentChanges) {
        if (!('edits' in one) || one.textDocument.uri !== uri) continue;
        if (one.textDocument.version !== own.version) throw new Error(`Edits for version ${one.textDocument.version}`);
        const text = TextDocument.applyEdits(own, one.edits as TextEdit[]);
        change(uri, [{ text }]);
        return text;
      }
      throw new Error(`No edits for ${uri}`);
    },
    filesChanged: (uris) =>
      notify('workspace/didChangeWatchedFiles', { changes: uris.map((uri) => ({ uri, type: 2 })) }),
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        quietly(connection.sendRequest('shutdown').then(() => connection.sendNotification('exit')));
        await ended;
      }
      connection.dispose();
    },
  };
}
