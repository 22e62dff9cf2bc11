import { type FrameLocator, type Page } from 'playwright-core';
import { runCommand as runTool } from '../harness/staging.ts';
import { answer, openFile, pickable, runCommand, until, webview } from '../harness/verbs.ts';
import { journey, type Session, specification } from './session.ts';

async function commitAll({ folder }: Session): Promise<void> {
  const git = (...args: string[]): Promise<string> => runTool('git', args, folder);
  await git('init', '--quiet');
  await git('config', 'user.name', 'Ada Lovelace');
  await git('config', 'user.email', 'ada@shop.example');
  await git('add', '--all');
  await git('commit', '--quiet', '--message', 'Begin');
}

const isFrame = (element: string): boolean => element === 'IFRAME';

describe('the questions of the review', () => {
  const item = 'Code reviewed';
  const input = (page: Page) => page.locator('.quick-input-widget input.input').first();
  const sign = async (page: Page, inside: FrameLocator): Promise<void> => {
    await inside.getByRole('button', { name: `Sign Off…: ${item}` }).click();
    await input(page).waitFor();
  };

  journey('give the focus back to the page, answered or not: no key falls into a file', {}, async (session) => {
    const { page } = session;
    await commitAll(session);
    await openFile(page, specification);
    // Not by its icon: the number on it swallows a scripted click.
    await runCommand(page, 'Backend Architect: Focus on Review View');
    const inside = webview(page);
    await inside.getByRole('tab', { name: /Hand off/ }).click();
    const untilBack = async (): Promise<void> => {
      await until('the focus on the page', () => page.evaluate<string>('document.activeElement?.tagName'), isFrame);
      await inside.locator('main :focus').waitFor();
    };
    await sign(page, inside);
    await page.keyboard.press('Escape');
    await untilBack();
    await sign(page, inside);
    await answer(page, 'Read every handler and its tests.');
    await until(
      'name, commit and files',
      () => pickable(page),
      (all) => all.length >= 4,
    );
    await page.keyboard.press('Enter');
    await inside.getByRole('button', { name: /^Signed by a person/ }).waitFor();
    await untilBack();
  });
});
