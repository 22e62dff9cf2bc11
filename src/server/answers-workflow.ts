import { commitAnswers } from './answers-commit.ts';
import type { AnswerContext } from './answers.ts';
import type { CommitQuestions } from './protocol-commit.ts';
import type { HandoffQuestions } from './protocol-handoff.ts';
import type { ReviewQuestions } from './protocol-review.ts';
import type { TaskQuestions } from './protocol-task.ts';

/** How the questions of one area are answered. */
export type Answers<Asked> = {
  readonly [Name in keyof Asked]: Asked[Name] extends { readonly ask: infer Ask; readonly answer: infer Answer }
    ? (context: AnswerContext, ask: Ask, signal: AbortSignal) => Promise<Answer>
    : never;
};

/** What the extension asks of the workflow: review, tasks, hand-off, commits. Their names are the names of the requests. */
export interface WorkflowQuestions extends ReviewQuestions, TaskQuestions, HandoffQuestions, CommitQuestions {}

const answers: Partial<Answers<WorkflowQuestions>> = { ...commitAnswers };

/** The names of the requests that are answered here. */
export const workflowQuestions = Object.keys(answers) as readonly (keyof WorkflowQuestions)[];

/** Answers one of them. */
export async function answerWorkflow<Name extends keyof WorkflowQuestions>(
  { name, ask }: { readonly name: Name; readonly ask: WorkflowQuestions[Name]['ask'] },
  context: AnswerContext,
  signal: AbortSignal,
): Promise<WorkflowQuestions[Name]['answer']> {
  const own = answers[name] as
    | ((context: AnswerContext, ask: unknown, signal: AbortSignal) => Promise<WorkflowQuestions[Name]['answer']>)
    | undefined;
  if (!own) throw new Error(`${name} is not answered.`);
  return own(context, ask, signal);
}
