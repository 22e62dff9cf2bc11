import { ownRole, roleOf } from '../../catalogue/roles.ts';
import type { AgentTrailer } from '../../core/commit/message.ts';
import type { Configuration } from '../../core/configuration.ts';
import { isMigrationPath } from '../../core/sql/migrations.ts';
import {
  areaOf,
  commonResource,
  describeChanges,
  guessTypes,
  type Insight,
  scopeFrom,
  type Suggestion,
} from './guess.ts';
import { operationsIn } from './operations.ts';
import { type EarlierCommit, type NotStaged, readBlob, readStaged, type RunGit, type Staged } from './repository.ts';

/** A trailer that the message could have. */
export interface TrailerChoice {
  readonly key: AgentTrailer;
  readonly value: string;
  readonly why: string;
  /** It is known to be right; others are offered. */
  readonly picked: boolean;
}

/** What a message could be, everything guessed from what is staged. The first of each list is the likeliest. */
export interface CommitPlan {
  /** The repository's own folder. */
  readonly name: string;
  /** What is to be known before the commit: HEAD is detached, it is the first commit. Empty where there is nothing. */
  readonly note: string;
  readonly types: readonly Suggestion[];
  /** An empty value is none; it comes first where nothing speaks for one. */
  readonly scopes: readonly Suggestion[];
  readonly description: string;
  readonly trailers: readonly TrailerChoice[];
}

/** So many API documents are read to count what they gained. */
const mostDocuments = 4;

/** Guesses the next commit's message from what is staged; with `all`, from everything that is changed. */
export async function planCommit(
  git: RunGit,
  configuration: Configuration,
  all: boolean,
): Promise<CommitPlan | NotStaged> {
  const staged = await readStaged(git, all);
  if ('refusal' in staged) return staged;
  const insight = await insightInto(git, staged);
  return {
    name: staged.name,
    note: noteOf(staged),
    types: guessTypes(staged.changes, insight, staged.branch, configuration.commitTypes),
    scopes: guessScopes(staged, insight),
    description: describeChanges(staged.changes, insight),
    trailers: [...ownTrailers, ...branchTrailers(staged), ...(await handoffTrailer(git, staged, configuration))],
  };
}

/** The trailers that every message of this role has. */
export const ownTrailers: readonly TrailerChoice[] = [
  { key: 'Agent', value: ownRole.slug, why: '', picked: true },
  { key: 'Domain', value: 'engineering', why: '', picked: true },
];

function noteOf({ name, branch, unborn }: Staged): string {
  if (branch === undefined) {
    return `HEAD is detached in ${name}: no branch will hold this commit. Make one with git switch -c before you go elsewhere.`;
  }
  return unborn ? `This will be the first commit of ${name}.` : '';
}

async function insightInto(git: RunGit, { changes, unborn }: Staged): Promise<Insight> {
  const added: string[] = [];
  const removed: string[] = [];
  const documents = changes.filter(({ path, status }) => /\.(?:ya?ml|json)$/i.test(path) && status !== 'deleted');
  for (const { path, from } of documents.slice(0, mostDocuments)) {
    const now = operationsIn((await readBlob(git, ':', path)) ?? '');
    if (!now) continue;
    const old = unborn ? undefined : await readBlob(git, 'HEAD:', from ?? path);
    const before = old === undefined ? new Set<string>() : operationsIn(old);
    if (!before) continue;
    added.push(...[...now].filter((one) => !before.has(one)));
    removed.push(...[...before].filter((one) => !now.has(one)));
  }
  return { added, removed, isMigration: isMigrationPath };
}

/** The scope of an earlier commit; empty where it has none. */
export function scopeOf({ subject }: Pick<EarlierCommit, 'subject'>): string {
  return /^[\w-]{1,40}\(([^()]{1,60})\)!?:/.exec(subject)?.[1] ?? '';
}

/** Scopes of earlier commits, the most used first, each with how often. */
export function usedScopes(history: readonly EarlierCommit[]): readonly (readonly [string, number])[] {
  return counted(history.map(scopeOf).filter((scope) => scope !== ''));
}

function counted(names: readonly string[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}

function guessScopes({ changes, history, branch }: Staged, { added }: Insight): readonly Suggestion[] {
  const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);
  const folders = new Set(changes.map(({ path }) => folderOf(path)).filter((folder) => folder !== ''));
  const near = history.filter(({ paths }) => paths.some((path) => folders.has(folderOf(path))));
  const found = new Map<string, string>();
  const say = (scope: string, why: string): void => {
    if (scope !== '' && !found.has(scope)) found.set(scope, why);
  };
  const resource = commonResource(added);
  if (resource !== '') say(resource, 'the operations that were added');
  for (const [scope, count] of usedScopes(near).slice(0, 3)) {
    if (count > 1) say(scope, `used ${count} times for these folders`);
  }
  // The type says already that it is documents or tests.
  const areas = counted(changes.flatMap(({ path }) => areaOf(path) ?? [])).filter(
    ([area]) => !/^(?:docs?|tests?)$/i.test(area),
  );
  for (const [area, count] of areas.slice(0, 3)) {
    say(scopeFrom(area), `${count} of ${changes.length} file${changes.length === 1 ? '' : 's'}`);
  }
  const feature = featureOf(branch);
  if (feature !== '') say(scopeFrom(feature), `branch ${branch ?? ''}`);
  // What other changes were about says nothing of this one: it is offered, not guessed.
  if (found.size === 0) found.set('', 'no scope');
  for (const [scope, count] of usedScopes(history).slice(0, 20))
    say(scope, `used ${count} time${count === 1 ? '' : 's'}`);
  if (!found.has('')) found.set('', 'no scope');
  return [...found].map(([value, why]) => ({ value, why }));
}

const story = /(?:^|[^A-Za-z0-9])([A-Z][A-Z0-9]{1,9}-\d{1,7})(?![A-Za-z0-9])/;

/** `feature/ABC-12-carts` works on `carts`; a branch of another kind on none. */
function featureOf(branch: string | undefined): string {
  const name = /^feat(?:ure)?s?\/(.+)$/.exec(branch ?? '')?.[1] ?? '';
  return name.replace(/[A-Z][A-Z0-9]{1,9}-\d{1,7}/, '').replaceAll(/^[-_/]+|[-_/]+$/g, '');
}

function branchTrailers({ branch, history }: Staged): readonly TrailerChoice[] {
  const choices: TrailerChoice[] = [];
  const feature = featureOf(branch);
  const earlier = /^Feature: (.+)$/i.exec(history[0]?.trailers.find((line) => /^Feature: /i.test(line)) ?? '')?.[1];
  if (feature !== '') choices.push({ key: 'Feature', value: feature, why: `branch ${branch ?? ''}`, picked: true });
  else if (earlier) choices.push({ key: 'Feature', value: earlier, why: 'as in the last commit', picked: false });
  const reference = story.exec(branch ?? '')?.[1];
  if (reference) choices.push({ key: 'Story', value: reference, why: `branch ${branch ?? ''}`, picked: true });
  return choices;
}

/** The role that a staged hand-off goes to. */
async function handoffTrailer(
  git: RunGit,
  { changes }: Staged,
  { handoffFile }: Configuration,
): Promise<readonly TrailerChoice[]> {
  const own = changes.find(
    ({ path, status }) => status !== 'deleted' && (path === handoffFile || path.endsWith(`/${handoffFile}`)),
  );
  if (!own) return [];
  let next: unknown;
  try {
    const read = JSON.parse((await readBlob(git, ':', own.path)) ?? '') as { readonly next_agent?: unknown } | null;
    next = read?.next_agent;
  } catch {
    // Broken JSON names nobody; the hand-off's own check says so.
    return [];
  }
  const role = typeof next === 'string' ? roleOf(next) : undefined;
  return role ? [{ key: 'Handoff-To', value: role.slug, why: `${own.path} is staged`, picked: true }] : [];
}
