import { commands, type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { InboundAsk, InboundDraft } from '../../server/protocol-handoff.ts';
import { ask } from '../ask.ts';
import type { DraftedTasks } from '../tasks/drafted.ts';
import { refused, working } from './told.ts';

const scaffoldCommand = 'backendArchitect.scaffoldTask';

interface AskRow extends QuickPickItem {
  readonly draft?: InboundDraft;
}

/** Says what the hand-offs that came in ask for, and makes tasks of what the person picks. */
export async function acceptHandoff(client: LanguageClient, folder: string): Promise<boolean> {
  const plan = await working('Reading the hand-offs', () => ask(client, 'backendArchitect/planInbound', { folder }));
  if ('refusal' in plan && plan.refusal !== undefined) return refused(plan.refusal);
  if (!('asks' in plan)) return false;
  // One that cannot be read is told, and the other one is read all the same.
  if (plan.problems.length > 0) refused(plan.problems.join(' '));
  const rows = rowsOf(plan.asks);
  if (rows.length === 0) {
    if (plan.problems.length === 0) window.setStatusBarMessage(emptyText(plan.files, plan.asks.length), 10_000);
    return false;
  }
  const there = plan.asks.filter(({ state }) => state === 'there').length;
  const chosen = await window.showQuickPick(rows, {
    title: 'Accept Inbound Hand-off',
    placeHolder: `${plan.asks.length} asked for, ${there} there already. Pick what becomes a task.`,
    canPickMany: true,
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  const drafts = (chosen ?? []).flatMap(({ draft }) => draft ?? []);
  if (drafts.length === 0) return false;
  const tasks: DraftedTasks = { folder, drafts };
  await commands.executeCommand(scaffoldCommand, tasks);
  return true;
}

function rowsOf(asks: readonly InboundAsk[]): AskRow[] {
  const row = ({ draft, file, line, text }: InboundAsk, picked: boolean): AskRow[] =>
    draft ? [{ label: draft.title, description: `${file}:${line}`, detail: text, picked, draft }] : [];
  const missing = asks.filter(({ state }) => state === 'missing').flatMap((one) => row(one, true));
  const undecided = asks.filter(({ state }) => state === 'undecided').flatMap((one) => row(one, false));
  const heading = (label: string, rows: readonly AskRow[]): AskRow[] =>
    rows.length === 0 ? [] : [{ label, kind: QuickPickItemKind.Separator }, ...rows];
  return [...heading('Missing', missing), ...heading('No document can answer these', undecided)];
}

function emptyText(files: readonly string[], asks: number): string {
  if (files.length === 0)
    return 'No hand-off has come in: there is no frontend_handoff.json and no savant_handoff.json.';
  return asks === 0
    ? `${files.join(' and ')} ask for nothing.`
    : `All ${asks} that ${files.join(' and ')} ask for are there.`;
}
