import type { Page } from 'playwright-core';
import type { FromReviewPage } from '../../src/server/protocol-review.ts';
import type { OpenPage } from './page.ts';

/** What would run, load or lead somewhere if it were taken for markup or for an address. */
export const evil = [
  '<img src=x onerror="window.hacked=1">',
  '"><script>window.hacked=1</script>',
  'javascript:alert(1)//\'"`',
  '</textarea><svg/onload=alert(1)>',
  '<iframe srcdoc="<script>parent.hacked=1</script>">',
  '{{constructor.constructor("alert(1)")()}} ${alert(1)}',
  '<a href="command:workbench.action.quit">x</a>',
  '__proto__',
];

/** Where the focus is: the stop, what belongs to a stop, or what it is called. */
export function focusedStop(page: Page): Promise<string> {
  return page.evaluate(
    `(() => { const one = document.activeElement; return one.dataset.stop ?? (one.dataset.of && 'of ' + one.dataset.of) ?? (one.id || one.getAttribute('aria-label') || one.dataset.key || one.localName); })()`,
  );
}

export async function showAll({ tell }: OpenPage<FromReviewPage>): Promise<void> {
  await tell({ kind: 'filter', filter: { openOnly: false, needsPerson: false, search: '' } });
}

export function firstOf(page: Page, selector: string): Promise<string | null> {
  return page.locator(selector).first().textContent();
}

/** Opens every group that is closed. */
export async function openGroups({ page }: OpenPage<FromReviewPage>): Promise<void> {
  await page.evaluate(`[...document.querySelectorAll('.group[aria-expanded=false]')].forEach((one) => one.click())`);
}

/** Random numbers that are the same each time. */
export function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}
