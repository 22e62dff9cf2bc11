import { commands, Disposable, type ExtensionContext } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { checkCommit } from './check.ts';
import { prepareCommit, restoreCommitText } from './prepare.ts';

/** The commands about commit messages. */
export function registerCommit(context: ExtensionContext, client: LanguageClient): Disposable {
  return Disposable.from(
    commands.registerCommand('backendArchitect.prepareCommit', (source: unknown) =>
      prepareCommit(context, client, source),
    ),
    commands.registerCommand('backendArchitect.restoreCommitText', (source: unknown) =>
      restoreCommitText(context, source),
    ),
    commands.registerCommand('backendArchitect.checkCommit', (source: unknown) => checkCommit(client, source)),
  );
}
