import {
  Position,
  Range,
  Selection,
  type TextDocument,
  TextEditorRevealType,
  Uri,
  window,
  workspace,
  WorkspaceEdit,
} from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { TaskEdit } from '../../server/protocol-task.ts';
import type { Refused } from '../../server/protocol-review.ts';

/** So often a plan is made anew because somebody typed meanwhile. */
const attempts = 3;

/** A task file in the editor; one that does not exist yet is opened unsaved, so that nothing is on the disk before the person saves it. */
export async function openTaskFile(client: LanguageClient, uri: string, exists: boolean): Promise<TextDocument> {
  const file = client.protocol2CodeConverter.asUri(uri);
  const open = workspace.textDocuments.find(
    (document) =>
      document.uri.path === file.path && ['file', 'untitled'].includes(document.uri.scheme) && !document.isClosed,
  );
  if (open && (exists || open.uri.scheme === 'untitled')) return open;
  return workspace.openTextDocument(exists ? file : Uri.from({ scheme: 'untitled', path: file.path }));
}

/** The text of a task file that the server does not have: it was never saved. */
export function unsavedText(document: TextDocument): { readonly text?: string } {
  return document.uri.scheme === 'untitled' ? { text: document.getText() } : {};
}

/**
 * Makes one splice in an open document by one edit, which one undo takes back: planned for the version that is there, made anew where somebody typed in
 * between, and looked at afterwards. The document stays open and unsaved.
 */
export async function applyTaskEdit<Other extends object>(
  client: LanguageClient,
  document: TextDocument,
  plan: () => Promise<TaskEdit | Refused | Other>,
): Promise<{ readonly made: TaskEdit } | { readonly other: Other } | Refused> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const { version } = document;
    const planned = await plan();
    if ('refusal' in planned) return planned;
    if (!('edit' in planned)) return { other: planned };
    const isUnsaved = document.uri.scheme === 'untitled';
    if (document.version !== version || (!isUnsaved && planned.version !== version)) continue;
    const splice = spliceOf(client, planned);
    if (!splice) return { refusal: 'The server planned no change.' };
    const before = document.getText();
    const [start, end] = [document.offsetAt(splice.range.start), document.offsetAt(splice.range.end)];
    const wanted = before.slice(0, start) + splice.newText + before.slice(end);
    const edit = new WorkspaceEdit();
    edit.replace(document.uri, splice.range, splice.newText);
    if (!(await workspace.applyEdit(edit))) continue;
    if (plain(document.getText()) !== plain(wanted)) {
      return {
        refusal: `${nameOf(document)} is not as it was planned: it was changed at the same moment. Look at ${planned.id}, or undo.`,
      };
    }
    return { made: planned };
  }
  return { refusal: `${nameOf(document)} changed ${attempts} times meanwhile. Nothing was written. Try again.` };
}

/** The editor gives what is inserted the line breaks of the document. */
function plain(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

function nameOf(document: TextDocument): string {
  return workspace.asRelativePath(document.uri.with({ scheme: 'file' }));
}

function spliceOf(
  client: LanguageClient,
  { edit }: TaskEdit,
): { readonly range: Range; readonly newText: string } | undefined {
  const [change] = edit.documentChanges ?? [];
  const [only] = change && 'edits' in change ? change.edits : [];
  if (!only || !('newText' in only)) return undefined;
  return { range: client.protocol2CodeConverter.asRange(only.range), newText: only.newText };
}

/** Shows a document with the caret at a place. */
export async function showAt(
  document: TextDocument,
  { line, character }: { readonly line: number; readonly character: number },
): Promise<void> {
  const editor = await window.showTextDocument(document, { preview: false });
  const at = new Position(line, character);
  editor.selection = new Selection(at, at);
  editor.revealRange(new Range(at, at), TextEditorRevealType.InCenterIfOutsideViewport);
}
