import { type Disposable, type Event, extensions, type SourceControl, type Uri, window, workspace } from 'vscode';

/** The part of VS Code's Git extension that is used here. */
export interface Repository {
  readonly rootUri: Uri;
  readonly inputBox: { value: string };
  readonly ui: { readonly selected: boolean };
}

interface GitApi {
  readonly state: 'uninitialized' | 'initialized';
  readonly onDidChangeState: Event<GitApi['state']>;
  readonly repositories: readonly Repository[];
  getRepository(uri: Uri): Repository | null;
}

interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

/** Why there is no repository, in a sentence; an empty one where the person chose none. */
export interface NoRepository {
  readonly refusal: string;
}

/** The Git extension looks for repositories when it starts; after so long it is not waited for any more. */
const patienceMs = 10_000;

/**
 * The repository that a command is for: the one of the source control it was called from, the only one, the one of the active editor, the one that alone is
 * selected in the view; otherwise the person is asked.
 */
export async function chooseRepository(source: unknown): Promise<Repository | NoRepository> {
  const api = await gitApi();
  if ('refusal' in api) return api;
  const { repositories } = api;
  const root = (source as Partial<SourceControl> | null | undefined)?.rootUri?.toString();
  const own = root === undefined ? undefined : repositories.find(({ rootUri }) => rootUri.toString() === root);
  if (own) return own;
  const [first, second] = repositories;
  if (!first) return { refusal: whyNone() };
  if (!second) return first;
  const active = window.activeTextEditor?.document.uri;
  const around = active?.scheme === 'file' ? api.getRepository(active) : null;
  if (around) return around;
  const selected = repositories.filter(({ ui }) => ui.selected);
  if (selected.length === 1 && selected[0]) return selected[0];
  const chosen = await window.showQuickPick(
    repositories.map((repository) => ({
      label: repository.rootUri.path.split('/').at(-1) ?? '',
      description: repository.rootUri.fsPath,
      repository,
    })),
    { title: 'Commit message of which repository?' },
  );
  return chosen?.repository ?? { refusal: '' };
}

async function gitApi(): Promise<GitApi | NoRepository> {
  const extension = extensions.getExtension<GitExtension>('vscode.git');
  if (!extension) {
    return { refusal: 'The Git extension of the editor is disabled. Enable it, then prepare the message.' };
  }
  const git = await extension.activate();
  if (!git.enabled) return { refusal: 'Git is switched off by the setting git.enabled, or was not found.' };
  const api = git.getAPI(1);
  if (api.state !== 'initialized' && workspace.isTrusted) await initialized(api);
  return api;
}

function initialized(api: GitApi): Promise<void> {
  return new Promise((resolve) => {
    let listener: Disposable | undefined;
    const done = (): void => {
      clearTimeout(timer);
      listener?.dispose();
      resolve();
    };
    const timer = setTimeout(done, patienceMs);
    listener = api.onDidChangeState((state) => {
      if (state === 'initialized') done();
    });
  });
}

function whyNone(): string {
  if (!workspace.isTrusted) return 'Restricted Mode: no repository is opened until you trust this workspace.';
  if (!workspace.workspaceFolders?.length) return 'No folder is open. Open the folder of a git repository.';
  return 'No open folder is in a git repository. Run Initialize Repository, or open one that is.';
}
