import { type Locator, type Page } from 'playwright-core';
import { goTo, showProblems, texts, until } from '../harness/verbs.ts';

/** What our own journeys see and do beyond the verbs every workbench test shares. */

/**
 * Text, because it runs in the page: the characters over each squiggle, measured on the screen, with their line number. That the marker's
 * range is right says nothing yet of what a person sees marked.
 */
const readSquiggles = `((severity) => {
  const editor = document.querySelector('.editor-group-container.active .monaco-editor');
  const at = (selector, box) => [...editor.querySelectorAll(selector)].find((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    const middle = (box.top + box.bottom) / 2;
    return top <= middle && middle < bottom;
  });
  const marked = [...editor.querySelectorAll('.squiggly-' + severity)].map((squiggle) => {
    const box = squiggle.getBoundingClientRect();
    const line = at('.view-lines .view-line', box);
    let text = '';
    if (line) {
      const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        let offset = 0;
        for (const character of walker.currentNode.data) {
          const range = document.createRange();
          range.setStart(walker.currentNode, offset);
          range.setEnd(walker.currentNode, offset += character.length);
          const { left, right } = range.getBoundingClientRect();
          const middle = (left + right) / 2;
          if (right > left && box.left < middle && middle < box.right) text += character;
        }
      }
    }
    return { top: box.top, text: (at('.line-numbers', box)?.textContent ?? '?') + ': ' + text.replaceAll('\\u00a0', ' ') };
  });
  return marked.sort((a, b) => a.top - b.top).map(({ text }) => text);
})`;

/** What the squiggles in view mark, as `line: words`. */
export async function marked(page: Page, severity: 'error' | 'warning' | 'info'): Promise<string[]> {
  return (await page.evaluate(`${readSquiggles}(${JSON.stringify(severity)})`)) as string[];
}

/** Waits until the squiggles in view mark exactly this. */
export async function untilMarked(
  page: Page,
  severity: 'error' | 'warning' | 'info',
  expected: readonly string[],
): Promise<void> {
  await until(
    `${severity} squiggles at ${expected.join(' and ') || 'nothing'}`,
    () => marked(page, severity),
    (now) => now.join('\n') === expected.join('\n'),
  );
}

/** The rows of the Problems view, shown in the whole height of the window: a list draws only what is in view. */
export async function showAllProblems(page: Page): Promise<Locator> {
  const rows = await showProblems(page);
  const maximize = page.locator('.part.panel .action-label[aria-label^="Maximize Panel"]');
  if ((await maximize.count()) > 0) await maximize.click();
  return rows;
}

/** What a row of the Problems view says. */
export function problem(message: string, rule: string, line: number, column: number): string {
  return `${message}Backend Architect${rule}[Ln ${line}, Col ${column}]`;
}

/** Waits until the Problems view, which must be shown, has this row. */
export async function untilProblem(page: Page, row: string): Promise<void> {
  await untilRows(page, `the problem "${row}"`, (now) => now.includes(row));
}

/** Waits until no row of the Problems view, which must be shown, names this. */
export async function untilNoProblem(page: Page, words: string): Promise<void> {
  await untilRows(page, `no problem "${words}"`, (now) => !now.some((row) => row.includes(words)));
}

async function untilRows(page: Page, what: string, good: (rows: string[]) => boolean): Promise<void> {
  await until(what, () => texts(page.locator('.markers-panel .monaco-list-row')), good);
}

/** Hovers until the hover says `words` too: it shows what the editor itself knows before anybody else has answered. */
export async function hoverSaying(page: Page, place: Locator, words: string): Promise<string> {
  const rows = page.locator('.monaco-editor .monaco-hover:not(.hidden) .hover-row');
  return until(
    `a hover that says "${words}"`,
    async () => {
      await page.mouse.move(640, 20);
      // Without the check that nothing lies above: squiggles lie below the text.
      await place.first().hover({ force: true });
      await rows
        .filter({ hasText: words })
        .first()
        .waitFor({ timeout: 4000 })
        .catch(() => undefined);
      return (await texts(rows)).join('\n');
    },
    (text) => text.includes(words),
  );
}

/** Opens the quick-fix menu at a line and column, and returns its titles. */
export async function fixesAt(page: Page, line: number, column: number): Promise<string[]> {
  await goTo(page, line, column);
  const rows = page.locator('.action-widget .monaco-list-row.action');
  return until(
    'the menu of quick fixes',
    async () => {
      await page.keyboard.press('Control+.');
      // The editor says 'No code actions available' at times while it still asks for the light bulb of the new place. A person asks again.
      await rows
        .first()
        .waitFor({ timeout: 4000 })
        .catch(() => undefined);
      return texts(rows);
    },
    (titles) => titles.length > 0,
  );
}

/** Puts the cursor at the end of a line and types lines below it, with their indentation. */
export async function typeBelow(page: Page, line: number, lines: readonly string[]): Promise<void> {
  await goTo(page, line, 1);
  await page.keyboard.press('End');
  for (const each of lines) {
    await page.keyboard.press('Enter');
    await page.keyboard.type(each);
  }
}

/** Waits until our entry of the language status says this: text, detail and command. */
export async function untilLanguageStatus(page: Page, expected: RegExp): Promise<void> {
  const entries = page.locator('.hover-language-status');
  await until(
    `the language status ${String(expected)}`,
    async () => {
      // The status bar moves its entries while an editor opens, and a hover keeps what it was opened with.
      await page.mouse.move(640, 20);
      await page.locator('[id="status.languageStatus"]').hover();
      await entries
        .first()
        .waitFor({ timeout: 2000 })
        .catch(() => undefined);
      return texts(entries);
    },
    (now) => now.some((text) => expected.test(text)),
  );
  await page.mouse.move(640, 20);
}

/** The question at the top that asks for text, and what it says of what was typed. */
export function questionBox(page: Page): Locator {
  return page.locator('.quick-input-widget');
}

/** Opens the palette until it offers all of these commands, and leaves it. */
export async function untilInPalette(page: Page, commands: readonly string[]): Promise<void> {
  await page.keyboard.press('F1');
  const input = page.locator('.quick-input-widget input.input').first();
  const rows = page.locator('.quick-input-list .monaco-list-row');
  // The palette lists what there was when it was asked: it is asked again until the extensions are known. It draws only what is in view.
  for (const command of commands) {
    await until(
      `the command ${command}`,
      async () => {
        await input.fill('>');
        await input.fill(`>${command}`);
        return texts(rows);
      },
      (labels) => labels.includes(command),
    );
  }
  await page.keyboard.press('Escape');
}
