import { commands, window } from 'vscode';

const shownMs = 5000;

/** A line in the status bar that goes by itself. */
export function tellBriefly(text: string): void {
  window.setStatusBarMessage(text, shownMs);
}

/** Says once that a command failed, with one action where one helps. Nobody waits for an answer: a notification can stay open for hours. */
export function tellFailure(text: string, action?: { readonly title: string; readonly command: string }): void {
  void (action ? window.showErrorMessage(text, action.title) : window.showErrorMessage(text)).then((chosen) =>
    action && chosen === action.title ? commands.executeCommand(action.command) : undefined,
  );
}

export const manageTrust = { title: 'Manage Workspace Trust', command: 'workbench.trust.manage' };
export const restartServer = { title: 'Restart Server', command: 'backendArchitect.restartServer' };
