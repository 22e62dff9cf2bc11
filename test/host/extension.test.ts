import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  type CodeAction,
  commands,
  ConfigurationTarget,
  extensions,
  type Hover,
  languages,
  type MarkdownString,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { CheckSummary } from '../../src/server/protocol.ts';
import {
  architect,
  authRule,
  diagnostics,
  extensionId,
  head,
  openWith,
  operation,
  ours,
  replaceAll,
  ruleIds,
  until,
  workspaceFile,
  writeFile,
} from './support.ts';

const hasAuth = (all: Parameters<typeof ruleIds>[0]): boolean => ruleIds(all).includes(authRule);

describe('extension', function () {
  this.timeout(60_000);

  it('activates, runs its server, and has its commands', async () => {
    const api = await architect();
    assert.ok((await until(() => api.serverProcessId())) > 0);
    const all = new Set(await commands.getCommands(true));
    const manifest = extensions.getExtension(extensionId)?.packageJSON as {
      contributes: { commands: { command: string }[] };
    };
    for (const { command } of manifest.contributes.commands) assert.ok(all.has(command), command);
  });

  it('shows findings while a document is typed', async () => {
    const uri = await openWith('host/openapi.yaml', head);
    await replaceAll(uri, head + operation('/users'));
    const all = await diagnostics(uri, hasAuth);
    const finding = all[ruleIds(all).indexOf(authRule)];
    assert.deepEqual(
      [finding?.range.start.line, finding?.range.start.character, finding?.range.end.character],
      [4, 4, 7],
    );
    const target = typeof finding?.code === 'object' ? finding.code.target : undefined;
    assert.match(target?.path ?? '', /\/docs\/rules\/api\/auth-defined\.md$/);
    assert.ok(existsSync(target?.fsPath ?? ''), 'the rule page is there');
    await replaceAll(uri, head + operation('/users', '      security: []\n'));
    await diagnostics(uri, (now) => !hasAuth(now));
  });

  it('hovers with the why', async () => {
    const uri = await openWith('host/hover.yaml', head + operation('/users'));
    const all = await diagnostics(uri, hasAuth);
    const range = all[ruleIds(all).indexOf(authRule)]?.range;
    assert.ok(range);
    const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', uri, range.start);
    const texts = hovers.flatMap(({ contents }) => contents.map((one) => (one as MarkdownString).value));
    assert.ok(
      texts.some((text) => text.includes('**Why**') && text.split('\n').length <= 6),
      texts.join('\n---\n'),
    );
  });

  it('writes a disable with its reason, in one step that undo takes back', async () => {
    const text = head + operation('/users');
    const uri = await openWith('host/disable.yaml', text);
    const all = await diagnostics(uri, hasAuth);
    const range = all[ruleIds(all).indexOf(authRule)]?.range;
    assert.ok(range);
    const actions = await commands.executeCommand<CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      range,
      'quickfix',
    );
    const disable = actions.find(({ title }) => title === `Disable ${authRule} for this line…`);
    assert.ok(disable?.command);
    const [target] = disable.command.arguments as [object];
    assert.equal(
      await commands.executeCommand('backendArchitect.disable', { ...target, reason: 'It is public' }),
      true,
    );
    const document = await workspace.openTextDocument(uri);
    assert.match(document.getText(), /# backend-architect-disable-next-line api\/auth-defined: It is public\n {4}get:/);
    await diagnostics(uri, (now) => !hasAuth(now));
    await commands.executeCommand('undo');
    assert.equal(document.getText(), text);
    await diagnostics(uri, hasAuth);
  });

  it('goes by backend-architect.yaml as it is typed', async () => {
    const uri = await openWith('host/configured.yaml', head + operation('/users'));
    await diagnostics(uri, hasAuth);
    const config = await openWith('backend-architect.yaml', '');
    try {
      await replaceAll(config, `rules:\n  ${authRule}: off\n`);
      await diagnostics(uri, (now) => !hasAuth(now));
      await replaceAll(config, '');
      await diagnostics(uri, hasAuth);
    } finally {
      await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      await workspace.fs.delete(config);
    }
  });

  it('completes the configuration', async () => {
    const config = await openWith('backend-architect.yaml', '');
    try {
      await replaceAll(config, 'rules:\n  api/auth-defined: ');
      const document = await workspace.openTextDocument(config);
      const list = await commands.executeCommand<{ items: { label: string | { label: string } }[] }>(
        'vscode.executeCompletionItemProvider',
        config,
        document.positionAt(document.getText().length),
      );
      const labels = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
      for (const level of ['off', 'error', 'warning', 'info', 'hint']) assert.ok(labels.includes(level), labels.join());
    } finally {
      await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      await workspace.fs.delete(config);
    }
  });

  it('says nothing of documents of other schemes', async () => {
    const provider = workspace.registerTextDocumentContentProvider('host-test', {
      provideTextDocumentContent: () => head + operation('/users'),
    });
    const here = await openWith('host/beside.yaml', head);
    const other = Uri.parse('host-test:/openapi.yaml');
    await window.showTextDocument(await workspace.openTextDocument(other));
    await replaceAll(here, head + operation('/users'));
    await diagnostics(here, hasAuth);
    assert.deepEqual(languages.getDiagnostics(other), []);
    provider.dispose();
  });

  it('checks the whole workspace, also what is not open', async () => {
    const closed = workspaceFile('host/closed/openapi.yaml');
    await writeFile(closed, head + operation('/users'));
    const summary = await commands.executeCommand<CheckSummary>('backendArchitect.checkWorkspace');
    assert.ok(summary.documents > 0 && summary.findings.error > 0);
    await diagnostics(closed, hasAuth);
    await workspace.fs.delete(closed);
    await diagnostics(closed, (now) => now.length === 0);
  });

  it('stops and starts by its setting', async () => {
    const api = await architect();
    const uri = await openWith('host/enable.yaml', head + operation('/users'));
    await diagnostics(uri, hasAuth);
    const settings = workspace.getConfiguration('backendArchitect');
    await settings.update('enable', false, ConfigurationTarget.Workspace);
    try {
      await until(() => (api.phase() === 'off' ? true : undefined));
      assert.deepEqual(ours(uri), []);
    } finally {
      await settings.update('enable', undefined, ConfigurationTarget.Workspace);
    }
    await diagnostics(uri, hasAuth);
  });

  it('copies the sample workspace', async () => {
    const folder = await commands.executeCommand<Uri>('backendArchitect.openSampleWorkspace', { open: false });
    assert.ok(existsSync(join(folder.fsPath, 'package.json')));
    await workspace.fs.delete(folder, { recursive: true });
  });
});
