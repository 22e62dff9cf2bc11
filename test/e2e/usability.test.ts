import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FrameLocator, type Locator, type Page } from 'playwright-core';
import { runGit } from '../harness/git.ts';
import {
  answer,
  applyQuickFix,
  goTo,
  openFile,
  openView,
  pick,
  pickable,
  runCommand,
  squiggles,
  statusText,
  until,
  webview,
} from '../harness/verbs.ts';
import { specification } from './session.ts';
import { marked, questionBox, untilMarked } from './sights.ts';
import { trial } from './trial.ts';

const verdict = (inside: FrameLocator): Locator => inside.getByRole('heading', { level: 1 });
const row = (inside: FrameLocator, title: string): Locator =>
  inside.getByRole('listitem').filter({ hasText: title }).first();
const input = (page: Page): Locator => page.locator('.quick-input-widget input.input').first();

async function openReview(page: Page): Promise<FrameLocator> {
  await openView(page, 'Backend Architect');
  const inside = webview(page);
  await verdict(inside)
    .filter({ hasText: /\d+ of \d+ open/ })
    .waitFor();
  return inside;
}

async function caretAt(page: Page, line: number): Promise<void> {
  await until(
    `the caret in line ${line}`,
    () => statusText(page, 'status.editor.selection'),
    (text) => text.startsWith(`Ln ${line},`),
  );
}

/** A repository with one commit, by somebody. */
function repository(folder: string): void {
  runGit(folder, ['init', '-q', '-b', 'main']);
  runGit(folder, ['config', 'user.name', 'Ada Lovelace']);
  runGit(folder, ['config', 'user.email', 'ada@shop.example']);
  runGit(folder, ['add', '-A']);
  runGit(folder, ['commit', '-q', '-m', 'feat(orders): one']);
}

/** The jobs of people who have never seen the extension, and what they may take. The ones about the page's looks are in test/webview. */
describe('usability', () => {
  trial(1, 'say whether it may be handed off', 1, {}, async ({ session: { page }, begin, done }) => {
    begin();
    await openReview(page);
    done();
    assert.match((await verdict(webview(page)).textContent()) ?? '', /Not ready/);
  });

  trial(2, 'repair the first error', 4, {}, async ({ session: { page, read, save }, begin, done }) => {
    const before = await read(specification);
    await openFile(page, specification);
    await untilMarked(page, 'error', ['7: http://api.shop.example/v1']);
    begin();
    const place = await squiggles(page).first().boundingBox();
    assert.ok(place);
    await page.mouse.click(place.x + 20, place.y + 4);
    await page.keyboard.press('Control+.');
    await applyQuickFix(page, 'Use https');
    await untilMarked(page, 'error', []);
    done();
    await page.keyboard.press('Control+Z');
    await untilMarked(page, 'error', ['7: http://api.shop.example/v1']);
    assert.equal(await save(specification), before);
  });

  trial(3, 'find why an item is not met, and reach both places', 4, {}, async ({ session: { page }, begin, done }) => {
    const inside = await openReview(page);
    begin();
    const item = row(inside, 'API contract defined');
    await item.getByRole('button', { name: 'API contract defined' }).first().click();
    const places = item.getByRole('button', { name: /API_Spec\.yaml:\d+/ });
    const lines: number[] = [];
    for (const index of [0, 1]) {
      const [, line = ''] = /:(\d+)/.exec((await places.nth(index).textContent()) ?? '') ?? [];
      await places.nth(index).click();
      await caretAt(page, Number(line));
      lines.push(Number(line));
    }
    done();
    assert.deepEqual(lines, [160, 181]);
    await item.getByText('Why').first().waitFor();
  });

  trial(6, 'type an operation without being disturbed', 40, {}, async ({ session: { page }, begin, done }) => {
    await openFile(page, specification);
    await untilMarked(page, 'error', ['7: http://api.shop.example/v1']);
    await goTo(page, 17);
    const top = (): Promise<number> =>
      page.locator('.editor-group-container.active .monaco-editor .lines-content').evaluate((element) => {
        const { top } = (element as unknown as { getBoundingClientRect(): { top: number } }).getBoundingClientRect();
        return top;
      });
    const before = await top();
    begin();
    const seen: string[] = [];
    for (const key of '  /health:\n    get: { summary: Health ') {
      await page.keyboard.type(key, { delay: 150 });
      const typed = Date.now();
      const line = Number(/Ln (\d+)/.exec(await statusText(page, 'status.editor.selection'))?.[1]);
      const marks = (await Promise.all((['error', 'warning'] as const).map((one) => marked(page, one)))).flat();
      // A look that itself took longer than the pause says nothing.
      if (Date.now() - typed < 500) seen.push(...marks.filter((mark) => mark.startsWith(`${line}:`)));
    }
    done();
    assert.deepEqual(seen, [], 'what is still being written is not marked');
    assert.equal(await top(), before, 'nothing has scrolled');
  });

  trial(7, 'see that a signed item is out of date', 1, { prepare: repository }, async (one) => {
    const { page } = one.session;
    const inside = await openReview(page);
    await inside.getByRole('tab', { name: /Hand off/ }).click();
    await inside.getByRole('button', { name: 'Sign Off…: Code reviewed' }).click();
    await answer(page, 'Read every handler and query.');
    await until(
      'the last step',
      () => pickable(page),
      (rows) => rows.length >= 4,
    );
    await page.keyboard.press('Enter');
    await inside.getByRole('button', { name: /^Signed by a person/ }).waitFor();
    await openFile(page, specification);
    await goTo(page, 1);
    one.begin();
    await page.keyboard.type('# ');
    const item = row(inside, 'Code reviewed');
    await item.getByRole('img', { name: 'Out of date' }).waitFor();
    one.done();
    assert.match(await item.innerText(), /API_Spec\.yaml changed/);
  });

  trial(8, 'sign off "Code reviewed"', 5, { prepare: repository }, async ({ session: { page }, begin, done }) => {
    const inside = await openReview(page);
    begin();
    await inside.getByRole('tab', { name: /Hand off/ }).click();
    await inside.getByRole('button', { name: 'Sign Off…: Code reviewed' }).click();
    await input(page).fill('Read every handler and query.');
    await page.keyboard.press('Enter');
    const facts = await until(
      'who, which commit and until when',
      () => pickable(page),
      (rows) => rows.length >= 4,
    );
    for (const fact of [/Ada Lovelace/, /Commit [0-9a-f]{7}/, /Lapses when .+ change/])
      assert.ok(
        facts.some((one) => fact.test(one)),
        facts.join(' | '),
      );
    await page.keyboard.press('Enter');
    await inside.getByRole('button', { name: /^Signed by a person/ }).waitFor();
    done();
  });

  trial(9, 'make a BE task from a finding', 5, {}, async ({ session: { page, read }, begin, done }) => {
    const before = await read('task.md');
    await openFile(page, specification);
    await goTo(page, 100, 7);
    await untilMarked(page, 'error', ['100: delete']);
    begin();
    await page.keyboard.press('Control+.');
    const action = page.locator('.action-widget .monaco-list-row.action', { hasText: 'Create task from finding' });
    await action.first().waitFor();
    await applyQuickFix(page, 'Create task from finding…');
    for (const step of ['New task (1 of 2)', 'New task (2 of 2)']) {
      await page.locator('.quick-input-widget', { hasText: step }).waitFor();
      await page.keyboard.press('Enter');
    }
    await page.locator('.tab.active.dirty[data-resource-name="task.md"]').waitFor();
    done();
    await caretAt(page, before.split('\n').length + 1);
    assert.equal(await read('task.md'), before, 'the disk waits for the person');
  });

  trial(10, 'move BE-020 to review, by keyboard alone', 8, {}, async ({ session, begin, done }) => {
    const { page, read, save } = session;
    const before = await read('task.md');
    await openFile(page, 'task.md');
    begin();
    await runCommand(page, 'Backend Architect: Move Task To…');
    for (const [placeholder, text] of [
      [/The task to move/, 'BE-020'],
      [/Move it to/, 'Review'],
    ] as const) {
      await until(
        String(placeholder),
        async () => (await input(page).getAttribute('placeholder')) ?? '',
        (now) => placeholder.test(now),
      );
      await page.keyboard.type(text);
      await page.keyboard.press('Enter');
    }
    await page.locator('.tab.active.dirty[data-resource-name="task.md"]').waitFor();
    done();
    assert.equal(await save('task.md'), before.replace('in-progress', 'review'));
    await page.keyboard.press('Control+Z');
    await page.locator('.tab.active.dirty[data-resource-name="task.md"]').waitFor();
    assert.equal(await save('task.md'), before);
  });

  const staged = (folder: string): void => {
    repository(folder);
    runGit(folder, ['switch', '-q', '-c', 'feature/carts']);
    writeFileSync(join(folder, 'migrations/900_carts.sql'), 'CREATE TABLE carts (id bigint PRIMARY KEY);\n');
    runGit(folder, ['add', '-A']);
  };
  trial(
    11,
    'add the trailers to a message that was typed',
    5,
    { prepare: staged },
    async ({ session, begin, done }) => {
      const { page } = session;
      await page.keyboard.press('Control+Shift+G');
      await page.keyboard.press('g');
      await page.locator('.scm-view .scm-editor .view-line').first().click();
      await page.keyboard.type('my own words');
      begin();
      await runCommand(page, 'Backend Architect: Prepare Commit Message…');
      await questionBox(page).getByText('Keep My Text, Add Trailers').waitFor();
      await page.keyboard.press('Enter');
      await questionBox(page).getByText('Agent: backend-architect').waitFor();
      await page.keyboard.press('Enter');
      await page.locator('.part.statusbar').getByText('Your commit text is kept. 3 trailers were added.').waitFor();
      done();
    },
  );

  trial(12, 'write the hand-off while items are open', 9, {}, async ({ session: { page, save }, begin, done }) => {
    await openReview(page);
    begin();
    await runCommand(page, 'Backend Architect: Write Hand-off…');
    await until(
      'what is open, before anything is written',
      async () => (await input(page).getAttribute('placeholder')) ?? '',
      (text) => /^\d+ items are open\. The hand-off will list them\.$/.test(text),
    );
    await pick(page, 'Write With Open Items');
    await pick(page, 'QA Engineer');
    for (const question of ['What does QA Engineer have to do?', 'Is another question open?']) {
      await page.locator('.quick-input-message', { hasText: question }).waitFor();
      if (question.startsWith('What')) await input(page).fill('Test POST /orders first.');
      await page.keyboard.press('Enter');
    }
    await page.locator('.tab.active.dirty').waitFor();
    done();
    const text = await save('backend_handoff.json');
    assert.match(text, /handoff\/tests-pass: All tests pass\. Not shown yet/);
  });

  trial(13, 'know what to do in an empty folder', 1, { bare: true }, async ({ session: { page }, begin, done }) => {
    begin();
    await openView(page, 'Backend Architect');
    const inside = webview(page);
    await verdict(inside)
      .filter({ hasText: /No API spec or migrations|Nothing/ })
      .waitFor();
    done();
    assert.equal(await inside.locator('main vscode-button:visible').count(), 1);
  });
});
