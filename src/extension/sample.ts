import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands, Uri, workspace } from 'vscode';

/** Copies the sample that ships with the extension to a temporary folder and opens it. Returns the folder; `{ open: false }` only copies. */
export async function openSampleWorkspace(extension: Uri, options: unknown): Promise<Uri> {
  const folder = join(await mkdtemp(join(tmpdir(), 'backend-architect-')), 'sample');
  await cp(Uri.joinPath(extension, 'test', 'sample').fsPath, folder, { recursive: true });
  const uri = Uri.file(folder);
  const { open } = (options ?? {}) as { readonly open?: boolean };
  if (open !== false)
    await commands.executeCommand('vscode.openFolder', uri, {
      forceNewWindow: workspace.workspaceFolders !== undefined,
    });
  return uri;
}
