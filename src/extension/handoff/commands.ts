import { commands, Disposable, type WorkspaceFolder, window, workspace } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { acceptHandoff } from './accept.ts';
import { checkHandoff } from './check.ts';
import { createHandoffProposals } from './proposal.ts';
import { writeHandoff } from './write.ts';

/** The commands about hand-offs. */
export function handoffCommands(client: LanguageClient): Disposable {
  const proposals = createHandoffProposals();
  return Disposable.from(
    proposals,
    commands.registerCommand('backendArchitect.writeHandoff', async (argument: unknown) => {
      const folder = await chooseFolder(argument);
      return folder && writeHandoff(client, proposals, client.code2ProtocolConverter.asUri(folder.uri));
    }),
    commands.registerCommand('backendArchitect.checkHandoff', async (argument: unknown) => {
      const folder = await chooseFolder(argument);
      return folder && checkHandoff(client, client.code2ProtocolConverter.asUri(folder.uri));
    }),
    commands.registerCommand('backendArchitect.acceptHandoff', async (argument: unknown) => {
      const folder = await chooseFolder(argument);
      return folder && acceptHandoff(client, client.code2ProtocolConverter.asUri(folder.uri));
    }),
  );
}

/** The folder that is meant: the one that is named, the only one, or the one that the person chooses. */
async function chooseFolder(argument: unknown): Promise<WorkspaceFolder | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  const named = (argument as { readonly folder?: unknown } | undefined)?.folder;
  const asked = folders.find(({ uri }) => uri.toString() === named);
  if (asked || folders.length === 1) return asked ?? folders[0];
  if (folders.length === 0) {
    window.setStatusBarMessage('No folder is open: a hand-off stands in a project.', 5000);
    return undefined;
  }
  return window.showWorkspaceFolderPick({ placeHolder: 'Which project is handed over?', ignoreFocusOut: true });
}
