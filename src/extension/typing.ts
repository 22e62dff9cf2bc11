import { Disposable, type Diagnostic, type Uri, window, workspace } from 'vscode';
import { lateIn } from './late-in.ts';

/** After so long without a key, what is new on the line with the cursor is shown. In milliseconds. */
const pauseMs = 600;

export interface Typing extends Disposable {
  /** Shows findings, those on the line that is being typed on after a pause. */
  show(uri: Uri, diagnostics: readonly Diagnostic[], next: (uri: Uri, diagnostics: Diagnostic[]) => void): void;
}

/** Keeps findings off the words that somebody is still writing. */
export function followTyping(): Typing {
  let typed: { readonly uri: string; readonly at: number } | undefined;
  const held = lateIn<Diagnostic>({
    typedLine: (uri) => {
      const editor = window.activeTextEditor;
      const isTyping = typed?.uri === uri && Date.now() - typed.at < pauseMs;
      return isTyping && editor?.document.uri.toString() === uri ? editor.selection.active.line : undefined;
    },
    afterPause: (call) => {
      const timer = setTimeout(call, pauseMs);
      return () => clearTimeout(timer);
    },
  });
  const listeners = Disposable.from(
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length === 0) return;
      const uri = document.uri.toString();
      typed = { uri, at: Date.now() };
      held.moved(uri);
    }),
    window.onDidChangeTextEditorSelection(({ textEditor }) => held.moved(textEditor.document.uri.toString())),
    workspace.onDidCloseTextDocument(({ uri }) => held.forget(uri.toString())),
  );
  return {
    show: (uri, diagnostics, next) => held.take(uri.toString(), diagnostics, (shown) => next(uri, shown)),
    dispose: () => listeners.dispose(),
  };
}
