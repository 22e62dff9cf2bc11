import type { LanguageClient } from 'vscode-languageclient/node';
import type { Memento, OutputChannel } from 'vscode';
import type { FolderReview, ReviewItem } from '../../server/protocol-review.ts';
import type { ReviewDesk } from './desk.ts';
import { itemOf } from './messages.ts';
import { tellFailure } from './tell.ts';

/** What the commands of the review work with. */
export interface ReviewDoor {
  readonly client: LanguageClient;
  readonly desk: ReviewDesk;
  /** Of this workspace. */
  readonly memory: Memento;
  readonly output: OutputChannel;
  /** The result of the person's own action: in the status bar, and on the pages for who listens to them. */
  say(text: string): void;
}

const reviewNow = { title: 'Review Workspace', command: 'backendArchitect.reviewWorkspace' };

/** The review that is shown; says so where there is none yet. */
export function shownReview({ desk }: ReviewDoor): FolderReview | undefined {
  const shown = desk.shown();
  if (!shown) tellFailure(noReview[desk.face()], desk.face() === 'loading' ? reviewNow : undefined);
  return shown;
}

const noReview = {
  loading: 'There is no review yet: the workspace is still being checked.',
  live: 'There is no review yet: the workspace is still being checked.',
  'no-folder': 'There is nothing to review: no folder is open.',
  stopped: 'There is no review: checking stopped before one was made. Run the command Restart Server.',
  off: 'There is no review: Backend Architect is switched off by the setting backendArchitect.enable.',
} as const;

/**
 * The items that a command was given: by a line of the tree (and the lines selected with it), by the menu of a row of the page, or by name from another
 * command. Empty where none was given.
 */
export function itemsGiven({ desk }: ReviewDoor, given: unknown, selected?: unknown): readonly ReviewItem[] {
  const all = Array.isArray(selected) && selected.length > 0 ? selected : [given];
  const review = desk.shown()?.review;
  const ids = new Set(all.flatMap(idsIn));
  return [...ids].flatMap((id) => itemOf(review, id) ?? []);
}

function idsIn(given: unknown): readonly unknown[] {
  if (typeof given === 'string') return [given];
  if (typeof given !== 'object' || given === null) return [];
  const { item, items } = given as { readonly item?: unknown; readonly items?: unknown };
  if (Array.isArray(items)) return items;
  // A line of the tree carries the item itself, the menu of a page its id.
  return [typeof item === 'object' && item !== null ? (item as Partial<ReviewItem>).id : item];
}
