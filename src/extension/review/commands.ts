import { commands, type Disposable } from 'vscode';
import type { Phase } from '../../server/protocol-review.ts';
import { ask } from '../ask.ts';
import { patiently } from '../patience.ts';
import { createTask, goToFirst, taskSource } from './act.ts';
import { itemsGiven, type ReviewDoor, shownReview } from './door.ts';
import { exportReview } from './export.ts';
import { fixAllOfRule } from './fix-all.ts';
import { fileIn, openPlace } from './open.ts';
import { type ReviewPages, reviewView } from './pages.ts';
import { runMissingChecks } from './run.ts';
import { restartServer, tellFailure } from './tell.ts';
import { openNodeCommand } from './tree.ts';
import type { ReviewNode } from './tree-model.ts';
import { gateOf, nextOpenItem } from './words.ts';
import { signOff, waive, withdraw } from './word.ts';

/** Registers the commands of the review. */
export function registerReviewCommands(door: ReviewDoor, pages: ReviewPages): readonly Disposable[] {
  const { desk } = door;
  let last: { readonly phase: Phase; readonly item: string } | undefined;
  const setOpenOnly = (openOnly: boolean): void => desk.setFilter({ ...desk.filter(), openOnly });

  const goToNext = async (): Promise<void> => {
    const shown = shownReview(door);
    if (!shown) return;
    const phase = desk.phase() ?? shown.review.gate;
    const list = gateOf(shown.review, phase);
    const item = nextOpenItem(list, last?.phase === phase ? last.item : undefined);
    if (!item) {
      door.say(list?.verdict ?? 'No item is open.');
      return;
    }
    last = { phase, item: item.id };
    await pages.reveal(item.id);
  };
  const goToItem = async (given: unknown): Promise<void> => {
    const shown = shownReview(door);
    const [item] = itemsGiven(door, given);
    if (shown && item) await goToFirst(door, shown.folder, item);
  };
  const makeTask = async (given: unknown): Promise<void> => {
    const shown = shownReview(door);
    const [item] = itemsGiven(door, given);
    const { finding } = (given ?? {}) as Partial<ReviewNode>;
    if (shown && item) await createTask(taskSource(shown, item, finding));
  };
  const fixAll = async (given: unknown): Promise<boolean> => {
    const folder = desk.shown()?.folder;
    const action = itemsGiven(door, given)[0]?.actions.find(({ kind }) => kind === 'fix-all');
    const target =
      folder !== undefined && action?.kind === 'fix-all'
        ? { uri: fileIn(folder, action.file), rule: action.rule }
        : given;
    return fixAllOfRule(door, target);
  };
  const openNode = async (node: ReviewNode): Promise<void> => {
    const folder = desk.shown()?.folder;
    if (folder === undefined) return;
    if (node.finding) await openPlace(door, folder, node.finding.file, node.finding.range);
    else if (node.file !== undefined) await openPlace(door, folder, node.file);
  };

  const register = (name: string, run: (...given: never[]) => unknown): Disposable =>
    commands.registerCommand(`backendArchitect.${name}`, run);
  return [
    register('reviewWorkspace', () => reviewWorkspace(door)),
    register('openReviewPage', () => pages.openTab()),
    register('showOpenItemsOnly', () => setOpenOnly(true)),
    register('showAllItems', () => desk.setFilter({ openOnly: false, needsPerson: false, search: '' })),
    register('goToNextOpenItem', goToNext),
    register('runMissingChecks', () => runMissingChecks(door)),
    register('runItem', (given: unknown, selected: unknown) =>
      runMissingChecks(door, given, selected, () => pages.back(given)),
    ),
    register('goToItem', goToItem),
    register('createTask', makeTask),
    register('fixAllOfRule', fixAll),
    register('signOff', (given: unknown, selected: unknown) =>
      signOff(door, given, selected).finally(() => pages.back(given)),
    ),
    register('waive', (given: unknown, selected: unknown) =>
      waive(door, given, selected).finally(() => pages.back(given)),
    ),
    register('withdraw', (given: unknown) => withdraw(door, given).finally(() => pages.back(given))),
    register('exportReview', () => exportReview(door)),
    commands.registerCommand(openNodeCommand, openNode),
  ];
}

/** Brings the review to the front and waits until everything is judged. Returns the reviews. */
async function reviewWorkspace(door: ReviewDoor): Promise<unknown> {
  const { client, desk } = door;
  await commands.executeCommand(`${reviewView}.focus`);
  if (desk.face() === 'no-folder' || desk.face() === 'off') return undefined;
  const answer = await patiently('Reviewing the workspace', async (_say, token) => {
    const made = await ask(client, 'backendArchitect/review', {}, token);
    return token.isCancellationRequested ? undefined : made;
  });
  if (!answer) {
    door.say('The review was cancelled. The last one is shown.');
    return undefined;
  }
  if ('refusal' in answer) {
    tellFailure(`The workspace was not reviewed. ${answer.refusal}`, restartServer);
    return undefined;
  }
  for (const review of answer) desk.take(review);
  const shown = desk.shown()?.review;
  const gate = shown && gateOf(shown, shown.gate);
  if (shown) door.say(shown.hasDocuments && gate ? gate.verdict : 'No API spec or migrations found in this folder.');
  return answer;
}
