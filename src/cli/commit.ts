import { Option } from 'commander';
import { roleOf, roles } from '../catalogue/roles.ts';
import { commitDialect } from '../core/commit/dialect.ts';
import { type NewTrailer, oneLine, printMessage } from '../core/commit/compose.ts';
import { readCommitMessage } from '../core/commit/message.ts';
import { type Configuration, configurationFile, defaultConfiguration } from '../core/configuration.ts';
import { readConfiguration } from '../core/configuration-read.ts';
import type { RawFinding } from '../core/finding.ts';
import { didYouMean } from '../core/nearest.ts';
import { report } from '../core/report.ts';
import { filesUnder, pathFrom } from '../platform/files.ts';
import { git } from '../platform/git.ts';
import { type CommitPlan, planCommit } from '../workflow/commit/plan.ts';
import type { Files } from '../workflow/ports.ts';
import { type ExitCode, failOns, readAll, type World } from './check.ts';
import { checkJson } from './format-json.ts';
import { checkText } from './format-text.ts';
import type { CommandDoor } from './door.ts';
import { harmless, hasColours, painter, write } from './terminal.ts';

interface PrepareOptions {
  readonly type?: string;
  readonly scope?: string;
  readonly breaking?: boolean;
  readonly description?: string;
  readonly body?: string;
  readonly feature?: string;
  readonly story?: string;
  readonly manifest?: string;
  readonly handoffTo?: string;
  /** False for `--no-trailers`. */
  readonly trailers: boolean;
}

interface CheckMessageOptions {
  readonly format: 'text' | 'json';
  readonly failOn: (typeof failOns)[number];
}

/** `commit prepare` and `commit check`. */
export function registerCommit({ program, world, done, described }: CommandDoor): void {
  const commit = described(program.command('commit')).description('Prepare and check commit messages.');
  commit.helpCommand(false);
  described(commit.command('prepare'))
    .description('Print a commit message for what is staged, guessed where nothing is given. Commits nothing.')
    .option('--type <type>', 'The type, for example feat.')
    .option('--scope <scope>', 'The scope; empty for none.')
    .option('--breaking', 'Mark the change as one that breaks callers.')
    .option('--description <text>', 'What the commit does, behind the colon.')
    .option('--body <text>', 'Paragraphs between the first line and the trailers.')
    .option('--feature <name>', 'The trailer Feature.')
    .option('--story <reference>', 'The trailer Story.')
    .option('--manifest <reference>', 'The trailer Manifest.')
    .option('--handoff-to <role>', 'The trailer Handoff-To.')
    .option('--no-trailers', 'Leave all trailers out.')
    .addHelpText(
      'after',
      '\nExit codes: 0 printed, 2 nothing to prepare a message for, or a mistake in what was given.',
    )
    .action(async (options: PrepareOptions) => done(await prepare(world, options)));
  described(commit.command('check'))
    .description('Check a commit message.')
    .argument('<file>', 'the file that holds the message, or - for standard input')
    .addOption(new Option('--format <format>', 'How to print.').choices(['text', 'json']).default('text'))
    .addOption(
      new Option('--fail-on <severity>', 'From which severity on to exit with 1.').choices(failOns).default('warning'),
    )
    .addHelpText('after', '\nExit codes: 0 in order, 1 something is wrong with it, 2 it cannot be read.')
    .action(async (file: string, options: CheckMessageOptions) => done(await checkMessage(world, file, options)));
}

async function configurationOf(world: World, files: Files): Promise<Configuration> {
  if ((await files.kind(configurationFile)) === undefined) return defaultConfiguration;
  const text = files.readTarget(configurationFile);
  const read = text === undefined ? undefined : readConfiguration(text, world.rules);
  if (!read || read.unread !== undefined) {
    await write(world.stderr, `${configurationFile} does not count. ${read?.unread ?? 'It cannot be read.'}\n`);
  }
  return read ?? defaultConfiguration;
}

async function refuse({ stderr }: World, sentence: string): Promise<ExitCode> {
  await write(stderr, `${harmless(sentence)}\n`);
  return 2;
}

/** Prints the message alone on stdout; everything else goes to stderr. */
async function prepare(world: World, options: PrepareOptions): Promise<ExitCode> {
  const configuration = await configurationOf(world, filesUnder(world.cwd));
  const { commitTypes } = configuration;
  if (options.type !== undefined && !commitTypes.includes(options.type)) {
    const hint = didYouMean(options.type, commitTypes);
    return refuse(world, `There is no type ${options.type} here: ${commitTypes.join(', ')}.${hint}`);
  }
  if (options.handoffTo !== undefined && options.handoffTo !== '' && !roleOf(options.handoffTo)) {
    const slugs = roles.map(({ slug }) => slug);
    const hint = didYouMean(options.handoffTo, slugs) || ` There are ${slugs.join(', ')}.`;
    return refuse(world, `There is no role ${options.handoffTo}.${hint}`);
  }
  const plan = await planCommit((args) => git(world.cwd, args), configuration, false);
  if ('refusal' in plan) return refuse(world, plan.refusal);
  if (plan.note !== '') await write(world.stderr, `${harmless(plan.note)}\n`);
  const description = oneLine(options.description ?? plan.description);
  if (description === '') return refuse(world, 'What the commit does is not known. Say it with --description.');
  const text = printMessage({
    type: options.type ?? plan.types[0]?.value ?? '',
    scope: options.scope ?? plan.scopes[0]?.value ?? '',
    breaking: options.breaking ?? false,
    description,
    ...(options.body === undefined ? {} : { body: options.body }),
    trailers: options.trailers ? trailersOf(plan, options) : [],
  });
  await write(world.stdout, `${text}\n`);
  return 0;
}

/** What was guessed, with what was given in its place; a given empty value leaves the trailer out. */
function trailersOf({ trailers }: CommitPlan, options: PrepareOptions): readonly NewTrailer[] {
  const { feature, story, manifest, handoffTo } = options;
  const role = handoffTo === undefined ? undefined : (roleOf(handoffTo)?.slug ?? '');
  const given = { Feature: feature, Story: story, Manifest: manifest, 'Handoff-To': role };
  const guessed = new Map(trailers.filter(({ picked }) => picked).map(({ key, value }) => [key as string, value]));
  const own = ['Agent', 'Domain'].map((key) => ({ key, value: guessed.get(key) ?? '' }));
  return [...own, ...Object.entries(given).map(([key, value]) => ({ key, value: value ?? guessed.get(key) ?? '' }))];
}

async function checkMessage(world: World, path: string, options: CheckMessageOptions): Promise<ExitCode> {
  const { cwd, rules, clock, stdin, stdout } = world;
  const files = filesUnder(cwd);
  const file = path === '-' ? '<stdin>' : pathFrom(cwd, path);
  const source = path === '-' ? await readAll(stdin) : await files.read(file);
  if ('problem' in source) return refuse(world, `${file} was not checked. ${source.problem}`);
  const configuration = await configurationOf(world, files);
  const { text } = source;
  const raw = commitDialect.judge({ file, text }, rules, {
    read: (one) => files.readTarget(one),
    kind: (one) => files.kindNow(one),
    sha256: (one) => files.sha256Now(one),
    configuration,
    today: clock.today(),
  });
  const { findings } = report({
    rules,
    configuration: { ...configuration, problems: [], disables: [] },
    findings: readCommitMessage(text).kind === 'empty' ? [empty(file)] : raw,
    documents: [{ file, text, analysed: true }],
    complete: false,
    today: clock.today(),
  });
  const documents = [{ file, dialect: 'commit' as const, version: commitDialect.title }];
  const result = { findings, documents, notAnalysed: [], named: new Set([file]), configuration };
  const paint = painter(hasColours(stdout, world.env));
  await write(stdout, options.format === 'json' ? checkJson(result) : checkText(result, paint));
  const order = ['error', 'warning', 'info'] as const;
  const failing: readonly string[] =
    options.failOn === 'never' ? [] : order.slice(0, order.indexOf(options.failOn) + 1);
  return findings.some(({ severity }) => failing.includes(severity)) ? 1 : 0;
}

/** In the editor an empty message is one that somebody begins; here it is one that git will refuse. */
function empty(file: string): RawFinding {
  return {
    file,
    rule: 'commit/header-form',
    message: 'The message is empty, and git commits nothing without one. Write `type(scope): description`',
    span: { start: 0, end: 0 },
    symbol: 'header',
    cause: 'header',
    related: [],
  };
}
