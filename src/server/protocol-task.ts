import type { CodeLens, Position, Range, WorkspaceEdit } from 'vscode-languageserver/node';
import type { TaskStatus } from '../core/task/words.ts';
import type { Refused } from './protocol-review.ts';

export type { TaskStatus } from '../core/task/words.ts';

/** A task of the board. */
export interface TaskRow {
  readonly id: string;
  readonly title: string;
  readonly status: TaskStatus;
  readonly priority: string;
  readonly effort: string;
  /** Criteria that are ticked, of how many. */
  readonly done: number;
  readonly criteria: number;
  /** Ids it waits for. */
  readonly blockedBy: readonly string[];
  /** It can be begun. */
  readonly ready: boolean;
  /** Its heading. */
  readonly range: Range;
}

/** Something in the task file that is no task yet, and why. */
export interface TaskRepair {
  readonly text: string;
  readonly why: string;
  readonly range: Range;
}

/** The tasks of one workspace folder. */
export interface FolderTasks {
  /** The folder's URI. */
  readonly folder: string;
  /** The URI of the task file, whether it exists or not. */
  readonly uri: string;
  readonly exists: boolean;
  /** In the order of the file. */
  readonly tasks: readonly TaskRow[];
  readonly repairs: readonly TaskRepair[];
  /** How many can be begun. */
  readonly ready: number;
}

/** Names a finding: of a document at a version, or by its fingerprint. It is also the one argument of {@link createTaskCommand}. */
export type FindingTarget =
  | { readonly uri: string; readonly version: number; readonly rule: string; readonly range: Range }
  | { readonly fingerprint: string };

/** A command of the client: asks what has to be asked, and makes a task of a finding. */
export const createTaskCommand = 'backendArchitect.createTaskFromFinding';

/** A command of the client: asks for a status, and moves a task. Its one argument is a {@link TaskTarget}. */
export const moveTaskCommand = 'backendArchitect.moveTask';

/** A command of the client: opens the task file at a task. Its one argument is a {@link TaskTarget}; never in the palette. */
export const openTaskCommand = 'backendArchitect.openTask';

export interface TaskTarget {
  /** The folder's URI. */
  readonly folder: string;
  readonly id: string;
}

/** A kind of work a task can be of. */
export interface CategoryChoice {
  /** `010`. */
  readonly key: string;
  readonly title: string;
  /** The id that a task in it would get now. */
  readonly next: string;
}

/** What a new task is filled in with. */
export interface TaskProposal {
  /** The key of its category. */
  readonly category: string;
  readonly title: string;
  readonly priority: string;
  readonly effort: string;
  readonly description: string;
  readonly criteria: readonly string[];
  readonly notes: string;
}

/** What is known of a new task before the person has a say. */
export interface TaskDraftAnswer {
  readonly folder: string;
  /** The URI of the task file. */
  readonly uri: string;
  readonly exists: boolean;
  readonly proposal: TaskProposal;
  /** Why this category; empty where nobody can tell. */
  readonly because: string;
  readonly categories: readonly CategoryChoice[];
  /** The id of a task that was made from the same finding. */
  readonly already?: string;
}

/** One splice in the task file. */
export interface TaskEdit {
  readonly edit: WorkspaceEdit;
  /** The version the edit was made for; null for a file that is not open. */
  readonly version: number | null;
  /** Where the task's heading is afterwards. */
  readonly caret: Position;
  readonly id: string;
}

/** What the analyst answers, by the name of the request. Nothing here writes. */
export interface TaskQuestions {
  /** The tasks of all folders, or of one; from the text in the editor where the file is open. */
  'backendArchitect/tasks': { readonly ask: { readonly folder?: string }; readonly answer: readonly FolderTasks[] };
  'backendArchitect/draftTask': {
    readonly ask: {
      /** The folder that is meant where neither finding nor item says it; the first one otherwise. */
      readonly folder?: string;
      readonly finding?: FindingTarget;
      /** The id of a checklist item. */
      readonly item?: string;
      /** The text of the task file where the server does not have it: it was never saved. */
      readonly text?: string;
    };
    readonly answer: TaskDraftAnswer | Refused;
  };
  'backendArchitect/planTask': {
    readonly ask: {
      readonly folder: string;
      readonly proposal: TaskProposal;
      /** The text of the task file where the server does not have it: it was never saved. */
      readonly text?: string;
    };
    readonly answer: TaskEdit | Refused;
  };
  'backendArchitect/planMoveTask': {
    readonly ask: { readonly folder: string; readonly id: string; readonly status: TaskStatus };
    /** No edit: the task is there already. */
    readonly answer: TaskEdit | Refused | { readonly unchanged: true };
  };
  /** The lenses of a task file. Every task has the same two, whatever its state: nothing moves while somebody types. */
  'backendArchitect/taskLenses': { readonly ask: { readonly uri: string }; readonly answer: readonly CodeLens[] };
}
