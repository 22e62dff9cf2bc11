import type { ExtensionContext } from 'vscode';
import { type QuickPickItem, window } from 'vscode';
import type { Prepared } from '../../architect/request.ts';

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

/** Says what would be sent, and asks. Nothing has been sent yet, and no connection is open. */
export async function askConsent(prepared: Prepared, alone: Prepared, to: string, why?: string): Promise<Decision> {
  const whole = `This would send ${sentWords(prepared)} (about ${tokens(prepared)}) to ${to}.`;
  const items: (QuickPickItem & { readonly decision: Decision })[] = [
    {
      label: 'Show What Will Be Sent',
      detail: 'Opens the exact request. Nothing is sent.',
      decision: 'show',
    },
    { label: 'Send', detail: [whole, ...prepared.notes].join(' '), decision: 'send' },
  ];
  if (prepared.review || prepared.findings > 0) {
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
    title: 'Ask the Architect',
    placeHolder: why ?? whole,
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
