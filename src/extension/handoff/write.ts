import { type QuickPickItem, QuickPickItemKind, window, workspace } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { HandoffSaid, HandoffUnknowns } from '../../server/protocol-handoff.ts';
import { ask } from '../ask.ts';
import { refused, working } from './told.ts';
import type { HandoffProposals } from './proposal.ts';

/** A document that somebody else keeps changing is given up on after so many plans. */
const attempts = 3;

/**
 * Asks what cannot be known, then shows the hand-off as a diff for the person to save. `true` where it was shown. Esc at any step leaves everything as it is.
 */
export async function writeHandoff(
  client: LanguageClient,
  proposals: HandoffProposals,
  folder: string,
): Promise<boolean> {
  const unknowns = await working('Looking at the project', () =>
    ask(client, 'backendArchitect/handoffQuestions', { folder }),
  );
  if ('refusal' in unknowns) return refused(unknowns.refusal);
  const steps = unknowns.gates.length > 0 ? 4 : 3;
  if (unknowns.gates.length > 0 && !(await mayBeOpen(unknowns, steps))) return false;
  const said = await askUnknowns(unknowns, steps);
  if (!said) return false;
  const uri = client.protocol2CodeConverter.asUri(unknowns.uri);
  // Opened first, so that the server plans on the text that the editor has.
  if (unknowns.exists) await workspace.openTextDocument(uri);
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const plan = await working('Writing the hand-off', () =>
      ask(client, 'backendArchitect/planHandoff', { folder, said }),
    );
    if ('refusal' in plan) return refused(plan.refusal);
    if (plan.oldText === plan.newText) {
      window.setStatusBarMessage(`The hand-off says all of it already: ${plan.summary}.`, 10_000);
      return true;
    }
    const outcome = await proposals.show(uri, plan);
    if (outcome !== undefined) return outcome !== 'left';
  }
  return refused('The hand-off was not written: its document keeps changing. Try again once that has ended.');
}

const writeAnyway = 'Write With Open Items';
const showItems = 'Show Items';

/** Tells what is open before anything is written. */
async function mayBeOpen({ open, gates }: HandoffUnknowns, steps: number): Promise<boolean> {
  const title = `Write Hand-off (1/${steps})`;
  for (;;) {
    const what = open === 1 ? '1 item is open' : `${open} items are open`;
    const chosen = await window.showQuickPick([writeAnyway, showItems], {
      title,
      placeHolder: `${what}. The hand-off will list ${open === 1 ? 'it' : 'them'}.`,
      ignoreFocusOut: true,
    });
    if (chosen !== showItems) return chosen === writeAnyway;
    const rows = gates.flatMap((gate): QuickPickItem[] => [
      { label: gate.title, kind: QuickPickItemKind.Separator },
      ...gate.items.map((item) => ({ label: item.title, description: item.word, detail: item.line })),
    ]);
    const back = { label: '$(arrow-left) Back' };
    const row = await window.showQuickPick([back, ...rows], { title, placeHolder: what, ignoreFocusOut: true });
    if (!row) return false;
  }
}

async function askUnknowns(unknowns: HandoffUnknowns, steps: number): Promise<HandoffSaid | undefined> {
  const first = steps - 2;
  const next = await askNext(unknowns, `Write Hand-off (${first}/${steps})`);
  if (next === undefined) return undefined;
  const instructions = await window.showInputBox({
    title: `Write Hand-off (${first + 1}/${steps})`,
    prompt: `What does ${next} have to do? First things first.`,
    value: unknowns.instructions,
    valueSelection: [unknowns.instructions.length, unknowns.instructions.length],
    ignoreFocusOut: true,
  });
  if (instructions === undefined) return undefined;
  const question = await window.showInputBox({
    title: `Write Hand-off (${first + 2}/${steps})`,
    prompt: 'Is another question open? Leave it empty where none is.',
    ignoreFocusOut: true,
  });
  if (question === undefined) return undefined;
  return {
    next,
    ...(instructions === unknowns.instructions ? {} : { instructions }),
    ...(question.trim() === '' ? {} : { questions: [question.trim()] }),
  };
}

async function askNext({ next, roles }: HandoffUnknowns, title: string): Promise<string | undefined> {
  const present = next === undefined ? [] : [{ label: next, description: 'as the hand-off says now' }];
  const others = roles
    .filter(({ name }) => name !== next)
    .map(({ name, takes }) => ({ label: name, description: takes }));
  const another = { label: 'Another role…' };
  const chosen = await window.showQuickPick([...present, ...others, another], {
    title,
    placeHolder: 'Who takes over?',
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  if (chosen !== another) return chosen?.label;
  const named = await window.showInputBox({
    title,
    prompt: 'Who takes over? The name of the role.',
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? 'A hand-off needs somebody who takes it.' : undefined),
  });
  return named?.trim();
}
