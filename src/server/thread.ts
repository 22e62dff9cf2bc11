import type {
  CodeAction,
  CompletionItem,
  Diagnostic,
  Hover,
  Position,
  Range,
  TextDocumentContentChangeEvent,
} from 'vscode-languageserver/node';
import type { WorkflowQuestions } from './questions.ts';
import type { CheckRun, CheckSummary, DisablePlan, DocumentStatus, PlanDisableParams } from './protocol.ts';

/** A workspace folder. */
export interface Folder {
  readonly uri: string;
  readonly path: string;
}

/** An open document with everything a fresh analyst needs to know of it. */
export interface OpenText {
  readonly uri: string;
  readonly languageId: string;
  readonly version: number;
  readonly text: string;
}

/** A document that took too long or killed the analyst: it is not touched again before it changes. */
export interface Strike {
  readonly uri: string;
  /** Undefined for a file that is not open. */
  readonly version: number | undefined;
  readonly reason: string;
}

export interface AnalystOptions {
  /** Folder of the rule pages, as a file URI. */
  readonly rulePages: string;
  readonly asksForReasons: boolean;
  /** The client shows the review: files that are not open are judged for it too, without their findings being shown. */
  readonly followsReview: boolean;
  readonly resolvesActions: boolean;
}

/** What an analyst that starts is told at once. */
export interface Beginning {
  readonly options: AnalystOptions;
  readonly folders: readonly Folder[];
  readonly documents: readonly OpenText[];
  readonly strikes: readonly Strike[];
  /** Check Workspace has been run: files that are not open have findings too. */
  readonly checked: boolean;
  readonly run: CheckRun;
}

/** From the server's thread to the analyst. */
export type ToAnalyst =
  | { readonly kind: 'open'; readonly document: OpenText }
  | {
      readonly kind: 'change';
      readonly uri: string;
      readonly version: number;
      readonly changes: readonly TextDocumentContentChangeEvent[];
    }
  | { readonly kind: 'save'; readonly uri: string }
  | { readonly kind: 'close'; readonly uri: string }
  | { readonly kind: 'folders'; readonly folders: readonly Folder[] }
  | { readonly kind: 'run'; readonly run: CheckRun }
  | { readonly kind: 'files'; readonly uris: readonly string[] }
  | { readonly kind: 'ask'; readonly id: number; readonly question: Question }
  | { readonly kind: 'cancel'; readonly id: number }
  /** Whoever is not stuck answers with `alive`. */
  | { readonly kind: 'beat' };

/** What can be asked, by name: the parameters and the answer. */
export interface Questions extends WorkflowQuestions {
  hover: { readonly ask: { readonly uri: string; readonly position: Position }; readonly answer: Hover | null };
  actions: {
    readonly ask: { readonly uri: string; readonly range: Range; readonly only: readonly string[] | undefined };
    readonly answer: readonly CodeAction[];
  };
  resolve: { readonly ask: CodeAction; readonly answer: CodeAction };
  completion: {
    readonly ask: { readonly uri: string; readonly position: Position };
    readonly answer: readonly CompletionItem[];
  };
  disable: { readonly ask: PlanDisableParams; readonly answer: DisablePlan };
  checkWorkspace: { readonly ask: { readonly report: boolean }; readonly answer: CheckSummary };
}

export type QuestionName = keyof Questions;

export type Question = {
  readonly [Name in QuestionName]: { readonly name: Name; readonly ask: Questions[Name]['ask'] };
}[QuestionName];

/** From the analyst to the server's thread. */
export type FromAnalyst =
  /** Work on one document begins or goes on; what is left of `limitMs` past, it is to be stopped by force. */
  | {
      readonly kind: 'began';
      readonly uri: string;
      readonly version: number | undefined;
      readonly limitMs: number;
      readonly leftMs: number;
    }
  | { readonly kind: 'ended' }
  | { readonly kind: 'alive' }
  /** `version` is undefined for a file that is not open. */
  | {
      readonly kind: 'judged';
      readonly uri: string;
      readonly version: number | undefined;
      readonly diagnostics: readonly Diagnostic[];
    }
  | { readonly kind: 'status'; readonly status: DocumentStatus; readonly version: number }
  | { readonly kind: 'struck'; readonly strike: Strike }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  /** `stale`: the document changed meanwhile, and whoever asked is to ask again. */
  | {
      readonly kind: 'refused';
      readonly id: number;
      readonly why: 'stale' | 'cancelled' | 'failed';
      readonly message: string;
    }
  | { readonly kind: 'progress'; readonly id: number; readonly done: number; readonly total: number }
  /** For the client as it is. */
  | { readonly kind: 'notify'; readonly method: string; readonly params: object }
  | { readonly kind: 'log'; readonly message: string };

/** `took longer than 2 s`, as it stands behind "not analysed". */
export function tookLonger(limitMs: number): string {
  return `took longer than ${limitMs / 1000} s`;
}
