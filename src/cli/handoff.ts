import { Option } from 'commander';
import { filesUnder } from '../platform/files.ts';
import { git } from '../platform/git.ts';
import { writingUnder } from '../platform/writing.ts';
import { checkProject } from '../workflow/check.ts';
import type { HandoffWishes } from '../workflow/handoff/compose.ts';
import type { HandoffPorts, OpenGate } from '../workflow/handoff/gather.ts';
import { acceptInbound, inboundFiles, type InboundPlan } from '../workflow/handoff/inbound.ts';
import { configurationIn } from '../workflow/handoff/project.ts';
import { count, openCount, planHandoff } from '../workflow/handoff/write.ts';
import { leadsOut, WriteRefused } from '../workflow/ports.ts';
import type { ExitCode, World } from './check.ts';
import { checkJson } from './format-json.ts';
import { checkText } from './format-text.ts';
import type { CommandDoor } from './door.ts';
import { reviewOf } from './review.ts';
import { harmless, hasColours, painter, write } from './terminal.ts';

interface WriteOptions extends HandoffWishes {
  readonly force?: boolean;
  readonly dryRun?: boolean;
}

interface FormatOption {
  readonly format: 'text' | 'json';
}

/** Somebody who keeps writing the file while we do is given up on after so many times. */
const attempts = 3;

/** `handoff write`, `handoff check`, `handoff inbound`. */
export function registerHandoff({ program, world, done, described }: CommandDoor): void {
  const handoff = described(program.command('handoff')).description(
    'Write and check the hand-off to the next role, and read the hand-offs that came in.',
  );
  const format = (): Option =>
    new Option('--format <format>', 'How to print.').choices(['text', 'json']).default('text');
  described(handoff.command('write'))
    .description('Write the hand-off file from what is there. What a person wrote in it is kept.')
    .option('--next <role>', 'Who takes over, for example "Lead Engineer" or qa-engineer.')
    .option('--instructions <text>', 'What the next role has to do.')
    .option('--feature <name>', 'The feature that is handed over.')
    .option('--story <reference>', 'The story it belongs to.')
    .option('--manifest <reference>', 'The Control Manifest it belongs to.')
    .option('--api-spec <path>', 'The API document, where there are several.')
    .option('--force', 'Write although lines of the checklists are open. The hand-off lists them.')
    .option('--dry-run', 'Print what would be written, and write nothing.')
    .addHelpText('after', '\nExit codes: 0 written, or nothing to change; 1 not written, or not ready; 2 usage.')
    .action(async (options: WriteOptions) => done(await writeHandoff(world, options)));
  described(handoff.command('check'))
    .description('Check the hand-off file against the project.')
    .addOption(format())
    .addHelpText('after', '\nExit codes: 0 it agrees, 1 problems or no hand-off, 2 it cannot be read.')
    .action(async (options: FormatOption) => done(await checkHandoff(world, options)));
  described(handoff.command('inbound'))
    .description(`Say what ${inboundFiles.join(' and ')} ask for, and what of it is not there.`)
    .addOption(format())
    .addHelpText('after', '\nExit codes: 0 read, 1 a file cannot be read, 2 usage.')
    .action(async (options: FormatOption) => done(await inbound(world, options)));
}

function portsOf(world: World): HandoffPorts {
  const files = filesUnder(world.cwd);
  return {
    files,
    configuration: configurationIn(files, world.rules),
    isMigrationPath: world.isMigrationPath,
    review: () => reviewOf(world),
    commit: async () => {
      const outcome = await git(world.cwd, ['rev-parse', '--verify', '--quiet', 'HEAD']);
      return outcome?.exit === 0 ? outcome.stdout.trim() : undefined;
    },
    now: () => new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
  };
}

async function writeHandoff(world: World, { force, dryRun, ...wishes }: WriteOptions): Promise<ExitCode> {
  const ports = portsOf(world);
  const file = ports.configuration.handoffFile;
  for (let attempt = 1; ; attempt++) {
    const present = ports.files.readTarget(file);
    if (present === undefined && (await ports.files.kind(file)) !== undefined) {
      const read = await ports.files.read(file);
      const why = 'problem' in read ? read.problem : leadsOut;
      return refused(world, `${file} was not written: it cannot be read. ${why}`);
    }
    const outcome = await planHandoff(ports, wishes, present);
    if ('refusal' in outcome) return refused(world, outcome.refusal);
    const { plan } = outcome;
    const ready = plan.gates.length === 0 || force === true;
    if (dryRun === true) {
      await write(world.stdout, plan.newText);
      if (plan.gates.length > 0) await write(world.stderr, gatesText(plan.gates));
      return ready ? 0 : 1;
    }
    if (!ready) {
      const next = `${file} was not written. Settle what is open, or write it with --force: the hand-off then lists it.`;
      return refused(world, `${gatesText(plan.gates)}${next}`);
    }
    let changedMeanwhile = false;
    try {
      const result = await writingUnder(world.cwd).change(file, (now) => {
        changedMeanwhile = now !== plan.oldText;
        return changedMeanwhile ? undefined : plan.newText;
      });
      if (!changedMeanwhile) {
        const told = result === 'written' ? 'written' : 'not changed, it says all of it already';
        await write(world.stdout, `${harmless(file)} ${told}: ${plan.summary}.\n`);
        return 0;
      }
    } catch (error) {
      if (!(error instanceof WriteRefused)) throw error;
      return refused(world, error.message);
    }
    if (attempt === attempts)
      return refused(
        world,
        `${file} was not written: another program keeps writing it. Close that program, then try again.`,
      );
  }
}

/** One line for each open line of a checklist, under the checklist's name. */
function gatesText(gates: readonly OpenGate[]): string {
  const open = openCount(gates);
  const lines = [`Not ready: ${count(open, 'item')} ${open === 1 ? 'is' : 'are'} open.`];
  for (const { title, items } of gates) {
    lines.push(`  ${title}`);
    for (const { id, title: item, word, line } of items) lines.push(`    ${item} (${id}): ${word}. ${line}`.trimEnd());
  }
  return `${lines.map(harmless).join('\n')}\n`;
}

async function refused(world: World, message: string): Promise<ExitCode> {
  await write(world.stderr, `${message.split('\n').map(harmless).join('\n')}\n`);
  return 1;
}

async function checkHandoff(world: World, { format }: FormatOption): Promise<ExitCode> {
  const files = filesUnder(world.cwd);
  const { handoffFile } = configurationIn(files, world.rules);
  const kind = await files.kind(handoffFile);
  if (kind === undefined)
    return refused(world, `There is no ${handoffFile}. Write it: backend-architect handoff write --next <role>.`);
  if (kind === 'folder') {
    await refused(world, `${handoffFile} was not checked. It is a folder.`);
    return 2;
  }
  const result = await checkProject({
    files,
    clock: world.clock,
    engines: world.engines,
    rules: world.rules,
    isMigrationPath: world.isMigrationPath,
    targets: [{ kind: 'path', path: handoffFile }],
  });
  const found = result.findings.filter(({ severity }) => severity === 'error' || severity === 'warning');
  if (format === 'json') await write(world.stdout, checkJson(result));
  else if (result.findings.length === 0 && result.notAnalysed.length === 0)
    await write(world.stdout, `${harmless(handoffFile)} agrees with the project.\n`);
  else await write(world.stdout, checkText(result, painter(hasColours(world.stdout, world.env))));
  return result.notAnalysed.length > 0 ? 2 : found.length > 0 ? 1 : 0;
}

async function inbound(world: World, { format }: FormatOption): Promise<ExitCode> {
  const plan = await acceptInbound(portsOf(world));
  await write(
    world.stdout,
    format === 'json' ? `${JSON.stringify({ schemaVersion: 1, ...plan }, undefined, 2)}\n` : inboundText(plan),
  );
  return plan.problems.length > 0 ? 1 : 0;
}

const stateWords = { there: 'is there', missing: 'is missing', undecided: 'to be answered' } as const;

function inboundText({ files, asks, problems }: InboundPlan): string {
  const lines = [...problems];
  for (const file of files) {
    const own = asks.filter((ask) => ask.file === file);
    lines.push(file, ...(own.length === 0 ? ['  It asks for nothing that is known here.'] : []));
    for (const { line, text, state, shownBy } of own)
      lines.push(
        `  ${String(line).padStart(4)}  ${stateWords[state].padEnd(14)}  ${text}${shownBy === undefined ? '' : ` (${shownBy})`}`,
      );
  }
  if (files.length === 0 && problems.length === 0)
    lines.push(`No hand-off has come in: there is no ${inboundFiles.join(' and no ')}.`);
  const missing = asks.filter(({ state }) => state === 'missing').length;
  if (asks.length > 0) lines.push(`${count(asks.length, 'ask')}, ${missing} missing.`);
  return `${lines.map(harmless).join('\n')}\n`;
}
