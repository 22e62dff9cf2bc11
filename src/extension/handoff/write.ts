import { type QuickPickItem, QuickPickItemKind, window, workspace } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { HandoffSaid, HandoffUnknowns } from '../../server/protocol-handoff.ts';
import { ask } from '../ask.ts';
import { askText } from '../review/chain.ts';
import { refused, working } from './told.ts';
import type { HandoffProposals } from './proposal.ts';

/** A document that somebody else keeps changing is given up on after so many plans. */
const attempts = 3;

/**
 * Asks what cannot be known, then shows the hand-off as a diff for the person to save. `true` where it was shown. Esc at any step leaves everything as it is, and the next
 * time begins with the answers that were given.
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
  const left = leftHalfDone.get(folder) ?? {};
  leftHalfDone.set(folder, left);
  const said = await askUnknowns(unknowns, steps, left);
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
    if (outcome !== undefined && outcome !== 'left') leftHalfDone.delete(folder);
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

/** Answers of a chain that was left half done, by folder: the next one begins with them. */
interface LeftAnswers {
  next?: string;
  instructions?: string;
  question?: string;
}

const leftHalfDone = new Map<string, LeftAnswers>();

async function askUnknowns(
  unknowns: HandoffUnknowns,
  steps: number,
  left: LeftAnswers,
): Promise<HandoffSaid | undefined> {
  const title = 'Write Hand-off';
  const fine = (): undefined => undefined;
  for (let at: 'next' | 'instructions' | 'question' = 'next'; ;) {
    if (at === 'next') {
      const next = await askNext(unknowns, `${title} (${steps - 2}/${steps})`, left.next);
      if (next === undefined) return undefined;
      left.next = next;
      at = 'instructions';
    } else if (at === 'instructions') {
      const step = await askText(
        {
          title,
          step: steps - 1,
          steps,
          prompt: `What does ${left.next ?? ''} have to do? First things first.`,
          value: left.instructions ?? unknowns.instructions,
        },
        fine,
        (text) => (left.instructions = text),
      );
      if (step === undefined) return undefined;
      if (step !== 'back') left.instructions = step.answer;
      at = step === 'back' ? 'next' : 'question';
    } else {
      const prompt = 'Is another question open? Leave it empty where none is.';
      const step = await askText(
        { title, step: steps, steps, prompt, value: left.question ?? '' },
        fine,
        (text) => (left.question = text),
      );
      if (step === undefined) return undefined;
      if (step !== 'back') {
        const { next = '', instructions } = left;
        return {
          next,
          ...(instructions === undefined || instructions === unknowns.instructions ? {} : { instructions }),
          ...(step.answer === '' ? {} : { questions: [step.answer] }),
        };
      }
      at = 'instructions';
    }
  }
}

async function askNext(
  { next: said, roles }: HandoffUnknowns,
  title: string,
  chosenBefore: string | undefined,
): Promise<string | undefined> {
  const next = chosenBefore ?? said;
  const description = chosenBefore === undefined ? 'as the hand-off says now' : 'as you chose before';
  const present = next === undefined ? [] : [{ label: next, description }];
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
