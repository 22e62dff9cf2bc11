import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import type { FromReviewPage, ReviewItem } from '../../src/server/protocol-review.ts';
import { launchBrowser } from '../harness/browser.ts';
import { type OpenPage, serveReviewPage, type ServedPage } from './page.ts';
import { evil, firstOf } from './review-acts.ts';
import { checklistOf, findingOf, handoffItems, itemOf, later, reviewOf, shop, told } from './review-sketch.ts';

describe('the page of the review, told what it should not be', function () {
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
  const begin = async (message: object = told(), width = 297): Promise<OpenPage<FromReviewPage>> => {
    open = await served.open(browser, { width });
    await open.tell(message);
    return open;
  };
  afterEach(async () => {
    assert.deepEqual(await open.faults(), [], 'the policy holds and no script fails');
    await open.page.close();
  });
  it('shows hostile text as text', async () => {
    for (const width of [297, 900]) {
      for (const text of evil) {
        const item: ReviewItem = itemOf('broken', text, text, {
          says: text,
          line: text,
          word: text,
          requirements: [text],
          lapsesWith: [text],
          evidence: [{ kind: 'run', verdict: 'stale', text, file: text, record: text, changed: [text], at: text }],
          findings: [findingOf(0, { message: text, file: text, rule: text, fingerprint: text })],
          findingCount: 1,
          actions: [
            { kind: 'run', name: text, command: text },
            { kind: 'open', file: text },
            { kind: 'fix-all', rule: text, file: text, count: 1 },
            { kind: 'withdraw', record: text },
          ],
        });
        const review = reviewOf([item], {
          madeAt: text,
          project: { name: text, branch: text, commit: text },
          refused: [{ file: text, reason: text }],
          notAnalysed: [{ file: text, reason: text }],
        });
        const hostile = { uri: text, name: text };
        const list = { ...checklistOf('handoff', 'Hand off', [item]), verdict: text, title: text };
        const { page, faults } = await begin(
          told({ ...review, checklists: [list], gate: 'handoff' }, { folder: hostile, folders: [hostile, shop] }),
          width,
        );
        await page.locator('.item .title').click();
        for (const strip of await page.locator('.strip button.text').all()) await strip.click();
        assert.equal(await firstOf(page, '.item .title'), text);
        assert.equal(await firstOf(page, '.item .proof'), text);
        assert.equal(await firstOf(page, 'h1 .text'), text);
        assert.equal(await firstOf(page, '.strip .place'), text);
        assert.equal(await page.locator('main :is(img, script, iframe, a, textarea)').count(), 0);
        assert.equal(await page.evaluate('window.hacked'), undefined);
        await open.tell({ kind: 'notice', text });
        assert.equal(await page.getByRole('status').textContent(), text);
        assert.deepEqual(await faults(), []);
        if (width !== 900 || text !== evil.at(-1)) await page.close();
      }
    }
  });

  it('drops messages that are not of its kind', async () => {
    const { page } = await begin();
    const before = await page.locator('main').innerHTML();
    const good = told();
    const [item] = handoffItems;
    assert.ok(item);
    const withItem = (parts: object): object => ({
      ...good,
      review: { ...good.review, checklists: [{ ...good.review.checklists[2], items: [{ ...item, ...parts }] }] },
    });
    for (const message of [
      null,
      'review',
      {},
      { kind: 'toString' },
      { kind: 'review' },
      { ...good, trusted: 'yes' },
      { ...good, folder: 'shop' },
      { ...good, folders: [1] },
      { ...good, review: { ...good.review, version: 2 } },
      { ...good, review: { ...good.review, gate: '__proto__' } },
      { ...good, review: { ...good.review, madeAt: 5 } },
      { ...good, review: { ...good.review, refused: [{ file: 'x' }] } },
      { ...good, review: { ...good.review, checklists: [{ ...good.review.checklists[0], open: -1 }] } },
      withItem({ face: 'constructor' }),
      withItem({ title: { toString: 1 } }),
      withItem({ findings: [{ message: 'x' }] }),
      withItem({ evidence: [{ kind: 'oracle', verdict: 'shows', text: '' }] }),
      withItem({ actions: [{ kind: 'delete' }] }),
      withItem({ actions: [{ kind: 'open' }] }),
      { kind: 'face', face: 'none' },
      { kind: 'running', items: { 'handoff/errors': 'long' } },
      { kind: 'checking', done: 1 },
      { kind: 'filter', filter: { openOnly: 1, needsPerson: false, search: '' } },
      { kind: 'reveal', item: 7 },
      { kind: 'notice', text: { toString: 1 } },
    ])
      await open.tell(message);
    assert.equal(await page.locator('main').innerHTML(), before);
    // The same message, unharmed, is taken: it is the harm that is dropped.
    await open.tell(told(later(reviewOf(), (one) => (one.id === 'handoff/errors' ? undefined : one))));
    assert.equal(await page.locator('.item').count(), 2);
  });
});
