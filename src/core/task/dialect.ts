import { wholeDialect, type WholeRuleParts } from '../whole.ts';
import type { TaskFacts } from './facts.ts';
import { readTasks } from './read.ts';

/** What a rule over task files declares besides its meta data. */
export type TaskRuleParts = WholeRuleParts<'task', TaskFacts>;

/** The file of tasks: `task.md`, or what the configuration names. */
export const taskDialect = wholeDialect<'task', TaskFacts>({
  id: 'task',
  title: 'Task file',
  isFile: (file, { tasksFile }) => file === tasksFile,
  place: ({ tasksFile }) => tasksFile,
  lower: (text) => readTasks(text),
});
