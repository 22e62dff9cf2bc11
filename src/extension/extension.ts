import { commands, type ExtensionContext, languages, window, workspace } from 'vscode';
import { checkWorkspace } from './check-workspace.ts';
import { createArchitectClient } from './client.ts';
import { disableFinding } from './disable.ts';
import { registerCommit } from './commit/register.ts';
import { createReportPage } from './report-page.ts';
import { openSampleWorkspace } from './sample.ts';
import { createStatusItem, type Phase } from './status.ts';
import { disableCommand, settingsSection } from '../server/protocol.ts';

/** What {@link activate} gives to whoever asks for the extension's exports. */
export interface ArchitectApi {
  /** The process id of the language server; undefined while it does not run. */
  serverProcessId(): number | undefined;
  /** `stopped`: it was given up; `off`: it is switched off. */
  phase(): Phase;
}

/** Starts the server and registers the commands. No document is read here. */
export function activate(context: ExtensionContext): ArchitectApi {
  const output = window.createOutputChannel('Backend Architect', { log: true });
  const status = createStatusItem(languages);
  const client = createArchitectClient(context, output, status);
  const page = createReportPage(
    context.extensionUri,
    async () => (await checkWorkspace(client.language, true))?.report,
  );
  const follow = (): void => void client.follow(isEnabled());

  context.subscriptions.push(
    output,
    status,
    client,
    commands.registerCommand('backendArchitect.showOutput', () => output.show(true)),
    commands.registerCommand('backendArchitect.restartServer', () => client.restart()),
    page,
    commands.registerCommand('backendArchitect.checkWorkspace', async () => {
      const checking = checkWorkspace(client.language, page.isOpen());
      if (page.isOpen()) void page.during(checking.then((summary) => summary?.report));
      const summary = await checking;
      if (summary) await commands.executeCommand('workbench.actions.view.problems');
      return summary;
    }),
    commands.registerCommand('backendArchitect.showCheckReport', () => page.show()),
    commands.registerCommand('backendArchitect.openSampleWorkspace', (options: unknown) =>
      openSampleWorkspace(context.extensionUri, options),
    ),
    commands.registerCommand(disableCommand, (target: unknown) => disableFinding(client.language, target)),
    registerCommit(context, client.language),
    window.onDidChangeActiveTextEditor(() => status.show()),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${settingsSection}.enable`)) follow();
    }),
  );
  follow();
  return { serverProcessId: () => client.language.serverProcess?.pid, phase: () => status.phase() };
}

function isEnabled(): boolean {
  return workspace.getConfiguration(settingsSection).get('enable', true);
}
