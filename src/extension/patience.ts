import { CancellationTokenSource, type CancellationToken, ProgressLocation, window } from 'vscode';

/** Shorter work shows in the status bar; a notification with Cancel is for what takes longer. */
const patienceMs = 10_000;

/** Work that may take long: it tells how far it is by `say`, and ends early where `token` is cancelled. */
export type LongWork<T> = (say: (message: string) => void, token: CancellationToken) => Promise<T>;

/** Shows work in the status bar, and after ten seconds in a notification too, which can cancel it. */
export async function patiently<T>(title: string, work: LongWork<T>): Promise<T> {
  const cancel = new CancellationTokenSource();
  let say: (message: string) => void = () => undefined;
  let last = '';
  const running = work((message) => {
    last = message;
    say(message);
  }, cancel.token);
  const ended = running.then(
    () => undefined,
    () => undefined,
  );
  const show = (location: ProgressLocation, cancellable: boolean): void => {
    void window.withProgress({ location, title, cancellable }, (bar, token) => {
      const before = say;
      say = (message) => {
        before(message);
        bar.report({ message });
      };
      if (last !== '') bar.report({ message: last });
      token.onCancellationRequested(() => cancel.cancel());
      return ended;
    });
  };
  show(ProgressLocation.Window, false);
  const timer = setTimeout(() => show(ProgressLocation.Notification, true), patienceMs);
  try {
    return await running;
  } finally {
    clearTimeout(timer);
    cancel.dispose();
  }
}
