import type { Range, WorkspaceEdit } from 'vscode-languageserver/node';

/** What the client says when it starts the server. Every part may be missing: another editor says nothing of this. */
export interface InitializationOptions {
  /** Folder of the rule pages, `<family>/<name>.md`, as a file URI. */
  readonly rulePages?: string;
  /** The client runs {@link disableCommand}: it asks for the reason and applies what {@link planDisableRequest} answers. */
  readonly asksForReasons?: boolean;
  /** The client shows the review: it is kept up to date and told with every change. */
  readonly followsReview?: boolean;
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
  /** The answer carries the {@link CheckReport} too. */
  readonly report?: boolean;
}

export interface CheckSummary {
  readonly documents: number;
  readonly findings: { readonly error: number; readonly warning: number; readonly info: number; readonly hint: number };
  readonly notAnalysed: readonly { readonly uri: string; readonly reason: string }[];
  /** Only where it was asked for. */
  readonly report?: CheckReport;
}

/** All that one check found, without the limits of the editor. It never changes: another check makes another report. */
export interface CheckReport {
  /** When it was made, in milliseconds since 1970. It names the report. */
  readonly madeAt: number;
  readonly documents: number;
  readonly files: readonly ReportFile[];
  /** By severity, then by rule. */
  readonly groups: readonly ReportGroup[];
  readonly notAnalysed: readonly ReportGap[];
}

export interface ReportFile {
  readonly uri: string;
  /** Relative to its folder; below the folder's name where there are several. */
  readonly path: string;
}

/** What one rule found with one severity. */
export interface ReportGroup {
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
  /** What the rule says. */
  readonly says: string;
  /** The rule's page, as a URI. */
  readonly page: string;
  /** By file and place. */
  readonly findings: readonly ReportFinding[];
}

export interface ReportFinding {
  /** Index in {@link CheckReport.files}. */
  readonly file: number;
  readonly range: Range;
  readonly message: string;
  /** Stays the same while the text around it moves. */
  readonly fingerprint: string;
}

/** What no rule has judged. */
export interface ReportGap {
  /** Index in {@link CheckReport.files}. */
  readonly file: number;
  readonly reason: string;
  /** Only a part of the document. */
  readonly partly: boolean;
}

/** What the page of the check report is told. */
export type ToReportPage =
  | { readonly kind: 'report'; readonly report: CheckReport }
  | { readonly kind: 'busy'; readonly busy: boolean }
  /** A sentence for the person. */
  | { readonly kind: 'notice'; readonly text: string };

/** What the page says. It names what is in the report by its index, never by an address; `report` is the report's `madeAt`. */
export type FromReportPage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'check' }
  | { readonly kind: 'finding'; readonly report: number; readonly group: number; readonly finding: number }
  | { readonly kind: 'rule'; readonly report: number; readonly group: number }
  | { readonly kind: 'gap'; readonly report: number; readonly gap: number };

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

/** What a code action whose edit is made later carries: all safe fixes of a document at a version, of one rule where it is named. */
export interface FixAllData {
  readonly uri: string;
  readonly version: number;
  readonly rule: string | null;
}

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
