import { commands, languages, window } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { ask } from '../ask.ts';
import { chooseRepository } from './repositories.ts';

const shownMs = 10_000;
const icons = { error: '$(error)', warning: '$(warning)', info: '$(info)', hint: '$(lightbulb)' } as const;

function count(number: number): string {
  return `${number === 0 ? 'Nothing is' : number === 1 ? '1 thing is' : `${number} things are`} wrong with the commit message.`;
}

/** The command: checks the message in the active editor, else the text of the commit box. Returns how many findings there are. */
export async function checkCommit(client: LanguageClient, source: unknown): Promise<number | undefined> {
  const document = window.activeTextEditor?.document;
  if (document?.languageId === 'git-commit' && source === undefined) {
    const found = languages.getDiagnostics(document.uri).length;
    window.setStatusBarMessage(count(found), shownMs);
    if (found > 0) await commands.executeCommand('workbench.actions.view.problems');
    return found;
  }
  const repository = await chooseRepository(source);
  if ('refusal' in repository) {
    if (repository.refusal !== '') void window.showInformationMessage(repository.refusal);
    return undefined;
  }
  const uri = client.code2ProtocolConverter.asUri(repository.rootUri);
  const answer = await ask(client, 'backendArchitect/checkCommit', {
    repository: uri,
    text: repository.inputBox.value,
  });
  if ('refusal' in answer) {
    void window.showInformationMessage(answer.refusal);
    return undefined;
  }
  if (answer.empty) {
    void window.showInformationMessage('The commit box is empty. Write a message, or run Prepare Commit Message.');
    return undefined;
  }
  const { findings } = answer;
  window.setStatusBarMessage(count(findings.length), shownMs);
  if (findings.length === 0) return 0;
  const items = findings.map(({ line, character, severity, message, rule }) => ({
    label: `${icons[severity]} ${message}`,
    detail: `${line + 1}:${character + 1} ${rule}`,
  }));
  void window.showQuickPick(items, { title: count(findings.length) }).then((chosen) => {
    if (chosen) void commands.executeCommand('workbench.scm.focus');
  });
  return findings.length;
}
