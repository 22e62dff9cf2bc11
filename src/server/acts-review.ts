import { relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { actPortsAt } from '../platform/act-ports.ts';
import { readNow } from '../platform/read-now.ts';
import { runShell } from '../platform/run-command.ts';
import {
  type ActPorts,
  type ActRefusal,
  planWord,
  runCommand,
  signItems,
  waiveItems,
  withdrawRecord,
  type Written,
} from '../workflow/evidence/acts.ts';
import { projectFile } from '../workflow/evidence/store.ts';
import type { ActContext, Acts } from './acts.ts';
import type { ReviewActs } from './protocol-review.ts';

const noFolder: ActRefusal = { refusal: 'There is no such folder in the workspace. Nothing was written.' };

/** Does something in a folder of the workspace, and tells of the file that came of it. */
async function inFolder<Answer extends object>(
  context: ActContext,
  folder: string,
  act: (ports: ActPorts, root: string) => Promise<Answer | ActRefusal>,
): Promise<Answer | ActRefusal> {
  const root = context.folderPath(folder);
  if (root === undefined) return noFolder;
  const answer = await act(
    actPortsAt(root, () => unsavedUnder(root, context)),
    root,
  );
  if ('written' in answer) {
    const files = [projectFile, (answer as Written).written];
    context.wrote(files.map((file) => pathToFileURL(resolve(root, file)).href));
  }
  return answer;
}

/** Open documents below `root` that are not what is on disk, by path from there. */
function unsavedUnder(root: string, context: ActContext): readonly string[] {
  return context.openTexts().flatMap(({ path, text }) => {
    const file = relative(root, path).split(sep).join('/');
    if (file.startsWith('../') || file === '..') return [];
    const disk = readNow(path);
    return disk && 'text' in disk && disk.text.replace(/^\uFEFF/, '') === text.replace(/^\uFEFF/, '') ? [] : [file];
  });
}

/** What is done for the review. */
export const reviewActs: Acts<ReviewActs> = {
  'backendArchitect/planWord': async (context, { folder, items }) => {
    const plan = await inFolder(context, folder, (ports) => planWord(ports, items));
    if ('refusal' in plan) return plan;
    const { by, commit, lapsesWith, inputs } = plan;
    return { by, lapsesWith, files: inputs.length, ...(commit === undefined ? {} : { commit }) };
  },
  'backendArchitect/sign': (context, { folder, items, note }) =>
    inFolder(context, folder, (ports) => signItems(ports, items, note)),
  'backendArchitect/waive': (context, { folder, items, reason, until }) =>
    inFolder(context, folder, (ports) => waiveItems(ports, { items, reason, until })),
  'backendArchitect/withdraw': (context, { folder, record, reason }) =>
    inFolder(context, folder, (ports) => withdrawRecord(ports, record, reason)),
  'backendArchitect/run': (context, { folder, name, command }, signal) =>
    inFolder(context, folder, (ports, root) =>
      runCommand(ports, name, {
        ...(command === undefined ? {} : { agreed: command }),
        execute: ({ run, timeout }) => {
          context.report(run);
          return runShell(run, { folder: root, timeoutMs: timeout * 1000, signal });
        },
      }),
    ),
};
