import { basename } from 'node:path';
import { configurationFile } from '../core/configuration.ts';
import type { Finding } from '../core/finding.ts';
import type { Review } from '../core/review.ts';
import type { Rule } from '../core/rule.ts';
import { wholeDialectOf } from '../core/whole-dialects.ts';
import { systemClock } from '../platform/clock.ts';
import { gitState, type GitState } from '../platform/git-state.ts';
import { sha256Text } from '../platform/hashes.ts';
import { version } from '../platform/version.ts';
import type { ReviewedDocument } from '../workflow/review/facts.ts';
import { type JudgedProject, makeReview, type ProjectState, readProjectState } from '../workflow/review/make.ts';
import { byText } from '../workflow/ports.ts';
import type { FolderProject, Project } from './projects.ts';
import { type FolderReview, reviewedNotification, reviewingNotification } from './protocol-review.ts';

/** At most one review of a folder is sent in so long, in milliseconds. */
const togetherMs = 100;
/** After so long without being done, it is told how far it is. */
const slowMs = 400;

export interface ReviewPorts {
  readonly rules: readonly Rule[];
  readonly folders: () => readonly { readonly uri: string; readonly project: FolderProject }[];
  /** The client wants to be told of every change. */
  readonly follows: boolean;
  notify(method: string, params: object): void;
  /** Finds and judges every document of a folder without showing what it finds; resolves when the documents are known. */
  judgeQuietly(project: Project): Promise<void>;
  /** Resolves when nothing of the project is due. */
  settled(project: Project): Promise<void>;
  complain(error: unknown): void;
}

/** The reviews of all folders, kept up to date. */
export interface Reviews {
  /** Folders came or went. */
  foldersChanged(): void;
  /** Something was judged, or an open document changed. */
  changed(project: Project): void;
  /** Files changed on disk, by path from the project's root. */
  filesChanged(project: Project, files: readonly string[]): void;
  /** Once everything is judged. */
  settled(folder?: string): Promise<readonly FolderReview[]>;
}

/** What is known of one folder. */
interface Desk {
  readonly uri: string;
  readonly project: FolderProject;
  state: ProjectState | undefined;
  git: GitState | undefined;
  /** Under way: the files are listed, the records read, git asked. */
  reading: Promise<void> | undefined;
  again: boolean;
  begun: Promise<void> | undefined;
  timer: NodeJS.Timeout | undefined;
  /** When it was first waited for; undefined where nothing is. */
  since: number | undefined;
  most: number;
  last: string;
}

export function createReviews(ports: ReviewPorts): Reviews {
  const desks = new Map<string, Desk>();

  const read = (desk: Desk): Promise<void> => {
    if (desk.reading) {
      desk.again = true;
      return desk.reading;
    }
    const { project } = desk;
    const once = async (): Promise<void> => {
      do {
        desk.again = false;
        const [state, git] = await Promise.all([readProjectState(project.files), gitState(project.root)]);
        desk.state = state;
        desk.git = git;
      } while (desk.again);
    };
    desk.reading = once()
      .catch(ports.complain)
      .finally(() => {
        desk.reading = undefined;
      });
    return desk.reading;
  };
  /** What is only written over changes what git says, and nothing that is listed. */
  const readGit = (desk: Desk): Promise<void> =>
    gitState(desk.project.root).then((git) => void (desk.git = git), ports.complain);
  const begin = (desk: Desk): Promise<void> => {
    desk.begun ??= Promise.all([ports.judgeQuietly(desk.project), read(desk)])
      .catch(ports.complain)
      .then(() => schedule(desk));
    return desk.begun;
  };
  const make = ({ project, state, git }: Desk): Review | undefined => {
    if (!state) return undefined;
    return makeReview(state, judgedOf(project), {
      project: { name: basename(project.root), ...git },
      rules: ports.rules,
      version,
      now: new Date().toISOString(),
      today: systemClock.today(),
      sha256Text,
      sha256: (path) => project.sha256(path),
      read: (path) => project.live.text(path),
    });
  };
  const tick = (desk: Desk): void => {
    desk.timer = undefined;
    if (desks.get(desk.uri) !== desk) return;
    const { live } = desk.project;
    const isBusy = live.next() !== undefined;
    const left = live.dueCount();
    if (isBusy || desk.reading) {
      desk.most = Math.max(desk.most, left);
      const waited = Date.now() - (desk.since ??= Date.now());
      if (isBusy && waited > slowMs)
        ports.notify(reviewingNotification, { folder: desk.uri, done: desk.most - left, total: desk.most });
      schedule(desk);
      return;
    }
    desk.since = undefined;
    desk.most = 0;
    const review = make(desk);
    if (!review) return;
    const text = JSON.stringify({ ...review, madeAt: '' });
    if (text === desk.last) return;
    desk.last = text;
    ports.notify(reviewedNotification, { folder: desk.uri, review } satisfies FolderReview);
  };
  const schedule = (desk: Desk): void => {
    if (!ports.follows || desk.timer) return;
    desk.timer = setTimeout(() => {
      try {
        tick(desk);
      } catch (error) {
        ports.complain(error);
      }
    }, togetherMs);
  };
  const deskOf = (project: Project): Desk | undefined => [...desks.values()].find((desk) => desk.project === project);

  return {
    foldersChanged: () => {
      const folders = ports.folders();
      for (const [uri, desk] of desks) {
        if (folders.some((one) => one.uri === uri && one.project === desk.project)) continue;
        clearTimeout(desk.timer);
        desks.delete(uri);
      }
      for (const { uri, project } of folders) {
        if (desks.has(uri)) continue;
        const desk: Desk = {
          uri,
          project,
          state: undefined,
          git: undefined,
          reading: undefined,
          again: false,
          begun: undefined,
          timer: undefined,
          since: undefined,
          most: 0,
          last: '',
        };
        desks.set(uri, desk);
        if (ports.follows) void begin(desk);
      }
    },
    changed: (project) => {
      const desk = deskOf(project);
      if (desk?.begun) schedule(desk);
    },
    filesChanged: (project, files) => {
      const desk = deskOf(project);
      if (!desk?.begun) return;
      const known = new Set(desk.state?.files);
      const isReread = files.some(
        (file) =>
          file.startsWith('.backend-architect/') ||
          file.startsWith('.git/') ||
          file.endsWith('.gitignore') ||
          known.has(file) !== (desk.project.files.kindNow(file) === 'file'),
      );
      desk.project.forgetHashes(files);
      if (isReread) void read(desk).then(() => schedule(desk));
      else if (desk.git) void readGit(desk).then(() => schedule(desk));
      schedule(desk);
    },
    settled: async (folder) => {
      const wanted = [...desks.values()].filter(({ uri }) => folder === undefined || uri === folder);
      const found: FolderReview[] = [];
      for (const desk of wanted) {
        await begin(desk);
        await read(desk);
        await ports.settled(desk.project);
        const review = make(desk);
        if (review) found.push({ folder: desk.uri, review });
      }
      return found;
    },
  };
}

/** What is known of the folder's documents. What has not been judged yet is said not to be analysed. */
function judgedOf(project: FolderProject): JudgedProject {
  const { live } = project;
  const documents: ReviewedDocument[] = [];
  const notAnalysed: { file: string; reason: string }[] = [];
  const findings: Finding[] = [];
  for (const { file, state, findings: own, operations, notAnalysed: reasons } of live.verdicts.values()) {
    findings.push(...own);
    for (const reason of reasons) notAnalysed.push({ file, reason });
    if (state !== 'judged' || file === configurationFile) continue;
    const dialect = wholeDialectOf(file, live.configuration)?.id ?? (/\.sql$/i.test(file) ? 'sql' : 'openapi');
    documents.push({ file, dialect, ...(operations === undefined ? {} : { operations }) });
  }
  for (const file of project.found()) {
    if (!live.verdicts.has(file)) notAnalysed.push({ file, reason: 'It has not been checked yet.' });
  }
  documents.sort((a, b) => byText(a.file, b.file));
  notAnalysed.sort((a, b) => byText(a.file, b.file));
  findings.sort(
    (a, b) =>
      byText(a.file, b.file) ||
      a.range.start.line - b.range.start.line ||
      a.range.start.character - b.range.start.character ||
      byText(a.rule, b.rule),
  );
  return { configuration: live.configuration, findings, documents, notAnalysed };
}
