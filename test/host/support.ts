import assert from 'node:assert/strict';
import {
  type Diagnostic,
  type Disposable,
  extensions,
  languages,
  Position,
  Range,
  Uri,
  window,
  workspace,
  WorkspaceEdit,
} from 'vscode';
import type { ArchitectApi } from '../../src/extension/extension.ts';

export const extensionId = 'backend-architect.backend-architect';

/** The extension, active. */
export async function architect(): Promise<ArchitectApi> {
  const extension = extensions.getExtension<ArchitectApi>(extensionId);
  assert.ok(extension, 'the extension is installed');
  return extension.activate();
}

export function workspaceFile(name: string): Uri {
  const [folder] = workspace.workspaceFolders ?? [];
  assert.ok(folder, 'a folder is open');
  return Uri.joinPath(folder.uri, name);
}

export async function writeFile(uri: Uri, text: string): Promise<void> {
  await workspace.fs.writeFile(uri, Buffer.from(text));
}

/** Opens a document with this text in an editor. */
export async function openWith(name: string, text: string): Promise<Uri> {
  const uri = workspaceFile(name);
  await writeFile(uri, text);
  await window.showTextDocument(await workspace.openTextDocument(uri));
  return uri;
}

export async function replaceAll(uri: Uri, text: string): Promise<void> {
  const document = await workspace.openTextDocument(uri);
  const edit = new WorkspaceEdit();
  edit.replace(uri, new Range(new Position(0, 0), document.positionAt(document.getText().length)), text);
  assert.ok(await workspace.applyEdit(edit));
}

export function ours(uri: Uri): readonly Diagnostic[] {
  return languages.getDiagnostics(uri).filter(({ source }) => source === 'Backend Architect');
}

export function ruleIds(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ code }) => String(typeof code === 'object' ? code.value : code));
}

/** Our diagnostics of a document, as soon as they fit. */
export function diagnostics(uri: Uri, fits: (all: readonly Diagnostic[]) => boolean): Promise<readonly Diagnostic[]> {
  return new Promise((resolve) => {
    let listener: Disposable | undefined;
    const look = (): boolean => {
      const all = ours(uri);
      if (!fits(all)) return false;
      listener?.dispose();
      resolve(all);
      return true;
    };
    if (!look()) listener = languages.onDidChangeDiagnostics(look);
  });
}

/** Resolves with the first value that is there; for what tells nobody that it changed. */
export function until<T>(read: () => T | undefined): Promise<T> {
  return new Promise((resolve) => {
    const look = (): void => {
      const value = read();
      if (value === undefined) setTimeout(look, 20);
      else resolve(value);
    };
    look();
  });
}

export const head = 'openapi: 3.1.0\ninfo: { title: Shop, version: 1.0.0 }\npaths:\n';

export function operation(path: string, more = ''): string {
  return `  ${path}:\n    get:\n      operationId: get${path.replaceAll(/\W/g, '')}\n${more}      responses: { '200': { description: OK } }\n`;
}

export const authRule = 'api/auth-defined';
