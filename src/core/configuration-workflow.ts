import { isMap, isScalar, isSeq } from 'yaml';
import { type CommandEntry, type Configuration, defaultConfiguration } from './configuration.ts';
import type { Pair, SettingsReader } from './configuration-read.ts';
import { firstOf, list } from './configuration-yaml.ts';
import { didYouMean } from './nearest.ts';

/** The keys that say how the work is done: what shows items, where tasks and hand-off stand, how commits are called. */
export const workflowKeys = ['commands', 'scale', 'tasks', 'handoff', 'commit'] as const;
export const commandKeys = ['run', 'inputs', 'shows', 'timeout'] as const;
export const fileKeys = ['file'] as const;
export const commitKeys = ['types'] as const;
export const scales = ['prototype', 'standard', 'enterprise'] as const;

export type WorkflowSettings = Pick<Configuration, 'commands' | 'scale' | 'tasksFile' | 'handoffFile' | 'commitTypes'>;

const { commands, tasksFile, handoffFile, commitTypes } = defaultConfiguration;

/** What counts where the configuration says nothing. */
export const defaultWorkflow: WorkflowSettings = { commands, tasksFile, handoffFile, commitTypes };

/** Where a command names no `timeout`: so many seconds. */
const usualTimeout = 600;
/** In seconds: a day. */
const longestTimeout = 86_400;
const longestCommand = 4000;

/** Reads these keys among the root's. */
export function readWorkflow(reader: SettingsReader, pairs: readonly Pair[]): WorkflowSettings {
  let settings = defaultWorkflow;
  for (const pair of pairs) {
    if (pair.name === 'commands') settings = { ...settings, commands: readCommands(reader, pair) };
    else if (pair.name === 'scale') settings = { ...settings, scale: scaleOf(reader, pair) };
    else if (pair.name === 'tasks') settings = { ...settings, tasksFile: fileOf(reader, pair, tasksFile) };
    else if (pair.name === 'handoff') settings = { ...settings, handoffFile: fileOf(reader, pair, handoffFile) };
    else if (pair.name === 'commit') settings = { ...settings, commitTypes: typesOf(reader, pair) };
  }
  return settings;
}

function readCommands(reader: SettingsReader, pair: Pair): ReadonlyMap<string, CommandEntry> {
  const found = new Map<string, CommandEntry>();
  const map = reader.map(pair, 'commands by name, each with `run`, `inputs` and `shows`');
  if (!map) return found;
  for (const own of reader.pairs(map, pair.path, undefined)) {
    const { name, key, path } = own;
    if (!/^[\w.:-]{1,40}$/.test(name)) {
      reader.wrong(
        key,
        path,
        `\`${name.slice(0, 60)}\` is no name of a command: letters, digits, \`.\`, \`:\`, \`_\` and \`-\`, up to 40.`,
      );
      continue;
    }
    const command = readCommand(reader, own);
    if (command) found.set(name, command);
  }
  return found;
}

function readCommand(reader: SettingsReader, { name, key, value, at, path }: Pair): CommandEntry | undefined {
  if (!isMap(value)) {
    reader.wrong(at, path, `The command \`${name}\` has the keys ${list(commandKeys)}.`);
    return undefined;
  }
  let run: string | undefined;
  const inputs: string[] = [];
  let shows: readonly string[] = [];
  let timeout = usualTimeout;
  const named = new Set<string>();
  for (const pair of reader.pairs(value, path, commandKeys)) {
    named.add(pair.name);
    if (pair.name === 'run') run = commandText(reader, pair);
    else if (pair.name === 'inputs') reader.globs(pair, inputs);
    else if (pair.name === 'shows') shows = shownItems(reader, pair);
    else timeout = seconds(reader, pair) ?? timeout;
  }
  const missing = (text: string): void => reader.wrong(firstOf(value), `${path}/`, text);
  if (!named.has('run')) missing(`The command \`${name}\` names nothing to \`run\`, so it is left out.`);
  if (inputs.length === 0)
    missing(
      `The command \`${name}\` names no \`inputs\`: nothing would make what it shows out of date, so it is left out.`,
    );
  if (!named.has('shows'))
    missing(
      `The command \`${name}\` \`shows\` no item, so it is left out. Name some, for example [handoff/tests-pass].`,
    );
  return run === undefined || inputs.length === 0 || shows.length === 0
    ? undefined
    : { run, inputs, shows, timeout, span: key };
}

function commandText(reader: SettingsReader, pair: Pair): string | undefined {
  const text = reader.string(pair)?.trim();
  if (text === undefined) return undefined;
  if (text !== '' && text.length <= longestCommand && !text.includes('\0')) return text;
  reader.wrong(
    pair.at,
    pair.path,
    `\`run\` is a command for the shell, for example "npm test"; up to ${longestCommand} characters.`,
  );
  return undefined;
}

function shownItems(reader: SettingsReader, pair: Pair): readonly string[] {
  const known = new Map(reader.items.map((item) => [item.id, item]));
  const found: string[] = [];
  for (const { text, at, path } of texts(reader, pair, 'checklist items, for example [handoff/tests-pass]')) {
    const item = known.get(text);
    if (known.size > 0 && !item) {
      const hint = didYouMean(text, known.keys()) || ' `backend-architect review` lists them.';
      reader.wrong(at, path, `There is no checklist item \`${text.slice(0, 60)}\`.${hint}`);
    } else if (item && !item.shownBy.some(({ kind }) => kind === 'run')) {
      const ways = item.shownBy.some(({ kind }) => kind === 'word') ? 'a person has to say so' : 'the file itself does';
      reader.wrong(at, path, `No command can show \`${text}\`: ${ways}. Leave it out.`);
    } else if (!found.includes(text)) found.push(text);
  }
  return found;
}

function seconds(reader: SettingsReader, { value, at, path }: Pair): number | undefined {
  const number = isScalar(value) ? value.value : undefined;
  if (typeof number === 'number' && number >= 1 && number <= longestTimeout) return number;
  reader.wrong(at, path, `\`timeout\` is a number of seconds from 1 to ${longestTimeout}; ${usualTimeout} count.`);
  return undefined;
}

function scaleOf(reader: SettingsReader, pair: Pair): WorkflowSettings['scale'] {
  const text = reader.string(pair);
  const scale = scales.find((one) => one === text);
  if (scale === undefined && text !== undefined)
    reader.wrong(
      pair.at,
      pair.path,
      `\`scale\` is one of prototype, standard or enterprise.${didYouMean(text, scales)}`,
    );
  return scale;
}

function fileOf(reader: SettingsReader, pair: Pair, usual: string): string {
  const map = reader.map(pair, `the key \`file\`, for example { file: ${usual} }`);
  if (!map) return usual;
  for (const own of reader.pairs(map, pair.path, fileKeys)) {
    const text = reader.string(own)?.replace(/^\.\//, '');
    if (text === undefined) continue;
    const names = text.split('/');
    const bad =
      text === '' || text.includes('\\') || text.includes('\0') || names.some((name) => name === '' || name === '..');
    if (!bad) return text;
    reader.wrong(
      own.at,
      own.path,
      `\`${text.slice(0, 60)}\` is no path of a file from the project's root, with \`/\`. ${usual} counts.`,
    );
  }
  return usual;
}

function typesOf(reader: SettingsReader, pair: Pair): readonly string[] {
  const map = reader.map(pair, 'the key `types`');
  if (!map) return commitTypes;
  const found: string[] = [];
  for (const own of reader.pairs(map, pair.path, commitKeys)) {
    for (const { text, at, path } of texts(reader, own, 'the types that a commit may have, for example [feat, fix]')) {
      if (!/^[a-z][a-z0-9-]{0,29}$/.test(text))
        reader.wrong(
          at,
          path,
          `\`${text.slice(0, 60)}\` is no type of a commit: small letters, digits and \`-\`, up to 30.`,
        );
      else if (!found.includes(text)) found.push(text);
    }
  }
  return found.length > 0 ? found : commitTypes;
}

/** The texts of a list, or of one alone. What is none is named. */
function texts(
  reader: SettingsReader,
  { name, value, at, path }: Pair,
  holds: string,
): readonly { readonly text: string; readonly at: Pair['at']; readonly path: string }[] {
  if (value === undefined || (isScalar(value) && value.value === null)) return [];
  const nodes = isSeq(value) ? value.items.map((item) => reader.resolve(item)) : [value];
  return nodes.flatMap((node, index) => {
    const own = isSeq(value) ? `${path}/${index}` : path;
    if (isScalar(node) && typeof node.value === 'string' && node.value.trim() !== '') {
      const [start, end] = node.range ?? [at.start, at.end];
      return [{ text: node.value, at: { start, end }, path: own }];
    }
    reader.wrong(at, own, `\`${name}\` is a list of ${holds}.`);
    return [];
  });
}
