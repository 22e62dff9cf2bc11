/** The four checklists of the role documents, in the order of the work. */
export type Phase = 'plan' | 'build' | 'handoff' | 'review';

/** Files whose being there, valid and in agreement with the rest, shows an item. */
export type Artifact =
  /** An OpenAPI document with operations that was analysed. */
  | 'contract'
  /** Migrations that were analysed, a Prisma schema or an ERD. */
  | 'schema'
  /** The task file, with criteria under every task. */
  | 'tasks'
  /** The Control Manifest. */
  | 'manifest'
  /** The hand-off file. */
  | 'handoff';

/** What can show an item. Whatever is named suffices alone; what disproves it counts all the same. */
export type Source =
  /** These rules over every document decide it wholly: the item speaks of nothing but the documents' text. */
  | { readonly kind: 'rules'; readonly dialect: 'openapi'; readonly rules: readonly string[] }
  /** A command of the configuration that says so and passed. */
  | { readonly kind: 'run' }
  | { readonly kind: 'artifact'; readonly artifact: Artifact }
  /** A named person says so. */
  | { readonly kind: 'word' };

/** What a person's word on an item speaks of: when it changes, the word is out of date. */
export type Subject =
  /** The documents of a dialect, and those that come to lie beside them. */
  | { readonly documents: 'openapi' | 'sql' }
  /** Files by patterns, as the configuration's. */
  | { readonly files: readonly string[] };

/** One line of a checklist: what must be shown before the phase is over. */
export interface ChecklistItem {
  /** `<phase>/<name>`, kept for ever. */
  readonly id: string;
  readonly phase: Phase;
  /** At most 28 characters: the width of a row in the side bar. */
  readonly title: string;
  readonly says: string;
  /** Why it matters, in one or two sentences. */
  readonly why: string;
  /** Rows of the requirements it stands for. */
  readonly requirements: readonly string[];
  readonly shownBy: readonly Source[];
  readonly lapsesWith: readonly Subject[];
  /**
   * Where it does not apply. `no-migrations`: nothing in the project looks like a migration or a database schema. `prototype`: the configuration says
   * `scale: prototype`. An OpenAPI document that is missing makes no item inapplicable: an API without one is an API all the same.
   */
  readonly moot?: 'no-migrations' | 'prototype';
}
