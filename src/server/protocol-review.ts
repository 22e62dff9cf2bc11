import type { Person } from '../core/evidence.ts';
import type { Phase } from '../core/checklist.ts';
import type { Review } from '../core/review.ts';

export type { Evidence, ItemAction, ItemFace, Review, ReviewChecklist, ReviewItem } from '../core/review.ts';
export type { Phase } from '../core/checklist.ts';

/** Why something was not done, in a sentence that says what to do next. */
export interface Refused {
  readonly refusal: string;
}

/** The review of one workspace folder. */
export interface FolderReview {
  /** The folder's URI. */
  readonly folder: string;
  readonly review: Review;
}

/** Notification from the server: the review of a folder has changed. Sent to clients that said `followsReview` when they started the server. */
export const reviewedNotification = 'backendArchitect/reviewed';

/** Notification from the server: what keeps the review from being up to date, for faces that say so. Sent while files are still judged. */
export const reviewingNotification = 'backendArchitect/reviewing';

export interface Reviewing {
  readonly folder: string;
  readonly done: number;
  readonly total: number;
}

export type ReviewFormat = 'text' | 'json' | 'markdown' | 'html';

/** What the analyst answers, by the name of the request. */
export interface ReviewQuestions {
  /** All folders' reviews once everything is judged; of one folder where it is named. */
  'backendArchitect/review': {
    readonly ask: { readonly folder?: string };
    readonly answer: readonly FolderReview[];
  };
  'backendArchitect/exportReview': {
    readonly ask: { readonly folder: string; readonly format: ReviewFormat };
    readonly answer: { readonly text: string } | Refused;
  };
}

/** What the server does in the workspace, by the name of the request. Every one writes at most one new file under `.backend-architect/`. */
export interface ReviewActs {
  /** What a word on these items would say, before it is signed. */
  'backendArchitect/planWord': {
    readonly ask: { readonly folder: string; readonly items: readonly string[] };
    readonly answer:
      | {
          readonly by: Person;
          readonly commit?: string;
          readonly lapsesWith: readonly string[];
          /** How many files fit these patterns now. */
          readonly files: number;
        }
      | Refused;
  };
  'backendArchitect/sign': {
    readonly ask: { readonly folder: string; readonly items: readonly string[]; readonly note: string };
    readonly answer: { readonly written: string } | Refused;
  };
  'backendArchitect/waive': {
    readonly ask: {
      readonly folder: string;
      readonly items: readonly string[];
      readonly reason: string;
      /** YYYY-MM-DD */
      readonly until: string;
    };
    readonly answer: { readonly written: string } | Refused;
  };
  'backendArchitect/withdraw': {
    readonly ask: { readonly folder: string; readonly record: string; readonly reason: string };
    readonly answer: { readonly written: string } | Refused;
  };
  /** Runs a command of the configuration. Cancelling the request stops it and writes nothing. */
  'backendArchitect/run': {
    readonly ask: {
      readonly folder: string;
      readonly name: string;
      /** The line that the person agreed to: another one does not run. */
      readonly command?: string;
    };
    readonly answer:
      | {
          readonly exit: number;
          readonly durationMs: number;
          readonly written: string;
          /** The end of what it printed, at most 4,000 characters. */
          readonly tail: string;
        }
      | Refused;
  };
}

/** What the review panel's page is told. */
export type ToReviewPage =
  | {
      readonly kind: 'review';
      readonly folder: FolderName;
      /** More than one where the workspace has several folders: the page offers to choose. */
      readonly folders: readonly FolderName[];
      readonly review: Review;
      /** In a trusted workspace commands may run. */
      readonly trusted: boolean;
    }
  | { readonly kind: 'face'; readonly face: PageFace }
  /** Items whose command runs now, with seconds since it began. */
  | { readonly kind: 'running'; readonly items: Readonly<Record<string, number>> }
  /** Files still to be judged; nothing where all are. */
  | { readonly kind: 'checking'; readonly done: number; readonly total: number }
  | { readonly kind: 'filter'; readonly filter: ReviewFilter }
  /** Opens the row of an item and puts the focus on it. */
  | { readonly kind: 'reveal'; readonly item: string }
  /** The result of the person's own action, for the status region. */
  | { readonly kind: 'notice'; readonly text: string };

export interface FolderName {
  readonly uri: string;
  readonly name: string;
}

/** What the page shows in place of a review, or above the last one. */
export type PageFace =
  /** Nothing has come from the server yet. */
  | 'loading'
  | 'no-folder'
  /** The server was given up: the last review stays, marked. */
  | 'stopped'
  | 'off'
  | 'live';

export interface ReviewFilter {
  /** Only what is broken, unshown or stale. */
  readonly openOnly: boolean;
  /** Only what a person has to say. */
  readonly needsPerson: boolean;
  /** Text that title, evidence, rule, file or id holds. */
  readonly search: string;
}

/** What the page says. It names what stands in the review that it shows, by `madeAt`, item and index; never an address or a command line. */
export type FromReviewPage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'phase'; readonly phase: Phase }
  | { readonly kind: 'folder'; readonly uri: string }
  | { readonly kind: 'act'; readonly madeAt: string; readonly item: string; readonly action: number }
  | { readonly kind: 'finding'; readonly madeAt: string; readonly item: string; readonly finding: number }
  | { readonly kind: 'evidence'; readonly madeAt: string; readonly item: string; readonly evidence: number }
  /** Opens a record that is not believed. */
  | { readonly kind: 'refused'; readonly madeAt: string; readonly index: number }
  | { readonly kind: 'filter'; readonly filter: ReviewFilter }
  /** A button of a face. */
  | { readonly kind: 'face'; readonly do: 'open-folder' | 'open-sample' | 'restart' | 'show-output' | 'show-tree' }
  | { readonly kind: 'copy'; readonly text: string };
