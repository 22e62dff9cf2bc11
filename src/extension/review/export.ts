import { type QuickPickItem, Uri, window, workspace } from 'vscode';
import type { ReviewFormat } from '../../server/protocol-review.ts';
import { ask } from '../ask.ts';
import { type ReviewDoor, shownReview } from './door.ts';
import { tellFailure } from './tell.ts';

interface FormatPick extends QuickPickItem {
  readonly format: ReviewFormat;
  readonly language: string;
}

const formats: readonly FormatPick[] = [
  { format: 'markdown', label: 'Markdown', description: 'For a pull request or a wiki', language: 'markdown' },
  {
    format: 'html',
    label: 'HTML',
    description: 'One page for people without the editor, saved as a file',
    language: 'html',
  },
  { format: 'json', label: 'JSON', description: 'Everything, for programs', language: 'json' },
  { format: 'text', label: 'Plain text', description: 'As the command line prints it', language: 'plaintext' },
];

/** Writes the shown review in a format that a person picks: as a new document, HTML as a file. */
export async function exportReview(door: ReviewDoor): Promise<boolean> {
  const shown = shownReview(door);
  if (!shown) return false;
  const chosen = await window.showQuickPick(formats, { title: 'Export Review', placeHolder: 'Format' });
  if (!chosen) return false;
  const { folder } = shown;
  const { format, language } = chosen;
  const answer = await ask(door.client, 'backendArchitect/exportReview', { folder, format });
  if ('refusal' in answer) {
    tellFailure(`The review was not exported. ${answer.refusal}`);
    return false;
  }
  if (format !== 'html') {
    await window.showTextDocument(await workspace.openTextDocument({ content: answer.text, language }));
    return true;
  }
  const target = await window.showSaveDialog({
    title: 'Export Review',
    defaultUri: Uri.joinPath(Uri.parse(folder, true), 'backend-review.html'),
    filters: { HTML: ['html'] },
  });
  if (!target) return false;
  try {
    await workspace.fs.writeFile(target, new TextEncoder().encode(answer.text));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    tellFailure(`The review was not written to ${target.fsPath}. ${why}`);
    return false;
  }
  door.say(`Review written to ${workspace.asRelativePath(target)}.`);
  return true;
}
