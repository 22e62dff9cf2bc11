import type { Refused } from './protocol-review.ts';

/** What our rules say of a text that is no file. */
export interface TextVerdict {
  /** By severity, then by place. Lines are counted from 1. */
  readonly findings: readonly { readonly line: number; readonly rule: string; readonly message: string }[];
  /** Why the text, or a part of it, was not judged. */
  readonly notAnalysed: readonly string[];
}

/** What the analyst answers of proposals, by the name of the request. */
export interface ProposalQuestions {
  /** Judges a proposal by the rules and the configuration of a folder, on its own: it is not a file, and nothing is kept of it. */
  'backendArchitect/judgeText': {
    readonly ask: { readonly folder?: string; readonly dialect: 'sql' | 'openapi'; readonly text: string };
    readonly answer: TextVerdict | Refused;
  };
}
