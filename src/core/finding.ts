import type { Range, Span, TextEdit } from './text.ts';

/** Error: breaks a client or data. Warning: against a standard. Info: style or advice. Hint: only a light mark in the editor. */
export type Severity = 'error' | 'warning' | 'info' | 'hint';

export const severities: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

/** `safe` fixes may be applied together by fix-all; a `refactoring` may change a contract and is applied one at a time. */
export type FixKind = 'safe' | 'refactoring';

/** Another place that belongs to a finding. */
export interface Related {
  readonly file: string;
  readonly range: Range;
  readonly message: string;
}

/** What every door shows. Paths are relative to the project's root, with `/`. */
export interface Finding {
  readonly file: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Range;
  /** The single edit that would clear it, as a symbol: findings of one rule with one cause are one finding. */
  readonly cause: string;
  readonly related: readonly Related[];
  /** `known`: the base has it already. */
  readonly status: 'new' | 'known';
  /** `predicted` from text, or `observed` by running something. */
  readonly certainty: 'predicted' | 'observed';
  /** Rule, symbol and cause, hashed, without line numbers: the same finding keeps it while the text moves. */
  readonly fingerprint: string;
  readonly fix?: { readonly kind: FixKind; readonly title: string };
}

/** A document that was found but not judged, and why, in one sentence. */
export interface NotAnalysed {
  readonly file: string;
  readonly reason: string;
}

/** A place in some document; offsets count from the document's start. */
export interface Place {
  readonly file: string;
  readonly span: Span;
}

/** Edits by file, planned against the text the finding was made from. */
export type FileEdits = ReadonlyMap<string, readonly TextEdit[]>;

/**
 * A finding before the last pass: still in offsets, not yet weighed by configuration, disables or a base.
 * `symbol` names what it is about (a JSON pointer, a table), so that it is found again after an edit.
 */
export interface RawFinding {
  readonly file: string;
  readonly rule: string;
  readonly message: string;
  readonly span: Span;
  readonly symbol: string;
  readonly cause: string;
  readonly related: readonly { readonly place: Place; readonly message: string }[];
  readonly fix?: { readonly kind: FixKind; readonly title: string };
}
