import { lineBreakOf, type TextEdit } from '../text.ts';
import { type Criterion, fieldOf, numberOf, type Task, type TaskFacts, type TaskField } from './facts.ts';
import { categoryOfNumber, type FieldName, fieldLabels, type TaskStatus } from './words.ts';

/** Writes a task's status: where there is a field, only the word in it changes. */
export function statusEdit(facts: TaskFacts, task: Task, status: TaskStatus): TextEdit {
  const field = fieldOf(task, 'status');
  if (!field) return insertField(facts, task, 'status', status);
  return valueEdit(facts, field, status);
}

/** Replaces what stands behind a field's colon. */
export function valueEdit({ text }: TaskFacts, { value: { span } }: TaskField, newText: string): TextEdit {
  const apart = /[ \t]/.test(text.charAt(span.start - 1)) ? '' : ' ';
  return { span, newText: apart + newText };
}

/** Ticks a criterion, or takes the tick away. One character. */
export function tickEdit(criterion: Criterion, done: boolean): TextEdit {
  return { span: criterion.mark, newText: done ? 'x' : ' ' };
}

/** Makes a task wait for another one. */
export function dependencyEdit(facts: TaskFacts, task: Task, id: string): TextEdit {
  const field = fieldOf(task, 'dependencies');
  if (!field) return insertField(facts, task, 'dependencies', id);
  const last = task.dependencies.filter(({ span }) => span.end <= field.line.end).at(-1);
  if (last) return { span: { start: last.span.end, end: last.span.end }, newText: `, ${id}` };
  return valueEdit(facts, field, id);
}

const order: readonly FieldName[] = [
  'title',
  'status',
  'assigned',
  'created',
  'dependencies',
  'effort',
  'description',
  'criteria',
  'notes',
];

/** A new field on a line of its own, behind those that come before it in the format. */
export function insertField(facts: TaskFacts, task: Task, name: FieldName, value: string): TextEdit {
  const { text } = facts;
  const earlier = order.slice(0, order.indexOf(name));
  const before = task.fields.filter((field) => field.name !== undefined && earlier.includes(field.name)).at(-1);
  const sample = before ?? task.fields[0];
  const label = fieldLabels[name];
  const indent = sample ? (/^[ \t]*/.exec(text.slice(sample.line.start, sample.line.end))?.[0] ?? '') : '';
  const line = `${indent}${task.form === 'heading' ? `- **${label}**` : label}: ${value}`;
  return behind(text, before ? endOfValue(text, before.line.end) : task.heading.end, line);
}

/** Where a value ends that goes on in indented lines below. */
function endOfValue(text: string, lineEnd: number): number {
  const more = /^(?:\r?\n[ \t]{1,40}[^\s`~<][^\n]{0,1000})*/.exec(text.slice(lineEnd, lineEnd + 10_000))?.[0] ?? '';
  return lineEnd + (more.endsWith('\r') ? more.length - 1 : more.length);
}

function behind(text: string, at: number, line: string): TextEdit {
  return { span: { start: at, end: at }, newText: `${lineBreakOf(text)}${line}` };
}

/** A task to be written. */
export interface TaskDraft {
  readonly category: string;
  readonly title: string;
  readonly priority: string;
  /** Without `@`. */
  readonly assignee: string;
  readonly status: TaskStatus;
  /** The day, YYYY-MM-DD. */
  readonly created: string;
  readonly dependencies: readonly string[];
  readonly effort: string;
  readonly description: string;
  readonly criteria: readonly string[];
  readonly notes: string;
}

/** A line of text that cannot become a line of another kind. */
function oneLine(text: string): string {
  return text
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .replaceAll('<!--', '<! --')
    .trim();
}

/** The task in the heading form, without a line break at its end. */
export function taskText(id: string, draft: TaskDraft, lineBreak: string): string {
  const cell = (text: string): string => oneLine(text).replaceAll('|', '/');
  const field = (name: FieldName, value: string): string => `- **${fieldLabels[name]}**: ${oneLine(value)}`.trimEnd();
  return [
    `### ${id} | ${cell(draft.category)} | ${cell(draft.priority)} | @${cell(draft.assignee)}`,
    field('title', draft.title),
    field('status', draft.status),
    field('assigned', draft.assignee),
    field('created', draft.created),
    field('dependencies', draft.dependencies.length === 0 ? 'none' : draft.dependencies.join(', ')),
    field('effort', draft.effort),
    field('description', draft.description),
    field('criteria', ''),
    ...draft.criteria.map((one) => `  - [ ] ${oneLine(one)}`),
    ...(draft.notes === '' ? [] : [field('notes', draft.notes)]),
  ].join(lineBreak);
}

/** What a file of tasks begins with. */
export const emptyTaskFile = '# Tasks\n';

/**
 * Adds a task: behind the last one of its category, else behind the last backend task, else at the end. Nothing that stands there is touched.
 * `caret` is the offset of its heading in the text after the edit.
 */
export function addTaskEdit(
  facts: TaskFacts,
  id: string,
  draft: TaskDraft,
): { readonly edit: TextEdit; readonly caret: number } {
  const { text, tasks } = facts;
  const lineBreak = lineBreakOf(text);
  const body = taskText(id, draft, lineBreak);
  const band = categoryOfNumber(numberOf(id) ?? -1);
  const own = tasks.filter((task) => numberOf(task.id.text) !== undefined);
  const kin = own.filter((task) => band !== undefined && categoryOfNumber(numberOf(task.id.text) ?? -1) === band);
  const at = (kin.at(-1) ?? own.at(-1))?.span.end ?? text.length;
  const started = at === 0 || (at === 1 && text.charCodeAt(0) === 0xfeff);
  const before = started ? '' : text.charAt(at - 1) === '\n' ? '' : lineBreak;
  // An empty line around it, where there is none yet.
  const apart = started || (before === '' && /(?:^|\n)[ \t]*\r?\n$/.test(text.slice(Math.max(0, at - 100), at)));
  const lead = before + (apart ? '' : lineBreak);
  const tail = at === text.length || /^[ \t]*\r?(?:\n|$)/.test(text.slice(at, at + 1000)) ? '' : lineBreak;
  return { edit: { span: { start: at, end: at }, newText: lead + body + lineBreak + tail }, caret: at + lead.length };
}
