import type { Refused } from './protocol-review.ts';

/** A checklist that is not ready, with its open lines. */
export interface HandoffGate {
  readonly title: string;
  readonly items: readonly {
    readonly id: string;
    readonly title: string;
    /** `Not shown yet`. */
    readonly word: string;
    readonly line: string;
  }[];
}

/** What cannot be known, with what is suggested: what the present hand-off says, where there is one. */
export interface HandoffUnknowns {
  /** The file's URI. */
  readonly uri: string;
  readonly exists: boolean;
  /** The role that the present hand-off names. */
  readonly next?: string;
  /** Roles, those that are handed to most often first. */
  readonly roles: readonly { readonly name: string; readonly takes: string }[];
  readonly instructions: string;
  readonly gates: readonly HandoffGate[];
  /** How many lines are open in all of them. */
  readonly open: number;
}

/** What a person says of a hand-off; what is left out stays as the present one has it. */
export interface HandoffSaid {
  readonly next?: string;
  readonly instructions?: string;
  readonly questions?: readonly string[];
}

/** A hand-off that can be written now. Offsets are UTF-16. */
export interface PlannedHandoff {
  readonly uri: string;
  /** Undefined where there is no file. Without a byte order mark, as editors have it. */
  readonly oldText?: string;
  readonly newText: string;
  /** From the old text to the new one. */
  readonly edits: readonly { readonly start: number; readonly end: number; readonly newText: string }[];
  /** `2 migrations, 14 operations, 3 open items`. */
  readonly summary: string;
}

/** What somebody else's hand-off asks for. */
export interface InboundAsk {
  readonly uri: string;
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly text: string;
  readonly state: 'there' | 'missing' | 'undecided';
  /** The file that shows it. */
  readonly shownBy?: string;
  readonly draft?: InboundDraft;
}

/** What a task would say that answers an ask. */
export interface InboundDraft {
  readonly title: string;
  /** The band of its number, for example `020`. */
  readonly category: string;
  readonly description: string;
  readonly criteria: readonly string[];
}

/** What the analyst answers, by the name of the request. */
export interface HandoffQuestions {
  'backendArchitect/handoffQuestions': {
    readonly ask: { readonly folder: string };
    readonly answer: HandoffUnknowns | Refused;
  };
  /** Plans the file; nothing is written. */
  'backendArchitect/planHandoff': {
    readonly ask: { readonly folder: string; readonly said: HandoffSaid };
    readonly answer: PlannedHandoff | Refused;
  };
  'backendArchitect/checkHandoff': {
    readonly ask: { readonly folder: string };
    readonly answer:
      | {
          readonly uri: string;
          /** All findings of it. */
          readonly findings: number;
        }
      | Refused;
  };
  'backendArchitect/planInbound': {
    readonly ask: { readonly folder: string };
    readonly answer: {
      /** The files that were read. */
      readonly files: readonly string[];
      readonly asks: readonly InboundAsk[];
      /** Files that cannot be read, one sentence each with its line. */
      readonly problems: readonly string[];
    } & Partial<Refused>;
  };
}
