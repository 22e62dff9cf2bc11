import type { CodeAction, Hover, Position } from 'vscode-languageserver/node';
import { isCommitFile } from '../core/commit/file.ts';
import { configurationFile } from '../core/configuration.ts';
import type { Finding } from '../core/finding.ts';
import type { Rule } from '../core/rule.ts';
import type { Verdict } from '../workflow/live.ts';
import { planAllFixes } from '../workflow/live-fixes.ts';
import { codeActions, completions, disablePlan, editOf, type FixAllData } from './actions.ts';
import { commitCompletions } from './answers-commit.ts';
import { checkReport } from './check-report.ts';
import { hoverText } from './present.ts';
import type { OpenDocument, Project } from './projects.ts';
import type { CheckSummary } from './protocol.ts';
import { answerWorkflow } from './answers-workflow.ts';
import type { AnalystOptions, Question, Questions } from './thread.ts';

/** The document changed while the answer was made. */
export class Stale extends Error {
  constructor() {
    super('The document changed meanwhile.');
  }
}

export interface AnswerContext {
  readonly rules: readonly Rule[];
  readonly options: AnalystOptions;
  document(uri: string): OpenDocument | undefined;
  /** What is known of the present text; undefined where it is not judged. What is asked for explicitly is judged also when it waits for a save. Throws {@link Stale}. */
  settledFindings(
    uri: string,
    explicit: boolean,
  ): Promise<{ readonly one: OpenDocument; readonly verdict: Verdict } | undefined>;
  watchAll(report: (done: number, total: number) => void, signal: AbortSignal): Promise<readonly Project[]>;
  /** The project of a workspace folder. */
  project(folder: string): Project | undefined;
  /** The projects of all workspace folders. */
  readonly folders: readonly { readonly uri: string; readonly project: Project }[];
  job<T>(uri: string, run: () => T): Promise<T>;
}

/** All safe fixes of a document together may take so long; what is left then is left to the next time. */
const fixAllMs = 1500;

/** Answers one question. */
export async function answer(
  question: Question,
  context: AnswerContext,
  signal: AbortSignal,
  report: (done: number, total: number) => void,
): Promise<Questions[Question['name']]['answer']> {
  switch (question.name) {
    case 'hover':
      return hover(context, question.ask.uri, question.ask.position);
    case 'actions': {
      const { uri, range, only } = question.ask;
      const known = await context.settledFindings(uri, only?.some((one) => one.startsWith('source')) ?? false);
      if (!known) return [];
      const actions = await context.job(uri, () => codeActions(contextOf(context, known), range, only));
      return context.options.resolvesActions ? actions : withEdits(context, actions);
    }
    case 'resolve':
      return (await withEdits(context, [question.ask]))[0] ?? question.ask;
    case 'completion': {
      const one = context.document(question.ask.uri);
      if (one && isCommitFile(one.file)) return commitCompletions(one, question.ask.position);
      if (one?.file !== configurationFile) return [];
      return completions(one, one.document.offsetAt(question.ask.position), context.rules);
    }
    case 'disable': {
      const known = await context.settledFindings(question.ask.uri, true);
      return known
        ? disablePlan(contextOf(context, known), question.ask)
        : { refusal: 'This document is not checked.' };
    }
    case 'checkWorkspace': {
      const projects = await context.watchAll(report, signal);
      if (!question.ask.report) return summary(projects);
      return { ...summary(projects), report: checkReport(projects, context.rules, context.options) };
    }
    default:
      return answerWorkflow(question, context, signal);
  }
}

type Known = { readonly one: OpenDocument; readonly verdict: Verdict };

function contextOf({ rules, options }: AnswerContext, { one, verdict }: Known): Parameters<typeof codeActions>[0] {
  return { open: one, verdict, rules, options };
}

/** Makes the edits of fix-all actions; actions that would change nothing are left out. */
async function withEdits(context: AnswerContext, actions: readonly CodeAction[]): Promise<CodeAction[]> {
  const made: CodeAction[] = [];
  for (const action of actions) {
    const data = action.data as FixAllData | undefined;
    if (!data || action.edit) {
      made.push(action);
      continue;
    }
    const known = await context.settledFindings(data.uri, true);
    if (!known) continue;
    const { one } = known;
    if (one.document.version !== data.version) throw new Stale();
    const edits = await context.job(data.uri, () => {
      const end = performance.now() + fixAllMs;
      const source = { project: one.project.live, rules: context.rules, file: one.file };
      const steps = planAllFixes(source, data.rule ?? undefined, () => performance.now() > end);
      let step = steps.next();
      while (step.done !== true) step = steps.next();
      return step.value;
    });
    if (edits && edits.length > 0) made.push({ ...action, edit: editOf(one, edits) });
  }
  return made;
}

async function hover(context: AnswerContext, uri: string, position: Position): Promise<Hover | null> {
  const known = await context.settledFindings(uri, false);
  const here = known?.verdict.findings.filter(({ range }) => contains(range, position)) ?? [];
  const rules = new Map(context.rules.map((rule) => [rule.id, rule]));
  const value = hoverText(here, rules, context.options);
  const [first] = here;
  return value === undefined || !first ? null : { contents: { kind: 'markdown', value }, range: first.range };
}

function contains({ start, end }: Finding['range'], { line, character }: Position): boolean {
  const behindStart = line > start.line || (line === start.line && character >= start.character);
  const beforeEnd = line < end.line || (line === end.line && character <= end.character);
  return behindStart && beforeEnd;
}

function summary(projects: readonly Project[]): CheckSummary {
  const findings = { error: 0, warning: 0, info: 0, hint: 0 };
  const notAnalysed: { uri: string; reason: string }[] = [];
  let documents = 0;
  for (const { live, uriOf } of projects) {
    for (const verdict of live.verdicts.values()) {
      if (verdict.state === 'judged' && verdict.file !== configurationFile) documents++;
      for (const { severity } of verdict.findings) findings[severity]++;
      for (const reason of verdict.notAnalysed) notAnalysed.push({ uri: uriOf(verdict.file), reason });
    }
  }
  return { documents, findings, notAnalysed };
}
