import type { ProposalQuestions } from './protocol-architect.ts';
import type { CommitQuestions } from './protocol-commit.ts';
import type { HandoffQuestions } from './protocol-handoff.ts';
import type { ReviewQuestions } from './protocol-review.ts';
import type { TaskQuestions } from './protocol-task.ts';

/** What the extension asks of the workflow: review, tasks, hand-off, commits, proposals. Their names are the names of the requests. */
export interface WorkflowQuestions
  extends ReviewQuestions, TaskQuestions, HandoffQuestions, CommitQuestions, ProposalQuestions {}

/** Every one of them; the server's own thread passes them on without loading what answers them. */
const asked: Readonly<Record<keyof WorkflowQuestions, true>> = {
  'backendArchitect/review': true,
  'backendArchitect/exportReview': true,
  'backendArchitect/tasks': true,
  'backendArchitect/draftTask': true,
  'backendArchitect/planTask': true,
  'backendArchitect/planMoveTask': true,
  'backendArchitect/taskLenses': true,
  'backendArchitect/handoffQuestions': true,
  'backendArchitect/planHandoff': true,
  'backendArchitect/checkHandoff': true,
  'backendArchitect/planInbound': true,
  'backendArchitect/planCommit': true,
  'backendArchitect/composeCommit': true,
  'backendArchitect/addTrailers': true,
  'backendArchitect/checkCommit': true,
  'backendArchitect/judgeText': true,
};

export const workflowQuestions = Object.keys(asked) as readonly (keyof WorkflowQuestions)[];
