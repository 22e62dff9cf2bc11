import { CancellationTokenSource, ProgressLocation, window } from 'vscode';
import { type LanguageClient, State, WorkDoneProgress } from 'vscode-languageclient/node';
import { type CheckSummary, type CheckWorkspaceParams, checkWorkspaceRequest } from '../server/protocol.ts';

/** Shorter work shows in the status bar; a notification with Cancel is for what takes longer. */
const patienceMs = 10_000;
const shownMs = 5000;

let checks = 0;

/**
 * Checks all documents of the workspace; the findings come as diagnostics, and in the summary too where `report` is wanted.
 * Returns the summary, undefined where it was cancelled or could not be asked.
 */
export async function checkWorkspace(client: LanguageClient, report: boolean): Promise<CheckSummary | undefined> {
  // A server that is still starting is waited for: this command can be what activated the extension.
  if (client.state === State.Stopped) {
    window.setStatusBarMessage('Nothing was checked: the server does not run.', shownMs);
    return undefined;
  }
  const cancel = new CancellationTokenSource();
  const workDoneToken = `backendArchitect.check.${++checks}`;
  let say: (message: string) => void = () => undefined;
  const progress = client.onProgress(WorkDoneProgress.type, workDoneToken, (value) =>
    say(value.kind === 'report' ? (value.message ?? '') : ''),
  );
  const params: CheckWorkspaceParams = { workDoneToken, report };
  const request = client.sendRequest<CheckSummary>(checkWorkspaceRequest, params, cancel.token);
  const ended = request.then(
    () => undefined,
    () => undefined,
  );
  const show = (location: ProgressLocation, cancellable: boolean): void => {
    void window.withProgress({ location, title: 'Checking the workspace', cancellable }, (bar, token) => {
      say = (message) => bar.report({ message });
      token.onCancellationRequested(() => cancel.cancel());
      return ended;
    });
  };
  show(ProgressLocation.Window, false);
  const timer = setTimeout(() => show(ProgressLocation.Notification, true), patienceMs);
  try {
    const summary = await request;
    window.setStatusBarMessage(sentence(summary), shownMs);
    return summary;
  } catch (error) {
    if (!cancel.token.isCancellationRequested) throw error;
    window.setStatusBarMessage('The check was cancelled. Findings that were made until then are shown.', shownMs);
    return undefined;
  } finally {
    clearTimeout(timer);
    progress.dispose();
    cancel.dispose();
  }
}

function sentence({ documents, findings, notAnalysed }: CheckSummary): string {
  const total = findings.error + findings.warning + findings.info + findings.hint;
  const left = notAnalysed.length === 0 ? '' : `, ${notAnalysed.length} not analysed (see report)`;
  const found = total === 0 ? 'no findings' : `${count(total, 'finding')}, ${count(findings.error, 'error')}`;
  return `${count(documents, 'document')} checked: ${found}${left}.`;
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
