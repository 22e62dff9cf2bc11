import { type Said, sameId, type Task } from './facts.ts';

/** Tasks that wait for each other: each but the last names the next one, the last names the first. */
export interface DependencyCycle {
  readonly way: readonly Task[];
  /** Where the first names the second. */
  readonly at: Said;
}

/** The first task of every id. */
export function tasksById(tasks: readonly Task[]): ReadonlyMap<string, Task> {
  const found = new Map<string, Task>();
  for (const task of tasks) {
    const id = sameId(task.id.text);
    if (!found.has(id)) found.set(id, task);
  }
  return found;
}

/** Circles of dependencies, each told once, from its first task on. One for every way back that a walk in the order of the file meets: linear. */
export function dependencyCycles(tasks: readonly Task[]): readonly DependencyCycle[] {
  const byId = tasksById(tasks);
  const state = new Map<Task, 'open' | 'done'>();
  const found: DependencyCycle[] = [];
  for (const root of byId.values()) {
    if (state.has(root)) continue;
    const way: { readonly task: Task; next: number; at: Said | undefined }[] = [{ task: root, next: 0, at: undefined }];
    state.set(root, 'open');
    while (way.length > 0) {
      const here = way.at(-1);
      if (!here) break;
      const said = here.task.dependencies[here.next++];
      if (!said) {
        state.set(here.task, 'done');
        way.pop();
        continue;
      }
      here.at = said;
      const target = byId.get(sameId(said.text));
      if (!target || state.get(target) === 'done') continue;
      if (state.get(target) === undefined) {
        state.set(target, 'open');
        way.push({ task: target, next: 0, at: undefined });
        continue;
      }
      const from = way.findIndex(({ task }) => task === target);
      const circle = way.slice(from);
      const at = circle[0]?.at;
      if (at) found.push({ way: circle.map(({ task }) => task), at });
    }
  }
  return found;
}
