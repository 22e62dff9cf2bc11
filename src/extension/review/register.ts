import { commands, Disposable, type ExtensionContext, type LogOutputChannel, Uri, window, workspace } from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';
import {
  type FolderReview,
  type ItemAction,
  reviewedNotification,
  type Reviewing,
  reviewingNotification,
} from '../../server/protocol-review.ts';
import { ask } from '../ask.ts';
import type { StatusItem } from '../status.ts';
import { followChoice } from './act.ts';
import { registerReviewCommands } from './commands.ts';
import { createReviewDesk, type ReviewDesk } from './desk.ts';
import type { ReviewDoor } from './door.ts';
import { createGateItem } from './gate-item.ts';
import { readFilter } from './messages.ts';
import { createReviewPages } from './pages.ts';
import { tellBriefly } from './tell.ts';
import { createReviewTree } from './tree.ts';

const filterPlace = 'backendArchitect.review.filter';
const folderPlace = 'backendArchitect.review.folder';

export interface ReviewParts {
  readonly client: LanguageClient;
  readonly status: StatusItem;
  readonly output: LogOutputChannel;
}

export interface ReviewSide extends Disposable {
  /** Whether the status bar says that checking stopped, so that nothing else has to. */
  tellsOfStop(): boolean;
}

/** Shows the review: the page in side bar and tab, the tree, the status bar, and the commands. It asks the server and reads no document itself. */
export function registerReview(context: ExtensionContext, { client, status, output }: ReviewParts): ReviewSide {
  const memory = context.workspaceState;
  const chosen = memory.get<unknown>(folderPlace);
  const desk = createReviewDesk({
    filter: readFilter(memory.get(filterPlace)) ?? { openOnly: false, needsPerson: false, search: '' },
    chosen: typeof chosen === 'string' ? chosen : undefined,
    trusted: workspace.isTrusted,
  });
  const say = (text: string): void => {
    tellBriefly(text);
    pages.notice(text);
  };
  const door: ReviewDoor = { client, desk, memory, output, say };
  const pages = createReviewPages(context.extensionUri, desk, async (choice, back) => {
    if (choice.kind === 'folder') void memory.update(folderPlace, choice.uri);
    await followChoice(door, choice, back).catch((error: unknown) => output.error(`Review: ${String(error)}`));
  });

  /** Server and editor spell an address alike after this. */
  const spelled = (uri: string): string => client.code2ProtocolConverter.asUri(Uri.parse(uri, true));
  const take = ({ folder, review }: FolderReview): void => desk.take({ folder: spelled(folder), review });
  const followFolders = (): void => {
    const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
    const names = folders.map(({ uri, name }) => ({ uri: client.code2ProtocolConverter.asUri(uri), name }));
    desk.setFolders(names, activeFolder(client));
  };
  const followServer = (): void => {
    desk.setServer(status.phase());
    if (status.phase() === 'running') void firstReview();
  };
  let asked = false;
  // What is told from then on comes by itself; what was known before is asked for once after every start of the server.
  const firstReview = async (): Promise<void> => {
    if (asked || client.state !== State.Running) return;
    asked = true;
    const answer = await ask(client, 'backendArchitect/review', {});
    if ('refusal' in answer) {
      output.error(`The workspace was not reviewed: ${answer.refusal}`);
      pages.notice(`The workspace was not reviewed. ${answer.refusal}`);
      return;
    }
    for (const one of answer) take(one);
  };

  followFolders();
  const gate = createGateItem(desk);
  const listeners = [
    // The tree carries the badge and the lines below the page: it exists whether or not somebody looks at it.
    createReviewTree(desk),
    gate,
    pages,
    ...registerReviewCommands(door, pages),
    ...followContext(desk),
    client.onNotification(reviewedNotification, take),
    client.onNotification(reviewingNotification, (one: Reviewing) =>
      desk.setChecking({ ...one, folder: spelled(one.folder) }),
    ),
    client.onDidChangeState(({ newState }) => {
      if (newState !== State.Running) asked = false;
      followServer();
    }),
    status.onPhase(followServer),
    workspace.onDidChangeWorkspaceFolders(followFolders),
    workspace.onDidGrantWorkspaceTrust(() => desk.setTrusted(true)),
    window.onDidChangeActiveTextEditor(() => desk.setActive(activeFolder(client))),
    desk.onChange((change) => {
      // A search is for the moment; kept, it would hide items from somebody who has forgotten it.
      if (change === 'filter') void memory.update(filterPlace, { ...desk.filter(), search: '' });
    }),
  ];
  followServer();
  const all = Disposable.from(...listeners);
  return { tellsOfStop: () => gate.isShown(), dispose: () => all.dispose() };
}

function activeFolder(client: LanguageClient): string | undefined {
  const uri = window.activeTextEditor?.document.uri;
  const folder = uri && workspace.getWorkspaceFolder(uri);
  return folder && client.code2ProtocolConverter.asUri(folder.uri);
}

/** Keeps the context keys that hide commands where they cannot work. */
function followContext(desk: ReviewDesk): readonly Disposable[] {
  const told = new Map<string, string>();
  const set = (key: string, value: boolean | string | readonly string[]): void => {
    const spelledOut = JSON.stringify(value);
    if (told.get(key) === spelledOut) return;
    told.set(key, spelledOut);
    void commands.executeCommand('setContext', `backendArchitect.${key}`, value);
  };
  const follow = (): void => {
    const review = desk.shown()?.review;
    const items = review?.checklists.flatMap((list) => list.items) ?? [];
    /** The items by id, for the menu of a row, and whether there are any, for everything else. */
    const offer = (kind: ItemAction['kind'], name: string): void => {
      const ids = items.filter(({ actions }) => actions.some((one) => one.kind === kind)).map(({ id }) => id);
      set(`${name}Items`, ids);
      set(`has${name.charAt(0).toUpperCase()}${name.slice(1)}Items`, ids.length > 0);
    };
    const { openOnly, needsPerson, search } = desk.filter();
    set('hasDocuments', review?.hasDocuments === true);
    set('reviewReady', review !== undefined && desk.face() !== 'off');
    set('reviewFace', desk.face());
    set('openItemsOnly', openOnly);
    set('itemsHidden', openOnly || needsPerson || search.trim() !== '');
    offer('run', 'run');
    offer('sign', 'sign');
    offer('waive', 'waive');
    offer('withdraw', 'withdraw');
    offer('create-task', 'task');
    offer('fix-all', 'fixAll');
    offer('go', 'go');
  };
  follow();
  return [desk.onChange(follow)];
}
