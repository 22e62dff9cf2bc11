import assert from 'node:assert/strict';
import { type Page } from 'playwright-core';
import {
  applyQuickFix,
  goTo,
  openFile,
  openView,
  pickable,
  runCommand,
  statusText,
  texts,
  until,
  visibleText,
} from '../harness/verbs.ts';
import { journey, specification } from './session.ts';
import { fixesAt, untilMarked } from './sights.ts';

const dirty = '.editor-group-container.active .tab.active.dirty[data-resource-name="task.md"]';

function input(page: Page): ReturnType<Page['locator']> {
  return page.locator('.quick-input-widget input.input').first();
}

/** Waits for a step of a command that asks, by its title or its grey text, and presses Enter. */
async function accept(page: Page, words: string): Promise<void> {
  const widget = page.locator('.quick-input-widget', { hasText: words });
  await until(
    `the question "${words}"`,
    async () => (await widget.count()) > 0 || (await input(page).getAttribute('placeholder')) === words,
    (is) => is,
  );
  await page.keyboard.press('Enter');
}

async function untilCaret(page: Page, line: number): Promise<void> {
  await until(
    `the caret in line ${line}`,
    () => statusText(page, 'status.editor.selection'),
    (text) => text === `Ln ${line}, Col 1`,
  );
}

describe('tasks', () => {
  journey(
    'are made of a finding: number, criteria and caret; every other line stays, one undo takes it back',
    { settings: { 'files.eol': '\n' } },
    async ({ page, read, save }) => {
      const before = await read('task.md');
      await openFile(page, specification);
      await untilMarked(page, 'error', ['7: http://api.shop.example/v1']);
      await fixesAt(page, 7, 12);
      await applyQuickFix(page, 'Create task from finding…');
      await accept(page, 'New task (1 of 2): category');
      await accept(page, 'New task (2 of 2): title of BE-021');
      await page.locator(dirty).waitFor();
      const lines = before.split('\n');
      const heading = lines.length + 1;
      await untilCaret(page, heading);
      assert.match(await visibleText(page), /### BE-021 \| Backend \| \w+ \| @backend-specialist/);
      // The disk has what it had until the person saves.
      assert.equal(await read('task.md'), before);
      const after = await save('task.md');
      assert.ok(after.startsWith(`${before}\n### BE-021 |`), after);
      assert.match(after, / {2}- \[ \] docs\/living\/API_Spec\.yaml:7 is repaired: /);
      await page.keyboard.press('Control+Z');
      await page.locator(dirty).waitFor();
      assert.equal(await save('task.md'), before);
    },
  );

  journey(
    'are moved by keyboard alone: one line changes, undo restores the bytes',
    {},
    async ({ page, read, save }) => {
      const before = await read('task.md');
      await openFile(page, 'task.md');
      await goTo(page, 20);
      await runCommand(page, 'Backend Architect: Move Task To…');
      await until(
        'the tasks',
        () => input(page).getAttribute('placeholder'),
        (now) => now === 'The task to move',
      );
      // The one that the cursor stands in comes first.
      assert.match((await pickable(page))[0] ?? '', /^BE-020/);
      await page.keyboard.type('BE-020');
      await page.keyboard.press('Enter');
      const question = 'BE-020 is in In Progress. Move it to';
      await until(
        'the statuses',
        () => input(page).getAttribute('placeholder'),
        (now) => now === question,
      );
      await page.keyboard.type('Review');
      await page.keyboard.press('Enter');
      await page.locator(dirty).waitFor();
      await page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
      assert.equal(await save('task.md'), before.replace('in-progress', 'review'));
      await page.keyboard.press('Control+Z');
      await page.locator(dirty).waitFor();
      assert.equal(await save('task.md'), before);
    },
  );

  journey(
    'stand by status in a tree that follows what is typed, and a first one is begun from its empty face',
    { bare: true },
    async ({ page, read, save }) => {
      await openView(page, 'Backend Architect');
      const header = page.locator('.pane-header[aria-label^="Tasks"]');
      await header.click();
      const view = page.locator('.pane', { has: header });
      await view.locator('.welcome-view .monaco-button', { hasText: 'Scaffold BE Task' }).first().click();
      await accept(page, 'New task (1 of 2): category');
      await until(
        'the title',
        async () => (await texts(page.locator('.quick-input-title'))).join(),
        (now) => now.startsWith('New task (2 of 2)'),
      );
      await page.keyboard.type('Place an order');
      await page.keyboard.press('Enter');
      await untilCaret(page, 3);
      assert.match(await visibleText(page), /### BE-020 \| Backend/);
      await assert.rejects(read('task.md'), /ENOENT/);
      await page.keyboard.press('Control+S');
      await page
        .locator('.editor-group-container.active .tab.active:not(.dirty)[data-resource-name="task.md"]')
        .waitFor();
      assert.match(await save('task.md'), /^# Tasks\n\n### BE-020 \| Backend \| Medium \| @backend-specialist\n/);
      const rows = view.locator('.monaco-list-row');
      await until(
        'the tree',
        () => texts(rows),
        (now) => now.join('|') === 'Pending1|BE-020 Place an orderready, 0 of 2',
      );
      await until(
        'the lenses',
        () => texts(page.locator('.editor-group-container.active .codelens-decoration')),
        (now) => now.join().includes('0 of 2 criteria') && now.join().includes('Move To…'),
      );
    },
  );
});
