import { addTaskEdit, emptyTaskFile, statusEdit } from '../../core/task/edit.ts';
import { sameId } from '../../core/task/facts.ts';
import { nextNumber } from '../../core/task/numbers.ts';
import { readTasks } from '../../core/task/read.ts';
import { lastOf, taskCategories, taskEfforts, taskId, taskPriorities, type TaskStatus } from '../../core/task/words.ts';
import { applyEdits, type TextEdit } from '../../core/text.ts';
import { statusIn } from './board.ts';

/** The agent that backend tasks are given to (role-003). */
const backendAgent = 'backend-specialist';

/** A task that somebody wants. */
export interface TaskAsk {
  /** The key of its category: `010`. */
  readonly category: string;
  readonly title: string;
  readonly priority: string;
  readonly effort: string;
  readonly description: string;
  readonly criteria: readonly string[];
  readonly notes: string;
  readonly dependencies: readonly string[];
  /** The day, YYYY-MM-DD. */
  readonly created: string;
}

/** Where the new task comes, in a file that is there or is to be made. */
export interface TaskPlan {
  readonly id: string;
  readonly edit: TextEdit;
  /** Offset of the task's heading in `text`. */
  readonly caret: number;
  /** The whole file afterwards. */
  readonly text: string;
}

/** What cannot be done as it was asked for, in one sentence. */
export interface TaskProblem {
  readonly problem: string;
}

/** Plans a new task; `text` is undefined where there is no file yet. The number is the next free one of exactly this text. */
export function planTask(text: string | undefined, ask: TaskAsk): TaskPlan | TaskProblem {
  const category = taskCategories.find((one) => one.key === ask.category);
  if (!category) {
    return {
      problem: `There is no category ${JSON.stringify(ask.category)}. Use one of ${taskCategories.map(({ key, title }) => `${key} (${title})`).join(', ')}.`,
    };
  }
  if (ask.title.trim() === '') return { problem: 'A task needs a title. Say in a few words what is to be done.' };
  const priority = taskPriorities.find((one) => one.toLowerCase() === ask.priority.toLowerCase());
  if (!priority)
    return { problem: `There is no priority ${JSON.stringify(ask.priority)}. Use ${either(taskPriorities)}.` };
  const effort = taskEfforts.find((one) => one === ask.effort.toUpperCase());
  if (!effort) return { problem: `There is no effort ${JSON.stringify(ask.effort)}. Use ${either(taskEfforts)}.` };
  const start = text === undefined || text.trim() === '' ? `${text ?? ''}${emptyTaskFile}` : text;
  const facts = readTasks(start);
  const known = new Set(facts.tasks.map((task) => sameId(task.id.text)));
  const missing = ask.dependencies.find(
    (id) => !known.has(sameId(id)) && !/^(?!BE-)[A-Z][A-Z0-9]{0,9}-\d{1,6}$/.test(id),
  );
  if (missing !== undefined) {
    return { problem: `There is no task ${JSON.stringify(missing)} to depend on. Name tasks that are in the file.` };
  }
  const number = nextNumber(facts, category);
  const id = taskId(number);
  const outside = number > lastOf(category);
  const added = addTaskEdit(facts, id, {
    category: outside ? `Backend/${category.tag}` : 'Backend',
    title: ask.title,
    priority,
    assignee: backendAgent,
    status: 'pending',
    created: ask.created,
    dependencies: ask.dependencies,
    effort,
    description: ask.description.trim() === '' ? ask.title : ask.description,
    criteria: ask.criteria.filter((one) => one.trim() !== ''),
    notes: ask.notes,
  });
  const after = applyEdits(start, [added.edit]);
  // An open code block or comment would swallow it.
  if (!readTasks(after).tasks.some((task) => task.id.text === id)) {
    return {
      problem:
        'The file ends inside a code block that is never closed, so the task would be lost in it. Close the block.',
    };
  }
  if (start === (text ?? '')) return { id, ...added, text: after };
  const from = text?.length ?? 0;
  return {
    id,
    edit: { span: { start: from, end: from }, newText: after.slice(from) },
    caret: added.caret,
    text: after,
  };
}

function either(words: readonly string[]): string {
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
}

/** Plans a task's change of status: one word in one line. Nothing to do is no edit. */
export function planMove(
  text: string,
  id: string,
  status: TaskStatus,
): { readonly edit: TextEdit | undefined; readonly caret: number } | TaskProblem {
  const facts = readTasks(text);
  const own = facts.tasks.filter((task) => sameId(task.id.text) === sameId(id));
  const [task] = own;
  if (!task) return { problem: `There is no task ${id} any more.` };
  if (own.length > 1) {
    return {
      problem: `${own.length} tasks are called ${id}, so nobody can tell which one is meant. Give each a number of its own.`,
    };
  }
  return { caret: task.heading.start, edit: statusIn(task) === status ? undefined : statusEdit(facts, task, status) };
}
