import { type Disposable, EventEmitter, TabInputText, Uri, ViewColumn, window, workspace } from 'vscode';

/** Texts that are shown and kept nowhere. */
export interface Documents extends Disposable {
  /** Opens a text beside what is open, with our others. `name` says with its extension what it is. */
  open(name: string, text: string): Promise<Uri>;
  /** Another text for an open document: asked for when it is shown, within {@link refreshMs}. */
  set(uri: Uri, text: () => string): void;
  /** Calls back when a document is closed. */
  onClosed(listener: (uri: Uri) => void): Disposable;
}

const scheme = 'backend-architect-answer';
/** A document changes at most so often, in milliseconds. */
const refreshMs = 100;
const gone = 'This was kept nowhere, and went with the window it was made in. Ask again.\n';

export function createDocuments(): Documents {
  const texts = new Map<string, () => string>();
  const due = new Map<string, NodeJS.Timeout>();
  const changed = new EventEmitter<Uri>();
  const closed = new EventEmitter<Uri>();
  let opened = 0;
  const forget = (uri: Uri): void => {
    clearTimeout(due.get(uri.toString()));
    due.delete(uri.toString());
    texts.delete(uri.toString());
  };
  const listeners = [
    workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: (uri) => texts.get(uri.toString())?.() ?? gone,
    }),
    workspace.onDidCloseTextDocument(({ uri }) => {
      if (uri.scheme !== scheme) return;
      closed.fire(uri);
      forget(uri);
    }),
    changed,
    closed,
  ];
  return {
    open: async (name, text) => {
      const uri = Uri.from({ scheme, path: `/${++opened}/${name}` });
      texts.set(uri.toString(), () => text);
      await window.showTextDocument(uri, { viewColumn: columnFor(), preview: false });
      return uri;
    },
    set: (uri, text) => {
      const key = uri.toString();
      if (!texts.has(key)) return;
      texts.set(key, text);
      if (due.has(key)) return;
      const timer = setTimeout(() => {
        due.delete(key);
        changed.fire(uri);
      }, refreshMs);
      due.set(key, timer);
    },
    onClosed: closed.event,
    dispose: () => {
      for (const timer of due.values()) clearTimeout(timer);
      for (const listener of listeners) listener.dispose();
    },
  };
}

/** Where another text of ours is shown already, else beside what is open. */
function columnFor(): ViewColumn {
  const own = window.tabGroups.all.find(({ tabs }) =>
    tabs.some(({ input }) => input instanceof TabInputText && input.uri.scheme === scheme),
  );
  if (own) return own.viewColumn;
  return window.activeTextEditor ? ViewColumn.Beside : ViewColumn.Active;
}
