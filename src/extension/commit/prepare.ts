import { type ExtensionContext, type QuickPickItem, window } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { CommitPlan, TrailerChoice } from '../../server/protocol-commit.ts';
import { ask } from '../ask.ts';
import { chooseRepository, type Repository } from './repositories.ts';
import { askLine, pickMany, pickOne, type StepPlace } from './steps.ts';

/** What has been answered of a chain that was left half done. */
interface Draft {
  readonly step: number;
  readonly type?: string;
  readonly scope?: string;
  readonly description?: string;
  /** The keys that were checked. */
  readonly trailers?: readonly string[];
}

const shownMs = 10_000;
const noScope = '(no scope)';
const title = 'Prepare Commit Message';

/** Keeps text that a command replaced, per repository, also over a restart. */
const previousKey = ({ rootUri }: Repository): string => `backendArchitect.commit.previous:${rootUri.toString()}`;
const draftKey = ({ rootUri }: Repository): string => `backendArchitect.commit.draft:${rootUri.toString()}`;

/** Says why a command did nothing; an empty sentence where the person left by themselves. */
function refuse(sentence: string): void {
  if (sentence !== '') void window.showInformationMessage(sentence);
}

/** Puts a text into the box, and keeps what stood there. */
async function fill(context: ExtensionContext, repository: Repository, text: string): Promise<void> {
  const before = repository.inputBox.value;
  if (before !== text && before.trim() !== '') await context.workspaceState.update(previousKey(repository), before);
  repository.inputBox.value = text;
}

/** The command: at most four steps into the commit box of the right repository. It never commits. */
export async function prepareCommit(context: ExtensionContext, client: LanguageClient, source: unknown): Promise<void> {
  const repository = await chooseRepository(source);
  if ('refusal' in repository) return refuse(repository.refusal);
  const plan = await planFor(client, repository);
  if (!plan) return;
  const typed = repository.inputBox.value;
  if (typed.trim() === '') return compose(context, client, repository, plan);
  const keep = { label: 'Keep My Text, Add Trailers', detail: 'What you typed stays as it is.' };
  const replace = { label: 'Replace', detail: 'Restore Previous Commit Text brings it back.' };
  const chosen = await window.showQuickPick([keep, replace, { label: 'Cancel' }], {
    title: `${title}: ${plan.name}`,
    placeHolder: 'The commit box holds text.',
    ignoreFocusOut: true,
  });
  if (chosen === keep) await keepText(context, client, repository, plan);
  else if (chosen === replace) await compose(context, client, repository, plan);
}

async function planFor(client: LanguageClient, repository: Repository): Promise<CommitPlan | undefined> {
  const params = { repository: client.code2ProtocolConverter.asUri(repository.rootUri) };
  const plan = await ask(client, 'backendArchitect/planCommit', { ...params, all: false });
  if (!('refusal' in plan)) return plan;
  if (!('unstaged' in plan) || !plan.unstaged) {
    refuse(plan.refusal);
    return undefined;
  }
  const useAll = { label: 'Use All Changes', detail: 'The editor commits all of them where nothing is staged.' };
  const items = [useAll, { label: 'Cancel' }];
  if ((await window.showQuickPick(items, { title, placeHolder: plan.refusal })) !== useAll) return undefined;
  const all = await ask(client, 'backendArchitect/planCommit', { ...params, all: true });
  if (!('refusal' in all)) return all;
  refuse(all.refusal);
  return undefined;
}

type TrailerItem = QuickPickItem & { readonly trailer: TrailerChoice };

function trailerStep(
  place: StepPlace,
  { trailers }: CommitPlan,
  picked: readonly string[] | undefined,
): ReturnType<typeof pickMany<TrailerItem>> {
  const items = trailers.map((trailer) => ({
    label: `${trailer.key}: ${trailer.value}`,
    description: trailer.why,
    trailer,
  }));
  const checked = items.filter(({ trailer }) => (picked ? picked.includes(trailer.key) : trailer.picked));
  return pickMany(place, items, checked, 'Trailers to add');
}

async function keepText(
  context: ExtensionContext,
  client: LanguageClient,
  repository: Repository,
  plan: CommitPlan,
): Promise<void> {
  const chosen = await trailerStep({ title: `${title}: ${plan.name}`, step: 1, of: 1 }, plan, undefined);
  if (typeof chosen === 'string') return;
  const trailers = chosen.value.map(({ trailer: { key, value } }) => ({ key, value }));
  // What was typed while the list was open is kept too.
  const text = repository.inputBox.value;
  const answer = await ask(client, 'backendArchitect/addTrailers', { text, trailers });
  if ('refusal' in answer) return refuse(answer.refusal);
  if (repository.inputBox.value !== text)
    return refuse('The text in the commit box changed meanwhile. It was left as it is.');
  await fill(context, repository, answer.text);
  const added = answer.added === 1 ? '1 trailer was' : `${answer.added === 0 ? 'No' : answer.added} trailers were`;
  window.setStatusBarMessage(`Your commit text is kept. ${added} added.`, shownMs);
}

async function compose(
  context: ExtensionContext,
  client: LanguageClient,
  repository: Repository,
  plan: CommitPlan,
): Promise<void> {
  const key = draftKey(repository);
  let draft: Draft = context.workspaceState.get<Draft>(key) ?? { step: 1 };
  const head = `${title}: ${plan.name}`;
  const note = plan.note === '' ? '' : `${plan.note} `;
  while (draft.step <= 4) {
    const place: StepPlace = { title: head, step: draft.step, of: 4 };
    const answered = await answerStep(place, plan, draft, note);
    if (answered === 'left') {
      await context.workspaceState.update(key, draft);
      return;
    }
    draft = answered === 'back' ? { ...draft, step: draft.step - 1 } : { ...answered, step: draft.step + 1 };
    await context.workspaceState.update(key, { ...draft, step: Math.min(draft.step, 4) });
  }
  const { type = '', scope = '', description = '' } = draft;
  const trailers = plan.trailers.filter((trailer) => draft.trailers?.includes(trailer.key));
  const message = {
    type,
    scope,
    description,
    trailers: trailers.map(({ key: name, value }) => ({ key: name, value })),
  };
  const answer = await ask(client, 'backendArchitect/composeCommit', message);
  if ('refusal' in answer) return refuse(answer.refusal);
  await fill(context, repository, answer.text);
  await context.workspaceState.update(key, undefined);
  window.setStatusBarMessage(`The message is in the commit box of ${plan.name}. Nothing was committed.`, shownMs);
}

async function answerStep(
  place: StepPlace,
  plan: CommitPlan,
  draft: Draft,
  note: string,
): Promise<Draft | 'back' | 'left'> {
  switch (draft.step) {
    case 1: {
      const items = plan.types.map(({ value, why }) => ({ label: value, description: why }));
      const answer = await pickOne(place, items, { active: draft.type, placeholder: `${note}Type of the commit` });
      return typeof answer === 'string' ? answer : { ...draft, type: answer.value };
    }
    case 2: {
      const items = plan.scopes.map(({ value, why }) => ({ label: value || noScope, description: value ? why : '' }));
      const active = draft.scope === '' ? noScope : draft.scope;
      const placeholder = 'Scope: the area that changes. Type one that is not listed.';
      const answer = await pickOne(place, items, { active, placeholder, free: 'a scope that is new here' });
      if (typeof answer === 'string') return answer;
      return { ...draft, scope: answer.value === noScope ? '' : answer.value };
    }
    case 3: {
      const answer = await askLine(place, {
        value: draft.description ?? plan.description,
        prompt: `${draft.type ?? ''}${draft.scope ? `(${draft.scope})` : ''}: …`,
        placeholder: 'What the commit does, for example: add carts',
        missing: 'Say what the commit does.',
      });
      return typeof answer === 'string' ? answer : { ...draft, description: answer.value };
    }
    default: {
      const answer = await trailerStep(place, plan, draft.trailers);
      if (typeof answer === 'string') return answer;
      return { ...draft, trailers: answer.value.map(({ trailer }) => trailer.key) };
    }
  }
}

/** The command: what stood in the box before comes back, and what stands there now is kept in its place. */
export async function restoreCommitText(context: ExtensionContext, source: unknown): Promise<void> {
  const repository = await chooseRepository(source);
  if ('refusal' in repository) return refuse(repository.refusal);
  const previous = context.workspaceState.get<string>(previousKey(repository));
  if (previous === undefined) return refuse('No earlier commit text is kept for this repository.');
  await fill(context, repository, previous);
  window.setStatusBarMessage('Your earlier commit text is back.', shownMs);
}
