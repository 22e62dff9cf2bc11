import { window } from 'vscode';
import { type LanguageClient, State, WorkDoneProgress } from 'vscode-languageclient/node';
import { type CheckSummary, type CheckWorkspaceParams, checkWorkspaceRequest } from '../server/protocol.ts';
import { patiently } from './patience.ts';

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
  const workDoneToken = `backendArchitect.check.${++checks}`;
  const params: CheckWorkspaceParams = { workDoneToken, report };
  return patiently('Checking the workspace', async (say, token) => {
    const progress = client.onProgress(WorkDoneProgress.type, workDoneToken, (value) =>
      say(value.kind === 'report' ? (value.message ?? '') : ''),
    );
    try {
      const summary = await client.sendRequest<CheckSummary>(checkWorkspaceRequest, params, token);
      window.setStatusBarMessage(sentence(summary), shownMs);
      return summary;
    } catch (error) {
      if (!token.isCancellationRequested) throw error;
      window.setStatusBarMessage('The check was cancelled. Findings that were made until then are shown.', shownMs);
      return undefined;
    } finally {
      progress.dispose();
    }
  });
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
