import type {
  CodeAction,
  CompletionItem,
  CompletionItemKind,
  Range,
  TextEdit as LspEdit,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { isCommitFile } from '../core/commit/file.ts';
import { canBeSilenced, configurationFile } from '../core/configuration.ts';
import { checklistItems } from '../catalogue/checklists/all.ts';
import { type Completion, completeConfiguration } from '../core/configuration-complete.ts';
import { planDisable } from '../core/disable-plan.ts';
import type { FileEdits, Finding } from '../core/finding.ts';
import type { Rule } from '../core/rule.ts';
import { type LineIndex, lineIndex, type TextEdit } from '../core/text.ts';
import type { Verdict } from '../workflow/live.ts';
import { planFix } from '../workflow/live-fixes.ts';
import { diagnosticOf } from './present.ts';
import type { OpenDocument } from './projects.ts';
import {
  disableCommand,
  type DisablePlan,
  type DisableTarget,
  type DisableWhere,
  type FixAllData,
  type PlanDisableParams,
} from './protocol.ts';
import { createTaskCommand, type FindingTarget } from './protocol-task.ts';
import type { AnalystOptions } from './thread.ts';

/** Applies all safe fixes of a document, also on save. */
const fixAllKind = 'source.fixAll.backendArchitect';
const quickFixKind = 'quickfix';

export interface ActionContext {
  readonly open: OpenDocument;
  readonly verdict: Verdict;
  readonly rules: readonly Rule[];
  readonly options: AnalystOptions;
}

export function codeActions(context: ActionContext, range: Range, only: readonly string[] | undefined): CodeAction[] {
  const wants = (kind: string): boolean =>
    only === undefined || only.some((one) => kind === one || kind.startsWith(`${one}.`));
  const actions: CodeAction[] = [];
  if (wants(quickFixKind)) {
    const here = context.verdict.findings.filter((finding) => overlaps(finding.range, range));
    for (const finding of here) actions.push(...quickFixes(context, finding));
    const told = new Set<string>();
    for (const { rule, fix } of here) {
      if (fix?.kind !== 'safe' || told.has(rule)) continue;
      told.add(rule);
      const count = context.verdict.findings.filter((one) => one.rule === rule && one.fix?.kind === 'safe').length;
      if (count > 1)
        actions.push({
          title: `Fix all ${count} of ${rule} in this file`,
          kind: quickFixKind,
          data: dataOf(context, rule),
        });
    }
    for (const finding of here) actions.push(...taskActions(context, finding), ...disables(context, finding));
  }
  if (only !== undefined && wants(fixAllKind) && context.verdict.findings.some(({ fix }) => fix?.kind === 'safe')) {
    actions.push({ title: 'Apply all safe fixes of Backend Architect', kind: fixAllKind, data: dataOf(context, null) });
  }
  return actions;
}

function dataOf({ open: { document } }: ActionContext, rule: string | null): FixAllData {
  return { uri: document.uri, version: document.version, rule };
}

function quickFixes(context: ActionContext, finding: Finding): CodeAction[] {
  const { fix } = finding;
  if (!fix) return [];
  const { project, file } = context.open;
  const edits = planFix({ project: project.live, rules: context.rules, file }, finding);
  if (!edits) return [];
  const edit = editOf(context.open, edits);
  const diagnostics = [diagnosticOf(finding, addressesOf(context))];
  return [
    { title: fix.title, kind: quickFixKind, diagnostics, edit, ...(fix.kind === 'safe' ? { isPreferred: true } : {}) },
  ];
}

/** The client asks what has to be asked, and writes the task. */
function taskActions(context: ActionContext, finding: Finding): CodeAction[] {
  const {
    open: { project, document },
    options,
  } = context;
  if (!options.asksForReasons || project.kind !== 'folder') return [];
  // What is wrong with a message, with the tasks themselves or with the configuration is repaired there and then.
  if (/^(?:commit|task|project)\//.test(finding.rule)) return [];
  const { uri, version } = document;
  const target: FindingTarget = { uri, version, rule: finding.rule, range: finding.range };
  const title = 'Create task from finding…';
  const diagnostics = [diagnosticOf(finding, addressesOf(context))];
  return [
    { title, kind: quickFixKind, diagnostics, command: { title, command: createTaskCommand, arguments: [target] } },
  ];
}

const places: Readonly<Record<DisableWhere, string>> = {
  line: 'for this line',
  file: 'in this file',
  workspace: 'in this workspace',
};

function disables(context: ActionContext, finding: Finding): CodeAction[] {
  const { open, options } = context;
  // A disable cannot excuse a disable, and the configuration is not excused from being valid.
  if (open.file === configurationFile || finding.rule.startsWith('project/') || !canBeSilenced(finding.rule)) return [];
  // A message passes: what is not wanted of messages is switched off for all of them.
  const scopes = isCommitFile(open.file) ? (['workspace'] as const) : (['line', 'file', 'workspace'] as const);
  const diagnostics = [diagnosticOf(finding, addressesOf(context))];
  return scopes.flatMap((where): CodeAction[] => {
    if (where === 'workspace' && open.project.kind !== 'folder') return [];
    const title = `Disable ${finding.rule} ${places[where]}${options.asksForReasons ? '…' : ''}`;
    const { uri, version } = open.document;
    const target: DisableTarget = { uri, version, rule: finding.rule, range: finding.range, where };
    if (options.asksForReasons) {
      return [
        { title, kind: quickFixKind, diagnostics, command: { title, command: disableCommand, arguments: [target] } },
      ];
    }
    // This client asks nothing: the reason is left to be filled in, and until then the check says that it is missing.
    const plan = disablePlan(context, { ...target, reason: blank }, (text) => text.replaceAll(blank, ''));
    return 'edit' in plan ? [{ title, kind: quickFixKind, diagnostics, edit: plan.edit }] : [];
  });
}

const blank = 'REASON-TO-BE-FILLED-IN';

/** The edit that disables one finding. */
export function disablePlan(
  context: ActionContext,
  params: PlanDisableParams,
  write: (text: string) => string = (text) => text,
): DisablePlan {
  const { open, verdict } = context;
  const { live } = open.project;
  const finding = verdict.findings.find(({ rule, range }) => rule === params.rule && sameRange(range, params.range));
  const raw = finding && verdict.sources.get(finding)?.[0];
  if (open.document.version !== params.version || !raw) return { refusal: 'The document changed meanwhile.' };
  const configurationText = live.text(configurationFile);
  const plan = planDisable({
    scope: params.where,
    finding: raw,
    text: verdict.text,
    reason: params.reason,
    ...(configurationText === undefined ? {} : { configurationText }),
  });
  if ('problem' in plan) return { refusal: plan.problem };
  if (open.project.kind === 'untitled' && plan.edits.has(configurationFile)) {
    return { refusal: 'The reason would stand in the configuration of a workspace. Save the document first.' };
  }
  return { edit: workspaceEdit(context, plan.edits, plan.creates, write) };
}

function workspaceEdit(
  { open }: ActionContext,
  edits: FileEdits,
  creates: readonly string[],
  write: (text: string) => string,
): WorkspaceEdit {
  const { project, file, document } = open;
  const made = creates.map((one) => ({
    kind: 'create' as const,
    uri: project.uriOf(one),
    options: { ignoreIfExists: true },
  }));
  const changes = [...edits].map(([path, own]) => {
    const lines: LineIndex = path === file ? linesOf(open) : lineIndex(project.live.text(path) ?? '');
    const version = path === file ? document.version : null;
    return {
      textDocument: { uri: project.uriOf(path), version },
      edits: own.map((edit) => lspEdit(lines, edit, write)),
    };
  });
  return { documentChanges: [...made, ...changes] };
}

function linesOf({ document }: OpenDocument): Pick<LineIndex, 'range'> & LineIndex {
  return lineIndex(document.getText());
}

/** Edits of an open document, for the version they were planned on. */
export function editOf(open: OpenDocument, edits: readonly TextEdit[]): WorkspaceEdit {
  const { document } = open;
  const range = ({ start, end }: TextEdit['span']): Range => ({
    start: document.positionAt(start),
    end: document.positionAt(end),
  });
  const changes = edits.map(({ span, newText }) => ({ range: range(span), newText }));
  return { documentChanges: [{ textDocument: { uri: document.uri, version: document.version }, edits: changes }] };
}

function lspEdit(lines: LineIndex, { span, newText }: TextEdit, write: (text: string) => string): LspEdit {
  return { range: lines.range(span), newText: write(newText) };
}

function addressesOf({ open, options }: ActionContext): { rulePages: string; uriOf(file: string): string } {
  return { rulePages: options.rulePages, uriOf: (file) => open.project.uriOf(file) };
}

function overlaps(a: Range, b: Range): boolean {
  return !isBefore(a.end, b.start) && !isBefore(b.end, a.start);
}

function isBefore(a: Range['start'], b: Range['start']): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}

function sameRange(a: Range, b: Range): boolean {
  return (
    !isBefore(a.start, b.start) && !isBefore(b.start, a.start) && !isBefore(a.end, b.end) && !isBefore(b.end, a.end)
  );
}

/** Property, reference and enum member, by the protocol's numbers. */
const completionKinds: Readonly<Record<Completion['kind'], CompletionItemKind>> = {
  key: 10,
  rule: 18,
  severity: 20,
  item: 18,
};

/** What can be written at a place of the configuration. */
export function completions({ document }: OpenDocument, offset: number, rules: readonly Rule[]): CompletionItem[] {
  return completeConfiguration(document.getText(), offset, rules, checklistItems).map(
    ({ kind, label, detail, insert, replace }) => ({
      label,
      detail,
      kind: completionKinds[kind],
      textEdit: {
        range: { start: document.positionAt(replace.start), end: document.positionAt(replace.end) },
        newText: insert,
      },
    }),
  );
}
