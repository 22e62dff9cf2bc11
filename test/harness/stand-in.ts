import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const manifest = {
  name: 'stand-in',
  publisher: 'harness',
  version: '0.0.1',
  engines: { vscode: '^1.100.0' },
  license: 'MIT',
  main: './main.cjs',
  activationEvents: ['onStartupFinished', 'onLanguage:plaintext'],
  capabilities: { untrustedWorkspaces: { supported: true } },
  contributes: {
    commands: [
      { command: 'standIn.greet', title: 'Stand-in: Greet' },
      { command: 'standIn.showOutput', title: 'Stand-in: Show Output' },
      { command: 'standIn.ask', title: 'Stand-in: Ask' },
      { command: 'standIn.askMore', title: 'Stand-in: Ask More' },
      { command: 'standIn.showPage', title: 'Stand-in: Show' },
    ],
  },
};

/** Finds the word "wrong", offers to make it right, greets, and says in the status bar whether the workspace is trusted. */
const main = `
const vscode = require('vscode');
exports.activate = (context) => {
  const problems = vscode.languages.createDiagnosticCollection('stand-in');
  const check = (document) => {
    if (document.uri.scheme !== 'file' || document.languageId !== 'plaintext') return;
    const found = [...document.getText().matchAll(/wrong/g)];
    problems.set(document.uri, found.map(({ index }) => {
      const range = new vscode.Range(document.positionAt(index), document.positionAt(index + 5));
      return new vscode.Diagnostic(range, 'This is wrong', vscode.DiagnosticSeverity.Error);
    }));
  };
  const status = vscode.window.createStatusBarItem('standIn.status', vscode.StatusBarAlignment.Left);
  status.name = 'Stand-in';
  status.text = vscode.workspace.isTrusted ? 'trusted' : 'restricted';
  status.show();
  const output = vscode.window.createOutputChannel('Stand-in');
  output.appendLine('The stand-in is awake');
  const ask = async () => {
    const name = await vscode.window.showInputBox({ prompt: 'Your name' });
    const colour = await vscode.window.showQuickPick(['dark red', 'red']);
    const sure = await vscode.window.showInformationMessage(name + ' likes ' + colour, 'Yes', 'No');
    status.text = [name, colour, sure].join();
  };
  const showPage = () => {
    const panel = vscode.window.createWebviewPanel('standIn.page', 'Page', vscode.ViewColumn.Active, { enableScripts: true });
    panel.webview.onDidReceiveMessage((message) => panel.webview.postMessage(message + ' back'));
    panel.webview.html = \`<!DOCTYPE html>
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-1'">
      <button>Ping</button><p></p>
      <script nonce="1">
        const { postMessage } = acquireVsCodeApi();
        document.querySelector('button').onclick = () => postMessage('ping');
        onmessage = ({ data }) => { document.querySelector('p').textContent = data; };
      </script>\`;
  };
  const provideCodeActions = (document, range, { diagnostics }) => diagnostics.map((diagnostic) => {
    const action = new vscode.CodeAction('Make it right', vscode.CodeActionKind.QuickFix);
    action.edit = new vscode.WorkspaceEdit();
    action.edit.replace(document.uri, diagnostic.range, 'right');
    action.diagnostics = [diagnostic];
    return action;
  });
  vscode.workspace.textDocuments.forEach(check);
  context.subscriptions.push(
    problems,
    status,
    output,
    vscode.workspace.onDidOpenTextDocument(check),
    vscode.workspace.onDidChangeTextDocument((event) => check(event.document)),
    vscode.languages.registerCodeActionsProvider('plaintext', { provideCodeActions }),
    vscode.commands.registerCommand('standIn.greet', () => vscode.window.showInformationMessage('Hello from the stand-in')),
    vscode.commands.registerCommand('standIn.ask', ask),
    vscode.commands.registerCommand('standIn.askMore', () => {}),
    vscode.commands.registerCommand('standIn.showPage', showPage),
    vscode.commands.registerCommand('standIn.showOutput', () => output.show()),
  );
};
`;

/** Writes a small extension into `folder`, for the tests of the harness itself. Returns the folder of the extension. */
export async function writeStandIn(folder: string): Promise<string> {
  const extension = join(folder, 'stand-in');
  await mkdir(extension, { recursive: true });
  await writeFile(join(extension, 'package.json'), JSON.stringify(manifest, null, 2));
  await writeFile(join(extension, 'main.cjs'), main);
  await writeFile(join(extension, 'LICENSE'), 'MIT\n');
  await writeFile(join(extension, 'README.md'), '# Stand-in\n');
  return extension;
}

/** Writes a workspace with a text file that is wrong in two places, and another file of the same name. Returns its folder. */
export async function writeStandInWorkspace(folder: string): Promise<string> {
  const workspace = join(folder, 'workspace');
  await mkdir(workspace, { recursive: true });
  await writeFile(join(workspace, 'letter.txt'), 'Dear reader,\nthis is wrong.\nThis too is wrong.\n');
  await mkdir(join(workspace, 'drafts'), { recursive: true });
  await writeFile(join(workspace, 'drafts/letter.txt'), 'A draft\n');
  return workspace;
}
