import type { NewMessage, NewTrailer } from '../core/commit/compose.ts';
import type { Severity } from '../core/finding.ts';
import type { CommitPlan } from '../workflow/commit/plan.ts';
import type { NotStaged } from '../workflow/commit/repository.ts';

export type { NewMessage, NewTrailer } from '../core/commit/compose.ts';
export type { CommitPlan, TrailerChoice } from '../workflow/commit/plan.ts';

/** What is wrong with a message, at a place counted from 0. */
export interface CommitFinding {
  readonly line: number;
  readonly character: number;
  readonly severity: Severity;
  readonly rule: string;
  readonly message: string;
}

/** What the analyst answers, by the name of the request. */
export interface CommitQuestions {
  /** What the next commit's message could be; `repository` is its folder's URI, `all` takes what is changed where nothing is staged. */
  'backendArchitect/planCommit': {
    readonly ask: { readonly repository: string; readonly all: boolean };
    readonly answer: CommitPlan | NotStaged;
  };
  'backendArchitect/composeCommit': {
    readonly ask: NewMessage;
    readonly answer: { readonly text: string };
  };
  /** The text with these trailers, everything else as it was. */
  'backendArchitect/addTrailers': {
    readonly ask: { readonly text: string; readonly trailers: readonly NewTrailer[] };
    readonly answer: { readonly text: string; readonly added: number };
  };
  'backendArchitect/checkCommit': {
    readonly ask: { readonly repository: string; readonly text: string };
    readonly answer: { readonly findings: readonly CommitFinding[]; readonly empty: boolean };
  };
}
