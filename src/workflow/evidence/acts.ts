import { checklistItems } from '../../catalogue/checklists/all.ts';
import type { ChecklistItem } from '../../core/checklist.ts';
import { type Configuration, configurationFile, defaultConfiguration } from '../../core/configuration.ts';
import { evidenceFolder, type EvidenceInput, type EvidenceRecord, type Person } from '../../core/evidence.ts';
import { discover, projectFiles } from '../discover.ts';
import { byText, type Files, WriteRefused, type Writing } from '../ports.ts';
import { readProjectConfiguration } from '../read-configuration.ts';
import { commandsOf, type ReviewCommand } from '../review/commands.ts';
import { lapsesOf } from '../review/facts.ts';
import { recordId, recordText, type Sha256Text } from './canonical.ts';
import { fittingIn, inputsOf } from './inputs.ts';
import { daysBetween, isDay, isId, longestWaiver, readRecord, shortNote } from './read.ts';
import { idIn, projectFile } from './store.ts';

/** What records are made with. */
export interface ActPorts {
  readonly files: Files;
  readonly writing: Writing;
  readonly sha256Text: Sha256Text;
  sha256(path: string): string | undefined;
  /** ISO 8601 in UTC. */
  now(): string;
  today(): string;
  /** A new id for a project. */
  newId(): string;
  person(): Promise<Person | { readonly problem: string }>;
  commit(): Promise<string | undefined>;
  /** The version of the rules. */
  readonly version: string;
  readonly isMigrationPath: (path: string) => boolean;
  /** Files that are open and differ from what is on disk, by path. */
  unsaved(): readonly string[];
}

export interface ActRefusal {
  readonly refusal: string;
}

/** The record that was written, by path. */
export interface Written {
  readonly written: string;
}

/** What a word would rest on. */
export interface WordPlan {
  readonly by: Person;
  readonly commit?: string;
  readonly lapsesWith: readonly string[];
  readonly inputs: readonly EvidenceInput[];
}

const nothing = 'Nothing was written.';

const refusal = (text: string): ActRefusal => ({ refusal: text });

/** What is common to all records of this moment. */
async function signature(
  ports: ActPorts,
): Promise<{ readonly by: Person; readonly at: string; readonly commit?: string } | ActRefusal> {
  const by = await ports.person();
  if ('problem' in by) return refusal(`${by.problem} ${nothing}`);
  const commit = await ports.commit();
  return { by, at: ports.now(), ...(commit === undefined ? {} : { commit }) };
}

function known(ids: readonly string[]): readonly ChecklistItem[] | ActRefusal {
  if (ids.length === 0) return refusal(`No item was named. ${nothing}`);
  const items = new Map(checklistItems.map((item) => [item.id, item]));
  const found: ChecklistItem[] = [];
  for (const id of new Set(ids)) {
    const item = items.get(id);
    if (!item) return refusal(`There is no checklist item ${id.slice(0, 60)}. ${nothing}`);
    found.push(item);
  }
  return found;
}

/** The configuration as it is on disk. What it says of rules is of no interest here. One that cannot be read is a refusal: nobody knows what it forbids. */
function configurationOnDisk({ files }: Pick<ActPorts, 'files'>): Configuration | ActRefusal {
  const text = files.readTarget(configurationFile);
  if (text === undefined && files.kindNow(configurationFile) === undefined) return defaultConfiguration;
  const configuration = text === undefined ? undefined : readProjectConfiguration(text, []);
  if (configuration && configuration.unread === undefined) return configuration;
  const why = configuration?.unread ?? 'It cannot be read as text.';
  return refusal(`${configurationFile}: ${why} Repair it first. ${nothing}`);
}

/** The commands of the project, by name; or why nobody can tell. */
export function commandsOnDisk(ports: Pick<ActPorts, 'files'>): ReadonlyMap<string, ReviewCommand> | ActRefusal {
  const configuration = configurationOnDisk(ports);
  return 'refusal' in configuration ? configuration : commandsOf(configuration, ports.files.readTarget('package.json'));
}

/** What a word on these items would say and rest on; or why there can be none. */
export async function planWord(ports: ActPorts, ids: readonly string[]): Promise<WordPlan | ActRefusal> {
  const items = known(ids);
  if ('refusal' in items) return items;
  const unsigned = items.find(({ shownBy }) => !shownBy.some(({ kind }) => kind === 'word'));
  if (unsigned) return refusal(`No person’s word can show ${unsigned.id}: ${wayOf(unsigned)}. ${nothing}`);
  const own = await signature(ports);
  if ('refusal' in own) return own;
  const configuration = configurationOnDisk(ports);
  if ('refusal' in configuration) return configuration;
  const { documents, notAnalysed } = await discover({
    files: ports.files,
    configuration,
    isMigrationPath: ports.isMigrationPath,
  });
  const openApi = documents.flatMap((one) =>
    one.dialect === 'openapi' ? [{ file: one.file, dialect: one.dialect }] : [],
  );
  const sql = documents.flatMap((one) => (one.dialect === 'sql' ? [{ file: one.file, dialect: one.dialect }] : []));
  const unread = { openapi: notAnalysed.filter(({ file }) => /\.(?:ya?ml|json)$/i.test(file)), sql: [] };
  const facts = { openApi, sql, unread };
  const lapsesWith = [...new Set(items.flatMap((item) => lapsesOf(item, facts)))].sort(byText);
  const inputs = inputsOf(lapsesWith, fittingIn(await projectFiles(ports.files)), (path) => ports.sha256(path));
  if ('problem' in inputs) return refusal(`${inputs.problem} ${nothing}`);
  const unsaved = unsavedIn(inputs, ports);
  if (unsaved !== undefined) return refusal(unsaved);
  const { by, commit } = own;
  return { by, lapsesWith, inputs, ...(commit === undefined ? {} : { commit }) };
}

function wayOf({ shownBy }: ChecklistItem): string {
  return shownBy.some(({ kind }) => kind === 'run') ? 'a command that passes does' : 'the file itself does';
}

function unsavedIn(inputs: readonly EvidenceInput[], ports: Pick<ActPorts, 'unsaved'>): string | undefined {
  const open = new Set(ports.unsaved());
  const first = inputs.find(({ path }) => open.has(path));
  return (
    first && `${first.path} is not saved, and evidence rests on what is on disk. Save it, then try again. ${nothing}`
  );
}

/** A person says that these items are shown. */
export async function signItems(ports: ActPorts, ids: readonly string[], note: string): Promise<Written | ActRefusal> {
  const short = shortNote('note', note);
  if (short !== undefined) return refusal(short);
  const plan = await planWord(ports, ids);
  if ('refusal' in plan) return plan;
  return write(ports, (project) => ({
    version: 1,
    kind: 'word',
    project,
    items: [...new Set(ids)],
    at: ports.now(),
    by: plan.by,
    ...(plan.commit === undefined ? {} : { commit: plan.commit }),
    note: note.trim(),
    lapsesWith: plan.lapsesWith,
    inputs: plan.inputs,
  }));
}

/** A person says that these items need not be shown until a day, YYYY-MM-DD. */
export async function waiveItems(
  ports: ActPorts,
  { items: ids, reason, until }: { readonly items: readonly string[]; readonly reason: string; readonly until: string },
): Promise<Written | ActRefusal> {
  const items = known(ids);
  if ('refusal' in items) return items;
  const short = shortNote('reason', reason);
  if (short !== undefined) return refusal(short);
  if (!isDay(until))
    return refusal(`${until.slice(0, 40)} is no day. Write it as YYYY-MM-DD, for example 2027-03-31. ${nothing}`);
  const today = ports.today();
  if (until < today) return refusal(`${until} is over. Choose a day that is to come. ${nothing}`);
  // Counted from the day in UTC, as whoever judges the record will.
  const days = daysBetween(ports.now(), until);
  if (days > longestWaiver)
    return refusal(`${until} is ${days} days from now; a waiver lasts ${longestWaiver} at most. ${nothing}`);
  const own = await signature(ports);
  if ('refusal' in own) return own;
  return write(ports, (project) => ({
    version: 1,
    kind: 'waiver',
    project,
    items: [...new Set(ids)],
    ...own,
    reason: reason.trim(),
    until,
    lapsesWith: [],
    inputs: [],
  }));
}

/** Takes back a word or a waiver, by the record's id or the beginning of it (12 characters at least). */
export async function withdrawRecord(ports: ActPorts, record: string, reason: string): Promise<Written | ActRefusal> {
  const short = shortNote('reason', reason);
  if (short !== undefined) return refusal(short);
  const wanted = record.replace(/^.*\//, '').replace(/\.json$/, '');
  if (!/^[0-9a-f]{12,64}$/.test(wanted))
    return refusal(
      `${record.slice(0, 60)} is no id of a record: 12 to 64 of 0-9 and a-f, as its file is named. ${nothing}`,
    );
  const names = ((await ports.files.list(evidenceFolder)) ?? []).map(({ name }) => name.replace(/\.json$/, ''));
  const fitting = names.filter((name) => isId(name) && name.startsWith(wanted));
  const [id] = fitting;
  if (id === undefined) return refusal(`There is no record ${wanted.slice(0, 12)}… in ${evidenceFolder}. ${nothing}`);
  if (fitting.length > 1) return refusal(`${fitting.length} records begin with ${wanted}. Name more of it. ${nothing}`);
  const text = await ports.files.read(`${evidenceFolder}/${id}.json`);
  const read = 'text' in text ? readRecord(text.text) : text;
  if ('problem' in read)
    return refusal(`${evidenceFolder}/${id}.json: ${read.problem}. Restore it from git or delete it. ${nothing}`);
  const { kind, items } = read.record;
  if (kind !== 'word' && kind !== 'waiver')
    return refusal(
      `Only a person’s word or a waiver can be taken back; this is a ${kind}. Run the command again instead. ${nothing}`,
    );
  const own = await signature(ports);
  if ('refusal' in own) return own;
  return write(ports, (project) => ({
    version: 1,
    kind: 'withdrawal',
    project,
    items,
    ...own,
    record: id,
    reason: reason.trim(),
    lapsesWith: [],
    inputs: [],
  }));
}

/** How a command ended. */
export interface CommandOutcome {
  /** -1 where a signal or the deadline ended it. */
  readonly exit: number;
  readonly durationMs: number;
  /** It was cancelled: nothing is to be recorded. */
  readonly cancelled: boolean;
  /** The end of what it printed. */
  readonly tail: string;
}

export interface Executing {
  /** The line that somebody agreed to: where the configuration says another one by now, nothing runs. */
  readonly agreed?: string;
  /** Runs a command in the project's root; `timeout` is in seconds. */
  execute(command: ReviewCommand): Promise<CommandOutcome>;
}

export interface Ran extends Written {
  readonly exit: number;
  readonly durationMs: number;
  readonly tail: string;
}

/** Runs a command of the configuration and records how it ended, whether it passed or not. */
export async function runCommand(ports: ActPorts, name: string, executing: Executing): Promise<Ran | ActRefusal> {
  const commands = commandsOnDisk(ports);
  if ('refusal' in commands) return commands;
  const command = commands.get(name);
  if (!command) {
    const there = [...commands.keys()].join(', ');
    const hint = there === '' ? `Name one under \`commands\` in ${configurationFile}.` : `There are: ${there}.`;
    return refusal(`There is no command ${name.slice(0, 60)}. ${hint} ${nothing}`);
  }
  if (executing.agreed !== undefined && executing.agreed !== command.run)
    return refusal(
      `The command ${name} has changed since it was shown. Run it again to see what it is now. ${nothing}`,
    );
  const own = await signature(ports);
  if ('refusal' in own) return own;
  const before = inputsOf(command.inputs, fittingIn(await projectFiles(ports.files)), (path) => ports.sha256(path));
  if ('problem' in before) return refusal(`${name} did not run. ${before.problem} ${nothing}`);
  const unsaved = unsavedIn(before, ports);
  if (unsaved !== undefined) return refusal(`${name} did not run. ${unsaved}`);
  const outcome = await executing.execute(command);
  if (outcome.cancelled) return refusal(`${name} was stopped. ${nothing}`);
  const after = inputsOf(command.inputs, fittingIn(await projectFiles(ports.files)), (path) => ports.sha256(path));
  if ('problem' in after) return refusal(`${after.problem} ${nothing}`);
  const changed = differing(before, after);
  if (changed !== undefined)
    return refusal(
      `${changed} changed while ${name} ran, so what it ${outcome.exit === 0 ? 'showed' : 'found'} holds for neither state. Run it again${
        outcome.exit === 0 ? '' : ` (it ended with ${outcome.exit})`
      }. ${nothing}`,
    );
  const result = await write(ports, (project) => ({
    version: 1,
    kind: 'run',
    project,
    items: command.shows,
    at: ports.now(),
    by: own.by,
    ...(own.commit === undefined ? {} : { commit: own.commit }),
    name,
    command: command.run,
    exit: outcome.exit,
    durationMs: outcome.durationMs,
    rules: ports.version,
    lapsesWith: command.inputs,
    inputs: before,
  }));
  if ('refusal' in result) return result;
  const { exit, durationMs, tail } = outcome;
  return { ...result, exit, durationMs, tail };
}

/** The first path that is not the same in both. */
function differing(before: readonly EvidenceInput[], after: readonly EvidenceInput[]): string | undefined {
  const then = new Map(before.map(({ path, sha256 }) => [path, sha256]));
  for (const { path, sha256 } of after) {
    if (then.get(path) !== sha256) return path;
    then.delete(path);
  }
  return [...then.keys()][0];
}

/** Writes one record, and the project's id before the first. */
async function write(ports: ActPorts, recordOf: (project: string) => EvidenceRecord): Promise<Written | ActRefusal> {
  try {
    const project = await projectOf(ports);
    if (typeof project !== 'string') return project;
    const record = recordOf(project);
    const written = `${evidenceFolder}/${recordId(record, ports.sha256Text)}.json`;
    await ports.writing.create(written, recordText(record));
    return { written };
  } catch (error) {
    if (error instanceof WriteRefused) return refusal(error.message);
    throw error;
  }
}

async function projectOf({ writing, newId, files }: ActPorts): Promise<string | ActRefusal> {
  let id: string | undefined;
  await writing.change(projectFile, (text) => {
    if (text !== undefined) {
      id = idIn(text);
      return undefined;
    }
    id = newId();
    return `${JSON.stringify({ id }, undefined, 2)}\n`;
  });
  if (id !== undefined) return id;
  const there = (await files.kind(projectFile)) !== undefined;
  return refusal(
    `${projectFile} ${there ? 'holds no id' : 'cannot be read'}, so a record would belong to no project. Restore it from git. ${nothing}`,
  );
}
