import type { ExtensionContext } from 'vscode';
import { type QuickPickItem, window } from 'vscode';
import type { Prepared } from '../../architect/request.ts';
import type { Way } from './room.ts';

/** Whether findings and review of this workspace may go with a question without being shown first. */
export interface Consent {
  /** It was given for this receiver. */
  isGiven(to: string): boolean;
  give(to: string): Promise<void>;
  revoke(): Promise<void>;
}

const stateName = 'architect.consent';

/** The consent of this workspace: kept in the editor's state of it, never in the workspace itself. */
export function workspaceConsent({ workspaceState }: ExtensionContext): Consent {
  return {
    isGiven: (to) => workspaceState.get<string>(stateName) === to,
    give: async (to) => workspaceState.update(stateName, to),
    revoke: async () => workspaceState.update(stateName, undefined),
  };
}

/** What a person decides about one question. */
export type Decision = 'show' | 'send' | 'always' | 'alone' | 'cancel';

/** What is asked about. */
export interface Proposed {
  readonly whole: Prepared;
  /** The question without findings and review. */
  readonly alone: Prepared;
  readonly way: Way;
  /** Why less goes with it than could. */
  readonly why: string | undefined;
}

/**
 * Says what would be sent to whom, and asks. Nothing has been sent yet, and no connection is open. The sentence begins in the title and ends below it, so
 * that no part of it is too long to be seen.
 */
export async function askConsent({ whole, alone, way, why }: Proposed): Promise<Decision> {
  const { to, baseUrl, model } = way;
  const exact = 'Opens the exact request. Nothing is sent.';
  const items: (QuickPickItem & { readonly decision: Decision })[] = [
    { label: 'Show What Will Be Sent', detail: [...whole.notes, exact].join(' '), decision: 'show' },
    { label: 'Send', detail: why ?? `For ${model}, at ${baseUrl}.`, decision: 'send' },
  ];
  if (whole.review || whole.findings > 0) {
    items.push(
      {
        label: 'Send, and Do Not Ask Again in This Workspace',
        detail: `Findings and review go to ${to} with every question, until you stop it.`,
        decision: 'always',
      },
      { label: 'Send the Question Alone', detail: `About ${tokens(alone)}.`, decision: 'alone' },
    );
  }
  items.push({ label: 'Cancel', detail: 'Nothing is sent.', decision: 'cancel' });
  const chosen = await window.showQuickPick(items, {
    title: `This would send to ${to}:`,
    placeHolder: `${sentWords(whole)} (about ${tokens(whole)})`,
    ignoreFocusOut: true,
  });
  return chosen?.decision ?? 'cancel';
}

/** `your question, 12 findings and the review` */
export function sentWords({ findings, review }: Prepared): string {
  if (findings === 0) return review ? 'your question and the review' : 'your question';
  return `your question, ${findings} finding${findings === 1 ? '' : 's'}${review ? ' and the review' : ''}`;
}

function tokens({ aboutTokens }: Prepared): string {
  return `${aboutTokens.toLocaleString('en-US')} tokens`;
}
