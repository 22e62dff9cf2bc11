import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Page } from 'playwright-core';
import { runGit } from '../harness/git.ts';
import { openFile, pick, pickable, runCommand, screenshot, texts, until } from '../harness/verbs.ts';
import { journey, pictures } from './session.ts';
import { questionBox, untilMarked } from './sights.ts';

const prepare = 'Backend Architect: Prepare Commit Message…';

/** A repository on a feature's branch, with a file that is staged or only changed. */
function repository(folder: string, staged: boolean): void {
  runGit(folder, ['init', '-q', '-b', 'main']);
  runGit(folder, ['add', '-A']);
  runGit(folder, ['commit', '-q', '-m', 'feat(orders): one']);
  runGit(folder, ['switch', '-q', '-c', 'feature/ABC-12-carts']);
  writeFileSync(join(folder, 'migrations', '900_carts.sql'), 'CREATE TABLE carts (id bigint PRIMARY KEY);\n');
  if (staged) runGit(folder, ['add', '-A']);
}

async function showSourceControl(page: Page): Promise<void> {
  await page.keyboard.press('Control+Shift+G');
  await page.keyboard.press('g');
  await page.locator('.scm-view .scm-editor .view-line').first().waitFor();
}

async function boxText(page: Page): Promise<string> {
  const lines = await page.locator('.scm-view .scm-editor .view-line').all();
  const found = await Promise.all(
    lines.map(async (line) => ({ top: (await line.boundingBox())?.y ?? 0, text: (await line.textContent()) ?? '' })),
  );
  return found
    .sort((a, b) => a.top - b.top)
    .map(({ text }) => text.replaceAll('\u00A0', ' '))
    .join('\n');
}

/** The box wraps long lines where it likes: what is compared are the words. */
async function untilBox(page: Page, wanted: string): Promise<void> {
  const words = (text: string): string => text.replaceAll(/\s+/g, ' ');
  await until(
    `the commit box to hold ${wanted}`,
    () => boxText(page),
    (text) => words(text) === words(wanted),
  );
}

async function untilStatus(page: Page, words: string): Promise<void> {
  await page.locator('.part.statusbar').getByText(words).waitFor();
}

async function step(page: Page, number: number): Promise<void> {
  await questionBox(page).getByText(`(${number}/4)`).waitFor();
}

const trailers = 'Agent: backend-architect\nDomain: engineering\nFeature: carts\nStory: ABC-12';

describe('commit messages', () => {
  journey(
    'are right after Enter four times',
    { prepare: (folder) => repository(folder, true) },
    async ({ page, version }) => {
      await showSourceControl(page);
      // The button in the title of the view, which shows its buttons to whoever points at it.
      const head = page.locator('.part.sidebar .pane-header').first();
      await head.hover();
      await head.locator('.action-label[aria-label^="Prepare Commit Message"]').waitFor();
      await runCommand(page, prepare);
      for (const number of [1, 2, 3, 4]) {
        await step(page, number);
        if (number === 1) await screenshot(page, join(pictures, `commit-type-${version}.png`));
        await page.keyboard.press('Enter');
      }
      await untilStatus(page, 'Nothing was committed.');
      await untilBox(page, `feat(migrations): add migration 900_carts.sql\n\n${trailers}`);
      await screenshot(page, join(pictures, `commit-box-${version}.png`));
      await runCommand(page, 'Backend Architect: Check Commit Message');
      await untilStatus(page, 'Nothing is wrong with the commit message.');
    },
  );

  journey(
    'keep what was typed, and bring back what was replaced',
    { prepare: (folder) => repository(folder, true) },
    async ({ page }) => {
      await showSourceControl(page);
      await page.locator('.scm-view .scm-editor').click();
      await page.keyboard.type('my own words');
      await runCommand(page, prepare);
      await questionBox(page).getByText('Keep My Text, Add Trailers').waitFor();
      const [first] = await pickable(page);
      assert.match(first ?? '', /^Keep My Text, Add Trailers/);
      await page.keyboard.press('Enter');
      await questionBox(page).getByText('Agent: backend-architect').waitFor();
      await page.keyboard.press('Enter');
      await untilStatus(page, 'Your commit text is kept. 4 trailers were added.');
      await untilBox(page, `my own words\n\n${trailers}`);
      await runCommand(page, 'Backend Architect: Restore Previous Commit Text');
      await untilStatus(page, 'Your earlier commit text is back.');
      await untilBox(page, 'my own words');
    },
  );

  journey(
    'left half done open again with what was answered; nothing staged is said',
    { prepare: (folder) => repository(folder, false) },
    async ({ page }) => {
      await showSourceControl(page);
      await runCommand(page, prepare);
      const input = questionBox(page).locator('input.input');
      await until(
        'the sentence',
        () => input.getAttribute('placeholder'),
        (text) => text === 'Nothing is staged in shop; 1 file is changed. Stage what belongs to the commit.',
      );
      await pick(page, 'Use All Changes');
      await step(page, 1);
      await pick(page, 'refactor');
      await step(page, 2);
      await page.keyboard.press('Escape');
      await questionBox(page).waitFor({ state: 'hidden' });
      await runCommand(page, prepare);
      await pick(page, 'Use All Changes');
      await step(page, 2);
      for (const number of [2, 3, 4]) {
        await step(page, number);
        await page.keyboard.press('Enter');
      }
      await untilBox(page, `refactor(migrations): add migration 900_carts.sql\n\n${trailers}`);
    },
  );

  journey(
    'are judged and completed in the editor that git opens',
    {
      settings: { 'files.exclude': { '**/.git': false } },
      prepare: (folder) => {
        repository(folder, true);
        writeFileSync(join(folder, '.git', 'COMMIT_EDITMSG'), 'feature(orders): add carts\n\n\n# On branch main\n');
      },
    },
    async ({ page }) => {
      await openFile(page, '.git/COMMIT_EDITMSG');
      await untilMarked(page, 'error', ['1: feature']);
      await page.keyboard.press('Control+Home');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.type('Hand');
      await page.keyboard.press('Control+Space');
      const rows = page.locator('.suggest-widget.visible .monaco-list-row');
      await until(
        'the trailer among the suggestions',
        () => texts(rows),
        (labels) => labels.some((label) => label.startsWith('Handoff-To')),
      );
    },
  );
});
