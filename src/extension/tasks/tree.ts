import {
  type CancellationToken,
  type Command,
  DataTransferItem,
  type DataTransfer,
  type Disposable,
  EventEmitter,
  Range,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  type TreeDragAndDropController,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  window,
  workspace,
} from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';
import type { FolderTasks, TaskRepair, TaskRow, TaskStatus } from '../../server/protocol-task.ts';
import { ask } from '../ask.ts';
import { moveTo, statuses, statusNames } from './move.ts';

type Group = TaskStatus | 'repair';

/** A line of the tree. */
export type TaskNode =
  | { readonly kind: 'folder'; readonly board: FolderTasks }
  | { readonly kind: 'group'; readonly board: FolderTasks; readonly group: Group }
  | { readonly kind: 'task'; readonly board: FolderTasks; readonly row: TaskRow }
  | { readonly kind: 'repair'; readonly board: FolderTasks; readonly repair: TaskRepair };

const mime = 'application/vnd.code.tree.backendarchitect.tasks';
/** Milliseconds after the last key: a tree that changes with every letter cannot be read. */
const patience = 300;

const icons: Readonly<Record<Group, string>> = {
  repair: 'wrench',
  pending: 'circle-large',
  'in-progress': 'play-circle',
  review: 'eye',
  blocked: 'circle-slash',
  completed: 'pass',
  cancelled: 'close',
};

/** The tasks by status, in a native tree: tasks are dragged onto another status, or moved by command. */
export function createTaskTree(client: LanguageClient): Disposable {
  let boards: readonly FolderTasks[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const changed = new EventEmitter<void>();
  const provider: TreeDataProvider<TaskNode> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: treeItem,
    getChildren: (node) => (node ? childrenOf(node) : rootsOf(boards)),
  };
  const dragging: TreeDragAndDropController<TaskNode> = {
    dragMimeTypes: [mime],
    dropMimeTypes: [mime],
    handleDrag: (nodes: readonly TaskNode[], data: DataTransfer) => {
      const tasks = nodes.filter((node) => node.kind === 'task');
      if (tasks.length > 0) data.set(mime, new DataTransferItem(tasks));
    },
    handleDrop: async (target: TaskNode | undefined, data: DataTransfer, token: CancellationToken) => {
      const dropped = data.get(mime)?.value as readonly TaskNode[] | undefined;
      const group = target?.kind === 'group' ? target.group : target?.kind === 'task' ? target.row.status : undefined;
      if (!dropped || group === undefined || group === 'repair') return;
      for (const node of dropped) {
        if (token.isCancellationRequested || node.kind !== 'task') return;
        if (!(await moveTo(client, node.board, node.row.id, group))) return;
      }
    },
  };
  const view = window.createTreeView('backendArchitect.tasks', {
    treeDataProvider: provider,
    dragAndDropController: dragging,
    showCollapseAll: true,
  });
  const load = async (): Promise<void> => {
    const answer = await ask(client, 'backendArchitect/tasks', {});
    // A server that starts again has its say soon; until then the tree stays as it is.
    if ('refusal' in answer) return;
    boards = answer;
    const ready = boards.reduce((sum, board) => sum + board.ready, 0);
    view.description = boards.some(({ tasks }) => tasks.length > 0) ? `${ready} ready` : '';
    changed.fire();
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void load(), patience);
  };
  const isTaskFile = (path: string): boolean => /\.md$/i.test(path);
  const onDisk = workspace.createFileSystemWatcher('**/*.md');
  const listeners = [
    view,
    changed,
    onDisk,
    onDisk.onDidChange(soon),
    onDisk.onDidCreate(soon),
    onDisk.onDidDelete(soon),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (isTaskFile(document.uri.path)) soon();
    }),
    workspace.onDidChangeWorkspaceFolders(soon),
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) soon();
    }),
  ];
  if (client.isRunning()) soon();
  return {
    dispose: () => {
      clearTimeout(timer);
      for (const listener of listeners) listener.dispose();
    },
  };
}

function rootsOf(boards: readonly FolderTasks[]): TaskNode[] {
  const filled = boards.filter(({ tasks, repairs }) => tasks.length + repairs.length > 0);
  const [only, ...others] = filled;
  if (!only) return [];
  return others.length === 0 ? groupsOf(only) : filled.map((board) => ({ kind: 'folder', board }));
}

function groupsOf(board: FolderTasks): TaskNode[] {
  const groups: readonly Group[] = ['repair', ...statuses];
  return groups
    .filter((group) =>
      group === 'repair' ? board.repairs.length > 0 : board.tasks.some(({ status }) => status === group),
    )
    .map((group) => ({ kind: 'group', board, group }));
}

function childrenOf(node: TaskNode): TaskNode[] {
  if (node.kind === 'folder') return groupsOf(node.board);
  if (node.kind !== 'group') return [];
  const { board, group } = node;
  if (group === 'repair') return board.repairs.map((repair) => ({ kind: 'repair', board, repair }));
  return board.tasks.filter(({ status }) => status === group).map((row) => ({ kind: 'task', board, row }));
}

function treeItem(node: TaskNode): TreeItem {
  switch (node.kind) {
    case 'folder': {
      const uri = Uri.parse(node.board.folder);
      const item = new TreeItem(workspace.getWorkspaceFolder(uri)?.name ?? uri.path, TreeItemCollapsibleState.Expanded);
      item.id = node.board.folder;
      item.iconPath = ThemeIcon.Folder;
      return item;
    }
    case 'group':
      return groupItem(node.board, node.group);
    case 'task':
      return taskItem(node.board, node.row);
    case 'repair': {
      const { text, why, range } = node.repair;
      const item = new TreeItem(text);
      item.description = why;
      item.iconPath = new ThemeIcon('warning');
      item.tooltip = `${why}. Open it, and take a quick fix or repair it by hand.`;
      item.command = openAt(node.board.uri, range);
      item.contextValue = 'repair';
      return item;
    }
  }
}

function groupItem(board: FolderTasks, group: Group): TreeItem {
  const count = group === 'repair' ? board.repairs.length : board.tasks.filter(({ status }) => status === group).length;
  const isOver = group === 'completed' || group === 'cancelled';
  const name = group === 'repair' ? 'Needs Repair' : statusNames[group];
  const item = new TreeItem(name, isOver ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.Expanded);
  item.id = `${board.folder} ${group}`;
  item.description = `${count}`;
  item.iconPath = new ThemeIcon(
    icons[group],
    group === 'repair' ? new ThemeColor('editorError.foreground') : undefined,
  );
  item.accessibilityInformation = { label: `${name}, ${count} ${count === 1 ? 'task' : 'tasks'}` };
  item.contextValue = 'group';
  return item;
}

function taskItem(board: FolderTasks, row: TaskRow): TreeItem {
  const { id, title, status, done, criteria, blockedBy, ready, priority, effort, range } = row;
  const isOver = status === 'completed' || status === 'cancelled';
  const waits = !isOver && blockedBy.length > 0 ? [`waits for ${blockedBy.join(', ')}`] : [];
  const facts = [...(ready ? ['ready'] : []), ...waits, ...(criteria > 0 ? [`${done} of ${criteria}`] : [])];
  const item = new TreeItem(`${id} ${title}`);
  item.id = `${board.folder} ${id}`;
  item.description = facts.join(', ');
  item.tooltip = [
    `${id} ${title}`,
    statusNames[status],
    ...[priority, effort].filter((one) => one !== ''),
    ...facts,
  ].join('\n');
  const spoken = criteria > 0 ? `, ${done} of ${criteria} criteria` : '';
  item.accessibilityInformation = {
    label: `${id} ${title}, ${statusNames[status]}${ready ? ', ready' : ''}${waits.map((one) => `, ${one}`).join('')}${spoken}`,
  };
  item.command = openAt(board.uri, range);
  item.contextValue = 'task';
  return item;
}

function openAt(uri: string, { start }: TaskRow['range']): Command {
  const selection = new Range(start.line, start.character, start.line, start.character);
  return { title: 'Open Task', command: 'vscode.open', arguments: [Uri.parse(uri), { selection }] };
}
