import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import type { ParseStatement } from '../core/sql/tree.ts';
import type { Verdict, Work } from '../workflow/live.ts';
import type { Project } from './projects.ts';

/** After so long others have their turn: messages are read, and a newer text takes the place of the one that is judged. */
const turnMs = 8;
/** How long an analysis may take, in milliseconds: after an edit, and when nothing is known of a document yet. */
export interface Limits {
  readonly editMs: number;
  readonly firstMs: number;
}

export const usualLimits: Limits = { editMs: 2000, firstMs: 30_000 };

/** More for each migration: they are judged together. */
const perMigrationMs = 100;
/** After so long the status says that it is being checked. */
const slowMs = 300;
/** A short document that took too long is tried again with the time of an edit; a long one may need more. */
const shortText = 1_000_000;

export interface SchedulerPorts {
  readonly limits: Limits;
  readonly projects: { readonly all: readonly Project[] };
  began(uri: string, version: number | undefined, limitMs: number, leftMs: number): void;
  ended(): void;
  /** A document takes so long that somebody may wonder. */
  slow(project: Project, work: Work): void;
  show(project: Project, verdicts: readonly Verdict[]): void;
  /** A document took longer than it may. */
  overdue(project: Project, work: Work, limitMs: number): void;
  /** An analysis threw. */
  broke(project: Project, work: Work, error: unknown): void;
  parser(): Promise<ParseStatement>;
  /** Whether the document took too long before. */
  wasStruck(project: Project, file: string): boolean;
}

/** Judges what is due, the most urgent first, and one thing at a time; what is urgent goes in between what takes long. */
export interface Scheduler {
  /** Something is due, or a job waits. */
  wake(): void;
  /** Runs between steps of judging, under the deadline of an edit. */
  job<T>(uri: string, run: () => T): Promise<T>;
  /** Migrations changed: work on the ones of this project is of no use any more. */
  sqlChanged(project: Project): void;
  /** Resolves when nothing of the project, or nothing of the document, is due. */
  settled(project: Project, file?: string): Promise<void>;
}

interface Job {
  readonly uri: string;
  run(): void;
}

export function createScheduler(ports: SchedulerPorts): Scheduler {
  const { editMs, firstMs } = ports.limits;
  const jobs: Job[] = [];
  const waiting = new Set<{ readonly project: Project; readonly file: string | undefined; resolve(): void }>();
  const sqlStamps = new Map<Project, number>();
  let busy = false;

  const isSettled = (project: Project, file: string | undefined): boolean =>
    file === undefined ? project.live.next() === undefined : !project.live.isDue(file);
  const release = (): void => {
    for (const one of waiting) {
      if (!isSettled(one.project, one.file)) continue;
      waiting.delete(one);
      one.resolve();
    }
  };
  const doJobs = (): void => {
    for (let job = jobs.shift(); job; job = jobs.shift()) {
      ports.began(job.uri, undefined, editMs, editMs);
      job.run();
      ports.ended();
    }
  };
  const urgent = (): { project: Project; work: Work } | undefined => {
    let best: { project: Project; work: Work } | undefined;
    for (const project of ports.projects.all) {
      const work = project.live.next();
      // What somebody looks at goes first.
      if (work && (!best || (work.version !== undefined && best.work.version === undefined))) best = { project, work };
    }
    return best;
  };
  const limitOf = (project: Project, work: Work): number => {
    if (!work.first) return editMs;
    if (ports.wasStruck(project, work.file) && (project.live.text(work.file)?.length ?? 0) < shortText) return editMs;
    return firstMs + (work.isSql ? perMigrationMs * project.live.sql.size() : 0);
  };

  const run = async (project: Project, work: Work, depth: number): Promise<void> => {
    if (work.isSql) {
      try {
        project.live.sql.useParser(await ports.parser());
      } catch (error) {
        ports.broke(project, work, error);
        return;
      }
    }
    const limitMs = limitOf(project, work);
    const uri = project.uriOf(work.file);
    const stamp = sqlStamps.get(project);
    const steps = work.run();
    let spent = 0;
    let told = false;
    const outdated = (): boolean =>
      project.live.version(work.file) !== work.version || (work.isSql && sqlStamps.get(project) !== stamp);
    for (;;) {
      ports.began(uri, work.version, limitMs, limitMs - spent);
      const began = performance.now();
      let step: IteratorResult<void, readonly Verdict[]> | undefined;
      try {
        do step = steps.next();
        while (!step.done && performance.now() - began < turnMs);
      } catch (error) {
        ports.ended();
        ports.broke(project, work, error);
        return;
      }
      spent += performance.now() - began;
      ports.ended();
      if (step.done) {
        ports.show(project, step.value);
        return;
      }
      if (spent > slowMs && !told) {
        told = true;
        ports.slow(project, work);
      }
      if (spent > limitMs) {
        ports.overdue(project, work, limitMs);
        return;
      }
      await setImmediate();
      if (outdated()) return;
      doJobs();
      if (depth > 0) continue;
      const other = urgent();
      const between =
        other && other.work.version !== undefined && other.work.file !== work.file && !(other.work.isSql && work.isSql);
      if (between) await run(other.project, other.work, depth + 1);
      if (outdated()) return;
    }
  };

  const loop = async (): Promise<void> => {
    busy = true;
    // Messages that came together are read before the first of them is worked on.
    await setImmediate();
    for (;;) {
      doJobs();
      release();
      const next = urgent();
      if (!next) break;
      await run(next.project, next.work, 0);
      await setImmediate();
    }
    busy = false;
    release();
  };
  const wake = (): void => {
    if (!busy) void loop();
  };
  return {
    wake,
    job: (uri, work) =>
      new Promise((resolve, reject) => {
        jobs.push({
          uri,
          run: () => {
            try {
              resolve(work());
            } catch (error) {
              reject(error instanceof Error ? error : new Error(String(error)));
            }
          },
        });
        wake();
      }),
    sqlChanged: (project) => void sqlStamps.set(project, (sqlStamps.get(project) ?? 0) + 1),
    settled: (project, file) => {
      wake();
      if (isSettled(project, file)) return Promise.resolve();
      return new Promise((resolve) => waiting.add({ project, file, resolve }));
    },
  };
}
