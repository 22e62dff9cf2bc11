import assert from 'node:assert/strict';
import { kill } from 'node:process';
import { type FrameLocator, type Locator, type Page } from 'playwright-core';
import { runCommand as runTool } from '../harness/staging.ts';
import {
  answer,
  goTo,
  openFile,
  openView,
  pick,
  pickable,
  runCommand,
  screenshot,
  squiggles,
  statusItem,
  texts,
  typeText,
  until,
  visibleText,
  webview,
} from '../harness/verbs.ts';
import { join } from 'node:path';
import { journey, pictures, serverProcesses, type Session, specification } from './session.ts';

const focusView = 'Backend Architect: Focus on Review View';

/** What has the focus inside the page: its element's name and what it is called. */
async function focused(inside: FrameLocator): Promise<string> {
  return inside.locator('body').evaluate((body) => {
    const { activeElement: element } = (
      body as unknown as {
        ownerDocument: {
          activeElement: { tagName: string; textContent: string; getAttribute(name: string): string | null } | null;
        };
      }
    ).ownerDocument;
    return element
      ? `${element.tagName}: ${element.getAttribute('aria-label') ?? element.textContent.trim()}`
      : 'nothing';
  });
}

const verdict = (inside: FrameLocator): Locator => inside.getByRole('heading', { level: 1 });
const row = (inside: FrameLocator, title: string): Locator =>
  inside.getByRole('listitem').filter({ hasText: title }).first();

async function untilVerdict(inside: FrameLocator, fits: RegExp): Promise<string> {
  return until(
    `a verdict like ${String(fits)}`,
    async () => (await texts(verdict(inside))).join(),
    (text) => fits.test(text),
  );
}

/** The palette knows the commands of the extensions that are there; the status bar says when ours is. */
async function untilReviewed(page: Page): Promise<void> {
  await statusItem(page, 'backendArchitect.gate').waitFor();
}

/** Makes the workspace a repository with one commit, by somebody. */
async function commitAll({ folder }: Session): Promise<string> {
  const git = (...args: string[]): Promise<string> => runTool('git', args, folder);
  await git('init', '--quiet');
  await git('config', 'user.name', 'Ada Lovelace');
  await git('config', 'user.email', 'ada@shop.example');
  await git('add', '--all');
  await git('commit', '--quiet', '--message', 'Begin');
  return (await git('rev-parse', '--short=7', 'HEAD')).trim();
}

const input = (page: Page): Locator => page.locator('.quick-input-widget input.input').first();
const inputMessage = (page: Page): Locator => page.locator('.quick-input-widget .quick-input-message');

describe('the review', () => {
  journey('is read after one click on its icon', {}, async ({ page, version }) => {
    await openView(page, 'Backend Architect');
    const inside = webview(page);
    const said = await untilVerdict(inside, /^Not ready to [a-z ]+: \d+ of \d+ open\b/);
    const box = await verdict(inside).boundingBox();
    assert.ok(box && box.y > 0 && box.y + box.height < 300, 'the verdict is in view without scrolling');
    const [, open] = /: (\d+) of/.exec(said) ?? [];
    await page
      .locator('.activitybar .action-item', { hasText: open ?? '' })
      .first()
      .waitFor();
    const gate = statusItem(page, 'backendArchitect.gate');
    assert.match(
      (await gate.locator('a').first().getAttribute('aria-label')) ?? '',
      /\d+ of \d+ done, \d+ open\. Show Review/,
    );
    await screenshot(page, join(pictures, `review-${version}.png`));
  });

  journey('is walked by keyboard alone: the third item, its action, and back', {}, async ({ page }) => {
    await untilReviewed(page);
    await runCommand(page, focusView);
    const inside = webview(page);
    await untilVerdict(inside, /open\b/);
    const seen: string[] = [];
    const press = async (key: string): Promise<string> => {
      await page.keyboard.press(key);
      const now = await focused(inside);
      seen.push(now);
      return now;
    };
    const titles = await texts(
      inside
        .getByRole('listitem')
        .getByRole('button')
        .filter({ hasText: /^[A-Z]/ }),
    );
    const third = titles[2] ?? '';
    assert.notEqual(third, '');
    await until(
      'the focus in the page',
      () => focused(inside),
      (now) => !/^(BODY|nothing)/.test(now),
    );
    for (let step = 0; step < 30 && !(seen.at(-1) ?? '').includes(third); step++) await press('ArrowDown');
    assert.equal(seen.at(-1), `BUTTON: ${third}`);
    await press('ArrowRight');
    await row(inside, third).getByText('Why').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
    await runCommand(page, focusView);
    await until(
      'the focus back on the item',
      () => focused(inside),
      (now) => now === `BUTTON: ${third}`,
    );
    for (const key of ['ArrowUp', 'ArrowDown', 'Home', 'End', 'ArrowLeft', 'ArrowRight', 'Escape']) await press(key);
    assert.deepEqual(
      seen.filter((now) => /^(BODY|nothing)/.test(now)),
      [],
    );
  });

  journey('as a tree holds the same items, and opens their findings', {}, async ({ page }) => {
    await untilReviewed(page);
    await runCommand(page, 'Backend Architect: Focus on Review as Tree View');
    const rows = page.locator('.pane:has([aria-label^="Review as Tree"]) .monaco-list-row');
    await until(
      'phases and items',
      async () => (await texts(rows)).join('\n'),
      (all) => /of \d+ open/.test(all) && /Not met/.test(all),
    );
    // A list draws only what is in view: the tree gets the whole height.
    await page.locator('.pane-header[aria-label^="Review Section"]').click();
    await rows.filter({ hasText: 'API contract defined' }).first().click();
    await rows
      .filter({ hasText: /docs\/living\/API_Spec\.yaml:\d+$/ })
      .first()
      .click();
    await page.locator('.tab.active[data-resource-name="API_Spec.yaml"]').waitFor();
  });

  journey('hides what is settled, says so, and shows it again', {}, async ({ page }) => {
    await openView(page, 'Backend Architect');
    const inside = webview(page);
    await untilVerdict(inside, /open\b/);
    await runCommand(page, 'Backend Architect: Show Open Items Only');
    await inside
      .getByText(/met.*hidden\./)
      .first()
      .waitFor();
    await runCommand(page, 'Backend Architect: Show All Items');
    await inside
      .getByText(/met.*hidden\./)
      .first()
      .waitFor({ state: 'hidden' });
  });

  journey('opens as a page in a tab, with the same verdict', {}, async ({ page }) => {
    await openView(page, 'Backend Architect');
    const said = await untilVerdict(webview(page), /open\b/);
    await runCommand(page, 'Backend Architect: Open Review as Page');
    await page.locator('.tab.active', { hasText: 'Review' }).waitFor();
    const frames = page.locator('iframe.webview.ready');
    await until(
      'two pages',
      () => frames.count(),
      (count) => count === 2,
    );
    for (const index of [0, 1]) {
      const inside = frames.nth(index).contentFrame().frameLocator('iframe#active-frame');
      await verdict(inside).filter({ hasText: said }).waitFor();
    }
  });
});

describe('the faces of the review', () => {
  journey('an empty folder says what is looked for, with one button to begin', { bare: true }, async ({ page }) => {
    await openView(page, 'Backend Architect');
    const inside = webview(page);
    await inside.getByText(/No API spec or migrations found/).waitFor();
    await inside.getByText('Open Sample').first().waitFor();
    assert.equal(await statusItem(page, 'backendArchitect.gate').count(), 0);
  });

  journey('Restricted Mode reviews, and runs nothing', { untrusted: true }, async ({ page }) => {
    await openView(page, 'Backend Architect');
    const inside = webview(page);
    await untilVerdict(inside, /open\b/);
    await inside.getByText(/^Restricted Mode: checks run, commands do not/).waitFor();
  });

  journey('a server that is given up leaves its results, marked, and a button', {}, async ({ page }) => {
    await openView(page, 'Backend Architect');
    const inside = webview(page);
    const said = await untilVerdict(inside, /open\b/);
    for (let death = 1, last = 0; death <= 5; death++) {
      const [pid = 0] = await until('a server', serverProcesses, (all) => all.length === 1 && all[0] !== last);
      kill(pid, 'SIGKILL');
      last = pid;
    }
    await inside.getByText(/^Checking stopped\. Showing results of/).waitFor();
    assert.deepEqual(await texts(verdict(inside)), [said]);
    await page.locator('.statusbar-item.warning-kind[id$="backendArchitect.gate"]').waitFor();
    await inside.getByText('Restart Server').first().click();
    await inside.getByText(/^Checking stopped/).waitFor({ state: 'hidden' });
  });

  journey(
    'switched off, it says how to switch it on',
    { settings: { 'backendArchitect.enable': false } },
    async ({ page }) => {
      await openView(page, 'Backend Architect');
      await webview(page)
        .getByText(/backendArchitect\.enable/)
        .waitFor();
    },
  );
});

describe('the word of a person', () => {
  const item = 'Code reviewed';
  const note = 'Read every handler and its tests.';
  const begin = async (page: Page): Promise<FrameLocator> => {
    await openView(page, 'Backend Architect');
    const inside = webview(page);
    await untilVerdict(inside, /open\b/);
    await inside.getByRole('tab', { name: /Hand off/ }).click();
    return inside;
  };
  const sign = async (page: Page, inside: FrameLocator): Promise<void> => {
    await inside.getByRole('button', { name: `Sign Off…: ${item}` }).click();
    await input(page).waitFor();
  };
  const state = (inside: FrameLocator, word: string): Locator => row(inside, item).getByRole('img', { name: word });

  journey('is not taken without a note, shows who, where and until when, and is taken back', {}, async (session) => {
    const { page } = session;
    const commit = await commitAll(session);
    const inside = await begin(page);
    await sign(page, inside);
    await page.keyboard.press('Enter');
    await inputMessage(page)
      .filter({ hasText: /A note has at least 10 characters/ })
      .waitFor();
    await input(page).fill(note);
    await page.keyboard.press('Escape');
    await input(page).waitFor({ state: 'hidden' });

    await sign(page, inside);
    assert.equal(await input(page).inputValue(), note, 'what was typed is still there');
    await page.keyboard.press('Enter');
    const facts = await until(
      'name, commit and files',
      () => pickable(page),
      (all) => all.length >= 4,
    );
    for (const fact of [
      /^Sign$/,
      /Ada Lovelace/,
      new RegExp(`Commit ${commit}`),
      /Lapses when .+ change/,
      new RegExp(note),
    ])
      assert.ok(
        facts.some((one) => fact.test(one)),
        `${String(fact)} in ${facts.join(' | ')}`,
      );
    await page.keyboard.press('Enter');
    await inside.getByRole('button', { name: /^Signed by a person/ }).click();
    await state(inside, 'Signed by a person').waitFor();

    await runCommand(page, 'Backend Architect: Withdraw Sign-off…');
    await pick(page, item);
    await answer(page, 'The handlers have changed since.');
    await state(inside, 'Not shown yet').waitFor();
  });

  journey('is out of date when what it speaks of is typed into', {}, async (session) => {
    const { page } = session;
    await commitAll(session);
    const inside = await begin(page);
    await sign(page, inside);
    await answer(page, note);
    await until(
      'name, commit and files',
      () => pickable(page),
      (all) => all.length >= 4,
    );
    await page.keyboard.press('Enter');
    await inside.getByRole('button', { name: /^Signed by a person/ }).waitFor();
    await openFile(page, specification);
    await goTo(page, 1);
    await typeText(page, '# ');
    await state(inside, 'Out of date').waitFor();
    assert.match(await row(inside, item).innerText(), /API_Spec\.yaml/);
  });
});

const configuration = `commands:
  suite:
    run: exit 0
    inputs: [docs/**]
    shows: [handoff/tests-pass]
`;

const nameless = `openapi: 3.1.0
info: { title: Health, version: 1.0.0 }
paths:
  /health: { get: { summary: Health, security: [], responses: { '204': { description: Fine } } } }
  /ready: { get: { summary: Ready, security: [], responses: { '204': { description: Fine } } } }
`;

describe('what the review does', () => {
  journey(
    'runs a command after it was shown as it is, and asks for it once',
    { files: { 'backend-architect.yaml': configuration } },
    async (session) => {
      const { page } = session;
      await commitAll(session);
      await openView(page, 'Backend Architect');
      const inside = webview(page);
      await untilVerdict(inside, /open\b/);
      await inside.getByRole('tab', { name: /Hand off/ }).click();
      await inside.getByRole('button', { name: 'Run suite: All tests pass' }).click();
      await until(
        'the command line',
        () => pickable(page),
        (all) => all.some((one) => one.startsWith('exit 0')),
      );
      await page.keyboard.press('Enter');
      await inside.getByRole('button', { name: /^Met/ }).click();
      await row(inside, 'All tests pass').getByRole('img', { name: 'Met' }).waitFor();
      await openFile(page, specification);
      await goTo(page, 1);
      await typeText(page, '# ');
      await row(inside, 'All tests pass').getByRole('img', { name: 'Out of date' }).waitFor();
      await session.save(specification);
      await runCommand(page, 'Backend Architect: Run Missing Checks');
      await row(inside, 'All tests pass').getByRole('img', { name: 'Met' }).waitFor();
    },
  );

  journey(
    'fixes all of a rule in a file, and one undo takes it back',
    { bare: true, files: { 'api.yaml': nameless } },
    async ({ page }) => {
      await openFile(page, 'api.yaml');
      await squiggles(page, 'warning').first().waitFor();
      await untilReviewed(page);
      await goTo(page, 1);
      await runCommand(page, 'Backend Architect: Fix All of This Rule in File');
      await pick(page, 'api/operation-id-present');
      const named = async (): Promise<number> => (await visibleText(page)).split('operationId:').length - 1;
      await until('two ids', named, (count) => count === 2);
      await page.keyboard.press('Control+Z');
      await until('the text as it was', named, (count) => count === 0);
    },
  );
});
