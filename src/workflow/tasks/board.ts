import { fieldOf, priorityOf, sameId, type Task, type TaskFacts, titleOf, valueOf } from '../../core/task/facts.ts';
import { tasksById } from '../../core/task/graph.ts';
import { statusOf, type TaskStatus } from '../../core/task/words.ts';
import type { Span } from '../../core/text.ts';

/** A task as boards and lists show it. */
export interface BoardTask {
  readonly id: string;
  readonly title: string;
  readonly status: TaskStatus;
  readonly priority: string;
  readonly effort: string;
  readonly assignee: string;
  /** Criteria that are ticked, of how many. */
  readonly done: number;
  readonly criteria: number;
  readonly dependencies: readonly string[];
  /** Ids it waits for: tasks that are not completed, and those that do not exist. */
  readonly blockedBy: readonly string[];
  /** Pending, and nothing it depends on is open. */
  readonly ready: boolean;
  /** Its heading. */
  readonly heading: Span;
}

/** Something that is no task yet, and why. */
export interface BoardRepair {
  readonly text: string;
  readonly why: string;
  readonly span: Span;
}

export interface TaskBoard {
  /** In the order of the file. */
  readonly tasks: readonly BoardTask[];
  readonly repairs: readonly BoardRepair[];
  /** How many can be begun. */
  readonly ready: number;
}

/** The tasks of a file with what they wait for. Where none is written, a task is pending. */
export function taskBoard(facts: TaskFacts): TaskBoard {
  const byId = tasksById(facts.tasks);
  const tasks: BoardTask[] = [];
  const repairs: BoardRepair[] = facts.broken.map(({ span, id }) => ({
    text: id ?? facts.text.slice(span.start, span.end).slice(0, 80),
    why: id === undefined ? 'It has no number' : 'Its heading cannot be read',
    span,
  }));
  for (const task of facts.tasks) {
    const status = statusIn(task);
    const twin = byId.get(sameId(task.id.text));
    const why =
      status === undefined
        ? `\`${valueOf(task, 'status')?.text ?? ''}\` is no status`
        : twin !== task
          ? `"${twin ? titleOf(twin) : ''}" has the same number`
          : undefined;
    if (status === undefined || why !== undefined) {
      repairs.push({ text: `${task.id.text} ${titleOf(task)}`, why: why ?? '', span: task.heading });
      continue;
    }
    const blockedBy = waitsFor(task, byId);
    tasks.push({
      id: task.id.text,
      title: titleOf(task),
      status,
      priority: priorityOf(task)?.text ?? '',
      effort: valueOf(task, 'effort')?.text ?? '',
      assignee: task.assignee?.text ?? valueOf(task, 'assigned')?.text ?? '',
      done: task.criteria.filter(({ done }) => done).length,
      criteria: task.criteria.length,
      dependencies: [...new Set(task.dependencies.map(({ text }) => text))],
      blockedBy,
      ready: status === 'pending' && blockedBy.length === 0,
      heading: task.heading,
    });
  }
  repairs.sort((a, b) => a.span.start - b.span.start);
  return { tasks, repairs, ready: tasks.filter(({ ready }) => ready).length };
}

/** Undefined for a word that is no status. */
export function statusIn(task: Task): TaskStatus | undefined {
  const text = fieldOf(task, 'status')?.value.text ?? '';
  return text === '' ? 'pending' : statusOf(text);
}

/** What of a task's dependencies is still open. Ids of a kind that this file has no tasks of are somebody else's to judge. */
export function waitsFor(task: Task, byId: ReadonlyMap<string, Task>): readonly string[] {
  const waits = new Set<string>();
  for (const { text } of task.dependencies) {
    const other = byId.get(sameId(text));
    if (other ? statusIn(other) !== 'completed' : text.startsWith('BE-')) waits.add(text);
  }
  return [...waits];
}

/** The tasks so that each comes behind those it depends on; those of a circle at the end, in the order of the file. */
export function dependencyOrder(tasks: readonly BoardTask[]): readonly BoardTask[] {
  const byId = new Map(tasks.map((task) => [sameId(task.id), task]));
  const open = new Map(
    tasks.map((task) => [task, new Set(task.dependencies.flatMap((id) => byId.get(sameId(id)) ?? []))]),
  );
  const waiting = new Map<BoardTask, BoardTask[]>();
  for (const [task, others] of open) {
    for (const other of others) waiting.set(other, [...(waiting.get(other) ?? []), task]);
  }
  const ordered = tasks.filter((task) => open.get(task)?.size === 0);
  for (const task of ordered) {
    for (const next of waiting.get(task) ?? []) {
      const others = open.get(next);
      if (others?.delete(task) && others.size === 0) ordered.push(next);
    }
  }
  const placed = new Set(ordered);
  return [...ordered, ...tasks.filter((task) => !placed.has(task))];
}
