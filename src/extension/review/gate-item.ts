import { type Disposable, StatusBarAlignment, ThemeColor, window, workspace } from 'vscode';
import { settingsSection } from '../../server/protocol.ts';
import type { ReviewDesk } from './desk.ts';
import { reviewView } from './pages.ts';
import { type GateSetting, gateText } from './words.ts';

/** What is over sooner shows no spinner. */
const patienceMs = 1000;

export interface GateItem extends Disposable {
  isShown(): boolean;
}

/** The item of the status bar: how the current gate stands. */
export function createGateItem(desk: ReviewDesk): GateItem {
  const item = window.createStatusBarItem('backendArchitect.gate', StatusBarAlignment.Left);
  item.name = 'Backend Architect Review';
  item.command = `${reviewView}.focus`;
  let busy = false;
  let shown = false;
  let timer: NodeJS.Timeout | undefined;

  const show = (): void => {
    const setting = workspace.getConfiguration(settingsSection).get<GateSetting>('statusBar.gate', 'auto');
    const text = gateText({ review: desk.shown()?.review, setting, stopped: desk.face() === 'stopped', busy });
    shown = text !== undefined;
    if (!text) {
      item.hide();
      return;
    }
    item.text = text.text;
    item.tooltip = text.name;
    item.accessibilityInformation = { label: text.name, role: 'button' };
    item.backgroundColor = text.warning ? new ThemeColor('statusBarItem.warningBackground') : undefined;
    item.show();
  };
  const watch = (): void => {
    if (desk.isChecking()) {
      timer ??= setTimeout(() => {
        busy = true;
        show();
      }, patienceMs);
      return;
    }
    clearTimeout(timer);
    timer = undefined;
    busy = false;
  };
  const listeners: Disposable[] = [
    desk.onChange(() => {
      watch();
      show();
    }),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${settingsSection}.statusBar`)) show();
    }),
  ];
  watch();
  show();
  return {
    isShown: () => shown,
    dispose: () => {
      clearTimeout(timer);
      for (const listener of listeners) listener.dispose();
      item.dispose();
    },
  };
}
