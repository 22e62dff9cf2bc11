import { reviewActs } from './acts-review.ts';
import type { ReviewActs } from './protocol-review.ts';

/** What an act is given of the server. */
export interface ActContext {
  /** The path of a workspace folder; undefined for a URI that is none. */
  folderPath(uri: string): string | undefined;
  /** Shown where the client follows the request's progress. */
  report(message: string): void;
  /** Files were written: whoever watches them is told at once. */
  wrote(uris: readonly string[]): void;
  /** Open documents that are files, as they are in the editor, by their paths. */
  openTexts(): readonly { readonly path: string; readonly text: string }[];
  log(message: string): void;
}

/** How the acts of one area are done. */
export type Acts<Asked> = {
  readonly [Name in keyof Asked]: Asked[Name] extends { readonly ask: infer Ask; readonly answer: infer Answer }
    ? (context: ActContext, ask: Ask, signal: AbortSignal) => Promise<Answer>
    : never;
};

/**
 * What the server does itself, in its own thread: it writes, or runs commands. The analyst does none of it: one that is stopped at its deadline is
 * started and asked again, and nothing may be done twice.
 */
export const acts: Partial<Acts<ReviewActs>> = { ...reviewActs };
