import { checklistItems } from '../../catalogue/checklists/all.ts';
import type { Configuration } from '../../core/configuration.ts';
import type { Finding, NotAnalysed } from '../../core/finding.ts';
import type { Review } from '../../core/review.ts';
import type { Rule } from '../../core/rule.ts';
import type { Sha256Text } from '../evidence/canonical.ts';
import { fittingIn } from '../evidence/inputs.ts';
import { judgeEvidence } from '../evidence/judge.ts';
import { type EvidenceStore, readStore } from '../evidence/store.ts';
import { projectFiles } from '../discover.ts';
import type { Files } from '../ports.ts';
import { commandsOf } from './commands.ts';
import type { ReviewedDocument } from './facts.ts';
import { review } from './review.ts';

/** What of a project lies on disk and counts for its review, besides the documents. */
export interface ProjectState {
  /** Every file, by path. */
  readonly files: readonly string[];
  /** Those that fit patterns. */
  readonly fitting: (patterns: readonly string[]) => readonly string[];
  readonly store: EvidenceStore;
}

export async function readProjectState(files: Files): Promise<ProjectState> {
  const [found, store] = await Promise.all([projectFiles(files), readStore(files)]);
  return { files: found, fitting: fittingIn(found), store };
}

/** What was judged, by whatever door. */
export interface JudgedProject {
  readonly configuration: Configuration;
  readonly findings: readonly Finding[];
  readonly documents: readonly ReviewedDocument[];
  readonly notAnalysed: readonly NotAnalysed[];
}

/** What the world says at the moment of a review. */
export interface ReviewMoment {
  readonly project: Review['project'];
  readonly rules: readonly Pick<Rule, 'id' | 'severity' | 'evidences'>[];
  /** The version of the rules. */
  readonly version: string;
  /** ISO 8601 in UTC. */
  readonly now: string;
  readonly today: string;
  readonly sha256Text: Sha256Text;
  /** Of a file as it is now, in the editor where it is open. */
  sha256(path: string): string | undefined;
  /** The text of a file as it is now. */
  read(path: string): string | undefined;
}

/** The review of a project: every door makes it here. */
export function makeReview(state: ProjectState, judged: JudgedProject, moment: ReviewMoment): Review {
  const { configuration } = judged;
  const commands = commandsOf(configuration, moment.read('package.json'));
  const evidence = judgeEvidence({
    ...state.store,
    now: moment.now,
    today: moment.today,
    rules: moment.version,
    items: checklistItems,
    commands,
    fitting: state.fitting,
    sha256Text: moment.sha256Text,
    sha256: moment.sha256,
  });
  return review({
    ...judged,
    items: checklistItems,
    madeAt: moment.now,
    project: moment.project,
    rules: moment.rules,
    evidence,
    commands,
    files: state.files,
    tasks: moment.read(configuration.tasksFile),
  });
}
