import { randomBytes } from 'node:crypto';
import {
  commands,
  type Disposable,
  Uri,
  ViewColumn,
  type Webview,
  type WebviewPanel,
  type WebviewView,
  window,
} from 'vscode';
import type { ToReviewPage } from '../../server/protocol-review.ts';
import { reviewHtml } from '../report-html.ts';
import type { ReviewDesk } from './desk.ts';
import { readReviewChoice, type ReviewChoice } from './messages.ts';

export const reviewView = 'backendArchitect.review';
export const reviewTree = 'backendArchitect.reviewTree';
/** The type of the editor tab. */
export const reviewTab = 'backendArchitect.reviewPage';

/** The page of the review, in the side bar and in an editor tab. */
export interface ReviewPages extends Disposable {
  openTab(): void;
  /** Tells every page the result of the person's own action. */
  notice(text: string): void;
  /** Brings the view to the front and puts the focus on the row of an item. */
  reveal(item: string): Promise<void>;
  /**
   * Gives the focus back to the page whose menu led to a command, by the arguments that the command got; does nothing where it was no page. After a question
   * the editor has the focus, and the next key would be typed into a file.
   */
  back(given: unknown): void;
}

/** Shows the desk's review in the side bar and in a tab. `follow` does what a person chose on a page; `back` gives the focus back to that page. */
export function createReviewPages(
  extensionUri: Uri,
  desk: ReviewDesk,
  follow: (choice: ReviewChoice, back: () => void) => Promise<void>,
): ReviewPages {
  const dist = Uri.joinPath(extensionUri, 'dist');
  /** Pages whose script runs. */
  const live = new Set<Webview>();
  let side: WebviewView | undefined;
  let tab: WebviewPanel | undefined;
  /** What the view's page is told once it runs. */
  let waiting: string | undefined;

  const send = (page: Webview, messages: readonly ToReviewPage[]): void => {
    for (const message of messages) void page.postMessage(message);
  };
  const notice = (text: string): void => {
    for (const page of live) send(page, [{ kind: 'notice', text }]);
  };
  const receive = (page: Webview, value: unknown): void => {
    const choice = readReviewChoice(value, desk.recent());
    if (!choice) return;
    if (choice.kind === 'outdated') {
      // Newer reviews came since, more than are kept: the page gets the newest and the person sees why nothing happened.
      send(page, desk.messages('review'));
      send(page, [{ kind: 'notice', text: 'The review has changed meanwhile. Nothing was done.' }]);
      return;
    }
    if (choice.kind === 'ready') {
      live.add(page);
      send(page, desk.messages());
      if (page === side?.webview && waiting !== undefined) send(page, [{ kind: 'reveal', item: waiting }]);
      if (page === side?.webview) waiting = undefined;
      return;
    }
    void follow(choice, () => focus(page === tab?.webview ? reviewTab : reviewView));
  };
  const focus = (type: unknown): void => {
    if (type === reviewTab) tab?.reveal();
    else if (type === reviewView) side?.show();
  };
  const furnish = (page: Webview): void => {
    page.options = { enableScripts: true, enableCommandUris: false, localResourceRoots: [dist] };
    page.onDidReceiveMessage((value: unknown) => receive(page, value));
    page.html = reviewHtml({
      script: page.asWebviewUri(Uri.joinPath(dist, 'review.js')).toString(),
      style: page.asWebviewUri(Uri.joinPath(dist, 'review.css')).toString(),
      source: page.cspSource,
      nonce: randomBytes(18).toString('base64url'),
    });
  };
  const leave = (page: Webview): void => {
    live.delete(page);
  };
  const listeners: Disposable[] = [
    desk.onChange((change) => {
      const messages = desk.messages(change);
      for (const page of live) send(page, messages);
    }),
    window.registerWebviewViewProvider(reviewView, {
      resolveWebviewView: (view) => {
        side = view;
        furnish(view.webview);
        // A view that is hidden loses its page, and a page that is gone takes no message: it asks again when it is shown.
        view.onDidChangeVisibility(() => {
          if (!view.visible) leave(view.webview);
        });
        view.onDidDispose(() => {
          leave(view.webview);
          if (side === view) side = undefined;
        });
      },
    }),
  ];
  return {
    openTab: () => {
      if (tab) {
        tab.reveal();
        return;
      }
      const created = window.createWebviewPanel(reviewTab, 'Review', ViewColumn.Active, { enableFindWidget: true });
      const media = Uri.joinPath(extensionUri, 'media');
      created.iconPath = {
        dark: Uri.joinPath(media, 'architect.svg'),
        light: Uri.joinPath(media, 'architect-light.svg'),
      };
      created.onDidChangeViewState(() => {
        if (!created.visible) leave(created.webview);
      });
      created.onDidDispose(() => {
        leave(created.webview);
        tab = undefined;
      });
      furnish(created.webview);
      tab = created;
    },
    notice,
    reveal: async (item) => {
      waiting = item;
      await commands.executeCommand(`${reviewView}.focus`);
      if (!side || !live.has(side.webview)) return;
      waiting = undefined;
      send(side.webview, [{ kind: 'reveal', item }]);
    },
    back: (given) => focus((given as { readonly webview?: unknown } | null | undefined)?.webview),
    dispose: () => {
      for (const listener of listeners) listener.dispose();
      tab?.dispose();
    },
  };
}
