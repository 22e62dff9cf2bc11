// `npm start`: the check and the review of the sample workspace, then the sample in a VS Code with the extension, until Ctrl-C. Without a terminal, or with CI=true,
// it ends after the check.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { closeAtExit, temporaryFolder } from '../test/harness/lifetime.ts';

const root = resolve(import.meta.dirname, '..');
const cli = join(root, 'dist/cli.cjs');
if (!existsSync(cli)) {
  console.error('dist/cli.cjs is not there. Build it: npm run build');
  process.exit(1);
}
const check = spawnSync(process.execPath, [cli, 'check', '--fail-on', 'never'], {
  cwd: join(root, 'test/sample'),
  stdio: 'inherit',
});
if (check.status !== 0) {
  console.error(`The check of test/sample ended with ${String(check.status)}.`);
  process.exit(1);
}
const review = spawnSync(process.execPath, [cli, 'review'], { cwd: join(root, 'test/sample'), stdio: 'inherit' });
if (review.status !== 0) {
  console.error(`The review of test/sample ended with ${String(review.status)}.`);
  process.exit(1);
}
if (!process.stdout.isTTY || process.env['CI'] !== undefined) {
  console.log('\nTo edit it in VS Code with the extension, run npm start in a terminal.');
  process.exit(0);
}

/** A VS Code that is installed: the one named, else `code` on the path. */
function installedEditor(): string | undefined {
  const named = process.env['VSCODE_EXECUTABLE'];
  if (named !== undefined) return named;
  const names = process.platform === 'win32' ? ['code.cmd'] : ['code'];
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    for (const name of names) if (folder !== '' && existsSync(join(folder, name))) return join(folder, name);
  }
  return undefined;
}

const { path: folder } = temporaryFolder('sample');
cpSync(join(root, 'test/sample'), folder, { recursive: true });

const editor = installedEditor();
if (editor !== undefined) {
  console.log(`\nOpening the sample in ${editor}. Ctrl-C, or closing the window, ends it.`);
  const child = spawn(editor, ['--new-window', '--wait', `--extensionDevelopmentPath=${root}`, folder], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  closeAtExit(() => child.kill());
  child.on('error', (error) => {
    console.error(`${editor} did not start: ${error.message}. Set VSCODE_EXECUTABLE to a VS Code.`);
    process.exit(1);
  });
  child.on('close', (code) => process.exit(code ?? 0));
} else {
  const { serveEditor } = await import('../test/harness/workbench.ts');
  console.log('\nNo VS Code is installed here: its browser build comes from npm (the first time takes a minute) …');
  const served = await serveEditor({ folder, extensions: [root] });
  console.log(
    `Open ${served.url}\nWhoever has this address can run commands on this machine: keep it to yourself. Ctrl-C ends the editor.`,
  );
  await served.ended;
  console.error('The VS Code server has ended.');
  process.exitCode = 1;
}
