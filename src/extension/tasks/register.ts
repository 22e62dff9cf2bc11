import { commands, Disposable, languages, type Position, window, workspace } from 'vscode';
import { CodeLensRequest, type LanguageClient } from 'vscode-languageclient/node';
import { settingsSection } from '../../server/protocol.ts';
import {
  createTaskCommand,
  type FindingTarget,
  moveTaskCommand,
  openTaskCommand,
  type TaskTarget,
} from '../../server/protocol-task.ts';
import { ask } from '../ask.ts';
import { openTaskFile, showAt } from './apply.ts';
import { createTask, type TaskSource } from './create.ts';
import { createDrafted, isDrafted } from './drafted.ts';
import { moveTask, rowOf } from './move.ts';
import { createTaskTree, type TaskNode } from './tree.ts';

/** The tree of tasks and its commands. */
export function registerTasks(client: LanguageClient): Disposable {
  return Disposable.from(
    createTaskTree(client),
    commands.registerCommand('backendArchitect.scaffoldTask', (options: unknown) =>
      isDrafted(options) ? createDrafted(client, options) : createTask(client, sourceOf(options)),
    ),
    commands.registerCommand(createTaskCommand, (target: unknown) => {
      const named = (target as { readonly finding?: unknown } | null | undefined)?.finding ?? target;
      const finding = isFinding(named) ? named : findingAtCaret(client);
      if (finding) return createTask(client, { finding });
      void window.showErrorMessage(
        'There is no finding of Backend Architect at the cursor. Put the cursor on one, then try again.',
      );
      return false;
    }),
    commands.registerCommand(moveTaskCommand, (target: unknown) => moveTask(client, targetOf(target))),
    commands.registerCommand(openTaskCommand, (target: unknown) => openTask(client, targetOf(target))),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${settingsSection}.codeLens`)) refreshLenses(client);
    }),
  );
}

/** Whether lenses are shown above tasks. */
export function showsLenses(): boolean {
  return workspace.getConfiguration(settingsSection).get<string>('codeLens') !== 'off';
}

function refreshLenses(client: LanguageClient): void {
  const feature = client.getFeature(CodeLensRequest.method);
  for (const document of workspace.textDocuments) feature.getProvider(document)?.onDidChangeCodeLensEmitter.fire();
}

async function openTask(client: LanguageClient, target: TaskTarget | undefined): Promise<boolean> {
  if (!target) return false;
  const boards = await ask(client, 'backendArchitect/tasks', { folder: target.folder });
  const found = 'refusal' in boards ? undefined : rowOf(boards, target);
  if (!found) {
    void window.showErrorMessage(
      'refusal' in boards
        ? boards.refusal
        : `There is no task ${target.id}. Write it, or take it out of the dependencies.`,
    );
    return false;
  }
  await showAt(await openTaskFile(client, found.board.uri, true), found.row.range.start);
  return true;
}

/** The finding at the cursor; of several the narrowest. */
function findingAtCaret(client: LanguageClient): FindingTarget | undefined {
  const editor = window.activeTextEditor;
  if (!editor) return undefined;
  const { document, selection } = editor;
  const here = languages
    .getDiagnostics(document.uri)
    .filter(({ source, range }) => source === 'Backend Architect' && touches(range, selection.active))
    .sort((a, b) => length(document, a.range) - length(document, b.range));
  const own = here.find(({ code }) => codeOf(code) !== undefined);
  const rule = codeOf(own?.code);
  if (!own || rule === undefined) return undefined;
  const uri = client.code2ProtocolConverter.asUri(document.uri);
  return { uri, version: document.version, rule, range: client.code2ProtocolConverter.asRange(own.range) };
}

type Code = ReturnType<typeof languages.getDiagnostics>[number] extends readonly [unknown, readonly (infer One)[]]
  ? One extends { code?: infer Value }
    ? Value
    : never
  : never;

function codeOf(code: Code | undefined): string | undefined {
  const value = typeof code === 'object' ? code.value : code;
  return typeof value === 'string' ? value : undefined;
}

interface Stretch {
  readonly start: Position;
  readonly end: Position;
}

function touches({ start, end }: Stretch, at: Position): boolean {
  // The line counts: whoever stands in front of the word means it too.
  return at.line >= start.line && at.line <= end.line;
}

function length(document: { offsetAt(position: Position): number }, { start, end }: Stretch): number {
  return document.offsetAt(end) - document.offsetAt(start);
}

function isFinding(value: unknown): value is FindingTarget {
  const target = value as
    | Partial<Record<'uri' | 'version' | 'rule' | 'range' | 'fingerprint', unknown>>
    | null
    | undefined;
  if (typeof target?.fingerprint === 'string') return true;
  return typeof target?.uri === 'string' && typeof target.version === 'number' && typeof target.rule === 'string';
}

/** The task that a lens or a row of the tree names. */
function targetOf(value: unknown): TaskTarget | undefined {
  const node = value as Partial<TaskNode> | null | undefined;
  if (node?.kind === 'task' && 'row' in node && node.row && node.board)
    return { folder: node.board.folder, id: node.row.id };
  const target = value as Partial<TaskTarget> | null | undefined;
  return typeof target?.folder === 'string' && typeof target.id === 'string'
    ? { folder: target.folder, id: target.id }
    : undefined;
}

function sourceOf(value: unknown): TaskSource {
  const { item, folder } = (value ?? {}) as Partial<Record<'item' | 'folder', unknown>>;
  return {
    ...(typeof item === 'string' ? { item } : {}),
    ...(typeof folder === 'string' ? { folder } : {}),
  };
}
