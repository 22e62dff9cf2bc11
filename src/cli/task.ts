import { type Command, InvalidArgumentError, Option } from 'commander';
import { configurationFile, type Configuration, defaultConfiguration } from '../core/configuration.ts';
import { readConfiguration } from '../core/configuration-read.ts';
import { readTasks } from '../core/task/read.ts';
import { taskCategories, taskEfforts, taskPriorities, taskStatuses } from '../core/task/words.ts';
import { lineIndex } from '../core/text.ts';
import { filesUnder } from '../platform/files.ts';
import { writingUnder } from '../platform/writing.ts';
import { checkProject } from '../workflow/check.ts';
import { WriteRefused } from '../workflow/ports.ts';
import { dependencyOrder, taskBoard } from '../workflow/tasks/board.ts';
import { type Draft, draftFromFinding, draftFromScratch, isMadeFrom } from '../workflow/tasks/draft.ts';
import { planTask, type TaskAsk } from '../workflow/tasks/plan.ts';
import type { ExitCode, World } from './check.ts';
import { checkJson } from './format-json.ts';
import { checkText } from './format-text.ts';
import type { CommandDoor } from './door.ts';
import { harmless, hasColours, painter, write } from './terminal.ts';

type Format = 'text' | 'json';

/** Cannot be done as asked; told on standard error. */
class TaskRefused extends Error {}

interface NewOptions {
  readonly category?: string;
  readonly title?: string;
  readonly fromFinding?: string;
  readonly description?: string;
  readonly priority?: string;
  readonly effort?: string;
  readonly depends?: readonly string[];
  readonly criterion?: readonly string[];
  readonly format: Format;
}

/** `task new`, `task list` and `task check`. */
export function registerTask({ program, world, done, described }: CommandDoor): void {
  const task = described(program.command('task')).description('The backend tasks of task.md: add, list, check.');
  const format = (): Option =>
    new Option('--format <format>', 'How to print.').choices(['text', 'json']).default('text');
  const guarded = async (run: () => Promise<ExitCode>): Promise<void> => {
    try {
      done(await run());
    } catch (error) {
      if (!(error instanceof TaskRefused || error instanceof WriteRefused)) throw error;
      await write(world.stderr, `${harmless(error.message)}\n`);
      done(2);
    }
  };
  described(task.command('new'))
    .description('Add a task under the next free number of its category.')
    .addOption(new Option('--category <key>', 'Its kind of work.').choices(taskCategories.map(({ key }) => key)))
    .option('--title <text>', 'What is to be done, in a few words.')
    .option('--from-finding <fingerprint>', 'Fill it in from a finding of `check --format json`.')
    .option('--description <text>', 'What is to be done, in full.')
    .addOption(new Option('--priority <priority>', 'How urgent it is.').choices(taskPriorities))
    .addOption(new Option('--effort <effort>', 'How much work it is.').choices(taskEfforts))
    .option('--depends <ids>', 'Tasks it waits for, for example BE-001,ARCH-002.', ids)
    .option('--criterion <text...>', 'How anybody can tell that it is done; may be given again.')
    .addOption(format())
    .addHelpText('after', '\nExit codes: 0 added, 2 usage, or a file that was not written.')
    .action(async (options: NewOptions, command: Command) => {
      if (options.fromFinding === undefined && (options.category === undefined || options.title === undefined)) {
        command.error('error: a task needs --category and --title, or --from-finding');
      }
      await guarded(() => newTask(world, options));
    });
  described(task.command('list'))
    .description('List the tasks.')
    .addOption(new Option('--status <status>', 'Only those.').choices(taskStatuses))
    .addOption(format())
    .addHelpText('after', '\nExit codes: 0 listed, 2 usage, or a task file that cannot be read.')
    .action(async (options: { readonly status?: string; readonly format: Format }) =>
      guarded(() => listTasks(world, options)),
    );
  described(task.command('check'))
    .description('Check the task file alone.')
    .addOption(format())
    .addHelpText('after', '\nExit codes: 0 clean, 1 findings, 2 usage, or a task file that cannot be read.')
    .action(async (options: { readonly format: Format }) => guarded(() => checkTasks(world, options.format)));
}

function ids(value: string): readonly string[] {
  const all = value.split(/[\s,]+/).filter((id) => id !== '');
  const wrong = all.find((id) => !/^[A-Z][A-Z0-9]{0,9}-\d{1,6}$/.test(id));
  if (wrong !== undefined) throw new InvalidArgumentError(`${harmless(wrong)} is no id such as BE-010.`);
  return all;
}

async function configurationOf({ cwd, rules }: World): Promise<Configuration> {
  const files = filesUnder(cwd);
  if ((await files.kind(configurationFile)) === undefined) return defaultConfiguration;
  const read = await files.read(configurationFile);
  const problem = 'problem' in read ? read.problem : undefined;
  const configuration = 'text' in read ? readConfiguration(read.text, rules) : undefined;
  if (!configuration || configuration.unread !== undefined) {
    throw new TaskRefused(
      `${configurationFile} cannot be read, and it may say where the tasks stand. ${problem ?? configuration?.unread ?? ''}`,
    );
  }
  return configuration;
}

async function newTask(world: World, options: NewOptions): Promise<ExitCode> {
  const { tasksFile } = await configurationOf(world);
  const { draft, already } = await draftOf(world, options, tasksFile);
  if (already !== undefined)
    throw new TaskRefused(`${already} in ${tasksFile} was made from this finding. Nothing was added.`);
  const ask: TaskAsk = {
    category: options.category ?? draft.category.key,
    title: options.title ?? draft.title,
    priority: options.priority ?? draft.priority,
    effort: options.effort ?? draft.effort,
    description: options.description ?? draft.description,
    criteria: options.criterion ?? draft.criteria,
    notes: draft.notes,
    dependencies: options.depends ?? [],
    created: world.clock.today(),
  };
  const added: { id: string; line: number }[] = [];
  await writingUnder(world.cwd).change(tasksFile, (text) => {
    const plan = planTask(text, ask);
    if ('problem' in plan) throw new TaskRefused(`${plan.problem} Nothing was added to ${tasksFile}.`);
    added[0] = { id: plan.id, line: lineIndex(plan.text).position(plan.caret).line + 1 };
    return plan.text;
  });
  const { id = '', line = 0 } = added[0] ?? {};
  const output = { schemaVersion: 1, id, file: tasksFile, line, category: ask.category, title: ask.title };
  const text = options.format === 'json' ? JSON.stringify(output, undefined, 2) : `${id} added: ${tasksFile}:${line}`;
  await write(world.stdout, `${text}\n`);
  return 0;
}

async function draftOf(
  world: World,
  options: NewOptions,
  tasksFile: string,
): Promise<{ readonly draft: Draft; readonly already?: string }> {
  const { fromFinding } = options;
  if (fromFinding === undefined) return { draft: draftFromScratch(options.category) };
  const files = filesUnder(world.cwd);
  const { cwd: _cwd, ...rest } = world;
  const { findings } = await checkProject({ ...rest, files });
  const found = findings.filter(({ fingerprint }) => fingerprint.startsWith(fromFinding));
  const [finding] = found;
  const again = 'List them with: backend-architect check --format json';
  if (!finding || fromFinding.length < 6)
    throw new TaskRefused(`No finding has the fingerprint ${fromFinding}. ${again}`);
  if (found.length > 1)
    throw new TaskRefused(`${found.length} findings begin with ${fromFinding}. Give all of it. ${again}`);
  const read = await files.read(tasksFile);
  const facts = 'text' in read ? readTasks(read.text) : undefined;
  const already = facts?.tasks.find(({ span }) => isMadeFrom(facts.text.slice(span.start, span.end), finding));
  const others = findings.filter((one) => one !== finding);
  return {
    draft: draftFromFinding(
      finding,
      world.rules.find(({ id }) => id === finding.rule),
      others,
    ),
    ...(already ? { already: already.id.text } : {}),
  };
}

async function listTasks(
  world: World,
  { status, format }: { readonly status?: string; readonly format: Format },
): Promise<ExitCode> {
  const { tasksFile } = await configurationOf(world);
  const files = filesUnder(world.cwd);
  const isThere = (await files.kind(tasksFile)) !== undefined;
  const read = isThere ? await files.read(tasksFile) : { text: '' };
  if ('problem' in read) throw new TaskRefused(`${tasksFile} cannot be listed. ${read.problem}`);
  const lines = lineIndex(read.text);
  const { tasks, repairs } = taskBoard(readTasks(read.text));
  const shown = tasks.filter((one) => status === undefined || one.status === status);
  if (format === 'json') {
    const output = {
      schemaVersion: 1,
      file: isThere ? tasksFile : null,
      tasks: shown.map(({ heading, ...rest }) => ({ ...rest, line: lines.position(heading.start).line + 1 })),
      needsRepair: repairs.map(({ text, why, span }) => ({ text, why, line: lines.position(span.start).line + 1 })),
    };
    await write(world.stdout, `${JSON.stringify(output, undefined, 2)}\n`);
    return 0;
  }
  const paint = painter(hasColours(world.stdout, world.env));
  const inOrder = dependencyOrder(shown);
  const rows = taskStatuses.flatMap((column) => {
    const own = inOrder.filter((one) => one.status === column);
    if (own.length === 0) return [];
    const row = (one: (typeof own)[number]): string => {
      const facts = [
        ...(one.criteria > 0 ? [`${one.done} of ${one.criteria} criteria`] : []),
        ...(one.blockedBy.length > 0 && column !== 'completed' && column !== 'cancelled'
          ? [`waits for ${one.blockedBy.join(', ')}`]
          : []),
        ...(one.ready ? ['ready'] : []),
      ];
      const behind = facts.length > 0 ? paint('dim', `  (${facts.join(', ')})`) : '';
      return `  ${one.id}  ${harmless(one.title)}${behind}`;
    };
    return [paint('bold', `${column} · ${own.length}`), ...own.map(row), ''];
  });
  const repair = repairs.map(
    ({ text, why, span }) =>
      `  ${tasksFile}:${lines.position(span.start).line + 1}  ${harmless(text)}: ${harmless(why)}`,
  );
  const none = `No tasks${status === undefined ? '' : ` that are ${status}`} in ${tasksFile}.`;
  const all = [
    ...(rows.length > 0 ? rows : [none, '']),
    ...(repair.length > 0 ? [paint('bold', `needs repair · ${repair.length}`), ...repair, ''] : []),
  ];
  await write(world.stdout, all.join('\n'));
  return 0;
}

async function checkTasks(world: World, format: Format): Promise<ExitCode> {
  const { tasksFile } = await configurationOf(world);
  const files = filesUnder(world.cwd);
  const kind = await files.kind(tasksFile);
  if (kind === undefined) {
    throw new TaskRefused(`There is no ${tasksFile} to check. Begin one with: backend-architect task new`);
  }
  if (kind === 'folder') throw new TaskRefused(`${tasksFile} was not checked. It is a folder.`);
  const { cwd: _cwd, ...rest } = world;
  const result = await checkProject({ ...rest, files, targets: [{ kind: 'path', path: tasksFile }] });
  const own = { ...result, findings: result.findings.filter(({ file }) => file === tasksFile) };
  const paint = painter(hasColours(world.stdout, world.env));
  await write(world.stdout, format === 'json' ? checkJson(own) : checkText(own, paint));
  if (own.notAnalysed.some(({ file }) => file === tasksFile)) return 2;
  return own.findings.some(({ severity }) => severity === 'error' || severity === 'warning') ? 1 : 0;
}
