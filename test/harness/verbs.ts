import { type FrameLocator, type Locator, type Page } from 'playwright-core';

/** What a person does in a workbench, and what they see there. All of it holds for VS Code 1.100 and 1.139 alike. */

const patience = 20_000;

/** Reads until `good` accepts what was read; fails with the last value read. The way to wait for what has no locator. */
export async function until<T>(
  what: string,
  read: () => T | Promise<T>,
  good: (value: T) => boolean,
  timeoutMs = patience,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await read();
    if (good(value)) return value;
    if (Date.now() > deadline)
      throw new Error(`Waited ${timeoutMs} ms for ${what}; last seen: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Opens a file of the workspace by its name or its path in the workspace, and puts the cursor into it. */
export async function openFile(page: Page, path: string): Promise<void> {
  const cut = path.lastIndexOf('/');
  const name = path.slice(cut + 1);
  await page.keyboard.press('Control+P');
  await quickInput(page).fill(path);
  await quickRow(page, name)
    .filter({ hasText: path.slice(0, Math.max(cut, 0)) })
    .first()
    .click({ timeout: patience });
  await page.locator(`.tab.active[data-resource-name=${JSON.stringify(name)}]`).waitFor({ timeout: patience });
  await page.locator('.editor-group-container.active .monaco-editor .view-line').first().waitFor({ timeout: patience });
}

/** Runs a command by its title, as the palette shows it: `Category: Title`. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press('F1');
  await quickInput(page).fill(`>${title}`);
  await quickRow(page, title).first().click({ timeout: patience });
}

/** Answers a question that a command asks in the input box at the top. */
export async function answer(page: Page, text: string): Promise<void> {
  await quickInput(page).fill(text);
  await page.keyboard.press('Enter');
}

/** Picks an entry of the list that a command shows. */
export async function pick(page: Page, label: string): Promise<void> {
  await quickRow(page, label).first().click({ timeout: patience });
}

/** The entries of the list that is open at the top, as they are shown now. */
export async function pickable(page: Page): Promise<string[]> {
  return texts(page.locator('.quick-input-list .monaco-list-row'));
}

/** Puts the cursor at a line and column of the active editor, both counted from 1. */
export async function goTo(page: Page, line: number, column = 1): Promise<void> {
  await page.keyboard.press('Control+G');
  await quickInput(page).fill(`:${line}:${column}`);
  await page.keyboard.press('Enter');
  await quickInput(page).waitFor({ state: 'hidden', timeout: patience });
  await page.locator('.editor-group-container.active .monaco-editor.focused').waitFor({ timeout: patience });
}

/** Types at the cursor, key by key, as a person does: the editor may indent and close brackets. */
export async function typeText(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text);
}

/** The lines of the active editor that are in view. */
export async function visibleText(page: Page): Promise<string> {
  const lines = page.locator('.editor-group-container.active .monaco-editor .view-lines').first().locator('.view-line');
  // The editor positions lines absolutely: the order in the document is not the order on the screen.
  const placed = await lines.evaluateAll((elements: { offsetTop: number; textContent: string }[]) =>
    elements.map((line) => ({ top: line.offsetTop, text: line.textContent })),
  );
  return plain(
    placed
      .sort((a, b) => a.top - b.top)
      .map(({ text }) => text)
      .join('\n'),
  );
}

/** The squiggles in view. */
export function squiggles(page: Page, severity: 'error' | 'warning' | 'info' | 'hint' = 'error'): Locator {
  return page.locator(`.editor-group-container.active .monaco-editor .squiggly-${severity}`);
}

/** Hovers over `place` (a squiggle, say) and returns what the hover says. */
export async function hoverText(page: Page, place: Locator): Promise<string> {
  await moveTo(page, place);
  const hover = page.locator('.monaco-editor .monaco-hover:not(.hidden) .hover-row').first();
  await hover.waitFor({ timeout: patience });
  return until(
    'a hover with its contents',
    async () => plain((await texts(page.locator('.monaco-editor .monaco-hover:not(.hidden) .hover-row'))).join('\n')),
    (text) => text !== '' && !text.startsWith('Loading'),
  );
}

/** Opens the menu of quick fixes at `place` and returns their titles. */
export async function quickFixes(page: Page, place: Locator): Promise<string[]> {
  const box = await boxOf(place);
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await page.keyboard.press('Control+.');
  const rows = page.locator('.action-widget .monaco-list-row.action');
  await rows.first().waitFor({ timeout: patience });
  return texts(rows);
}

/** Applies an entry of the menu that {@link quickFixes} opened. */
export async function applyQuickFix(page: Page, title: string): Promise<void> {
  const row = page.locator('.action-widget .monaco-list-row.action', { hasText: title }).first();
  // The menu takes no click before the mouse has moved, so that it is not hit by accident.
  await moveTo(page, row);
  await row.click({ timeout: patience });
  await row.waitFor({ state: 'hidden', timeout: patience });
}

/** Shows the Problems panel and returns its rows: a file's row, then those of its problems. */
export async function showProblems(page: Page): Promise<Locator> {
  await runCommand(page, 'Problems: Focus on Problems View');
  await page.locator('.markers-panel').waitFor({ timeout: patience });
  return page.locator('.markers-panel .monaco-list-row');
}

/** The text of an entry of the status bar, by the end of its id. */
export async function statusText(page: Page, id: string): Promise<string> {
  const item = statusItem(page, id);
  await item.waitFor({ timeout: patience });
  return plain((await item.textContent()) ?? '');
}

/** An entry of the status bar, by its id (`status.problems`) or the end of it (the id an extension gave). */
export function statusItem(page: Page, id: string): Locator {
  return page.locator(`.part.statusbar .statusbar-item[id$=${JSON.stringify(id)}]`);
}

/** The notifications that are shown. */
export function toasts(page: Page): Locator {
  return page.locator('.notification-toast .notification-list-item-message');
}

/** Presses a button of the notification that says `message`. */
export async function answerToast(page: Page, message: string, button: string): Promise<void> {
  const toast = page.locator('.notification-toast', { hasText: message }).first();
  await toast.hover({ timeout: patience });
  await toast.locator('.monaco-button', { hasText: button }).first().click({ timeout: patience });
}

/** Opens a view container by what the activity bar calls it. */
export async function openView(page: Page, name: string): Promise<void> {
  await page
    .locator(`.activitybar .action-item a[aria-label^=${JSON.stringify(name)}]`)
    .first()
    // A badge lies over the lower right of the icon, and would take the click.
    .click({ timeout: patience, position: { x: 6, y: 6 } });
}

/** The inside of the webview that is shown. */
export function webview(page: Page): FrameLocator {
  return page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
}

/** Saves a picture of the whole workbench. */
export async function screenshot(page: Page, path: string): Promise<void> {
  await page.screenshot({ path });
}

/** The texts of all elements that `locator` finds now. */
export async function texts(locator: Locator): Promise<string[]> {
  return (await locator.allTextContents()).map(plain);
}

function quickInput(page: Page): Locator {
  return page.locator('.quick-input-widget input.input').first();
}

/** The rows labelled exactly so: several commands can begin alike. */
function quickRow(page: Page, label: string): Locator {
  return page.locator('.quick-input-list .monaco-list-row', { has: page.getByText(label, { exact: true }) });
}

async function moveTo(page: Page, place: Locator): Promise<void> {
  const box = await boxOf(place);
  // Two moves: a hover starts when the mouse comes to rest, not when it appears.
  await page.mouse.move(box.x + box.width / 2 - 2, box.y + box.height / 2);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
}

async function boxOf(place: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await place.first().boundingBox({ timeout: patience });
  if (box === null) throw new Error(`${String(place)} is not in view`);
  return box;
}

/** The editor draws spaces as no-break spaces. */
function plain(text: string): string {
  return text.replaceAll('\u00a0', ' ').trim();
}
