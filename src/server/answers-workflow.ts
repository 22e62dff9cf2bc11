import { commitAnswers } from './answers-commit.ts';
import type { AnswerContext } from './answers.ts';
import { reviewAnswers } from './answers-review.ts';
import { handoffAnswers } from './answers-handoff.ts';
import { proposalAnswers } from './judge-text.ts';
import type { WorkflowQuestions } from './questions.ts';
import { taskAnswers } from './answers-tasks.ts';

/** How the questions of one area are answered. */
export type Answers<Asked> = {
  readonly [Name in keyof Asked]: Asked[Name] extends { readonly ask: infer Ask; readonly answer: infer Answer }
    ? (context: AnswerContext, ask: Ask, signal: AbortSignal) => Promise<Answer>
    : never;
};

const answers: Answers<WorkflowQuestions> = {
  ...reviewAnswers,
  ...taskAnswers,
  ...handoffAnswers,
  ...commitAnswers,
  ...proposalAnswers,
};

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
