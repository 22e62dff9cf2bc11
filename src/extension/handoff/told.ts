import { ProgressLocation, window } from 'vscode';

/** A command that failed says so in a notification: it has no better place. */
export function refused(why: string): false {
  void window.showErrorMessage(why);
  return false;
}

/** Shows in the status bar that something is under way. */
export async function working<T>(title: string, run: () => Promise<T>): Promise<T> {
  return window.withProgress({ location: ProgressLocation.Window, title }, run);
}
