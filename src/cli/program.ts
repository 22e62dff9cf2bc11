import { Command, CommanderError, Option } from 'commander';
import { check, type CheckOptions, type ExitCode, failOns, formats, type World } from './check.ts';
import { registerCommit } from './commit.ts';
import type { CommandDoor } from './door.ts';
import { rulesJson } from './format-json.ts';
import { rulesText } from './format-text.ts';
import { registerTask } from './task.ts';
import { registerReview } from './review.ts';
import { registerHandoff } from './handoff.ts';
import { harmless, hasColours, painter, write } from './terminal.ts';

/**
 * Runs the command line on `args` (without the program's name) and gives the exit code: 0 clean, 1 findings, 2 usage or a named file that cannot be
 * analysed. Sets nothing on the process, so that what is still being written is not cut off.
 */
export async function run(args: readonly string[], world: World): Promise<ExitCode> {
  // What cannot be written is reported twice: to the write's callback, which answers for it, and here.
  world.stdout.on('error', () => undefined);
  world.stderr.on('error', () => undefined);
  let code: ExitCode = 0;
  const writing: Promise<void>[] = [];
  const program = programFor(world, writing, (result) => (code = result));
  try {
    try {
      await program.parseAsync([...args], { from: 'user' });
    } catch (error) {
      if (!(error instanceof CommanderError)) throw error;
      if (error.exitCode !== 0) code = 2;
    }
    await Promise.all(writing);
    return code;
  } catch (error) {
    const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const said = `backend-architect failed (${harmless(what)}). Nothing was changed.\n`;
    // Where that cannot be written either, the exit code says it.
    await write(world.stderr, said).catch(() => undefined);
    return 2;
  }
}

function programFor(world: World, writing: Promise<void>[], done: (code: ExitCode) => void): Command {
  const program = new Command('backend-architect')
    .description('Checks OpenAPI documents and SQL migrations against the backend architect’s checklists.')
    .version(world.version, '-v, --version', 'Print the version.')
    .helpOption('-h, --help', 'Show this help.')
    .helpCommand('help [command]', 'Show help for a command.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void writing.push(write(world.stdout, text)),
      // It repeats what was asked for, whatever that holds.
      writeErr: (text) => void writing.push(write(world.stderr, text.split('\n').map(harmless).join('\n'))),
      getOutHasColors: () => hasColours(world.stdout, world.env),
      getErrHasColors: () => hasColours(world.stderr, world.env),
    })
    .showHelpAfterError('Add --help to see what there is.');

  const doors: CommandDoor = { program, world, done, described: (command) => described(command, world) };
  registerCheck(doors);
  registerRules(doors);
  registerTask(doors);
  registerReview(doors);
  registerHandoff(doors);
  registerCommit(doors);
  return program;
}

function described(command: Command, world: World): Command {
  return command
    .version(world.version, '-v, --version', 'Print the version.')
    .helpOption('-h, --help', 'Show this help.');
}

function registerCheck({ program, world, done, described }: CommandDoor): void {
  described(program.command('check'))
    .description('Check documents. Without paths, everything found under the current folder; with -, standard input.')
    .argument('[paths...]', 'files, folders, or - for standard input')
    .addOption(
      new Option('--stdin-filename <file>', 'The name that standard input is to have, for example api/openapi.yaml.'),
    )
    .addOption(new Option('--format <format>', 'How to print.').choices(formats).default('text'))
    .addOption(
      new Option('--fail-on <severity>', 'From which severity on to exit with 1.').choices(failOns).default('error'),
    )
    .addHelpText(
      'after',
      '\nExit codes: 0 clean, 1 findings or a document that was found and not analysed, 2 usage or a named file not analysed.',
    )
    .action(async (paths: readonly string[], options: CheckOptions, command: Command) => {
      if (paths.filter((path) => path === '-').length > 1) command.error('error: standard input can be read once only');
      if (options.stdinFilename !== undefined && !paths.includes('-')) {
        command.error('error: --stdin-filename names standard input: add - as a path');
      }
      done(await check(world, paths, options));
    });
}

function registerRules({ program, world, described }: CommandDoor): void {
  described(program.command('rules'))
    .description('List the rules.')
    .addOption(new Option('--format <format>', 'How to print.').choices(['text', 'json']).default('text'))
    .action(async ({ format }: { readonly format: 'text' | 'json' }) => {
      const paint = painter(hasColours(world.stdout, world.env));
      await write(world.stdout, format === 'json' ? rulesJson(world.rules) : rulesText(world.rules, paint));
    });
}
