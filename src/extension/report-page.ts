import { randomBytes } from 'node:crypto';
import { commands, type Disposable, Range, Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import type { CheckReport, ReportFile, ToReportPage } from '../server/protocol.ts';
import { reportHtml } from './report-html.ts';
import { readChoice, type ReportChoice } from './report-messages.ts';

/** The editor tab with the check report. */
export interface ReportPage extends Disposable {
  isOpen(): boolean;
  /** Brings the tab to the front; opens it where there is none, and has the workspace checked for it. */
  show(): Promise<void>;
  /** A check that was begun elsewhere brings the page up to date too; undefined where it came to no end. */
  during(check: Promise<CheckReport | undefined>): Promise<void>;
}

/** Makes the page's owner. `check` checks the workspace and returns the report, undefined where it came to no end. */
export function createReportPage(extensionUri: Uri, check: () => Promise<CheckReport | undefined>): ReportPage {
  let panel: WebviewPanel | undefined;
  let report: CheckReport | undefined;
  /** Checks that run for the page. */
  let running = 0;

  const tell = (message: ToReportPage): void => void panel?.webview.postMessage(message);
  const during = async (checking: Promise<CheckReport | undefined>): Promise<void> => {
    running++;
    tell({ kind: 'busy', busy: true });
    let why = '';
    const made = await checking.catch((error: unknown) => {
      why = ` (${error instanceof Error ? error.message : String(error)})`;
      return undefined;
    });
    running--;
    if (!panel) return;
    if (made) {
      report = made;
      tell({ kind: 'report', report });
    } else tell({ kind: 'notice', text: `The workspace was not checked to the end${why}. Nothing here has changed.` });
    tell({ kind: 'busy', busy: running > 0 });
  };
  const open = async (file: ReportFile | undefined, selection: Range): Promise<void> => {
    if (!file) return;
    try {
      await window.showTextDocument(Uri.parse(file.uri, true), {
        selection,
        viewColumn: ViewColumn.Beside,
        preview: true,
      });
    } catch {
      tell({ kind: 'notice', text: `${file.path} could not be opened. It may have been moved or deleted.` });
    }
  };
  const follow = async (choice: ReportChoice): Promise<void> => {
    switch (choice.kind) {
      case 'ready':
        if (report) tell({ kind: 'report', report });
        tell({ kind: 'busy', busy: running > 0 });
        break;
      case 'check':
        if (running === 0) await during(check());
        break;
      case 'finding': {
        const { file, range } = choice.finding;
        const { start, end } = range;
        await open(report?.files[file], new Range(start.line, start.character, end.line, end.character));
        break;
      }
      case 'gap':
        await open(report?.files[choice.gap.file], new Range(0, 0, 0, 0));
        break;
      case 'rule':
        await commands.executeCommand('markdown.showPreviewToSide', Uri.parse(choice.group.page, true));
        break;
    }
  };
  const create = (): WebviewPanel => {
    const dist = Uri.joinPath(extensionUri, 'dist');
    const created = window.createWebviewPanel('backendArchitect.checkReport', 'Check Report', ViewColumn.Active, {
      enableScripts: true,
      enableCommandUris: false,
      enableFindWidget: true,
      localResourceRoots: [dist],
    });
    const { webview } = created;
    webview.onDidReceiveMessage((value: unknown) => {
      const choice = readChoice(value, report);
      if (choice) void follow(choice);
    });
    created.onDidDispose(() => {
      panel = undefined;
      report = undefined;
    });
    webview.html = reportHtml({
      script: webview.asWebviewUri(Uri.joinPath(dist, 'report.js')).toString(),
      style: webview.asWebviewUri(Uri.joinPath(dist, 'report.css')).toString(),
      source: webview.cspSource,
      nonce: randomBytes(18).toString('base64url'),
    });
    return created;
  };
  return {
    isOpen: () => panel !== undefined,
    show: async () => {
      if (panel) {
        panel.reveal();
        return;
      }
      panel = create();
      await during(check());
    },
    during,
    dispose: () => panel?.dispose(),
  };
}
