import { type QuickPickItem, window } from 'vscode';
import type { ItemAction, ReviewItem } from '../../server/protocol-review.ts';
import { ask } from '../ask.ts';
import { askText, confirm, type Fact } from './chain.ts';
import { itemsGiven, type ReviewDoor, shownReview } from './door.ts';
import { type Drafts, draftsIn } from './drafts.ts';
import { tellFailure } from './tell.ts';
import { counted, dayAfter, noteProblem, shortCommit, untilProblem } from './words.ts';

type WordKind = Extract<ItemAction['kind'], 'sign' | 'waive' | 'withdraw'>;

const titles: Readonly<Record<WordKind, string>> = { sign: 'Sign Off', waive: 'Waive', withdraw: 'Withdraw Sign-off' };
const cannot: Readonly<Record<WordKind, string>> = {
  sign: 'cannot be signed off: a word does not show it.',
  waive: 'cannot be waived.',
  withdraw: 'has neither a sign-off nor a waiver to withdraw.',
};
const none: Readonly<Record<WordKind, string>> = {
  sign: 'No item is left that a word could show.',
  waive: 'No item is left that could be waived.',
  withdraw: 'There is neither a sign-off nor a waiver to withdraw.',
};

/** Days until a waiver ends, unless somebody says otherwise. */
const waiverDays = 30;

/** Asks for a note on each item, shows what would be recorded, and signs. True where every item was signed. */
export async function signOff(door: ReviewDoor, given?: unknown, selected?: unknown): Promise<boolean> {
  const drafts = draftsIn(door.memory);
  const chosen = await chooseItems(door, 'sign', drafts, itemsGiven(door, given, selected));
  if (!chosen) return false;
  const { folder, items } = chosen;
  const plan = await ask(door.client, 'backendArchitect/planWord', { folder, items: items.map(({ id }) => id) });
  if ('refusal' in plan) return refused('Nothing was signed.', plan.refusal);

  const names = items.map(({ id }) => draftName('sign', folder, id));
  const notes = names.map((name) => drafts.read(name) ?? '');
  const steps = items.length + 1;
  for (let index = 0; index < steps;) {
    const item = items[index];
    const name = names[index];
    if (item && name !== undefined) {
      const words = {
        title: `Sign Off: ${item.title}`,
        step: index + 1,
        steps,
        prompt: `${item.says} What did you look at, and what did you find?`,
        value: notes[index] ?? '',
      };
      const step = await askText(
        words,
        (text) => noteProblem(text, 'note'),
        (text) => drafts.keep(name, text),
      );
      if (step === undefined) return false;
      if (step !== 'back') notes[index] = step.answer;
      index += step === 'back' ? -1 : 1;
      continue;
    }
    const facts: readonly Fact[] = [
      { label: `$(account) ${plan.by.name}`, detail: `${plan.by.email}, from git` },
      plan.commit === undefined
        ? { label: '$(git-commit) No commit', detail: 'The folder has no commit yet' }
        : { label: `$(git-commit) Commit ${shortCommit(plan.commit)}`, detail: plan.commit },
      {
        label: `$(history) Lapses when ${plan.lapsesWith.join(', ')} change`,
        detail: `${counted(plan.files, 'file')} now, and every new one that fits`,
      },
      ...items.map(({ title }, at): Fact => ({
        label: `$(note) ${items.length === 1 ? 'Note' : title}`,
        detail: notes[at] ?? '',
      })),
    ];
    const title = items.length === 1 ? `Sign Off: ${items[0]?.title ?? ''}` : `Sign Off ${items.length} Items`;
    const end = await confirm({ title, step: steps, steps, yes: 'Sign' }, facts);
    if (end === undefined) return false;
    if (end !== 'back') break;
    index--;
  }

  for (const [index, item] of items.entries()) {
    const answer = await ask(door.client, 'backendArchitect/sign', {
      folder,
      items: [item.id],
      note: notes[index] ?? '',
    });
    if ('refusal' in answer)
      return refused(
        index === 0 ? 'Nothing was signed.' : `${counted(index, 'item')} signed, ${item.title} was not.`,
        answer.refusal,
      );
    drafts.drop([names[index] ?? '']);
  }
  door.say(`Signed by ${plan.by.name}: ${titlesOf(items)}.`);
  return true;
}

/** Asks for a reason and a day, and waives. True where it was done. */
export async function waive(door: ReviewDoor, given?: unknown, selected?: unknown): Promise<boolean> {
  const drafts = draftsIn(door.memory);
  const chosen = await chooseItems(door, 'waive', drafts, itemsGiven(door, given, selected));
  if (!chosen) return false;
  const { folder, items } = chosen;
  const ids = items.map(({ id }) => id);
  const reasonName = draftName('waive', folder, ids.join(' '));
  const untilName = `${reasonName}|until`;
  const title = `Waive: ${titlesOf(items)}`;
  let reason = drafts.read(reasonName) ?? '';
  for (;;) {
    const first = await askText(
      {
        title,
        step: 1,
        steps: 2,
        prompt: 'Why does this not have to be shown now? The hand-off names it.',
        value: reason,
      },
      (text) => noteProblem(text, 'reason'),
      (text) => drafts.keep(reasonName, text),
    );
    if (first === undefined || first === 'back') return false;
    reason = first.answer;
    const kept = drafts.read(untilName);
    const day =
      kept !== undefined && untilProblem(kept, Date.now()) === undefined ? kept : dayAfter(Date.now(), waiverDays);
    const second = await askText(
      { title, step: 2, steps: 2, prompt: 'Last day it counts, YYYY-MM-DD. 180 days at most.', value: day },
      (text) => untilProblem(text, Date.now()),
      (text) => drafts.keep(untilName, text),
    );
    if (second === undefined) return false;
    if (second === 'back') continue;
    const answer = await ask(door.client, 'backendArchitect/waive', {
      folder,
      items: ids,
      reason,
      until: second.answer,
    });
    if ('refusal' in answer) return refused('Nothing was waived.', answer.refusal);
    drafts.drop([reasonName, untilName]);
    door.say(`Waived until ${second.answer}: ${titlesOf(items)}.`);
    return true;
  }
}

/** Asks why, and takes back a sign-off or a waiver. True where it was done. */
export async function withdraw(door: ReviewDoor, given?: unknown): Promise<boolean> {
  const drafts = draftsIn(door.memory);
  const chosen = await chooseItems(door, 'withdraw', drafts, itemsGiven(door, given));
  const [item] = chosen?.items ?? [];
  const action = item?.actions.find((one) => one.kind === 'withdraw');
  if (!chosen || !item || action?.kind !== 'withdraw') return false;
  const name = draftName('withdraw', chosen.folder, item.id);
  const step = await askText(
    {
      title: `Withdraw: ${item.title}`,
      step: 1,
      steps: 1,
      prompt: `${item.line}. Why does it not hold any more?`,
      value: drafts.read(name) ?? '',
    },
    (text) => noteProblem(text, 'reason'),
    (text) => drafts.keep(name, text),
  );
  if (step === undefined || step === 'back') return false;
  const { folder } = chosen;
  const { record } = action;
  const answer = await ask(door.client, 'backendArchitect/withdraw', { folder, record, reason: step.answer });
  if ('refusal' in answer) return refused('Nothing was withdrawn.', answer.refusal);
  drafts.drop([name]);
  door.say(`Withdrawn: ${item.title}.`);
  return true;
}

interface ItemPick extends QuickPickItem {
  readonly item: ReviewItem;
}

/** The items that were given, or those a person picks. Says why where one of them cannot be used so. */
async function chooseItems(
  door: ReviewDoor,
  kind: WordKind,
  drafts: Drafts,
  given: readonly ReviewItem[],
): Promise<{ readonly folder: string; readonly items: readonly ReviewItem[] } | undefined> {
  const shown = shownReview(door);
  if (!shown) return undefined;
  const { folder, review } = shown;
  const can = (item: ReviewItem): boolean => item.actions.some((action) => action.kind === kind);
  if (given.length > 0) {
    const items = given.filter(can);
    if (items.length > 0) return { folder, items };
    door.say(`${titlesOf(given)} ${cannot[kind]}`);
    return undefined;
  }
  const phase = door.desk.phase();
  // The phase that is looked at comes first.
  const lists = [...review.checklists].sort((a, b) => Number(b.id === phase) - Number(a.id === phase));
  const picks = lists.flatMap(({ title, items }) =>
    items.filter(can).map((item): ItemPick => {
      const picked = drafts.read(draftName(kind, folder, item.id)) !== undefined;
      return { item, label: item.title, description: `${title}, ${item.word}`, detail: item.says, picked };
    }),
  );
  if (picks.length === 0) {
    door.say(none[kind]);
    return undefined;
  }
  const options = { title: titles[kind], ignoreFocusOut: true, matchOnDescription: true, matchOnDetail: true };
  const chosen =
    kind === 'withdraw'
      ? [await window.showQuickPick(picks, { ...options, placeHolder: 'Which one does not hold any more?' })]
      : await window.showQuickPick(picks, { ...options, canPickMany: true, placeHolder: 'Items' });
  const items = (chosen ?? []).flatMap((one) => (one ? [one.item] : []));
  return items.length === 0 ? undefined : { folder, items };
}

function draftName(kind: WordKind, folder: string, item: string): string {
  return [kind, folder, item].join('|');
}

function titlesOf(items: readonly ReviewItem[]): string {
  return items.map(({ title }) => title).join(', ');
}

function refused(what: string, why: string): false {
  tellFailure(`${what} ${why}`);
  return false;
}
