import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchBrowser } from './browser.ts';
import { temporaryFolder } from './lifetime.ts';
import { runCommand as runTool } from './staging.ts';
import { writeStandIn, writeStandInWorkspace } from './stand-in.ts';
import {
  answer,
  answerToast,
  applyQuickFix,
  goTo,
  hoverText,
  openFile,
  openView,
  pick,
  pickable,
  quickFixes,
  runCommand,
  screenshot,
  showProblems,
  squiggles,
  statusItem,
  statusText,
  texts,
  toasts,
  typeText,
  until,
  visibleText,
  webview,
} from './verbs.ts';
import { hostVersions } from './vscode-host.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

describe('the workbench of the harness', function () {
  this.timeout(120_000);
  const temporary = temporaryFolder('selftest');
  after(temporary.remove);
  let extension: string;
  let packaged: string;
  let workbench: Workbench | undefined;

  before(async () => {
    extension = await writeStandIn(temporary.path);
    packaged = join(temporary.path, 'stand-in.vsix');
    const vsce = fileURLToPath(import.meta.resolve('@vscode/vsce/vsce'));
    await runTool(
      process.execPath,
      [vsce, 'package', '--no-dependencies', '--allow-missing-repository', '--out', packaged],
      extension,
    );
  });

  afterEach(async () => {
    await workbench?.close();
    workbench = undefined;
  });

  for (const version of hostVersions) {
    it(`does what a person does in VS Code ${version}`, async () => {
      const folder = await writeStandInWorkspace(join(temporary.path, `full-${version}`));
      workbench = await openWorkbench({ version, folder, extensions: [extension] });
      const { page } = workbench;
      await openFile(page, 'letter.txt');
      await squiggles(page).nth(1).waitFor();
      assert.match(await hoverText(page, squiggles(page)), /This is wrong/);
      const rows = await showProblems(page);
      await rows.nth(2).waitFor();
      assert.equal((await texts(rows)).filter((text) => text.includes('This is wrong')).length, 2);

      await runCommand(page, 'Stand-in: Greet');
      await toasts(page).first().waitFor();
      assert.deepEqual(await texts(toasts(page)), ['Hello from the stand-in']);
      assert.equal(await statusText(page, 'standIn.status'), 'trusted');

      await openFile(page, 'letter.txt');
      assert.deepEqual(await quickFixes(page, squiggles(page)), ['Make it right']);
      await applyQuickFix(page, 'Make it right');
      await until(
        'one problem less',
        async () => squiggles(page).count(),
        (count) => count === 1,
      );
      await goTo(page, 1, 1);
      await typeText(page, 'Hello! ');
      await until(
        'the edited text',
        async () => visibleText(page),
        (text) => text.startsWith('Hello! Dear reader,\nthis is right.'),
      );
      await page.keyboard.press('Control+S');
      await until(
        'the saved file',
        async () => readFile(join(folder, 'letter.txt'), 'utf8'),
        (text) => text.startsWith('Hello! '),
      );
      await runCommand(page, 'Stand-in: Show Output');
      await page.locator('.output-view .view-line', { hasText: 'The stand-in is awake' }).waitFor();
      const picture = join(temporary.path, `${version}.png`);
      await screenshot(page, picture);
      assert.ok((await stat(picture)).size > 10_000);
      assert.deepEqual(workbench.pageErrors(), []);
    });

    it(`answers questions and reaches into views and webviews of VS Code ${version}`, async () => {
      const folder = await writeStandInWorkspace(join(temporary.path, `asked-${version}`));
      workbench = await openWorkbench({ version, folder, extensions: [extension] });
      const { page } = workbench;
      await statusItem(page, 'standIn.status').waitFor();
      await runCommand(page, 'Stand-in: Ask');
      await answer(page, 'Ada');
      await until(
        'the choices',
        async () => pickable(page),
        (labels) => labels.join() === 'dark red,red',
      );
      await pick(page, 'red');
      await answerToast(page, 'Ada likes red', 'Yes');
      await until(
        'the answers',
        async () => statusText(page, 'standIn.status'),
        (text) => text === 'Ada,red,Yes',
      );

      await runCommand(page, 'Stand-in: Show');
      await webview(page).getByRole('button', { name: 'Ping' }).click();
      await webview(page).getByText('ping back').waitFor();
      await openView(page, 'Search');
      await page.locator('.search-view').waitFor();
      await openFile(page, 'drafts/letter.txt');
      await until(
        'the draft',
        async () => visibleText(page),
        (text) => text.startsWith('A draft'),
      );
      assert.deepEqual(workbench.pageErrors(), []);
    });

    it(`installs a packaged extension into VS Code ${version} and respects Restricted Mode`, async () => {
      const folder = await writeStandInWorkspace(join(temporary.path, `packaged-${version}`));
      workbench = await openWorkbench({ version, folder, extensions: [packaged], untrusted: true });
      await openFile(workbench.page, 'letter.txt');
      await squiggles(workbench.page).nth(1).waitFor();
      assert.equal(await statusText(workbench.page, 'standIn.status'), 'restricted');
    });

    it(`serves VS Code ${version} only to who knows the secret, and leaves nothing behind`, async () => {
      const folder = await writeStandInWorkspace(join(temporary.path, `served-${version}`));
      const module = JSON.stringify(new URL('workbench.ts', import.meta.url).href);
      const options = JSON.stringify({ version, folder, extensions: [extension] });
      const script = `const { serveEditor } = await import(${module}); console.log((await serveEditor(${options})).url);`;
      const person = spawn(process.execPath, ['--input-type=module', '-e', script], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const [line] = (await once(person.stdout, 'data')) as [Buffer];
      const url = new URL(line.toString().trim());
      assert.equal(url.hostname, '127.0.0.1');
      assert.equal((await fetch(url, { redirect: 'manual' })).status, 302);
      assert.equal((await fetch(url.origin)).status, 403);
      const browser = await launchBrowser();
      try {
        const page = await browser.newPage();
        await page.goto(url.href);
        assert.equal(await statusText(page, 'standIn.status'), 'trusted');
      } finally {
        await browser.close();
      }
      person.kill('SIGINT');
      assert.deepEqual(await once(person, 'exit'), [130, null]);
      await until(
        'the end of the server',
        async () =>
          fetch(url.origin).then(
            () => 'up',
            () => 'down',
          ),
        (state) => state === 'down',
      );
    });
  }
});
