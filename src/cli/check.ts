import { dirname, resolve } from 'node:path';
import type { Severity } from '../core/finding.ts';
import type { Rule } from '../core/rule.ts';
import { decode, filesUnder, pathFrom } from '../platform/files.ts';
import { type CheckResult, checkProject, type CheckTarget, type Progress } from '../workflow/check.ts';
import type { Engines } from '../workflow/engines.ts';
import { type Clock, maxBytes, tooLarge } from '../workflow/ports.ts';
import { unreadAbove, unreadNote } from './above.ts';
import { checkJson } from './format-json.ts';
import { checkSarif } from './format-sarif.ts';
import { checkText } from './format-text.ts';
import { hasColours, painter, statusLine, type Streams, write } from './terminal.ts';

/** What the command line stands on. */
export interface World extends Streams {
  readonly cwd: string;
  readonly version: string;
  readonly rules: readonly Rule[];
  readonly engines: Engines;
  readonly clock: Clock;
  readonly isMigrationPath: (path: string) => boolean;
}

export const formats = ['text', 'json', 'sarif'] as const;
export const failOns = ['error', 'warning', 'info', 'never'] as const;

export interface CheckOptions {
  readonly format: (typeof formats)[number];
  readonly failOn: (typeof failOns)[number];
  readonly stdinFilename?: string;
}

/** Clean, findings (or something discovered that was not analysed), or a mistake in what was asked for. */
export type ExitCode = 0 | 1 | 2;

/** The name of standard input where none is given. */
const stdinName = '<stdin>';

/** `check`: what it prints goes to stdout alone, everything else to stderr. */
export async function check(world: World, paths: readonly string[], options: CheckOptions): Promise<ExitCode> {
  const { cwd, stdout, clock } = world;
  const status = statusLine(world, () => clock.now());
  const unread: { file: string; reason: string }[] = [];
  const targets: CheckTarget[] = [];
  const outside: string[] = [];
  const here = filesUnder(cwd);
  for (const path of paths) {
    if (path !== '-') {
      const own = pathFrom(cwd, path);
      targets.push({ kind: 'path', path: own });
      // References are followed within the folder that was named, or around the file.
      const at = resolve(cwd, path);
      if (own.startsWith('..')) outside.push((await here.kind(own)) === 'folder' ? at : dirname(at));
      continue;
    }
    const file = options.stdinFilename === undefined ? stdinName : pathFrom(cwd, options.stdinFilename);
    const read = await readAll(world.stdin);
    if ('text' in read) targets.push({ kind: 'text', file, text: read.text });
    else unread.push({ file, reason: read.problem });
  }
  const result = await checkProject({
    files: filesUnder(cwd, outside),
    clock,
    engines: world.engines,
    rules: world.rules,
    isMigrationPath: world.isMigrationPath,
    ...(paths.length > 0 ? { targets } : {}),
    progress: (progress) => status.show(progressText(progress)),
  });
  status.clear();
  const whole: CheckResult = {
    ...result,
    notAnalysed: [...unread, ...result.notAnalysed],
    named: new Set([...result.named, ...unread.map(({ file }) => file)]),
  };
  const note = unreadNote(await unreadAbove(here));
  if (note !== '') await write(world.stderr, note);
  await write(stdout, formatted(world, whole, options));
  return exitCode(whole, options.failOn);
}

function formatted(world: World, result: CheckResult, { format }: CheckOptions): string {
  if (format === 'json') return checkJson(result);
  if (format === 'sarif') return checkSarif(result, world.rules, world.version);
  return checkText(result, painter(hasColours(world.stdout, world.env)));
}

function exitCode({ findings, notAnalysed, named }: CheckResult, failOn: CheckOptions['failOn']): ExitCode {
  if (notAnalysed.some(({ file }) => named.has(file))) return 2;
  if (notAnalysed.length > 0) return 1;
  const failing: Readonly<Record<CheckOptions['failOn'], readonly Severity[]>> = {
    error: ['error'],
    warning: ['error', 'warning'],
    info: ['error', 'warning', 'info'],
    never: [],
  };
  return findings.some(({ severity }) => failing[failOn].includes(severity)) ? 1 : 0;
}

function progressText(progress: Progress): string {
  if (progress.phase === 'looking') return `Looking for documents: ${progress.folders} folders`;
  return `Checking ${progress.done + 1} of ${progress.total}: ${progress.file}`;
}

/** Everything that a stream gives, as text; or why it is none. */
export async function readAll(stream: AsyncIterable<unknown>): Promise<{ text: string } | { problem: string }> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = chunk instanceof Uint8Array ? chunk : Buffer.from(String(chunk));
    size += bytes.length;
    if (size <= maxBytes) chunks.push(bytes);
  }
  return size > maxBytes ? { problem: tooLarge(size) } : decode(Buffer.concat(chunks));
}
