import type { Span } from '../text.ts';
import type { BrokenHeading, Criterion, LooseCriterion, Said, Segment, Task, TaskFacts, TaskField } from './facts.ts';
import { brokenHeadingOf, type Heading, headingOf, type Line, linesOf, said } from './lines.ts';
import { fieldNamed } from './words.ts';

type Open<T> = { -readonly [Name in keyof T]: T[Name] };

interface OpenTask extends Heading {
  readonly heading: Span;
  end: number;
  readonly fields: Open<TaskField>[];
  readonly criteria: Criterion[];
  readonly loose: LooseCriterion[];
  /** How far its fields are indented: what is indented further belongs to a field. */
  indent: number | undefined;
  /** How far the last criterion is indented; what is indented further explains it. */
  criterionIndent: number | undefined;
}

/**
 * Reads role-003's task format in both forms. Everything else in the file is prose and stays untouched: fenced code, comments, other headings, other
 * tools' lists. Linear; never throws.
 */
export function readTasks(text: string): TaskFacts {
  const tasks: Task[] = [];
  const broken: BrokenHeading[] = [];
  const segments: Open<Segment>[] = [];
  let open: OpenTask | undefined;
  const segment = (kind: Segment['kind'], span: Span): void => {
    const last = segments.at(-1);
    if (last?.kind === kind && kind !== 'heading' && kind !== 'field' && kind !== 'criterion') {
      last.span = { start: last.span.start, end: span.end };
    } else segments.push({ kind, span });
  };
  const close = (): void => {
    if (open) tasks.push(closed(text, open));
    open = undefined;
  };
  if (text.charCodeAt(0) === 0xfeff) segment('mark', { start: 0, end: 1 });
  for (const line of linesOf(text)) {
    const whole = { start: line.span.start, end: line.next };
    if (line.kind !== 'text') {
      if (open && line.kind !== 'blank') grow(open, line);
      segment(line.kind, whole);
      continue;
    }
    const heading = headingOf(line);
    if (heading) {
      close();
      open = { ...heading, heading: line.span, end: line.next, fields: [], criteria: [], loose: [], ...unindented };
      segment('heading', whole);
      continue;
    }
    const torn = brokenHeadingOf(line);
    if (torn) {
      close();
      broken.push(torn);
      segment('broken', whole);
      continue;
    }
    if (open && endsTask(open, line.text)) close();
    if (!open) {
      segment('prose', whole);
      continue;
    }
    segment(inTask(open, line), whole);
  }
  close();
  return { text, tasks, broken, segments };
}

const unindented = { indent: undefined, criterionIndent: undefined };

function endsTask({ form, level }: OpenTask, text: string): boolean {
  const sharps = /^(#{1,6})[ \t]/.exec(text)?.[1]?.length;
  if (sharps !== undefined) return form === 'plain' || sharps <= level;
  return /^(?:-{3,}|\*{3,}|_{3,})[ \t]*$/.test(text);
}

/** The line belongs to the task, and to its last field. */
function grow(task: OpenTask, { next }: Line): void {
  task.end = next;
  const field = task.fields.at(-1);
  if (field) field.block = { start: field.block.start, end: next };
}

function inTask(task: OpenTask, line: Line): Segment['kind'] {
  const field = fieldOn(task, line);
  if (field) {
    task.fields.push(field);
    task.end = line.next;
    task.criterionIndent = undefined;
    return 'field';
  }
  grow(task, line);
  if (task.fields.at(-1)?.name !== 'criteria') return 'inside';
  return criterionOn(task, line) ? 'criterion' : 'inside';
}

const fieldShape =
  /^([ \t]*)((?:[-*+][ \t]+)?)((?:\*\*|__)?)([\p{L}][\p{L}\p{N} \t/()'-]{0,60}?)((?:\*\*|__)?)[ \t]*([:：])((?:\*\*|__)?)/u;

function fieldOn(task: OpenTask, { text, span, next }: Line): Open<TaskField> | undefined {
  const match = fieldShape.exec(text);
  if (!match) return undefined;
  const [all, blank = '', bullet = '', opening = '', label = '', closing = '', , late = ''] = match;
  const bold = opening !== '' && (closing === opening || late === opening);
  if (!bold && (opening !== '' || closing !== '')) return undefined;
  const indent = width(blank);
  if (task.indent === undefined ? indent > 3 : indent > task.indent + 1) return undefined;
  const name = fieldNamed(label);
  // Words before a colon are fields only where the format says so, or where they are marked as one.
  if (name === undefined && !(bold && bullet !== '')) return undefined;
  if (!bold && bullet === '' && task.form === 'heading' && task.fields.length > 0 && task.indent !== indent)
    return undefined;
  task.indent ??= indent;
  const behind = all.length - (bold && closing === opening ? late.length : 0);
  const labelStart = span.start + blank.length + bullet.length + opening.length;
  return {
    name,
    label: { text: label.trim(), span: { start: labelStart, end: labelStart + label.trimEnd().length } },
    value: said(withoutComment(text.slice(behind)), span.start + behind),
    line: span,
    block: { start: span.start, end: next },
  };
}

/** A comment at the end of a line says nothing of the value: it binds evidence. */
function withoutComment(text: string): string {
  const at = text.indexOf('<!--');
  return at >= 0 && text.trimEnd().endsWith('-->') ? text.slice(0, at) : text;
}

function criterionOn(task: OpenTask, { text, span }: Line): boolean {
  const bullet = /^([ \t]*)(?:[-*+]|\d{1,4}[.)])([ \t]*)/.exec(text);
  if (!bullet) return false;
  const indent = width(bullet[1] ?? '');
  const from = bullet[0].length;
  const rest = text.slice(from);
  const box = /^\[([ xX])\](?=[ \t]|$)/.exec(rest);
  if (box && bullet[2] !== '') {
    task.criterionIndent = indent;
    const mark = span.start + from + 1;
    task.criteria.push({
      done: box[1] !== ' ',
      mark: { start: mark, end: mark + 1 },
      text: said(withoutComment(rest.slice(3)), mark + 2),
      line: span,
    });
    return true;
  }
  // An entry below a criterion explains it.
  if (task.criterionIndent !== undefined && indent > task.criterionIndent) return false;
  const nearly = /^\[[^\]\n]{0,3}\](?!\()[ \t]*/.exec(rest)?.[0] ?? '';
  if (bullet[2] === '' && nearly === '') return false;
  const start = span.start + from - (bullet[2] === '' ? 0 : (bullet[2]?.length ?? 0));
  const words = said(rest.slice(nearly.length), span.start + from + nearly.length);
  if (words.text === '') return false;
  task.loose.push({ line: span, text: words, box: { start, end: span.start + from + nearly.length } });
  return true;
}

/** A tab stands for four columns. */
function width(blank: string): number {
  let columns = 0;
  for (const sign of blank) columns += sign === '\t' ? 4 - (columns % 4) : 1;
  return columns;
}

const idInside = /(?<![\p{L}\p{N}_-])[A-Z][A-Z0-9]{0,9}-\d{1,6}(?![\p{L}\p{N}_-])/gu;

/** The ids in a stretch of text that stands at `start`. */
function idsIn(text: string, start: number): Said[] {
  return [...text.matchAll(idInside)].map(({ 0: id, index }) => {
    const from = start + index;
    return { text: id, span: { start: from, end: from + id.length } };
  });
}

function closed(text: string, { indent: _indent, criterionIndent: _deeper, end, ...rest }: OpenTask): Task {
  const field = rest.fields.find(({ name }) => name === 'dependencies');
  const from = field?.label.span.end ?? 0;
  return {
    ...rest,
    span: { start: rest.heading.start, end },
    dependencies: field ? idsIn(text.slice(from, field.block.end), from) : [],
  };
}
