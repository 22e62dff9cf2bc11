import { commands, Range, Uri, ViewColumn, window } from 'vscode';
import type { ReviewItem } from '../../server/protocol-review.ts';
import type { ReviewDoor } from './door.ts';

type Place = ReviewItem['findings'][number]['range'];

/** A file of a folder, by its path from the folder. */
export function fileIn(folder: string, file: string): Uri {
  return Uri.joinPath(Uri.parse(folder, true), file);
}

/** Opens a file of the review, at a place where one is given. A file that is gone is a sentence. */
export async function openPlace(door: ReviewDoor, folder: string, file: string, range?: Place): Promise<boolean> {
  const uri = fileIn(folder, file);
  const { start, end } = range ?? {};
  const selection = start && end ? new Range(start.line, start.character, end.line, end.character) : undefined;
  // Beside a review that has a tab of its own; it would cover the list otherwise.
  const covers = window.tabGroups.activeTabGroup.activeTab?.label === 'Review' && !window.activeTextEditor;
  const viewColumn = covers ? ViewColumn.Beside : ViewColumn.Active;
  try {
    if (selection) await window.showTextDocument(uri, { selection, viewColumn, preview: true });
    else await commands.executeCommand('vscode.open', uri, { viewColumn, preview: true });
    return true;
  } catch {
    door.say(`${file} could not be opened. It may have been moved or deleted.`);
    return false;
  }
}
