import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { temporaryFolder } from '../harness/lifetime.ts';
import {
  openFile,
  runCommand,
  screenshot,
  statusText,
  texts,
  toasts,
  until,
  visibleText,
  webview,
} from '../harness/verbs.ts';
import { hostVersions } from '../harness/vscode-host.ts';
import { openWorkbench, type Workbench } from '../harness/workbench.ts';

const root = resolve(import.meta.dirname, '../..');

describe('Show Check Report in VS Code', function () {
  this.timeout(120_000);
  let workbench: Workbench | undefined;
  const temporary = temporaryFolder('check-report');
  after(temporary.remove);
  afterEach(async () => {
    await workbench?.close();
    workbench = undefined;
  });

  for (const version of hostVersions) {
    it(`opens the page, goes to a finding and comes back, in VS Code ${version}`, async () => {
      const folder = join(temporary.path, version);
      cpSync(join(root, 'test/sample'), folder, { recursive: true });
      writeFileSync(join(folder, 'old.yaml'), "swagger: '2.0'\ninfo: { title: Old, version: 1.0.0 }\npaths: {}\n");
      const spec = join(folder, 'docs/living/API_Spec.yaml');
      const text = readFileSync(spec, 'utf8');
      const line = text.split('\n').findIndex((one) => one.includes('    delete:')) + 1;
      workbench = await openWorkbench({ version, folder, extensions: [process.env['BACKEND_ARCHITECT_VSIX'] ?? root] });
      const { page } = workbench;
      await openFile(page, 'old.yaml');
      await runCommand(page, 'Backend Architect: Show Check Report');
      const report = webview(page);
      const row = report.getByRole('button', { name: /^Anyone can call DELETE/ });
      await row.waitFor({ timeout: 30_000 });
      const verdict = report.getByRole('heading', { level: 1 });
      const before = (await verdict.textContent()) ?? '';
      assert.match(before, /^\d+ findings in \d+ documents, \d+ errors, 1 not fully analysed$/);
      await report.getByText('OpenAPI 2.0').waitFor();

      await row.click();
      const place = await until(
        'the editor at the finding',
        () => statusText(page, 'status.editor.selection'),
        (where) => where.startsWith(`Ln ${line},`),
      );
      assert.ok(place);
      await page.locator('.tab.active[data-resource-name="API_Spec.yaml"]').waitFor();
      assert.ok(await row.isVisible(), 'the report stays beside');
      await screenshot(page, join(root, `.cache/screenshots/editor-${version}.png`));

      // By the keyboard: back into the report, on to the next finding, and there.
      await page.keyboard.press('Control+1');
      await row.and(report.locator(':focus')).waitFor();
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();

      // What is repaired on disk is gone after the next check, and the page with it is up to date.
      writeFileSync(spec, text.replace('    delete:\n', '    delete:\n      security: []\n'));
      await row.click();
      await page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
      await until(
        'the repaired text in the editor',
        () => visibleText(page),
        (now) => /delete:\n\s*security: \[\]/.test(now),
      );
      await runCommand(page, 'Backend Architect: Check Workspace');
      await page.locator('.markers-panel').waitFor();
      await until(
        'one error less',
        async () => (await verdict.textContent()) ?? '',
        (now) => now !== before,
      );
      assert.equal(await row.count(), 0);

      await report.getByRole('button', { name: 'api/server-https' }).click();
      await page.locator('.tab', { hasText: 'Preview server-https.md' }).waitFor();
      assert.deepEqual(await texts(toasts(page)), []);
      // The workbench has errors of its own on a busy machine; the page has none.
      const ours = workbench.pageErrors().filter((error) => /Content Security Policy|report\.js/.test(error));
      assert.deepEqual(ours, []);
    });
  }
});
