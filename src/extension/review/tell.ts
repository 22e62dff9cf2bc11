import { commands, window } from 'vscode';

const shownMs = 5000;

/** A line in the status bar that goes by itself. */
export function tellBriefly(text: string): void {
  window.setStatusBarMessage(text, shownMs);
}

/** Says once that a command failed, with one action where one helps. */
export async function tellFailure(
  text: string,
  action?: { readonly title: string; readonly command: string },
): Promise<void> {
  const chosen = await (action ? window.showErrorMessage(text, action.title) : window.showErrorMessage(text));
  if (action && chosen === action.title) await commands.executeCommand(action.command);
}

export const manageTrust = { title: 'Manage Workspace Trust', command: 'workbench.trust.manage' };
export const restartServer = { title: 'Restart Server', command: 'backendArchitect.restartServer' };
