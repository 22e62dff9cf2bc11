import type { NotAnalysed, RawFinding } from '../core/finding.ts';

/** What was found in one document. */
export interface Judged {
  readonly findings: readonly RawFinding[];
}

export interface JudgedSql {
  /** The files that were judged, each with its dialect as people write it (`PostgreSQL`). */
  readonly files: readonly {
    readonly file: string;
    readonly dialect: string;
    readonly findings: readonly RawFinding[];
  }[];
  readonly notAnalysed: readonly NotAnalysed[];
}

export interface SourceText {
  readonly file: string;
  readonly text: string;
}

/** The engines as the workflow uses them. A generator gives way between steps, so that its caller can look at the clock. */
export interface Engines {
  /** `read` gives the text of a file that a `$ref` names, by its path from the project's root. */
  openApi(document: SourceText, read: (path: string) => string | undefined): Generator<void, Judged>;
  /** All migrations together: the engine forms their sets from the paths. The promise waits for the parser. */
  sql(files: readonly SourceText[]): Promise<Generator<void, JudgedSql>>;
}
