import { commands, env } from 'vscode';
import type { Evidence, FolderReview, ItemAction, ReviewItem } from '../../server/protocol-review.ts';
import type { ReviewDoor } from './door.ts';
import { fixAllOfRule } from './fix-all.ts';
import type { FaceButton, ReviewChoice } from './messages.ts';
import { fileIn, openPlace } from './open.ts';
import { reviewTree } from './pages.ts';
import { runMissingChecks } from './run.ts';
import { recordFile } from './tree-model.ts';
import { signOff, waive, withdraw } from './word.ts';

/** The one argument of the commands that make a task out of an item or a finding. */
export interface TaskSource {
  /** The folder's URI. */
  readonly folder: string;
  readonly item?: string;
  readonly finding?: { readonly uri: string; readonly fingerprint: string };
}

/** Does what a person chose on a page. `back` gives the focus back to the page after questions that led away from it. */
export async function followChoice(door: ReviewDoor, choice: ReviewChoice, back: () => void): Promise<void> {
  const { desk } = door;
  const folder = desk.shown()?.folder;
  switch (choice.kind) {
    case 'phase':
      desk.setPhase(choice.phase);
      break;
    case 'folder':
      desk.choose(choice.uri);
      break;
    case 'filter':
      desk.setFilter(choice.filter);
      break;
    case 'face':
      await pressFace(choice.do);
      break;
    case 'copy':
      await env.clipboard.writeText(choice.text);
      door.say('Copied.');
      break;
    case 'act':
      if (folder !== undefined) await act(door, folder, choice, back);
      break;
    case 'finding':
      if (folder !== undefined) await openPlace(door, folder, choice.finding.file, choice.finding.range);
      break;
    case 'evidence':
      if (folder !== undefined) await openEvidence(door, folder, choice.evidence);
      break;
    case 'refused':
      if (folder !== undefined) await openPlace(door, folder, choice.file);
      break;
    case 'ready':
    case 'outdated':
      break;
  }
}

/** Does an action of an item. */
async function act(
  door: ReviewDoor,
  folder: string,
  { item, action }: { readonly item: ReviewItem; readonly action: ItemAction },
  back: () => void,
): Promise<void> {
  switch (action.kind) {
    case 'go':
      await goToFirst(door, folder, item);
      break;
    case 'fix-all':
      await fixAllOfRule(door, { uri: fileIn(folder, action.file), rule: action.rule });
      break;
    case 'create-task':
      await createTask({ folder, item: item.id });
      break;
    case 'run':
      await runMissingChecks(door, { item: item.id }, undefined, back);
      break;
    case 'sign':
      await signOff(door, { item: item.id }).finally(back);
      break;
    case 'withdraw':
      await withdraw(door, { item: item.id }).finally(back);
      break;
    case 'waive':
      await waive(door, { item: item.id }).finally(back);
      break;
    case 'open':
      await openPlace(door, folder, action.file);
      break;
    case 'write-handoff':
      await commands.executeCommand('backendArchitect.writeHandoff');
      break;
  }
}

/** Opens the place that an item is open for: its first finding, else the file that its evidence names. */
export async function goToFirst(door: ReviewDoor, folder: string, item: ReviewItem): Promise<void> {
  const [finding] = item.findings;
  if (finding) {
    await openPlace(door, folder, finding.file, finding.range);
    return;
  }
  const evidence = item.evidence.find(({ file, changed }) => (file ?? changed?.[0]) !== undefined);
  if (evidence) await openEvidence(door, folder, evidence);
  else door.say(`${item.title} names no file.`);
}

async function openEvidence(door: ReviewDoor, folder: string, evidence: Evidence): Promise<void> {
  const { file, record, changed } = evidence;
  const target = file ?? (record === undefined ? changed?.[0] : recordFile(record));
  if (target === undefined) door.say('There is no file behind this.');
  else await openPlace(door, folder, target);
}

/** Makes a task of an item, or of a finding where one is named. */
export async function createTask(source: TaskSource): Promise<void> {
  const command = source.finding ? 'createTaskFromFinding' : 'scaffoldTask';
  await commands.executeCommand(`backendArchitect.${command}`, source);
}

/** A task out of a line of the tree or a row of the page. */
export function taskSource(
  { folder }: FolderReview,
  item: ReviewItem | undefined,
  finding: ReviewItem['findings'][number] | undefined,
): TaskSource {
  return {
    folder,
    ...(item ? { item: item.id } : {}),
    ...(finding ? { finding: { uri: fileIn(folder, finding.file).toString(), fingerprint: finding.fingerprint } } : {}),
  };
}

async function pressFace(button: FaceButton): Promise<void> {
  const by: Readonly<Record<FaceButton, string>> = {
    'open-folder': 'workbench.action.files.openFolder',
    'open-sample': 'backendArchitect.openSampleWorkspace',
    restart: 'backendArchitect.restartServer',
    'show-output': 'backendArchitect.showOutput',
    'show-tree': `${reviewTree}.focus`,
  };
  await commands.executeCommand(by[button]);
}
