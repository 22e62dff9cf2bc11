import { window } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { TaskProposal } from '../../server/protocol-task.ts';
import { ask } from '../ask.ts';
import { applyTaskEdit, openTaskFile, showAt, unsavedText } from './apply.ts';

/** Tasks that somebody else has drafted: an inbound hand-off, say. */
export interface DraftedTasks {
  /** The folder's URI. */
  readonly folder: string;
  readonly drafts: readonly Pick<TaskProposal, 'title' | 'category' | 'description' | 'criteria'>[];
}

/** Writes drafts into the task file, one edit each, and leaves the file open and unsaved with the caret at the first. True where all stand there. */
export async function createDrafted(client: LanguageClient, { folder, drafts }: DraftedTasks): Promise<boolean> {
  const first = await ask(client, 'backendArchitect/draftTask', { folder });
  if ('refusal' in first) return failed(first.refusal);
  const document = await openTaskFile(client, first.uri, first.exists);
  const made: string[] = [];
  let caret = { line: 0, character: 0 };
  for (const draft of drafts) {
    const proposal: TaskProposal = { ...first.proposal, ...draft, notes: '' };
    const result = await applyTaskEdit(client, document, () =>
      ask(client, 'backendArchitect/planTask', { folder: first.folder, proposal, ...unsavedText(document) }),
    );
    if (!('made' in result)) {
      const before = made.length === 0 ? '' : ` ${made.join(', ')} were made before.`;
      return failed(`${'refusal' in result ? result.refusal : 'Nothing was planned.'}${before}`);
    }
    if (made.length === 0) ({ caret } = result.made);
    made.push(result.made.id);
  }
  await showAt(document, caret);
  window.setStatusBarMessage(
    `${made.join(', ')} ${made.length === 1 ? 'stands' : 'stand'} in the task file, not saved yet.`,
    5000,
  );
  return true;
}

export function isDrafted(value: unknown): value is DraftedTasks {
  const { folder, drafts } = (value ?? {}) as Partial<Record<'folder' | 'drafts', unknown>>;
  return typeof folder === 'string' && Array.isArray(drafts) && drafts.length > 0;
}

function failed(why: string): false {
  void window.showErrorMessage(`The tasks were not made. ${why}`);
  return false;
}
