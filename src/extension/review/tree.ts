import {
  type Disposable,
  EventEmitter,
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  window,
} from 'vscode';
import type { ReviewDesk } from './desk.ts';
import { reviewTree } from './pages.ts';
import { childNodes, hiddenCount, type ReviewNode, rootNodes } from './tree-model.ts';
import { clockTime, counted, gateOf } from './words.ts';

/** Opens what a line of the tree stands for. Never in the palette. */
export const openNodeCommand = 'backendArchitect.openTreeItem';

/** The review as a native tree: the same items, for whoever cannot or does not want to use the page. It carries the number of open items on the icon too. */
export function createReviewTree(desk: ReviewDesk): Disposable {
  const changed = new EventEmitter<undefined>();
  const view = window.createTreeView<ReviewNode>(reviewTree, {
    showCollapseAll: true,
    canSelectMany: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (node) => {
        const review = desk.shown()?.review;
        if (!review || desk.face() === 'off') return [];
        return [...(node ? childNodes(review, desk.filter(), node) : rootNodes(review))];
      },
      getTreeItem: treeItem,
    },
  });
  const describe = (): void => {
    const shown = desk.shown();
    const review = shown?.review;
    const gate = review?.hasDocuments ? gateOf(review, review.gate) : undefined;
    const off = desk.face() === 'off';
    const name = desk.folders().length > 1 && shown ? desk.nameOf(shown.folder) : '';
    view.description = name;
    view.badge = gate && gate.open > 0 && !off ? { value: gate.open, tooltip: gate.verdict } : undefined;
    const lines: string[] = [];
    if (review && desk.face() === 'stopped')
      lines.push(`Checking stopped. Showing results of ${clockTime(review.madeAt)}.`);
    const hidden = review && gate ? hiddenCount(review, desk.filter()) : 0;
    if (gate && !off) lines.push(gate.verdict);
    if (hidden > 0 && !off) lines.push(`${counted(hidden, 'item')} hidden by the filter.`);
    view.message = lines.join(' ');
  };
  const listener = desk.onChange((change) => {
    if (change !== 'review' && change !== 'face' && change !== 'filter') return;
    changed.fire(undefined);
    describe();
  });
  describe();
  return {
    dispose: () => {
      listener.dispose();
      view.dispose();
      changed.dispose();
    },
  };
}

function treeItem(node: ReviewNode): TreeItem {
  const { Collapsed, Expanded, None } = TreeItemCollapsibleState;
  const item = new TreeItem(node.label, node.expanded === undefined ? None : node.expanded ? Expanded : Collapsed);
  item.id = node.id;
  item.iconPath = new ThemeIcon(node.icon, node.color === undefined ? undefined : new ThemeColor(node.color));
  item.contextValue = node.context;
  item.accessibilityInformation = { label: node.spoken };
  if (node.description !== undefined) item.description = node.description;
  // Text of the workspace stands in it: no markup of it is read.
  if (node.tooltip !== undefined) item.tooltip = new MarkdownString().appendText(node.tooltip);
  if (node.finding || node.file !== undefined)
    item.command = { title: 'Open', command: openNodeCommand, arguments: [node] };
  return item;
}
