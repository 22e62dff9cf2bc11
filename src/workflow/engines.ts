import type { NotAnalysed, RawFinding } from '../core/finding.ts';
import type { OpenApiVersion } from '../core/openapi/visitors.ts';
import type { WholeDialect, WholeWorld } from '../core/whole.ts';

/** What was found in one document. */
export interface Judged {
  readonly findings: readonly RawFinding[];
  /** How many operations an OpenAPI document has. */
  readonly operationCount?: number;
}

export interface JudgedSql {
  /** The files that were judged, each with its dialect as people write it (`PostgreSQL`). */
  readonly files: readonly {
    readonly file: string;
    readonly dialect: string;
    readonly findings: readonly RawFinding[];
  }[];
  /** Files, or statements in them, that were not judged. A file may be here and above, and here more than once. */
  readonly notAnalysed: readonly NotAnalysed[];
}

export interface SourceText {
  readonly file: string;
  readonly text: string;
}

export type ReadFile = (path: string) => string | undefined;

/** The engines as the workflow uses them. A generator gives way between steps, so that its caller can look at the clock. */
export interface Engines {
  /** `read` gives the text of a file that a `$ref` names, by its path from the project's root. */
  openApi(document: SourceText & { readonly version: OpenApiVersion }, read: ReadFile): Generator<void, Judged>;
  /** Task files and hand-off files. */
  whole(dialect: WholeDialect, source: SourceText, world: WholeWorld): readonly RawFinding[];
  /** All migrations together: the engine forms their sets from the paths and from side files it reads. The promise waits for the parser. */
  sql(files: readonly SourceText[], read: ReadFile): Promise<Generator<void, JudgedSql>>;
}
