import { Command, CommanderError, Option } from 'commander';
import { check, type CheckOptions, type ExitCode, failOns, formats, type World } from './check.ts';
import { rulesJson } from './format-json.ts';
import { rulesText } from './format-text.ts';
import { hasColours, isGone, painter, write } from './terminal.ts';

/**
 * Runs the command line on `args` (without the program's name) and gives the exit code: 0 clean, 1 findings, 2 usage or a named file that cannot be
 * analysed. Sets nothing on the process, so that what is still being written is not cut off.
 */
export async function run(args: readonly string[], world: World): Promise<ExitCode> {
  // Writing to a reader that has gone away is reported twice: to the write's callback, which answers for it, and here.
  world.stdout.on('error', unlessGone);
  world.stderr.on('error', unlessGone);
  let code: ExitCode = 0;
  const program = programFor(world, (result) => (code = result));
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    await write(world.stderr, `backend-architect failed (${what}). Nothing was changed.\n`);
    return 2;
  }
}

function unlessGone(error: Error): void {
  if (!isGone(error)) throw error;
}

function programFor(world: World, done: (code: ExitCode) => void): Command {
  const program = new Command('backend-architect')
    .description('Checks OpenAPI documents and SQL migrations against the backend architect’s checklists.')
    .version(world.version, '-v, --version', 'Print the version.')
    .helpOption('-h, --help', 'Show this help.')
    .helpCommand('help [command]', 'Show help for a command.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void world.stdout.write(text),
      writeErr: (text) => void world.stderr.write(text),
      getOutHasColors: () => hasColours(world.stdout, world.env),
      getErrHasColors: () => hasColours(world.stderr, world.env),
    })
    .showHelpAfterError('Add --help to see what there is.');

  program
    .command('check')
    .description('Check documents. Without paths, everything found under the current folder; with -, standard input.')
    .argument('[paths...]', 'files, folders, or - for standard input')
    .addOption(
      new Option('--stdin-filename <file>', 'The name that standard input is to have, for example api/openapi.yaml.'),
    )
    .addOption(new Option('--format <format>', 'How to print.').choices(formats).default('text'))
    .addOption(
      new Option('--fail-on <severity>', 'From which severity on to exit with 1.').choices(failOns).default('error'),
    )
    .version(world.version, '-v, --version', 'Print the version.')
    .helpOption('-h, --help', 'Show this help.')
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

  program
    .command('rules')
    .description('List the rules.')
    .addOption(new Option('--format <format>', 'How to print.').choices(['text', 'json']).default('text'))
    .version(world.version, '-v, --version', 'Print the version.')
    .helpOption('-h, --help', 'Show this help.')
    .action(async ({ format }: { readonly format: 'text' | 'json' }) => {
      const paint = painter(hasColours(world.stdout, world.env));
      await write(world.stdout, format === 'json' ? rulesJson(world.rules) : rulesText(world.rules, paint));
    });
  return program;
}
