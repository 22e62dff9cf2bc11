import {
  commands,
  Disposable,
  EndOfLine,
  EventEmitter,
  Range,
  type TextDocument,
  type Uri,
  window,
  workspace,
  WorkspaceEdit,
} from 'vscode';
import type { PlannedHandoff } from '../../server/protocol-handoff.ts';

/** Shows what a hand-off would say beside what it says. Only the person saves. */
export interface HandoffProposals extends Disposable {
  /**
   * The file's own document gets the new text in one edit that one undo takes back, is left unsaved, and shown as a diff against the text before (a new
   * file: as it is). Where the editor saves by itself, both sides are copies, and the person is asked before the document changes. `undefined`: the document changed meanwhile.
   */
  show(uri: Uri, plan: PlannedHandoff): Promise<'shown' | 'written' | 'left' | undefined>;
}

const scheme = 'backend-architect-handoff';
const shownMs = 10_000;
const take = { label: '$(check) Write Hand-off', description: 'Changes and saves the file; one undo takes it back' };
const leave = { label: '$(close) Leave the File', description: 'Nothing is changed' };

export function createHandoffProposals(): HandoffProposals {
  const texts = new Map<string, string>();
  const changed = new EventEmitter<Uri>();
  const provider = workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? '',
  });
  let saves: Disposable = new Disposable(() => undefined);
  const side = (uri: Uri, which: 'before' | 'proposed', text: string): Uri => {
    const own = uri.with({ scheme, query: which });
    texts.set(own.toString(), text);
    changed.fire(own);
    return own;
  };
  const tellWhenSaved = (uri: Uri, summary: string): void => {
    saves.dispose();
    const name = baseName(uri);
    saves = workspace.onDidSaveTextDocument((document) => {
      if (document.uri.path !== uri.path) return;
      saves.dispose();
      window.setStatusBarMessage(`${name} saved: ${summary}.`, shownMs);
    });
  };
  const apply = async (document: TextDocument, plan: PlannedHandoff): Promise<boolean> => {
    if (document.getText() !== (plan.oldText ?? '')) return false;
    return (await workspace.applyEdit(editOf(document, plan))) && document.getText() === expected(document, plan);
  };
  const opened = (uri: Uri, plan: PlannedHandoff): Thenable<TextDocument> =>
    // A document that has its place already and is no file yet: saving makes the file.
    workspace.openTextDocument(plan.oldText === undefined ? uri.with({ scheme: 'untitled' }) : uri);
  return {
    show: async (uri, plan) => {
      const before = side(uri, 'before', plan.oldText ?? '');
      const title = `${baseName(uri)}: ${plan.summary}`;
      if (workspace.getConfiguration('files', uri).get<string>('autoSave', 'off') !== 'off') {
        await commands.executeCommand('vscode.diff', before, side(uri, 'proposed', plan.newText), title);
        const chosen = await window.showQuickPick([take, leave], {
          title,
          placeHolder: 'The editor saves by itself here. Write the hand-off as the right side shows it?',
          ignoreFocusOut: true,
        });
        if (chosen !== take) return 'left';
        const document = await opened(uri, plan);
        if (!(await apply(document, plan))) return undefined;
        await document.save();
        window.setStatusBarMessage(`${baseName(uri)} saved: ${plan.summary}.`, shownMs);
        return 'written';
      }
      const document = await opened(uri, plan);
      if (!(await apply(document, plan))) return undefined;
      tellWhenSaved(uri, plan.summary);
      // Saving a document that is no file yet makes another document of it, over which the diff editor stumbles: all of it is new anyway.
      if (plan.oldText === undefined) await window.showTextDocument(document, { preview: false });
      else await commands.executeCommand('vscode.diff', before, document.uri, title);
      window.setStatusBarMessage(`Not saved yet. Save ${baseName(uri)} to hand over, or undo.`, shownMs);
      return 'shown';
    },
    dispose: () => {
      saves.dispose();
      provider.dispose();
      changed.dispose();
    },
  };
}

function baseName({ path }: Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function editOf(document: TextDocument, { oldText, newText, edits }: PlannedHandoff): WorkspaceEdit {
  const edit = new WorkspaceEdit();
  const range = (start: number, end: number): Range => new Range(document.positionAt(start), document.positionAt(end));
  const whole = edits.length === 0 ? [{ start: 0, end: (oldText ?? '').length, newText }] : edits;
  for (const one of whole) edit.replace(document.uri, range(one.start, one.end), one.newText);
  return edit;
}

/** The editor writes every line break as the document's own. */
function expected(document: TextDocument, { newText }: PlannedHandoff): string {
  return document.eol === EndOfLine.CRLF ? newText.replaceAll(/\r?\n/g, '\r\n') : newText.replaceAll('\r\n', '\n');
}
