import { openItemOf } from '../../catalogue/handoff.ts';
import { ownRole } from '../../catalogue/roles.ts';
import { handoffFields, outsideBecause } from '../../core/handoff/format.ts';
import { hash } from '../../core/text.ts';
import type { Files } from '../ports.ts';
import { isOurControl, type Shown } from './contract.ts';
import type { Gathered } from './gather.ts';
import { composeFiles } from './services.ts';

/** What only a person can say. What is undefined stays as the present hand-off has it. */
export interface HandoffWishes {
  /** The role that takes over, by any of its names. */
  readonly next?: string | undefined;
  readonly instructions?: string | undefined;
  readonly feature?: string | undefined;
  readonly story?: string | undefined;
  readonly manifest?: string | undefined;
  readonly apiSpec?: string | undefined;
  /** More open questions, of a person. */
  readonly questions?: readonly string[] | undefined;
}

/** A field's value; undefined: the field is left as it is. */
export type HandoffValues = ReadonlyMap<string, unknown>;

/** What names the moment and nothing else: alone it is no change. */
export const momentFields: ReadonlySet<string> = new Set(['id', 'created_at', 'commit']);

interface ComposeInput {
  readonly gathered: Gathered;
  readonly wishes: HandoffWishes;
  /** The present hand-off as JSON.parse gives it. */
  readonly present: Readonly<Record<string, unknown>>;
  readonly files: Files;
  readonly now: string;
}

/** The fields that a new hand-off sets, in their order. What a person wrote is kept: questions, controls and services without a place of ours, artifacts that are still there. */
export function composeHandoff({ gathered, wishes, present, files, now }: ComposeInput): HandoffValues {
  const isNew = Object.keys(present).length === 0;
  const values = new Map<string, unknown>();
  const set = (name: string, value: unknown): void => void values.set(name, value);
  const setList = (name: string, list: readonly unknown[]): void => {
    if (list.length > 0 || present[name] !== undefined) set(name, list);
  };
  const keep = (name: string, value: unknown): void => {
    if (present[name] === undefined && value !== undefined) set(name, value);
  };
  const spec = gathered.contracts[0]?.file ?? asText(present['api_spec']) ?? '';
  keep('version', 1);
  keep('id', `HO-${hash(`${now}\n${gathered.commit ?? ''}\n${spec}`).slice(0, 12)}`);
  set('created_at', now);
  if (gathered.commit !== undefined) set('commit', gathered.commit);
  keep('from_agent', ownRole.name);
  keep('domain', 'engineering');
  for (const name of ['feature', 'story', 'manifest', 'instructions'] as const)
    if (wishes[name] !== undefined) set(name, wishes[name]);
  if (isNew && wishes.instructions === undefined) set('instructions', '');
  if (wishes.next !== undefined) set('next_agent', wishes.next);
  set('api_spec', spec);
  set('database_migrations', migrations(gathered, texts(present['database_migrations']), files));

  const controls = merged(
    gathered.controls,
    present,
    'control',
    'security_controls',
    (name) => isOurControl(name),
    files,
  );
  set('security_controls', controls.names);
  setList('security_control_evidence', controls.places);
  const ours = new Set<string>([...composeFiles, 'backend_services.md', ...gathered.contracts.map(({ file }) => file)]);
  const services = merged(
    gathered.services,
    present,
    'service',
    'required_services',
    (_, file) => ours.has(file),
    files,
  );
  set('required_services', services.names);
  setList('required_service_evidence', services.places);

  if (gathered.env.length > 0) set('env', gathered.env);
  const known = new Set(gathered.artifacts.map(({ path }) => path));
  const others = records(present['artifacts']).flatMap((one) => {
    const path = asText(one['path']);
    const sha256 = path === undefined || outsideBecause(path) !== undefined ? undefined : files.sha256Now(path);
    // What a migration was before is told by the migrations of now.
    if (path === undefined || known.has(path) || sha256 === undefined) return [];
    return [one['sha256'] === undefined ? one : { ...one, sha256 }];
  });
  setList('artifacts', [...gathered.artifacts, ...others]);
  setList('tasks', gathered.tasks);
  set('checks', gathered.checks);
  const open = gathered.gates.flatMap(({ items }) => items.map(({ id, title, word }) => `${id}: ${title}. ${word}`));
  const asked = list(present['open_questions']).filter(
    (one) => typeof one !== 'string' || openItemOf(one) === undefined,
  );
  const more = (wishes.questions ?? []).filter((one) => one.trim() !== '' && !asked.includes(one));
  set('open_questions', [...open, ...asked, ...more]);
  return ordered(values);
}

/** SQL migrations as they were found; of those in other languages the ones that the hand-off named before and that are still there. */
function migrations({ migrations: found }: Gathered, named: readonly string[], files: Files): string[] {
  const others = named.filter(
    (path) =>
      !found.includes(path) &&
      (found.length === 0 || !/\.sql$/i.test(path)) &&
      outsideBecause(path) === undefined &&
      files.kindNow(path) !== undefined,
  );
  return [...found, ...others];
}

interface Merged {
  readonly names: readonly string[];
  readonly places: readonly Readonly<Record<string, unknown>>[];
}

/** What was found with its places, then what a person added. `isOurs` tells what was found once and is not there any more. */
function merged(
  found: readonly Shown[],
  present: Readonly<Record<string, unknown>>,
  field: 'control' | 'service',
  listName: string,
  isOurs: (name: string, file: string) => boolean,
  files: Files,
): Merged {
  const names = new Set(found.map(({ name }) => name));
  const before = records(present[field === 'control' ? 'security_control_evidence' : 'required_service_evidence']);
  const gone = new Set(
    before.flatMap((one) => {
      const [name, file] = [asText(one[field]) ?? '', asText(one['file']) ?? ''];
      return !names.has(name) && isOurs(name, file) ? [name] : [];
    }),
  );
  const added = texts(present[listName]).filter((name) => !names.has(name) && !gone.has(name));
  const places = before.filter((one) => {
    const file = asText(one['file']);
    return (
      added.includes(asText(one[field]) ?? '') &&
      file !== undefined &&
      outsideBecause(file) === undefined &&
      files.kindNow(file) === 'file'
    );
  });
  return {
    names: [...found.map(({ name }) => name), ...added],
    places: [...found.map(({ name, file, line }) => ({ [field]: name, file, line })), ...places],
  };
}

function ordered(values: ReadonlyMap<string, unknown>): HandoffValues {
  const names = handoffFields.map(({ name }) => name);
  return new Map([...values].sort(([a], [b]) => names.indexOf(a) - names.indexOf(b)));
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

function texts(value: unknown): string[] {
  return list(value).filter((one): one is string => typeof one === 'string');
}

function records(value: unknown): Readonly<Record<string, unknown>>[] {
  return list(value).filter(
    (one): one is Readonly<Record<string, unknown>> => typeof one === 'object' && one !== null && !Array.isArray(one),
  );
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
