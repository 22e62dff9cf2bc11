import type { Span } from '../text.ts';
import type { FieldName } from './words.ts';

/** A value and where it stands; both empty where nothing is written, at the place where it would be. */
export interface Said {
  readonly text: string;
  readonly span: Span;
}

export interface TaskField {
  /** Undefined for a field of somebody's own. */
  readonly name: FieldName | undefined;
  readonly label: Said;
  /** What stands behind the colon on the same line. */
  readonly value: Said;
  /** Its line, without the line break. */
  readonly line: Span;
  /** Its line and what belongs to it below, with line breaks. */
  readonly block: Span;
}

/** One acceptance criterion. */
export interface Criterion {
  readonly done: boolean;
  /** The one character between the brackets. */
  readonly mark: Span;
  readonly text: Said;
  /** Its line, without the line break. */
  readonly line: Span;
}

/** An entry among the criteria that nobody can tick. */
export interface LooseCriterion {
  readonly line: Span;
  /** The text behind the bullet and what stands for a box. */
  readonly text: Said;
  /** What is to be replaced by `[ ] `: what stands for a box, or nothing before the text. */
  readonly box: Span;
}

export interface Task {
  readonly form: 'heading' | 'plain';
  /** The number of `#`; 0 in the plain form. */
  readonly level: number;
  /** `BE-010`. */
  readonly id: Said;
  /** `Backend`, or `Backend/auth`. */
  readonly category: Said | undefined;
  readonly priority: Said | undefined;
  /** Without `@`. */
  readonly assignee: Said | undefined;
  /** The line that begins it, without the line break. */
  readonly heading: Span;
  /** From its heading to the end of its last line that is not blank, line break included. */
  readonly span: Span;
  readonly fields: readonly TaskField[];
  readonly criteria: readonly Criterion[];
  readonly loose: readonly LooseCriterion[];
  /** Ids it depends on, as often as they are named. */
  readonly dependencies: readonly Said[];
}

/** A line that was meant to begin a task. */
export interface BrokenHeading {
  /** Without the line break. */
  readonly span: Span;
  /** The id that can be made out, as it ought to be written. */
  readonly id: string | undefined;
  /** What the line ought to be, as far as can be told. */
  readonly repaired: string | undefined;
}

type SegmentKind =
  | 'mark'
  | 'prose'
  | 'heading'
  | 'broken'
  | 'field'
  | 'criterion'
  | 'inside'
  | 'blank'
  | 'code'
  | 'comment';

/** A stretch of whole lines of one kind. One after the other they are the text. */
export interface Segment {
  readonly kind: SegmentKind;
  readonly span: Span;
}

/** What a task file says. Offsets are UTF-16, from the document's start. */
export interface TaskFacts {
  readonly text: string;
  readonly tasks: readonly Task[];
  readonly broken: readonly BrokenHeading[];
  readonly segments: readonly Segment[];
}

/** A task's field by name; the first where it is written twice. */
export function fieldOf(task: Task, name: FieldName): TaskField | undefined {
  return task.fields.find((field) => field.name === name);
}

/** What is written in a field; undefined where it is missing or empty. */
export function valueOf(task: Task, name: FieldName): Said | undefined {
  const value = fieldOf(task, name)?.value;
  return value?.text ? value : undefined;
}

/** The number of a backend task; undefined for the tasks of others. */
export function numberOf(id: string): number | undefined {
  const digits = /^BE-(\d{1,6})$/.exec(id)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** `BE-10` and `BE-010` are one task. */
export function sameId(id: string): string {
  const match = /^([A-Z][A-Z0-9]{0,9})-0*(\d{1,6})$/.exec(id);
  return match ? `${match[1]}-${match[2]}` : id;
}

/** The priority, from the heading or from a field of its own. */
export function priorityOf(task: Task): Said | undefined {
  return task.priority?.text ? task.priority : valueOf(task, 'priority');
}

/** What it is called: its title, else its id. */
export function titleOf(task: Task): string {
  return valueOf(task, 'title')?.text ?? task.id.text;
}
