import type { Phase } from './checklist.ts';
import type { EvidenceKind } from './evidence.ts';
import type { Finding, NotAnalysed } from './finding.ts';

/** How an item stands. Nothing is met by default: an item is as good as its worst evidence, and something must prove it. */
export type ItemState = 'met' | 'broken' | 'stale' | 'unshown' | 'not-applicable';

/**
 * How an item is shown: its state, told apart by what it rests on. `signed` is met by a person's word; `waived` is not-applicable by a person's waiver.
 * `checking` is no face: it is what a door shows while something runs.
 */
export type ItemFace = 'broken' | 'unshown' | 'stale' | 'met' | 'signed' | 'waived' | 'not-applicable';

/** The words of the faces, the same at every door. */
export const faceWords: Readonly<Record<ItemFace, string>> = {
  broken: 'Not met',
  unshown: 'Not shown yet',
  stale: 'Out of date',
  met: 'Met',
  signed: 'Signed by a person',
  waived: 'Waived',
  'not-applicable': 'Does not apply',
};

/** In the order in which groups are shown. */
export const faces: readonly ItemFace[] = ['broken', 'unshown', 'stale', 'met', 'signed', 'waived', 'not-applicable'];

/** One piece of evidence for one item. */
export interface Evidence {
  readonly kind: EvidenceKind;
  /** `refused`: there is a record, and it is not believed. `missing`: it is what could show the item and is not there. */
  readonly verdict: 'shows' | 'disproves' | 'stale' | 'missing' | 'refused' | 'not-applicable';
  /** What, how much, when: one sentence or phrase, at most 200 characters. */
  readonly text: string;
  /** ISO 8601, where it was made at a moment. */
  readonly at?: string;
  /** The file that it is or that is wrong, from the project's root. */
  readonly file?: string;
  /** The id of the record. */
  readonly record?: string;
  /** The inputs that changed, disappeared or came since, by path. */
  readonly changed?: readonly string[];
}

/** What a person can do about an item. `run` names the command. */
export type ItemAction =
  | { readonly kind: 'go' }
  | { readonly kind: 'fix-all'; readonly rule: string; readonly file: string; readonly count: number }
  | { readonly kind: 'create-task' }
  | { readonly kind: 'run'; readonly name: string; readonly command: string }
  | { readonly kind: 'sign' }
  | { readonly kind: 'withdraw'; readonly record: string }
  | { readonly kind: 'waive' }
  /** Opens the file that is the evidence. */
  | { readonly kind: 'open'; readonly file: string }
  | { readonly kind: 'write-handoff' };

export interface ReviewItem {
  readonly id: string;
  readonly phase: Phase;
  readonly title: string;
  readonly says: string;
  /** Why it matters, in one or two sentences. */
  readonly why: string;
  readonly requirements: readonly string[];
  readonly state: ItemState;
  readonly face: ItemFace;
  /** The face's word, the same at every door. */
  readonly word: string;
  /** The evidence in one line of at most 60 characters: what, how much, when. */
  readonly line: string;
  readonly evidence: readonly Evidence[];
  /** Patterns or files: a change in one of them makes the evidence out of date. */
  readonly lapsesWith: readonly string[];
  /** Errors and warnings that disprove it, worst first, at most 200. */
  readonly findings: readonly Finding[];
  /** How many there are. */
  readonly findingCount: number;
  /** The first one is the row's button. */
  readonly actions: readonly ItemAction[];
}

export interface ReviewChecklist {
  readonly id: Phase;
  /** `Plan`, `Build`, `Hand off`, `Code review`. */
  readonly title: string;
  /** Nothing is broken, unshown or stale. */
  readonly ready: boolean;
  readonly open: number;
  readonly total: number;
  /** Settled by rules, runs and artifacts; by a word; by a waiver; not applicable. */
  readonly measured: number;
  readonly signed: number;
  readonly waived: number;
  readonly notApplicable: number;
  /** `Not ready to hand off: 3 of 11 open`. */
  readonly verdict: string;
  readonly items: readonly ReviewItem[];
}

/** A record that is there and not believed. */
export interface RefusedRecord {
  readonly file: string;
  /** One sentence: what is wrong with it, and what to do. */
  readonly reason: string;
}

/** Items x evidence x findings at one moment: what every door shows. It never changes; another review is another object. */
export interface Review {
  readonly version: 1;
  /** ISO 8601. */
  readonly madeAt: string;
  readonly project: {
    readonly name: string;
    /** Absent outside of git. */
    readonly branch?: string;
    readonly commit?: string;
    /** Files that differ from the commit. */
    readonly changed?: number;
  };
  /** An OpenAPI document or a migration was found. Where not, no gate is ready: there is nothing to review yet. */
  readonly hasDocuments: boolean;
  readonly documents: number;
  readonly notAnalysed: readonly NotAnalysed[];
  readonly refused: readonly RefusedRecord[];
  /** In the order of the work: plan, build, hand off, code review. */
  readonly checklists: readonly ReviewChecklist[];
  /** The first checklist that is not ready, `handoff` at the latest: what the badge and the status bar speak of. */
  readonly gate: Phase;
}
