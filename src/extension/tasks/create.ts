import { QuickInputButtons, type QuickPickItem, window, workspace } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { FindingTarget, TaskDraftAnswer, TaskProposal } from '../../server/protocol-task.ts';
import { ask } from '../ask.ts';
import { applyTaskEdit, openTaskFile, showAt, unsavedText } from './apply.ts';

/** What a new task is made of: a finding, a checklist item, or nothing yet. */
export interface TaskSource {
  readonly finding?: FindingTarget;
  readonly item?: string;
  /** The URI of the folder whose task file is meant. */
  readonly folder?: string;
}

/** Makes a task: two steps that are filled in, Enter takes both. True where it stands in the task file. */
export async function createTask(client: LanguageClient, source: TaskSource): Promise<boolean> {
  const known = source.finding !== undefined || source.folder !== undefined;
  const folder = known ? source.folder : await folderOf();
  if (folder === null) return false;
  const first = await ask(client, 'backendArchitect/draftTask', {
    ...source,
    ...(folder === undefined ? {} : { folder }),
  });
  if ('refusal' in first) return failed(first.refusal);
  const document = await openTaskFile(client, first.uri, first.exists);
  // What was typed into a file that was never saved has numbers too.
  const unsaved = unsavedText(document);
  const draft =
    unsaved.text === undefined
      ? first
      : await ask(client, 'backendArchitect/draftTask', { ...source, folder: first.folder, ...unsaved });
  if ('refusal' in draft) return failed(draft.refusal);
  if (draft.already !== undefined) return openAlready(client, draft, draft.already);
  const proposal = await chosen(draft);
  if (!proposal) return false;
  const result = await applyTaskEdit(client, document, () =>
    ask(client, 'backendArchitect/planTask', { folder: draft.folder, proposal, ...unsavedText(document) }),
  );
  if ('refusal' in result) return failed(result.refusal);
  if (!('made' in result)) return false;
  await showAt(document, result.made.caret);
  return true;
}

/** Undefined: the server knows; null: the person turned back. */
async function folderOf(): Promise<string | undefined | null> {
  const folders = workspace.workspaceFolders ?? [];
  const [only] = folders;
  if (folders.length < 2) return only?.uri.toString();
  const picked = await window.showWorkspaceFolderPick({ placeHolder: 'The folder that the task belongs to' });
  return picked ? picked.uri.toString() : null;
}

async function openAlready(client: LanguageClient, { folder, uri }: TaskDraftAnswer, id: string): Promise<boolean> {
  const boards = await ask(client, 'backendArchitect/tasks', { folder });
  const row = 'refusal' in boards ? undefined : boards[0]?.tasks.find((one) => one.id === id);
  const document = await openTaskFile(client, uri, true);
  await showAt(document, row?.range.start ?? { line: 0, character: 0 });
  window.setStatusBarMessage(`${id} was made from this finding. Nothing was added.`, 5000);
  return true;
}

interface CategoryItem extends QuickPickItem {
  readonly key: string;
}

/** The category, then the title, with a way back. */
async function chosen(draft: TaskDraftAnswer): Promise<TaskProposal | undefined> {
  let { category, title } = draft.proposal;
  for (;;) {
    const picked = await pickCategory(draft, category);
    if (picked === undefined) return undefined;
    category = picked;
    const next = draft.categories.find(({ key }) => key === category)?.next ?? '';
    const typed = await askTitle(next, title);
    if (typed === undefined) return undefined;
    if (typed !== 'back') return { ...draft.proposal, category, title: typed.title };
  }
}

async function pickCategory({ categories, because }: TaskDraftAnswer, first: string): Promise<string | undefined> {
  const items = categories.map(({ key, title, next }): CategoryItem => ({
    key,
    label: `${next}  ${title}`,
    ...(key === first && because !== '' ? { description: because } : {}),
  }));
  const pick = window.createQuickPick<CategoryItem>();
  pick.title = 'New task (1 of 2): category';
  pick.placeholder = 'What kind of work is it? The number is the next free one.';
  pick.items = items;
  pick.activeItems = items.filter(({ key }) => key === first);
  pick.matchOnDescription = true;
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      resolve(pick.activeItems[0]?.key);
      pick.dispose();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

async function askTitle(id: string, title: string): Promise<{ readonly title: string } | 'back' | undefined> {
  const box = window.createInputBox();
  box.title = `New task (2 of 2): title of ${id}`;
  box.prompt =
    'What is to be done, in a few words. Description and criteria are filled in and can be changed in the file.';
  box.value = title;
  box.buttons = [QuickInputButtons.Back];
  const problemOf = (value: string): string | undefined =>
    value.trim() === ''
      ? 'A task needs a title.'
      : value.length > 100
        ? `${value.length} characters: up to 100 are shown on a board.`
        : undefined;
  return new Promise((resolve) => {
    box.onDidChangeValue((value) => {
      box.validationMessage = problemOf(value);
    });
    box.onDidTriggerButton(() => {
      resolve('back');
      box.dispose();
    });
    box.onDidAccept(() => {
      box.validationMessage = problemOf(box.value);
      if (box.validationMessage) return;
      resolve({ title: box.value.trim() });
      box.dispose();
    });
    box.onDidHide(() => {
      resolve(undefined);
      box.dispose();
    });
    box.show();
  });
}

function failed(why: string): false {
  void window.showErrorMessage(`The task was not made. ${why}`);
  return false;
}
