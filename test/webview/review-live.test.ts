import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import type { FromReviewPage, ReviewItem } from '../../src/server/protocol-review.ts';
import { faces } from '../../src/core/review.ts';
import { launchBrowser } from '../harness/browser.ts';
import { until } from '../harness/verbs.ts';
import { type OpenPage, serveReviewPage, type ServedPage } from './page.ts';
import { focusedStop, openGroups, seeded, showAll } from './review-acts.ts';
import { facing, handoffItems, later, reviewOf, several, shop, told } from './review-sketch.ts';

describe('the page of the review, while somebody works', function () {
  this.timeout(60_000);
  let browser: Browser;
  let served: ServedPage<FromReviewPage>;
  let open: OpenPage<FromReviewPage>;

  before(async () => {
    [browser, served] = await Promise.all([launchBrowser(), serveReviewPage()]);
  });
  after(async () => {
    await browser.close();
    served.close();
  });
  const begin = async (message: object = told(), width = 297, frozen = false): Promise<OpenPage<FromReviewPage>> => {
    open = await served.open(browser, { width });
    if (frozen) await open.stopClock();
    await open.tell(message);
    return open;
  };
  afterEach(async () => {
    assert.deepEqual(await open.faults(), [], 'the policy holds and no script fails');
    await open.page.close();
  });
  const focused = (): Promise<string> => focusedStop(open.page);
  const row = (title: string) => open.page.locator('.item', { hasText: title });
  const place = (title: string): Promise<string | null> =>
    open.page
      .locator('.groups section', { has: row(title) })
      .locator('h2 .name')
      .textContent();
  const change = (id: string, into: (item: ReviewItem) => ReviewItem | undefined): Promise<void> =>
    open.tell(told(later(reviewOf(), (item) => (item.id === id ? into(item) : item))));

  it('brings the details of a row that is opened at the lower edge into view', async () => {
    const { page } = await begin(told(reviewOf(several('unshown', 'handoff', 60))));
    const title = page.getByRole('button', { name: 'Item 40 of handoff', exact: true });
    await title.evaluate((element) =>
      (element as unknown as { scrollIntoView(how: object): void }).scrollIntoView({ block: 'end' }),
    );
    await title.click();
    const actions = page.locator('.item.open').getByRole('group');
    const box = await actions.boundingBox();
    const { height } = page.viewportSize() ?? { height: 0 };
    assert.ok(box && box.y + box.height <= height, `${JSON.stringify(box)} in ${height}`);
  });

  it('keeps open rows, focus and place when another review comes', async () => {
    const many = several('unshown', 'handoff', 60);
    const first = reviewOf(many);
    const { page } = await begin(told(first));
    const title = page.getByRole('button', { name: 'Item 40 of handoff', exact: true });
    await title.click();
    const top = (await title.boundingBox())?.y ?? 0;
    await page.evaluate(
      `window.marked = document.activeElement; window.left = 0; window.marked.addEventListener('blur', () => window.left++)`,
    );
    // Rows above go, come and change their order.
    const moved = later(first, (item) => (/-(3|5|7)$/.test(item.id) ? undefined : item));
    const lists = moved.checklists.map((list) =>
      list.id === 'handoff'
        ? { ...list, items: [list.items.at(-1), ...list.items.slice(0, -1)].flatMap((one) => one ?? []) }
        : list,
    );
    await open.tell(told({ ...moved, checklists: lists }));
    assert.equal(await focused(), 'handoff/unshown-40');
    assert.deepEqual(await page.evaluate('[document.activeElement === window.marked, window.left]'), [true, 0]);
    assert.equal(await page.locator('.item.open').count(), 1);
    await until(
      'the row where it was',
      async () => Math.abs(((await title.boundingBox())?.y ?? 0) - top),
      (distance) => distance < 3,
    );
  });

  it('keeps its state over a reload: phase, open rows, groups, focus, place and filter', async () => {
    const { page } = await begin();
    await showAll(open);
    await page.getByRole('tab', { name: /Review/ }).click();
    await page.getByRole('button', { name: 'Item 9 of review', exact: true }).click();
    await page.getByRole('button', { name: /^Signed by a person/ }).click();
    await page.getByRole('button', { name: 'Item 11 of review', exact: true }).focus();
    await page.evaluate('window.scrollTo(0, 120)');
    await until(
      'the place to be kept',
      () => page.evaluate<number>(`JSON.parse(sessionStorage.getItem('state')).scroll`),
      (scroll) => scroll === 120,
    );
    await page.reload();
    await open.dress('dark2026');
    await open.tell(told());
    assert.equal(await page.getByRole('tab', { selected: true }).getAttribute('id'), 'tab-review');
    assert.equal(await page.locator('.item.open').count(), 1);
    assert.equal(await page.locator('.item').count(), 17);
    assert.equal(await page.evaluate('window.scrollY'), 120);
    await page.evaluate(`window.dispatchEvent(new Event('focus'))`);
    assert.equal(await focused(), 'review/unshown-11');
  });

  it('begins where an earlier state is not as it has to be', async () => {
    const { page } = await begin();
    await page.evaluate(
      `sessionStorage.setItem('state', JSON.stringify({ open: 7, groups: [1], phase: 'x', filter: { search: 5 }, scroll: 'far', current: {} }))`,
    );
    await page.reload();
    await open.tell(told());
    assert.equal(await page.locator('.item').count(), 3);
  });

  it('holds the place of a row that has the focus for three seconds, then moves it and tells', async () => {
    const { page } = await begin(told(), 297, true);
    await showAll(open);
    await page.getByRole('button', { name: 'Rate limiting tested', exact: true }).focus();
    await change('handoff/rate-limits', (item) => facing(item, 'broken', 'npm test: exit 1'));
    assert.equal(await place('Rate limiting tested'), 'Not shown yet', 'it stays under the eyes');
    assert.equal(await row('Rate limiting tested').getByRole('img').getAttribute('aria-label'), 'Not met');
    assert.match(await row('Rate limiting tested').innerText(), /npm test: exit 1/);
    await page.clock.runFor(2900);
    assert.equal(await place('Rate limiting tested'), 'Not shown yet');
    await page.clock.runFor(200);
    assert.equal(await place('Rate limiting tested'), 'Not met');
    assert.equal(await focused(), 'handoff/rate-limits', 'the focus goes with it');
    assert.match((await page.getByRole('status').textContent()) ?? '', /^Rate limiting tested: Not met\./);
  });

  it('lets a row go as soon as pointer and focus leave it', async () => {
    const { page } = await begin(told(), 297, true);
    await showAll(open);
    await row('Rate limiting tested').hover();
    await change('handoff/rate-limits', (item) => facing(item, 'stale'));
    assert.equal(await place('Rate limiting tested'), 'Not shown yet');
    await page.getByRole('heading', { level: 1 }).hover();
    assert.equal(await place('Rate limiting tested'), 'Out of date');
    await page.getByRole('button', { name: 'Errors use one format', exact: true }).focus();
    await change('handoff/errors', (item) => facing(item, 'unshown'));
    assert.equal(await place('Errors use one format'), 'Not met');
    await page.keyboard.press('End');
    assert.equal(await place('Errors use one format'), 'Not shown yet');
    await change('handoff/migrations', (item) => facing(item, 'broken'));
    assert.equal(await place('Migrations up and down'), 'Not met', 'nobody is at it');
  });

  it('gives the focus to the next row when one goes', async () => {
    const { page } = await begin();
    await page.getByRole('button', { name: 'Rate limiting tested', exact: true }).focus();
    await change('handoff/rate-limits', () => undefined);
    assert.equal(await focused(), 'handoff/migrations');
    await open.tell(told(reviewOf(handoffItems.slice(0, 1))));
    assert.equal(await focused(), 'handoff/errors');
    await open.tell(told(reviewOf([])));
    assert.notEqual(await focused(), 'body');
    await open.tell({ kind: 'face', face: 'no-folder' });
    assert.equal(await focused(), 'open-folder');
    await open.tell({ kind: 'face', face: 'off' });
    assert.equal(await focused(), 'verdict', 'where nothing can be done, it is at the heading');
  });

  it('gives the focus to the current row when the editor gives it to the page', async () => {
    const { page } = await begin();
    await page.getByRole('button', { name: 'Migrations up and down', exact: true }).focus();
    await page.evaluate('document.activeElement.blur()');
    assert.equal(await focused(), 'body');
    await page.evaluate(`window.dispatchEvent(new Event('focus'))`);
    assert.equal(await focused(), 'handoff/migrations');
  });

  for (const width of [297, 900]) {
    it(`never loses the focus in 200 steps at ${width} pixels`, async () => {
      const { page } = await begin(told(), width);
      await showAll(open);
      await openGroups(open);
      await page.locator('.title').first().focus();
      const random = seeded(width);
      const keys = [
        'ArrowUp',
        'ArrowDown',
        'ArrowDown',
        'ArrowLeft',
        'ArrowRight',
        'Home',
        'End',
        'Enter',
        'Space',
        'Escape',
        '1',
        '2',
        '3',
        '3',
        '4',
        '?',
        '/',
        'a',
      ];
      for (let step = 0; step < 200; step++) {
        if (step % 8 === 7) {
          // Items change, go and come.
          const next = later(reviewOf(), (item) => {
            const kind = random(6);
            if (kind === 0) return undefined;
            return kind === 1 ? facing(item, faces[random(faces.length)] ?? 'met') : item;
          });
          await open.tell(told(next));
        } else if (step % 31 === 30) {
          await open.tell({
            kind: 'filter',
            filter: { openOnly: random(2) === 0, needsPerson: random(4) === 0, search: '' },
          });
        } else {
          const key = keys[random(keys.length)] ?? 'Home';
          await page.keyboard.press(key);
          // Out of the search field by its own key.
          if (key === '/') await page.keyboard.press('Escape');
        }
        assert.notEqual(await focused(), 'body', `step ${step}`);
      }
    });
  }

  it('tells a verdict once it is quiet, and never counts while somebody types', async () => {
    const { page } = await begin(told(), 297, true);
    await page.evaluate(
      `window.told = []; new MutationObserver(() => { const text = document.querySelector('[role=status]').textContent; if (text) window.told.push([Date.now(), text]); }).observe(document.querySelector('[role=status]'), { childList: true, characterData: true, subtree: true })`,
    );
    for (let step = 0; step < 30; step++) {
      const faces = ['broken', 'unshown', 'met'] as const;
      await open.tell(told(later(reviewOf(), (item) => facing(item, faces[step % 3] ?? 'met'))));
      await page.clock.runFor(200);
    }
    assert.deepEqual(await page.evaluate('window.told'), [], 'nothing is said in six seconds of typing');
    await page.clock.runFor(3000);
    const said = await page.evaluate<[number, string][]>('window.told');
    assert.equal(said.length, 1);
    assert.match(said[0]?.[1] ?? '', /8 more items changed\. Ready to hand off/);
    // What the person did is answered at once, but never two messages in two seconds.
    await page.clock.runFor(5000);
    await open.tell({ kind: 'notice', text: 'Signed at 3f2c1ab.' });
    await open.tell({ kind: 'notice', text: 'Waived until 31 Dec.' });
    await open.tell({ kind: 'notice', text: 'Withdrawn.' });
    assert.equal(await page.getByRole('status').textContent(), 'Signed at 3f2c1ab.');
    assert.ok(await page.getByText('Signed at 3f2c1ab.').isVisible());
    await page.clock.runFor(1900);
    assert.equal(await page.getByRole('status').textContent(), 'Signed at 3f2c1ab.');
    await page.clock.runFor(200);
    assert.equal(await page.getByRole('status').textContent(), 'Withdrawn.');
    await page.clock.runFor(7000);
    assert.equal(await page.getByRole('status').textContent(), '', 'it does not stay over the list');
  });

  it('shows what runs, with what was before', async () => {
    const { page } = await begin(told(), 297, true);
    await open.tell({ kind: 'running', items: { 'handoff/rate-limits': 4 } });
    const line = row('Rate limiting tested');
    assert.match(await line.innerText(), /Checking, 4 s · No run, no sign-off/);
    assert.equal(await line.getByRole('img').getAttribute('aria-label'), 'Checking, was: Not shown yet');
    await page.clock.runFor(3000);
    assert.match(await line.innerText(), /Checking, 7 s/);
    await open.tell({ kind: 'running', items: {} });
    assert.doesNotMatch(await line.innerText(), /Checking/);
    await page.clock.runFor(5000);
    assert.equal(await page.getByRole('status').textContent(), '', 'seconds are not told');
  });

  it('keeps what is typed into the search when an answer to an earlier letter comes', async () => {
    const { page } = await begin();
    await page.keyboard.press('/');
    await page.keyboard.type('rate');
    await open.tell({ kind: 'filter', filter: { openOnly: false, needsPerson: false, search: 'r' } });
    assert.equal(await page.getByRole('searchbox').inputValue(), 'rate');
    assert.equal(await page.locator('.item', { hasText: 'Errors use' }).count(), 0);
    assert.deepEqual((await open.said()).at(-1), {
      kind: 'filter',
      filter: { openOnly: true, needsPerson: false, search: 'rate' },
    });
  });

  it('reveals an item that was asked for before there was a review', async () => {
    const { page } = await begin({ kind: 'reveal', item: 'handoff/docs' });
    await open.tell(told());
    assert.equal(await focused(), 'handoff/docs');
    assert.equal(await page.locator('.item.open').count(), 1);
  });

  it('chooses another folder', async () => {
    const other = { uri: 'file:///billing', name: 'billing' };
    const { page } = await begin(told(reviewOf(), { folders: [shop, other] }));
    await page.getByRole('combobox', { name: 'Folder' }).selectOption('billing');
    assert.deepEqual((await open.said()).at(-1), { kind: 'folder', uri: other.uri });
    await open.tell(told(reviewOf(), { folder: other, folders: [shop, other] }));
    assert.equal(await page.getByRole('combobox', { name: 'Folder' }).inputValue(), other.uri);
  });
});
