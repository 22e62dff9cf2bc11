import type { Range, WorkspaceEdit } from 'vscode-languageserver/node';

/** What the client says when it starts the server. Every part may be missing: another editor says nothing of this. */
export interface InitializationOptions {
  /** Folder of the rule pages, `<family>/<name>.md`, as a file URI. */
  readonly rulePages?: string;
  /** The client runs {@link disableCommand}: it asks for the reason and applies what {@link planDisableRequest} answers. */
  readonly asksForReasons?: boolean;
  readonly settings?: Settings;
}

/** When documents are checked while they are open. Check Workspace works with each of them. */
export type CheckRun = 'onType' | 'onSave' | 'manual';

export interface Settings {
  readonly run?: CheckRun;
}

/** The section of the client's settings that the server reads. */
export const settingsSection = 'backendArchitect';

/** Request: judges all documents of all folders, with progress. Answers with a {@link CheckSummary}. */
export const checkWorkspaceRequest = 'backendArchitect/checkWorkspace';

export interface CheckWorkspaceParams {
  readonly workDoneToken?: string | number;
}

export interface CheckSummary {
  readonly documents: number;
  readonly findings: { readonly error: number; readonly warning: number; readonly info: number; readonly hint: number };
  readonly notAnalysed: readonly { readonly uri: string; readonly reason: string }[];
}

/** Request: the edit that disables one finding. Answers with a {@link DisablePlan}. */
export const planDisableRequest = 'backendArchitect/planDisable';

export type DisableWhere = 'line' | 'file' | 'workspace';

/** Names one finding of a document at a version. It is also the one argument of {@link disableCommand}. */
export interface DisableTarget {
  readonly uri: string;
  readonly version: number;
  readonly rule: string;
  readonly range: Range;
  readonly where: DisableWhere;
}

export interface PlanDisableParams extends DisableTarget {
  readonly reason: string;
}

/** `refusal` says in a sentence why there is no edit. */
export type DisablePlan = { readonly edit: WorkspaceEdit } | { readonly refusal: string };

/** A command of the client; never in the palette. */
export const disableCommand = 'backendArchitect.disable';

/** Notification from the server: what is known of one open document. */
export const statusNotification = 'backendArchitect/status';

export interface DocumentStatus {
  readonly uri: string;
  /** `4 findings`, `No findings`, `Not checked`. */
  readonly text: string;
  /** `OpenAPI 3.1, 214 operations`, or why it was not checked. */
  readonly detail: string;
  readonly severity: 'information' | 'warning' | 'error';
  readonly busy: boolean;
}
