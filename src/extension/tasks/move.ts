import { type QuickPickItem, window } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { FolderTasks, TaskRow, TaskStatus, TaskTarget } from '../../server/protocol-task.ts';
import { ask } from '../ask.ts';
import { applyTaskEdit, openTaskFile } from './apply.ts';

/** What the columns are called, in their order. */
export const statusNames: Readonly<Record<TaskStatus, string>> = {
  pending: 'Pending',
  'in-progress': 'In Progress',
  review: 'Review',
  blocked: 'Blocked',
  completed: 'Completed',
  cancelled: 'Cancelled',
};

export const statuses = Object.keys(statusNames) as readonly TaskStatus[];

/** Asks for what is not said, the task and then the status, and moves the task. True where it is there now. */
export async function moveTask(client: LanguageClient, target?: TaskTarget): Promise<boolean> {
  const boards = await ask(client, 'backendArchitect/tasks', target ? { folder: target.folder } : {});
  if ('refusal' in boards) return failed(boards.refusal);
  const chosen = target ? rowOf(boards, target) : await pickTask(client, boards);
  if (chosen === undefined) {
    return target
      ? failed(`There is no task ${target.id} any more, or it needs repair. Look at the task file.`)
      : false;
  }
  const status = await pickStatus(chosen.row);
  return status === undefined ? false : moveTo(client, chosen.board, chosen.row.id, status);
}

/** Moves a task: one word in one line, by one edit that one undo takes back. */
export async function moveTo(
  client: LanguageClient,
  board: FolderTasks,
  id: string,
  status: TaskStatus,
): Promise<boolean> {
  const document = await openTaskFile(client, board.uri, board.exists);
  // Shown, so that a change that is not saved yet has a tab that says so.
  await window.showTextDocument(document, {
    preview: false,
    preserveFocus: window.activeTextEditor?.document !== document,
  });
  const result = await applyTaskEdit(client, document, () =>
    ask(client, 'backendArchitect/planMoveTask', { folder: board.folder, id, status }),
  );
  if ('refusal' in result) return failed(result.refusal);
  const said =
    'made' in result ? `${id} moved to ${statusNames[status]}` : `${id} is in ${statusNames[status]} already`;
  window.setStatusBarMessage(said, 5000);
  return true;
}

interface Chosen {
  readonly board: FolderTasks;
  readonly row: TaskRow;
}

export function rowOf(boards: readonly FolderTasks[], { folder, id }: TaskTarget): Chosen | undefined {
  const board = boards.find((one) => one.folder === folder);
  const row = board?.tasks.find((one) => one.id === id);
  return board && row ? { board, row } : undefined;
}

/** The task that the cursor stands in comes first. */
function atCaret(client: LanguageClient, { uri, tasks }: FolderTasks): TaskRow | undefined {
  const editor = window.activeTextEditor;
  if (!editor || client.code2ProtocolConverter.asUri(editor.document.uri) !== uri) return undefined;
  const { line } = editor.selection.active;
  return tasks.filter(({ range }) => range.start.line <= line).at(-1);
}

async function pickTask(client: LanguageClient, boards: readonly FolderTasks[]): Promise<Chosen | undefined> {
  const here = boards.map((board) => atCaret(client, board)).find((row) => row !== undefined);
  const items = boards.flatMap((board) =>
    board.tasks.map((row) => ({
      label: `${row.id}  ${row.title}`,
      description: statusNames[row.status],
      board,
      row,
    })),
  );
  items.sort((a, b) => Number(b.row === here) - Number(a.row === here));
  if (items.length === 0) {
    void window.showErrorMessage('There are no tasks to move. Run the command Scaffold BE Task.');
    return undefined;
  }
  return window.showQuickPick(items, { placeHolder: 'The task to move', matchOnDescription: true });
}

async function pickStatus({ id, status, blockedBy }: TaskRow): Promise<TaskStatus | undefined> {
  const items = statuses
    .filter((one) => one !== status)
    .map((one): QuickPickItem & { readonly status: TaskStatus } => ({
      label: statusNames[one],
      status: one,
      ...(blockedBy.length > 0 && (one === 'in-progress' || one === 'completed')
        ? { description: `waits for ${blockedBy.join(', ')}` }
        : {}),
    }));
  const picked = await window.showQuickPick(items, { placeHolder: `${id} is in ${statusNames[status]}. Move it to` });
  return picked?.status;
}

function failed(why: string): false {
  void window.showErrorMessage(`The task was not moved. ${why}`);
  return false;
}
