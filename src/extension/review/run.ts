import { workspace } from 'vscode';
import type { ItemAction, ReviewItem } from '../../server/protocol-review.ts';
import { ask } from '../ask.ts';
import { patiently } from '../patience.ts';
import { confirm } from './chain.ts';
import { itemsGiven, type ReviewDoor, shownReview } from './door.ts';
import { manageTrust, tellFailure } from './tell.ts';
import { counted } from './words.ts';

type RunAction = Extract<ItemAction, { kind: 'run' }>;

/** One command and the items that wait for it. */
interface Wanted extends RunAction {
  readonly items: readonly string[];
}

const consentPlace = 'backendArchitect.review.allowedCommands';
const showOutput = { title: 'Show Output', command: 'backendArchitect.showOutput' };
const second = 1000;

/** One run at a time: they write into the same folders. */
let isRunning = false;

/**
 * Runs the commands that items name, one after the other: those of the given items, else of all that are not shown yet or out of date. True where all ended
 * with 0. `asked` is called once the person has answered: before anything runs, since they may have gone elsewhere when it ends.
 */
export async function runMissingChecks(
  door: ReviewDoor,
  given?: unknown,
  selected?: unknown,
  asked?: () => void,
): Promise<boolean> {
  const shown = shownReview(door);
  if (!shown) return false;
  const { folder, review } = shown;
  const own = itemsGiven(door, given, selected);
  const items = own.length > 0 ? own : review.checklists.flatMap((list) => list.items).filter(isMissing);
  const wanted = commandsOf(items);
  if (wanted.length === 0) {
    const which =
      own.length > 0 ? 'This item names no command.' : 'No item that is missing or out of date names a command.';
    door.say(`${which} Commands stand in backend-architect.yaml under commands.`);
    return false;
  }
  if (!workspace.isTrusted) {
    tellFailure('Restricted Mode: checks run, commands of this workspace do not.', manageTrust);
    return false;
  }
  if (isRunning) {
    door.say('Commands are running already.');
    return false;
  }
  isRunning = true;
  try {
    const allowed = await isAllowed(door, folder, wanted);
    asked?.();
    return allowed && (await runAll(door, folder, wanted));
  } finally {
    isRunning = false;
  }
}

function isMissing({ face }: ReviewItem): boolean {
  return face === 'unshown' || face === 'stale';
}

/** Every command once, with the items that name it. */
export function commandsOf(items: readonly ReviewItem[]): readonly Wanted[] {
  const wanted = new Map<string, Wanted>();
  for (const { id, actions } of items) {
    for (const action of actions) {
      if (action.kind !== 'run') continue;
      wanted.set(action.name, { ...action, items: [...(wanted.get(action.name)?.items ?? []), id] });
    }
  }
  return [...wanted.values()];
}

/** Shows the exact command lines before they run here for the first time. A line that has changed since is shown again. */
async function isAllowed({ memory, desk }: ReviewDoor, folder: string, wanted: readonly Wanted[]): Promise<boolean> {
  const stored = memory.get<unknown>(consentPlace);
  const allowed = new Set<unknown>(Array.isArray(stored) ? stored : []);
  const keyOf = ({ command }: RunAction): string => JSON.stringify([folder, command]);
  const fresh = wanted.filter((one) => !allowed.has(keyOf(one)));
  if (fresh.length === 0) return true;
  const title = `Run in ${desk.nameOf(folder)}: ${counted(fresh.length, 'command')}, asked once`;
  const facts = fresh.map(({ command, name }) => ({ label: command, detail: `${name} in backend-architect.yaml` }));
  const step = await confirm({ title, step: 1, steps: 1, yes: 'Run' }, facts);
  if (step === undefined || step === 'back') return false;
  await memory.update(consentPlace, [...allowed, ...fresh.map(keyOf)]);
  return true;
}

async function runAll(door: ReviewDoor, folder: string, wanted: readonly Wanted[]): Promise<boolean> {
  const failures: string[] = [];
  let ran = 0;
  /** Something was printed by a command that failed. */
  let isPrinted = false;
  const cancelled = await patiently('Running', async (say, token) => {
    for (const [index, { name, command, items }] of wanted.entries()) {
      if (token.isCancellationRequested) return true;
      say(`${wanted.length === 1 ? '' : `${index + 1} of ${wanted.length}, `}${command}`);
      const answer = await whileRunning(door, folder, items, () =>
        ask(door.client, 'backendArchitect/run', { folder, name, command }, token),
      );
      if (token.isCancellationRequested) return true;
      ran++;
      if ('refusal' in answer) {
        failures.push(answer.refusal);
        continue;
      }
      const took = `${(answer.durationMs / 1000).toFixed(1)} s`;
      door.output.appendLine(`> ${command}\n${answer.tail}\n(exit ${answer.exit}, ${took})`);
      if (answer.exit === 0) continue;
      isPrinted = true;
      failures.push(`${name} ended with ${answer.exit} after ${took}.`);
    }
    return false;
  });
  if (cancelled) {
    door.say(`Stopped after ${ran} of ${counted(wanted.length, 'command')}. What was stopped is not recorded.`);
    return false;
  }
  if (failures.length === 0) {
    door.say(wanted.length === 1 ? `${wanted[0]?.name ?? ''} passed.` : `${wanted.length} commands passed.`);
    return true;
  }
  tellFailure(failures.join(' '), isPrinted ? showOutput : undefined);
  return false;
}

/** Has the pages show that the items' command runs, and for how long. */
async function whileRunning<T>(
  { desk }: ReviewDoor,
  folder: string,
  items: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  const began = Date.now();
  const show = (): void => {
    if (desk.shown()?.folder !== folder) return;
    const seconds = Math.floor((Date.now() - began) / second);
    desk.setRunning(Object.fromEntries(items.map((id) => [id, seconds])));
  };
  show();
  const timer = setInterval(show, second);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    desk.setRunning({});
  }
}
