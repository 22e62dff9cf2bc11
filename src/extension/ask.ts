import type { CancellationToken } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { ProposalQuestions } from '../server/protocol-architect.ts';
import type { CommitQuestions } from '../server/protocol-commit.ts';
import type { HandoffQuestions } from '../server/protocol-handoff.ts';
import type { Refused, ReviewActs, ReviewQuestions } from '../server/protocol-review.ts';
import type { TaskQuestions } from '../server/protocol-task.ts';

/** Everything that can be asked of the server's workflow, by the name of the request. */
export interface WorkflowRequests
  extends ReviewQuestions, ReviewActs, TaskQuestions, HandoffQuestions, CommitQuestions, ProposalQuestions {}

type Parts<Name extends keyof WorkflowRequests> = WorkflowRequests[Name] extends {
  readonly ask: infer Ask;
  readonly answer: infer Answer;
}
  ? { readonly ask: Ask; readonly answer: Answer }
  : never;

/** Asks the server. A server that cannot answer (stopped, restarting, given up) is a refusal, never a thrown error; a cancelled request is one too. */
export async function ask<Name extends keyof WorkflowRequests>(
  client: LanguageClient,
  name: Name,
  params: Parts<Name>['ask'],
  token?: CancellationToken,
): Promise<Parts<Name>['answer'] | Refused> {
  if (client.needsStart()) return { refusal: 'The server does not run. Run the command Restart Server.' };
  try {
    return await (token
      ? client.sendRequest<Parts<Name>['answer']>(name, params, token)
      : client.sendRequest<Parts<Name>['answer']>(name, params));
  } catch (error) {
    return { refusal: error instanceof Error ? error.message : String(error) };
  }
}
