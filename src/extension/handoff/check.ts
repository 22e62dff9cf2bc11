import { commands, window } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { ask } from '../ask.ts';
import { refused } from './told.ts';

/** Opens the hand-off with its problems, or says in the status bar that it agrees. */
export async function checkHandoff(client: LanguageClient, folder: string): Promise<boolean> {
  const found = await ask(client, 'backendArchitect/checkHandoff', { folder });
  if ('refusal' in found) return refused(found.refusal);
  if (found.findings === 0) {
    window.setStatusBarMessage('The hand-off agrees with the project.', 10_000);
    return true;
  }
  await window.showTextDocument(client.protocol2CodeConverter.asUri(found.uri), { preview: false });
  await commands.executeCommand('workbench.actions.view.problems');
  return true;
}
