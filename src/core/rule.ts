import type { FixKind, Severity } from './finding.ts';
import type { HandoffFacts } from './handoff/facts.ts';
import type { OpenApiRuleParts } from './openapi/visitors.ts';
import type { SqlRuleParts } from './sql/visitors.ts';
import type { TaskRuleParts } from './task/dialect.ts';
import type { CommitMessage } from './commit/message.ts';
import type { Span, TextEdit } from './text.ts';
import type { WholeRuleParts } from './whole.ts';

/** An example is the text of one document (a patch on the dialect's clean base), or a map from path to text where several files matter. */
export type Example = string | Readonly<Record<string, string>>;

/** What every rule declares, whatever it reads. It is the rule's documentation and its first tests too. */
export interface RuleMeta {
  /** `<family>/<name>` in kebab-case, the same as the file's path under catalogue/rules. One check per id, kept for ever. */
  readonly id: string;
  readonly severity: Severity;
  /** Ids of the checklist items that an error or a warning of it disproves. */
  readonly evidences: readonly string[];
  /** Ids of the items that it belongs to without disproving them: a lock that waits, a name against a taste. */
  readonly concerns?: readonly string[];
  /** Rows of the role documents' requirements, for example `R001-040`. */
  readonly requirements: readonly string[];
  /** The same check elsewhere, as `peer:rule` in the peer's own spelling. */
  readonly equivalents?: readonly string[];
  /** Where one of these rules speaks of the same symbol or of one around it, this one is silent. */
  readonly yieldsTo?: readonly string[];
  /** One sentence in the imperative: what to do. */
  readonly says: string;
  /** Why it matters, in one to three sentences. */
  readonly why: string;
  /** Examples that are found at their caret lines and nowhere else. */
  readonly bad: readonly Example[];
  /** Examples about which the rule is silent. */
  readonly good: readonly Example[];
  /** What the fix makes of `bad` with the same index. Present exactly when the rule offers a fix. */
  readonly fixed?: readonly Example[];
}

/** What a rule yields. Spans count from the start of the piece (a statement, a path item, a component) that is visited. */
export interface Problem<Editor = never> {
  readonly at: Span;
  /** The first 80 characters hold the consequence and the place. */
  readonly message: string;
  /** What it is about; the visited node's own symbol where nothing is said. */
  readonly symbol?: string;
  /** The single edit that would clear it; the symbol where nothing is said. Findings of one rule and one cause in a file become one. */
  readonly cause?: string;
  readonly related?: readonly { readonly at: Span; readonly piece?: string; readonly message: string }[];
  readonly fix?: FixPlan<Editor>;
}

/** A repair. `edits` runs only when somebody asks for it, with a fresh reading of the document. */
export interface FixPlan<Editor> {
  readonly kind: FixKind;
  /** Imperative, as it stands in the quick-fix menu. */
  readonly title: string;
  edits(editor: Editor): Iterable<TextEdit>;
}

/** Checks over what a workspace holds besides its documents' contents: the configuration, the disables. Made by the engine, documented like the others. */
export interface ProjectRuleParts {
  readonly dialect: 'project';
}

export type OpenApiRule = RuleMeta & OpenApiRuleParts;
export type SqlRule = RuleMeta & SqlRuleParts;
export type ProjectRule = RuleMeta & ProjectRuleParts;
export type TaskRule = RuleMeta & TaskRuleParts;
export type HandoffRule = RuleMeta & WholeRuleParts<'handoff', HandoffFacts>;
/** Checks over commit messages. */
export type CommitRule = RuleMeta & WholeRuleParts<'commit', CommitMessage>;
export type Rule = OpenApiRule | SqlRule | ProjectRule | TaskRule | HandoffRule | CommitRule;

/** Declares a rule. It only fixes the type; what a rule must fulfil is proved by the tests that every rule gets. */
export function rule<T extends Rule>(declaration: T): T {
  return declaration;
}
