import {
  commands,
  type Disposable,
  type ExtensionContext,
  type LogOutputChannel,
  Uri,
  window,
  workspace,
} from 'vscode';
import {
  CloseAction,
  type CloseHandlerResult,
  ErrorAction,
  LanguageClient,
  RevealOutputChannelOn,
  State,
  TransportKind,
} from 'vscode-languageclient/node';
import type { StatusItem } from './status.ts';
import { followTyping } from './typing.ts';
import { showsLenses } from './tasks/register.ts';
import {
  type CheckRun,
  type DocumentStatus,
  type InitializationOptions,
  settingsSection,
  statusNotification,
} from '../server/protocol.ts';

/** So many deaths of the server within so long mean that another start will not help. */
const deathLimit = 5;
const deathWindowMs = 180_000;

export interface ArchitectClient extends Disposable {
  readonly language: LanguageClient;
  /** Runs the server where `enabled`, and stops it otherwise. */
  follow(enabled: boolean): Promise<void>;
  restart(): Promise<void>;
}

/** The client of the language server. It starts again when the server dies, and stays down visibly when that happens too often: as `tellsOfStop` says where a view tells it, else by a notification. */
export function createArchitectClient(
  context: ExtensionContext,
  output: LogOutputChannel,
  status: StatusItem,
  tellsOfStop: () => boolean,
): ArchitectClient {
  const module = context.asAbsolutePath('dist/server.cjs');
  let deaths: number[] = [];
  const closed = (): CloseHandlerResult => {
    const now = Date.now();
    deaths = [...deaths.filter((at) => now - at < deathWindowMs), now];
    if (deaths.length < deathLimit) {
      return {
        action: CloseAction.Restart,
        handled: true,
        message: `The server ended (${deaths.length} of ${deathLimit}). It starts again.`,
      };
    }
    status.stopped();
    if (!tellsOfStop()) void offerRestart();
    return {
      action: CloseAction.DoNotRestart,
      handled: true,
      message: `The server ended ${deathLimit} times in three minutes. It stays down.`,
    };
  };
  const offerRestart = async (): Promise<void> => {
    const sentence =
      'Checking stopped: the server ended five times in three minutes. Findings are not kept up to date until it runs again.';
    const chosen = await window.showErrorMessage(sentence, 'Restart', 'Show Output');
    if (chosen === 'Restart') await commands.executeCommand('backendArchitect.restartServer');
    else if (chosen === 'Show Output') output.show(true);
  };

  const typing = followTyping();
  const language = new LanguageClient(
    settingsSection,
    'Backend Architect',
    { module, transport: TransportKind.ipc },
    {
      documentSelector: [
        { scheme: 'file', pattern: '**/*.{yaml,yml,json,sql,md}' },
        { scheme: 'file', language: 'git-commit' },
        { scheme: 'untitled', language: 'yaml' },
        { scheme: 'untitled', language: 'json' },
        { scheme: 'untitled', language: 'sql' },
      ],
      outputChannel: output,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      middleware: {
        handleDiagnostics: (uri, diagnostics, next) => typing.show(uri, diagnostics, next),
        provideCodeLenses: (document, token, next) => (showsLenses() ? next(document, token) : []),
      },
      synchronize: { configurationSection: settingsSection },
      initializationOptions: (): InitializationOptions => ({
        rulePages: Uri.joinPath(context.extensionUri, 'docs', 'rules').toString(),
        asksForReasons: true,
        followsReview: true,
        settings: { run: workspace.getConfiguration(settingsSection).get<CheckRun>('check.run', 'onType') },
      }),
      initializationFailedHandler: () => false,
      errorHandler: {
        error: (_error, _message, count) => ({
          action: (count ?? 0) <= 3 ? ErrorAction.Continue : ErrorAction.Shutdown,
          handled: true,
        }),
        closed,
      },
    },
  );
  // The library shows a notification when a server dies while it starts; it starts again, and nobody has to act. What needs somebody says `closed`.
  language.error = (message: string, data?: unknown) => output.error(message, data);
  const listeners = [
    typing,
    language.onNotification(statusNotification, (one: DocumentStatus) => status.tell(one)),
    language.onDidChangeState(({ newState }) => {
      if (newState === State.Starting) status.starting();
      else if (newState === State.Running) status.running();
    }),
  ];
  // One after the other: a client that starts cannot be stopped, and the other way round.
  let last: Promise<void> = Promise.resolve();
  const inTurn = (step: () => Promise<void>): Promise<void> => {
    last = last.then(step, step);
    return last;
  };
  return {
    language,
    follow: (enabled) =>
      inTurn(async () => {
        if (enabled && language.needsStart()) await language.start();
        if (!enabled && language.needsStop()) await language.stop();
        if (!enabled) status.off();
      }).catch((error: unknown) => output.error(`The server did not start: ${String(error)}`)),
    restart: () =>
      inTurn(async () => {
        deaths = [];
        if (language.needsStop()) await language.stop();
        await language.start();
      }),
    dispose: () => {
      for (const listener of listeners) listener.dispose();
      void inTurn(() => language.dispose()).catch(() => undefined);
    },
  };
}
