import { type CancellationToken, CancellationTokenSource, type Uri, workspace } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { Check } from '../../architect/answer.ts';
import type { Proposal } from '../../architect/proposals.ts';
import type { AskContext } from '../../architect/request.ts';
import { ask } from '../ask.ts';

/** What can go with a question; `why` says in a sentence why there is less than there could be. */
export interface Gathered {
  readonly context: AskContext;
  readonly why?: string;
}

/** The server is waited for so long, in milliseconds: a question can go without a review, and an answer be shown unchecked. */
const answerMs = 30_000;
const late = 'The server did not answer within 30 seconds.';

/** Asks the server for the review of every folder. Nothing leaves this machine. */
export async function gather(client: LanguageClient): Promise<Gathered> {
  return patiently(async (token) => {
    const answer = await ask(client, 'backendArchitect/review', {}, token);
    if ('refusal' in answer) {
      const reason = token.isCancellationRequested ? late : answer.refusal;
      return { context: { reviews: [] }, why: `Findings and review cannot go with it: ${reason}` };
    }
    const names = new Map(workspace.workspaceFolders?.map(({ uri, name }) => [uri.toString(), name]));
    const nameOf = (folder: string): string => names.get(folder) ?? folder.slice(folder.lastIndexOf('/') + 1);
    return {
      context: { reviews: answer.map(({ folder, review }) => ({ name: nameOf(folder), review })) },
      ...(answer.length === 0 ? { why: 'No folder is open: there are no findings to go with it.' } : {}),
    };
  });
}

async function patiently<T>(work: (token: CancellationToken) => Promise<T>): Promise<T> {
  const patience = new CancellationTokenSource();
  const timer = setTimeout(() => patience.cancel(), answerMs);
  try {
    return await work(patience.token);
  } finally {
    clearTimeout(timer);
    patience.dispose();
  }
}

/** Has the rules judge what an answer proposes. */
export async function judge(client: LanguageClient, proposals: readonly Proposal[]): Promise<readonly Check[]> {
  const folder: Uri | undefined = workspace.workspaceFolders?.[0]?.uri;
  const checks: Check[] = [];
  for (const proposal of proposals.slice(0, mostProposals)) {
    const what = proposal.dialect === 'sql' ? 'SQL' : 'API description';
    const params = { ...proposal, ...(folder ? { folder: folder.toString() } : {}) };
    const verdict = await patiently(async (token) => {
      const answer = await ask(client, 'backendArchitect/judgeText', params, token);
      return 'refusal' in answer && token.isCancellationRequested ? { refusal: late } : answer;
    });
    checks.push('refusal' in verdict ? { what, findings: [], notAnalysed: [], ...verdict } : { what, ...verdict });
  }
  return checks;
}

/** An answer with more blocks than this has the rest named as not checked. */
export const mostProposals = 20;
