import type { CodeLens, Range } from 'vscode-languageserver/node';
import { checklistItems } from '../catalogue/checklists/all.ts';
import { nextId } from '../core/task/numbers.ts';
import { readTasks } from '../core/task/read.ts';
import { taskCategories, type TaskStatus } from '../core/task/words.ts';
import { applyEdits, lineIndex, type TextEdit } from '../core/text.ts';
import type { Finding } from '../core/finding.ts';
import { systemClock } from '../platform/clock.ts';
import { type BoardTask, taskBoard } from '../workflow/tasks/board.ts';
import { type Draft, draftFromFinding, draftFromItem, draftFromScratch, isMadeFrom } from '../workflow/tasks/draft.ts';
import { planMove, planTask } from '../workflow/tasks/plan.ts';
import type { AnswerContext } from './answers.ts';
import type { Answers } from './answers-workflow.ts';
import type { Project } from './projects.ts';
import type { Refused } from './protocol-review.ts';
import {
  type FindingTarget,
  type FolderTasks,
  moveTaskCommand,
  openTaskCommand,
  type TaskDraftAnswer,
  type TaskEdit,
  type TaskQuestions,
  type TaskTarget,
} from './protocol-task.ts';

/** A folder with its task file. */
interface Place {
  readonly folder: string;
  readonly project: Project;
  /** From the project's root. */
  readonly file: string;
  readonly uri: string;
  /** Undefined where there is no file. */
  readonly text: string | undefined;
}

/** How the questions about tasks are answered. Nothing here writes. */
export const taskAnswers: Answers<TaskQuestions> = {
  'backendArchitect/tasks': async (context, { folder }) =>
    context.folders.filter(({ uri }) => folder === undefined || uri === folder).map((one) => folderTasks(placeOf(one))),
  'backendArchitect/draftTask': draftTask,
  'backendArchitect/planTask': async (context, { folder, proposal, text: unsaved }) => {
    const place = placeIn(context, folder);
    if ('refusal' in place) return place;
    const text = place.text ?? unsaved;
    const plan = planTask(text, { ...proposal, dependencies: [], created: systemClock.today() });
    if ('problem' in plan) return { refusal: plan.problem };
    return taskEdit(place, text ?? '', plan.edit, plan.caret, plan.id);
  },
  'backendArchitect/planMoveTask': async (context, { folder, id, status }) => {
    const place = placeIn(context, folder);
    if ('refusal' in place) return place;
    const text = place.text ?? '';
    const plan = planMove(text, id, status);
    if ('problem' in plan) return { refusal: plan.problem };
    return plan.edit ? taskEdit(place, text, plan.edit, plan.caret, id) : { unchanged: true };
  },
  'backendArchitect/taskLenses': async (context, { uri }) => {
    const one = context.folders.find(({ project }) => project.uriOf(project.live.configuration.tasksFile) === uri);
    return one ? lensesOf(placeOf(one)) : [];
  },
};

function placeOf({ uri: folder, project }: AnswerContext['folders'][number]): Place {
  const file = project.live.configuration.tasksFile;
  return { folder, project, file, uri: project.uriOf(file), text: project.live.text(file) };
}

function placeIn(context: AnswerContext, folder: string): Place | Refused {
  const one = context.folders.find(({ uri }) => uri === folder);
  return one ? placeOf(one) : { refusal: 'This folder is no longer part of the workspace.' };
}

function folderTasks({ folder, uri, text }: Place): FolderTasks {
  const lines = lineIndex(text ?? '');
  const { tasks, repairs, ready } = taskBoard(readTasks(text ?? ''));
  return {
    folder,
    uri,
    exists: text !== undefined,
    tasks: tasks.map(({ heading, ...rest }) => ({
      ...rest,
      range: lines.range(heading),
    })),
    repairs: repairs.map(({ span, ...rest }) => ({ ...rest, range: lines.range(span) })),
    ready,
  };
}

function taskEdit({ project, file, uri }: Place, text: string, edit: TextEdit, caret: number, id: string): TaskEdit {
  const version = project.live.version(file) ?? null;
  const edits = [{ range: lineIndex(text).range(edit.span), newText: edit.newText }];
  return {
    id,
    version,
    edit: { documentChanges: [{ textDocument: { uri, version }, edits }] },
    caret: lineIndex(applyEdits(text, [edit])).position(caret),
  };
}

interface Found {
  readonly folder: string;
  readonly finding: Finding;
  readonly others: readonly Finding[];
}

async function draftTask(
  context: AnswerContext,
  ask: TaskQuestions['backendArchitect/draftTask']['ask'],
): Promise<TaskDraftAnswer | Refused> {
  const found = ask.finding && (await findingOf(context, ask.finding));
  if (found && 'refusal' in found) return found;
  const folder = found?.folder ?? ask.folder ?? context.folders[0]?.uri;
  if (folder === undefined) return { refusal: 'Tasks stand in a folder. Open one, then try again.' };
  const place = placeIn(context, folder);
  if ('refusal' in place) return place;
  const draft = draftOf(context, ask.item, found);
  if ('refusal' in draft) return draft;
  const facts = readTasks(place.text ?? ask.text ?? '');
  const already =
    found && facts.tasks.find(({ span }) => isMadeFrom(facts.text.slice(span.start, span.end), found.finding));
  const { category, because, ...rest } = draft;
  return {
    folder,
    uri: place.uri,
    exists: place.text !== undefined,
    proposal: { ...rest, category: category.key },
    because,
    categories: taskCategories.map((one) => ({ key: one.key, title: one.title, next: nextId(facts, one) })),
    ...(already ? { already: already.id.text } : {}),
  };
}

function draftOf({ rules }: AnswerContext, item: string | undefined, found: Found | undefined): Draft | Refused {
  if (found) {
    const { finding, others } = found;
    return draftFromFinding(
      finding,
      rules.find(({ id }) => id === finding.rule),
      others,
    );
  }
  if (item === undefined) return draftFromScratch();
  const known = checklistItems.find(({ id }) => id === item);
  return known ? draftFromItem(known) : { refusal: `There is no checklist item ${item}.` };
}

async function findingOf(context: AnswerContext, target: FindingTarget): Promise<Found | Refused> {
  if ('fingerprint' in target) {
    for (const { uri: folder, project } of context.folders) {
      for (const { findings } of project.live.verdicts.values()) {
        const finding = findings.find(({ fingerprint }) => fingerprint === target.fingerprint);
        if (finding) return { folder, finding, others: findings.filter((one) => one !== finding) };
      }
    }
    return { refusal: 'This finding is gone: the document changed meanwhile.' };
  }
  const known = await context.settledFindings(target.uri, true);
  const folder = known && context.folders.find(({ project }) => project === known.one.project)?.uri;
  if (!known || folder === undefined) {
    return { refusal: 'This document lies in no folder of the workspace, so there is no task file for it.' };
  }
  const { findings } = known.verdict;
  const finding = findings.find(({ rule, range }) => rule === target.rule && isSame(range, target.range));
  if (!finding || known.one.document.version !== target.version) {
    return { refusal: 'This finding is gone: the document changed meanwhile.' };
  }
  return { folder, finding, others: findings.filter((one) => one !== finding) };
}

function isSame(a: Range, b: Range): boolean {
  return (
    a.start.line === b.start.line &&
    a.start.character === b.start.character &&
    a.end.line === b.end.line &&
    a.end.character === b.end.character
  );
}

const statusNames: Readonly<Record<TaskStatus, string>> = {
  pending: 'Pending',
  'in-progress': 'In progress',
  review: 'Review',
  blocked: 'Blocked',
  completed: 'Completed',
  cancelled: 'Cancelled',
};

function lensesOf({ folder, text }: Place): CodeLens[] {
  if (text === undefined) return [];
  const lines = lineIndex(text);
  return taskBoard(readTasks(text)).tasks.flatMap((task): CodeLens[] => {
    const range = lines.range(task.heading);
    const target = (id: string): TaskTarget => ({ folder, id });
    const [blocker] = task.blockedBy;
    const title = lensText(task);
    const isOver = task.status === 'completed' || task.status === 'cancelled';
    return [
      {
        range,
        command:
          blocker !== undefined && !isOver
            ? { title, command: openTaskCommand, arguments: [target(blocker)] }
            : { title, command: '' },
      },
      { range, command: { title: 'Move To…', command: moveTaskCommand, arguments: [target(task.id)] } },
    ];
  });
}

function lensText({ status, done, criteria, blockedBy }: BoardTask): string {
  const isOver = status === 'completed' || status === 'cancelled';
  if (!isOver && blockedBy.length > 0) return `Blocked by ${blockedBy.join(', ')}`;
  const count = criteria === 0 ? 'No criteria' : `${done} of ${criteria} criteria`;
  return isOver ? `${statusNames[status]}, ${count.toLowerCase()}` : count;
}
