/** The four checklists of the role documents, in the order of the work. */
export type Phase = 'plan' | 'build' | 'handoff' | 'review';

/** One line of a checklist: what must be shown before the phase is over. */
export interface ChecklistItem {
  /** `<phase>/<name>`, kept for ever. */
  readonly id: string;
  readonly phase: Phase;
  /** At most 28 characters: the width of a row in the side bar. */
  readonly title: string;
  readonly says: string;
  /** Rows of the requirements it stands for. */
  readonly requirements: readonly string[];
}
