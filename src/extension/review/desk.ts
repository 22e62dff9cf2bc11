import type {
  FolderName,
  FolderReview,
  PageFace,
  Phase,
  Review,
  ReviewFilter,
  Reviewing,
  ToReviewPage,
} from '../../server/protocol-review.ts';
import type { Phase as ServerPhase } from '../status.ts';

/** What has changed. */
export type DeskChange = 'review' | 'face' | 'running' | 'checking' | 'filter';

/** What the editor knows of the reviews: one place, from which the page, the tree and the status bar are told. It reads no editor and no clock itself. */
export interface ReviewDesk {
  /** The folder that is shown, with its newest review. */
  shown(): FolderReview | undefined;
  folders(): readonly FolderName[];
  /** The name that a folder has in the editor. */
  nameOf(folder: string): string;
  /** The reviews of the shown folder that a page may still show, newest first. */
  recent(): readonly Review[];
  face(): PageFace;
  filter(): ReviewFilter;
  /** The phase that a person looks at; the gate until they chose another. */
  phase(): Phase | undefined;
  isChecking(): boolean;
  isRunning(item: string): boolean;
  /** All that a page which starts has to be told. */
  messages(change?: DeskChange): readonly ToReviewPage[];

  setFolders(folders: readonly FolderName[], active: string | undefined): void;
  /** The folder of the editor that has the focus. It is shown while no other was chosen. */
  setActive(folder: string | undefined): void;
  /** A person's choice; false where there is no such folder. */
  choose(folder: string): boolean;
  setServer(phase: ServerPhase): void;
  setTrusted(trusted: boolean): void;
  take(review: FolderReview): void;
  setChecking(reviewing: Reviewing): void;
  /** Items of the shown folder whose command runs, with seconds since it began. */
  setRunning(items: Readonly<Record<string, number>>): void;
  setFilter(filter: ReviewFilter): void;
  setPhase(phase: Phase): void;
  onChange(listener: (change: DeskChange) => void): { dispose(): void };
}

/** So many reviews back a click can still be understood. */
const kept = 16;

export function createReviewDesk(start: {
  readonly filter: ReviewFilter;
  readonly chosen: string | undefined;
  readonly trusted: boolean;
}): ReviewDesk {
  const listeners = new Set<(change: DeskChange) => void>();
  const reviews = new Map<string, readonly Review[]>();
  const checking = new Map<string, Reviewing>();
  let folders: readonly FolderName[] = [];
  let { chosen, filter, trusted } = start;
  let active: string | undefined;
  let server: ServerPhase = 'starting';
  let running: Readonly<Record<string, number>> = {};
  let phase: Phase | undefined;

  const tell = (change: DeskChange): void => {
    for (const listener of listeners) listener(change);
  };
  const current = (): FolderName | undefined => {
    const named = (uri: string | undefined): FolderName | undefined => folders.find((one) => one.uri === uri);
    const withDocuments = folders.find(({ uri }) => reviews.get(uri)?.[0]?.hasDocuments === true);
    return named(chosen) ?? named(active) ?? withDocuments ?? folders[0];
  };
  const recent = (): readonly Review[] => reviews.get(current()?.uri ?? '') ?? [];
  const face = (): PageFace => {
    if (folders.length === 0) return 'no-folder';
    if (server === 'off' || server === 'stopped') return server;
    return recent().length === 0 ? 'loading' : 'live';
  };
  const isChecking = (): boolean => checking.has(current()?.uri ?? '') || server === 'starting';

  const reviewMessages = (): readonly ToReviewPage[] => {
    const folder = current();
    const [review] = recent();
    return folder && review ? [{ kind: 'review', folder, folders, review, trusted }] : [];
  };
  const parts: Readonly<Record<DeskChange, () => readonly ToReviewPage[]>> = {
    filter: () => [{ kind: 'filter', filter }],
    review: reviewMessages,
    face: () => [{ kind: 'face', face: face() }],
    running: () => [{ kind: 'running', items: running }],
    checking: () => {
      const { done, total } = checking.get(current()?.uri ?? '') ?? { done: 0, total: 0 };
      return [{ kind: 'checking', done, total }];
    },
  };

  /** Does it, and tells of the face and of another folder where these are other ones then. */
  const during = (step: () => void): void => {
    const before = { face: face(), folder: current()?.uri };
    step();
    const moved = before.folder !== current()?.uri;
    if (moved) phase = undefined;
    if (moved) running = {};
    if (moved) for (const change of ['review', 'running', 'checking'] as const) tell(change);
    if (moved || before.face !== face()) tell('face');
  };

  return {
    shown: () => {
      const folder = current();
      const [review] = recent();
      return folder && review ? { folder: folder.uri, review } : undefined;
    },
    folders: () => folders,
    nameOf: (uri) => folders.find((one) => one.uri === uri)?.name ?? uri,
    recent,
    face,
    filter: () => filter,
    phase: () => phase ?? recent()[0]?.gate,
    isChecking,
    isRunning: (item) => item in running,
    messages: (change) =>
      change
        ? parts[change]()
        : (['filter', 'review', 'face', 'running', 'checking'] as const).flatMap((one) => parts[one]()),

    setFolders: (next, nowActive) =>
      during(() => {
        folders = next;
        active = nowActive;
        const there = new Set(next.map(({ uri }) => uri));
        for (const known of [reviews, checking]) {
          for (const uri of known.keys()) if (!there.has(uri)) known.delete(uri);
        }
        tell('review');
      }),
    setActive: (folder) =>
      during(() => {
        // An editor without a folder (the output, settings) is no reason to leave the one that is shown.
        if (folder !== undefined) active = folder;
      }),
    choose: (folder) => {
      if (!folders.some(({ uri }) => uri === folder)) return false;
      during(() => {
        chosen = folder;
      });
      return true;
    },
    setServer: (next) =>
      during(() => {
        if (server === next) return;
        server = next;
        if (next !== 'running') checking.clear();
        if (next === 'off') reviews.clear();
        tell('checking');
      }),
    setTrusted: (now) => {
      trusted = now;
      tell('review');
    },
    take: ({ folder, review }) =>
      during(() => {
        if (!folders.some(({ uri }) => uri === folder)) return;
        reviews.set(folder, [review, ...(reviews.get(folder) ?? [])].slice(0, kept));
        const was = checking.delete(folder);
        if (current()?.uri !== folder) return;
        if (was) tell('checking');
        tell('review');
      }),
    setChecking: (reviewing) => {
      const { folder, done, total } = reviewing;
      if (done < total) checking.set(folder, reviewing);
      else checking.delete(folder);
      if (current()?.uri === folder) tell('checking');
    },
    setRunning: (items) => {
      running = items;
      tell('running');
    },
    setFilter: (next) => {
      filter = next;
      tell('filter');
    },
    setPhase: (next) => {
      phase = next;
    },
    onChange: (listener) => {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
  };
}
