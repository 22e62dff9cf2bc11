import { numberOf, type TaskFacts } from './facts.ts';
import { categoryOfNumber, lastOf, overflowFrom, type TaskCategory, taskCategories, taskId } from './words.ts';

/** The numbers that are spoken for: of tasks, of headings that are broken, and of tasks that others wait for. */
function takenNumbers(facts: TaskFacts): ReadonlySet<number> {
  const ids = [
    ...facts.tasks.flatMap((task) => [task.id.text, ...task.dependencies.map(({ text }) => text)]),
    ...facts.broken.flatMap(({ id }) => id ?? []),
  ];
  return new Set(ids.flatMap((id) => numberOf(id) ?? []));
}

/** The next free number: the one behind the highest of the category's band, then a free one in it, then from 100 on. Nothing is ever renumbered. */
export function nextNumber(facts: TaskFacts, category: TaskCategory): number {
  const taken = takenNumbers(facts);
  const last = lastOf(category);
  const inBand = [...taken].filter((one) => one >= category.from && one <= last);
  const behind = Math.max(category.from - 1, ...inBand) + 1;
  if (behind <= last) return behind;
  for (let one = category.from; one <= last; one++) if (!taken.has(one)) return one;
  return Math.max(overflowFrom - 1, ...[...taken].filter((one) => one >= overflowFrom)) + 1;
}

/** The next free id in a category. */
export function nextId(facts: TaskFacts, category: TaskCategory): string {
  return taskId(nextNumber(facts, category));
}

/** The category of a task: by its number, or by the word behind `Backend/` where its number lies outside the bands. */
export function categoryOf(id: string, category: string | undefined): TaskCategory | undefined {
  const tag = /\/[ \t]*(.+)$/
    .exec(category ?? '')?.[1]
    ?.trim()
    .toLowerCase();
  return categoryOfNumber(numberOf(id) ?? -1) ?? taskCategories.find((one) => one.tag === tag);
}
