import { basename } from 'node:path';
import process from 'node:process';
import { type Command, Option } from 'commander';
import type { Phase } from '../core/checklist.ts';
import type { Review } from '../core/review.ts';
import { actPortsAt } from '../platform/act-ports.ts';
import { filesUnder } from '../platform/files.ts';
import { gitState } from '../platform/git-state.ts';
import { cachedHashes, sha256Text } from '../platform/hashes.ts';
import { runShell } from '../platform/run-command.ts';
import { checkProject } from '../workflow/check.ts';
import {
  type ActRefusal,
  commandsOnDisk,
  runCommand,
  signItems,
  waiveItems,
  withdrawRecord,
} from '../workflow/evidence/acts.ts';
import { type ExportFormat, exportReview } from '../workflow/review/export.ts';
import { reviewText } from '../workflow/review/export-text.ts';
import { makeReview, readProjectState } from '../workflow/review/make.ts';
import { phases } from '../workflow/review/review.ts';
import { unreadAbove, unreadNote } from './above.ts';
import type { ExitCode, World } from './check.ts';
import type { CommandDoor } from './door.ts';
import { harmless, hasColours, painter, statusLine, write } from './terminal.ts';

const formats = ['text', 'json', 'markdown', 'html'] as const satisfies readonly ExportFormat[];

interface ReviewOptions {
  readonly format: ExportFormat;
  readonly gate?: Phase;
}

/** The review of the current folder, by what is on disk. */
export async function reviewOf(world: World): Promise<Review> {
  const { cwd, clock, rules } = world;
  const files = filesUnder(cwd);
  const status = statusLine(world, () => clock.now());
  const [result, state, git] = await Promise.all([
    checkProject({
      files,
      clock,
      engines: world.engines,
      rules,
      isMigrationPath: world.isMigrationPath,
      progress: (progress) => {
        if (progress.phase === 'judging')
          status.show(`Checking ${progress.done + 1} of ${progress.total}: ${progress.file}`);
      },
    }),
    readProjectState(files),
    gitState(cwd),
  ]);
  status.clear();
  return makeReview(state, result, {
    project: { name: basename(cwd), ...git },
    rules,
    version: world.version,
    now: new Date().toISOString(),
    today: clock.today(),
    sha256Text,
    sha256: cachedHashes(cwd, files),
    read: (path) => files.readTarget(path),
  });
}

async function review(world: World, { format, gate }: ReviewOptions): Promise<ExitCode> {
  const made = await reviewOf(world);
  const note = unreadNote(await unreadAbove(filesUnder(world.cwd)));
  if (note !== '') await write(world.stderr, note);
  const asked = made.checklists.find(({ id }) => id === gate);
  const shown = asked && format !== 'json' ? { ...made, checklists: [asked] } : made;
  const text =
    format === 'text' ? reviewText(shown, painter(hasColours(world.stdout, world.env))) : exportReview(shown, format);
  await write(world.stdout, text);
  return asked && !asked.ready ? 1 : 0;
}

async function told(world: World, act: Promise<{ readonly written: string } | ActRefusal>): Promise<ExitCode> {
  const answer = await act;
  if ('refusal' in answer) {
    await write(world.stderr, `${harmless(answer.refusal)}\n`);
    return 2;
  }
  await write(world.stdout, `Written: ${answer.written}\n`);
  return 0;
}

/** What asks us to end: Ctrl+C, a supervisor, a terminal that is closed. */
const interrupts = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs the named commands one after the other, or all. */
async function runAll(world: World, names: readonly string[]): Promise<ExitCode> {
  const ports = actPortsAt(world.cwd);
  const commands = commandsOnDisk(ports);
  if ('refusal' in commands) {
    await write(world.stderr, `${harmless(commands.refusal)}\n`);
    return 2;
  }
  const wanted = names.length > 0 ? names : [...commands.keys()];
  if (wanted.length === 0) {
    await write(
      world.stderr,
      'There is no command. Name one under `commands` in backend-architect.yaml. Nothing was run.\n',
    );
    return 2;
  }
  const stop = new AbortController();
  const interrupted = (): void => stop.abort();
  // Also the second time: a command that is being stopped would go on without us.
  for (const signal of interrupts) process.on(signal, interrupted);
  let code: ExitCode = 0;
  try {
    for (const name of wanted) {
      if (stop.signal.aborted) return 2;
      const result = await runCommand(ports, name, {
        execute: async ({ run, timeout }) => {
          await write(world.stderr, `${name}: ${harmless(run)}\n`);
          return runShell(run, {
            folder: world.cwd,
            timeoutMs: timeout * 1000,
            signal: stop.signal,
            // What it prints is its own: it is not for whoever reads our result.
            onOutput: (text) => write(world.stderr, text),
          });
        },
      });
      if ('refusal' in result) {
        await write(world.stderr, `${harmless(result.refusal)}\n`);
        code = 2;
        continue;
      }
      const how =
        result.exit === 0 ? 'passed' : result.exit < 0 ? 'was stopped' : `failed with exit code ${result.exit}`;
      await write(world.stdout, `${name} ${how}. Written: ${result.written}\n`);
      if (result.exit !== 0 && code === 0) code = 1;
    }
    return code;
  } finally {
    for (const signal of interrupts) process.off(signal, interrupted);
  }
}

/** `review`, and what makes and takes back evidence. */
export function registerReview({ program, world, done, described }: CommandDoor): void {
  const own: Command = described(program.command('review'))
    .description('Show each line of the checklists with its evidence, for the current folder.')
    .addOption(new Option('--format <format>', 'How to print.').choices(formats).default('text'))
    .addOption(new Option('--gate <phase>', 'Exit with 1 where this checklist is not ready.').choices(phases))
    .addHelpText(
      'after',
      '\nExit codes: 0 reviewed (and the asked gate is ready), 1 the asked gate is not ready, 2 usage or nothing done.',
    )
    .action(async (options: ReviewOptions) => done(await review(world, options)));
  described(own.command('sign'))
    .description('Say by your name that items are shown.')
    .argument('<items...>', 'checklist items, for example handoff/code-reviewed')
    .requiredOption('--note <text>', 'What you looked at, at least 10 characters.')
    .action(async (items: readonly string[], { note }: { readonly note: string }) =>
      done(await told(world, signItems(actPortsAt(world.cwd), items, note))),
    );
  described(own.command('waive'))
    .description('Say by your name that an item need not be shown until a day.')
    .argument('<items...>', 'checklist items')
    .requiredOption('--reason <text>', 'Why it need not be shown, at least 10 characters.')
    .requiredOption('--until <day>', 'The last day it counts, YYYY-MM-DD; at most 180 days from now.')
    .action(async (items: readonly string[], { reason, until }: { readonly reason: string; readonly until: string }) =>
      done(await told(world, waiveItems(actPortsAt(world.cwd), { items, reason, until }))),
    );
  described(own.command('withdraw'))
    .description('Take back a sign-off or a waiver.')
    .argument('<record>', 'the id of the record, as its file is named')
    .requiredOption('--reason <text>', 'Why it does not hold any more, at least 10 characters.')
    .action(async (record: string, { reason }: { readonly reason: string }) =>
      done(await told(world, withdrawRecord(actPortsAt(world.cwd), record, reason))),
    );
  described(own.command('run'))
    .description('Run commands of the configuration and record how they ended. All of them where none is named.')
    .argument('[names...]', 'names under commands in backend-architect.yaml')
    .action(async (names: readonly string[]) => done(await runAll(world, names)));
}
