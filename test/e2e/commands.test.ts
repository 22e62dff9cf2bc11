import assert from 'node:assert/strict';
import { kill } from 'node:process';
import { openFile, runCommand, squiggles, statusText, texts, until } from '../harness/verbs.ts';
import { journey, serverProcesses, specification } from './session.ts';
import { problem, showAllProblems, untilInPalette, untilLanguageStatus, untilMarked, untilProblem } from './sights.ts';

const commands = ['Check Workspace', 'Open Sample Workspace', 'Restart Server', 'Show Check Report', 'Show Output'].map(
  (title) => `Backend Architect: ${title}`,
);

describe('commands and status', () => {
  journey(
    'Check Workspace, as the very first thing, finds what is wrong in files that nobody opened',
    {},
    async ({ page }) => {
      await untilInPalette(page, commands);
      await runCommand(page, 'Backend Architect: Check Workspace');
      await until(
        'the sentence that sums it up',
        () => statusText(page, 'status.extensionMessage'),
        (text) => text === '11 documents checked: 20 findings, 5 errors.',
      );
      const rows = await showAllProblems(page);
      const files = await until(
        'five files with problems',
        async () => (await texts(rows)).filter((row) => /^\w+(\.up)?\.(yaml|sql)(docs|migrations)/.test(row)),
        (found) => found.length === 5,
      );
      assert.deepEqual(files, [
        'API_Spec.yamldocs/living13',
        '005_customer_phone.up.sqlmigrations3',
        '001_create_customers.up.sqlmigrations2',
        '003_create_orders.up.sqlmigrations1',
        '004_order_status_index.up.sqlmigrations1',
      ]);
      await untilProblem(
        page,
        problem(
          'customers.password reads like a plain password: keep only a hash, in password_hash',
          'sql/plain-password-column',
          4,
          5,
        ),
      );
    },
  );

  journey('Restart Server starts another server, which finds the same', {}, async ({ page }) => {
    await openFile(page, specification);
    await untilMarked(page, 'error', ['7: http://api.shop.example/v1']);
    const [before, ...others] = await serverProcesses();
    assert.ok(before !== undefined && others.length === 0);
    await runCommand(page, 'Backend Architect: Restart Server');
    await until('another server', serverProcesses, (now) => now.length === 1 && now[0] !== before);
    await untilMarked(page, 'error', ['7: http://api.shop.example/v1']);
    const [restarted] = await serverProcesses();
    kill(restarted ?? 0, 'SIGKILL');
    await until('a third server', serverProcesses, (now) => now.length === 1 && now[0] !== restarted);
    await untilMarked(page, 'error', ['7: http://api.shop.example/v1']);
  });

  journey('Show Output opens our output', {}, async ({ page }) => {
    await openFile(page, specification);
    await squiggles(page).first().waitFor();
    await runCommand(page, 'Backend Architect: Show Output');
    await page.locator('.output-view').waitFor();
    await until(
      'our channel in the title of the panel',
      async () => (await page.locator('.part.panel .title').allTextContents()).join(),
      (title) => title.includes('Backend Architect'),
    );
  });

  journey('Open Sample Workspace opens a copy in another window, with its findings', {}, async ({ page }) => {
    await untilInPalette(page, commands);
    const opened = page.context().waitForEvent('page');
    await runCommand(page, 'Backend Architect: Open Sample Workspace');
    const sample = await opened;
    await sample.locator('.monaco-workbench .explorer-folders-view .monaco-list-row').first().waitFor();
    await openFile(sample, specification);
    await untilMarked(sample, 'error', ['7: http://api.shop.example/v1']);
    await sample.close();
  });

  journey(
    'the language status says what is known of the document',
    {
      files: {
        'notes.yaml': 'just: notes\n',
        'old.yaml': "swagger: '2.0'\ninfo: { title: Old, version: '1' }\npaths: {}\n",
      },
    },
    async ({ page }) => {
      await openFile(page, specification);
      await untilLanguageStatus(page, /^13 findingsOpenAPI 3\.1, 7 operationsShow Findings$/);
      await openFile(page, 'migrations/002_create_products.up.sql');
      await untilLanguageStatus(page, /^No findingsPostgreSQL.*Show Findings$/);
      await openFile(page, 'notes.yaml');
      await untilLanguageStatus(page, /^Not checkedNo API document or migrationShow Findings$/);
      await openFile(page, 'old.yaml');
      await untilLanguageStatus(page, /^Not checkedOpenAPI 2\.0 .*Show Findings$/);
    },
  );
});
