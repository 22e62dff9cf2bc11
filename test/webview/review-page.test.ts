import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { faces, faceWords } from '../../src/core/review.ts';
import type { FromReviewPage } from '../../src/server/protocol-review.ts';
import { launchBrowser } from '../harness/browser.ts';
import { type OpenPage, serveReviewPage, type ServedPage } from './page.ts';
import { focusedStop, showAll } from './review-acts.ts';
import { everyEvidence, findingOf, itemOf, reviewOf, several, told } from './review-sketch.ts';

describe('the page of the review', function () {
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
  const focused = (): Promise<string> => focusedStop(open.page);
  const press = async (...keys: string[]): Promise<string> => {
    for (const key of keys) await open.page.keyboard.press(key);
    return focused();
  };
  const lastSaid = async (): Promise<FromReviewPage | undefined> => (await open.said()).at(-1);
  const { madeAt } = reviewOf();

  it('shows the verdict, the phases with their open items, and what is open', async () => {
    const { page, said } = await begin();
    assert.deepEqual(await said(), [{ kind: 'ready' }]);
    const verdict = page.getByRole('heading', { level: 1 });
    assert.equal(await verdict.textContent(), 'Not ready to hand off: 3 of 11 open. 4 measured, 2 signed, 1 waived');
    assert.equal(await verdict.getAttribute('title'), '4 measured, 2 signed, 1 waived');
    assert.equal(await page.getByRole('main', { name: /^Not ready to hand off: 3 of 11 open/ }).count(), 1);
    for (const name of [
      'Plan ready, 9 of 9 done',
      '3 Build open, 7 of 10 done',
      '3 Hand off open, 8 of 11 done',
      '13 Review open, 4 of 17 done',
    ])
      assert.equal(await page.getByRole('tab', { name, exact: true }).count(), 1, name);
    assert.equal(await page.getByRole('tab', { selected: true }).getAttribute('id'), 'tab-handoff');
    assert.equal(await page.getByRole('tabpanel', { name: /Hand off/ }).count(), 1);
    assert.deepEqual(await page.getByRole('heading', { level: 2 }).allTextContents(), [
      'Not met · 1',
      'Not shown yet · 1',
      'Out of date · 1',
    ]);
    assert.equal(
      await page.getByRole('button', { name: 'Rate limiting tested', exact: true }).getAttribute('aria-expanded'),
      'false',
    );
    assert.equal(
      await page.getByRole('button', { name: 'Rate limiting tested', description: 'No run, no sign-off' }).count(),
      1,
    );
    assert.equal(await page.getByRole('img', { name: 'Not shown yet' }).count(), 1);
  });

  it('says what the filter hides, and shows it', async () => {
    const { page } = await begin();
    assert.ok(await page.getByText('4 met, 2 signed, 1 waived, 1 not applicable hidden.').isVisible());
    await page.getByRole('button', { name: 'Show what is hidden' }).click();
    assert.deepEqual(await lastSaid(), {
      kind: 'filter',
      filter: { openOnly: false, needsPerson: false, search: '' },
    });
    const heads = page.getByRole('heading', { level: 2 });
    assert.deepEqual(await heads.allTextContents(), [
      'Not met · 1',
      'Not shown yet · 1',
      'Out of date · 1',
      'Met · 4',
      'Signed by a person · 2',
      'Waived · 1',
      'Does not apply · 1',
    ]);
    assert.equal(await page.locator('.item').count(), 3, 'what is settled is closed');
    await page.getByRole('button', { name: 'Met · 4' }).click();
    assert.equal(await page.locator('.item').count(), 7);
    assert.equal(await page.getByText('hidden.').isVisible(), false);
    // One key clears what a person or the editor has narrowed.
    await open.tell({ kind: 'filter', filter: { openOnly: true, needsPerson: true, search: 'rate lim' } });
    assert.equal(await page.locator('.item').count(), 1);
    assert.ok(await page.getByText('1 not met, 1 out of date, 4 met, 2 signed').isVisible());
    await page.getByRole('button', { name: 'Rate limiting tested', exact: true }).focus();
    await press('a');
    assert.equal(await heads.count(), 7);
  });

  it('has the words and the order of every other door', async () => {
    const items = faces.map((face, index) => itemOf(face, `handoff/${index}`, `Item ${index}`));
    await begin(told(reviewOf(items)));
    await showAll(open);
    assert.deepEqual(
      await open.page.locator('h2 .name').allTextContents(),
      faces.map((face) => faceWords[face]),
    );
  });

  it('says each piece of evidence once, however often it is told, and none that a finding says', async () => {
    const file = 'api/openapi.yaml';
    const finding = findingOf(0);
    const items = [
      itemOf('broken', 'handoff/errors', 'Errors use one format', {
        evidence: [
          { kind: 'rules', verdict: 'disproves', text: `${finding.rule}: openapi.yaml:212: ${finding.message}`, file },
          { kind: 'rules', verdict: 'disproves', text: 'api/one: 2 of 14 operations', file },
          { kind: 'rules', verdict: 'disproves', text: 'api/two: 3 of 14 operations', file },
        ],
        findings: [finding],
        findingCount: 1,
      }),
    ];
    const { page, tell } = await begin(told(reviewOf(items)));
    await page.getByRole('button', { name: 'Errors use one format', exact: true }).click();
    for (const second of [1, 2, 3]) {
      await tell(told({ ...reviewOf(items), madeAt: `2026-11-20T15:00:0${second}.000Z` }));
      const texts = await page.locator('.item.open .detail').innerText();
      assert.equal(texts.match(/api\/one/g)?.length, 1);
      assert.equal(texts.match(/api\/two/g)?.length, 1);
      assert.equal(texts.split(finding.message.slice(0, 40)).length, 2);
    }
  });

  it('opens a row to why, evidence, places, what makes it lapse, and actions', async () => {
    const { page } = await begin();
    await page.getByRole('button', { name: 'Errors use one format', exact: true }).click();
    const row = page.locator('.item.open');
    const text = (await row.locator('.detail').innerText()).replaceAll(/\s+/g, ' ');
    assert.match(text, /^Why Errors have one format\. Clients can handle errors/);
    assert.match(text, /Rules, disprove it: api\/error-format: 2 of 14 operations/);
    assert.match(text, /api\/openapi\.yaml:212/);
    assert.match(text, /Lapses with api\/openapi\.yaml/);
    assert.deepEqual(await row.getByRole('group').getByRole('button').allTextContents(), [
      'Go to Finding',
      'Fix All (2)',
      'Create Task',
      'Waive…',
    ]);
    const item = 'handoff/errors';
    await page.getByText('GET /carts has no').click();
    await row.getByRole('button', { name: 'Fix All (2)' }).click();
    await row.getByRole('button', { name: 'Open openapi.yaml' }).click();
    await row.getByRole('button', { name: 'Go to Finding: Errors use one format' }).click();
    assert.deepEqual((await open.said()).slice(1), [
      { kind: 'finding', madeAt, item, finding: 1 },
      { kind: 'act', madeAt, item, action: 1 },
      { kind: 'evidence', madeAt, item, evidence: 0 },
      { kind: 'act', madeAt, item, action: 0 },
    ]);
    await page.getByRole('button', { name: 'Migrations up and down', exact: true }).click();
    assert.match(
      await page.locator('.item.open').nth(1).innerText(),
      /Command, out of date: npm run migrate: exit 0 in 12 s · Changed: db\/006_carts\.sql, db\/007\.sql, db\/008\.sql and 1 more · /,
    );
  });

  it('has a word for every kind of evidence and for what it says', async () => {
    const item = itemOf('unshown', 'handoff/all', 'All evidence', { evidence: everyEvidence });
    const { page } = await begin(told(reviewOf([item])));
    await page.getByRole('button', { name: 'All evidence', exact: true }).click();
    const labels = await page.locator('.evidence .label').allTextContents();
    assert.equal(new Set(labels).size, 30, 'no two are told alike');
  });

  it('shows the first places of many, the others when asked, and how many are elsewhere', async () => {
    const findings = Array.from({ length: 200 }, (_, index) => findingOf(index));
    const item = itemOf('broken', 'handoff/many', 'Many findings', { findings, findingCount: 1240 });
    const { page } = await begin(told(reviewOf([item])));
    await page.getByRole('button', { name: 'Many findings', exact: true }).click();
    assert.equal(await page.locator('.finding').count(), 3);
    assert.ok(await page.getByText('1,040 more are listed in the Problems view.').isVisible());
    await page.getByRole('button', { name: 'Show 197 More Findings' }).click();
    assert.equal(await page.locator('.finding').count(), 200);
    assert.match(await page.evaluate('document.activeElement.textContent'), /POST \/orders\/3 /);
  });

  it('paints at most 200 rows of a group, and more when asked', async () => {
    const { page } = await begin(told(reviewOf(several('unshown', 'handoff', 4500))));
    assert.equal(await page.locator('.item').count(), 200);
    assert.equal(await page.locator('.groups h2').textContent(), 'Not shown yet · 4,500');
    await page.getByText('Show 200 More (4,300 are not shown)').click();
    assert.equal(await page.locator('.item').count(), 400);
    assert.equal(await focused(), 'handoff/unshown-201');
  });

  it('changes the phase by tab, by number and by arrow', async () => {
    const { page } = await begin();
    await page.getByRole('tab', { name: /Build/ }).click();
    assert.deepEqual(await lastSaid(), { kind: 'phase', phase: 'build' });
    assert.match((await page.locator('h1').textContent()) ?? '', /^Not ready to build|^Not ready to call/);
    await press('ArrowRight');
    assert.equal(await page.getByRole('tab', { selected: true }).getAttribute('id'), 'tab-handoff');
    await press('End', 'ArrowRight');
    assert.equal(await page.getByRole('tab', { selected: true }).getAttribute('id'), 'tab-plan');
    assert.equal(await press('4'), 'review/unshown-1', 'the focus goes to the list of that phase');
    assert.equal(await press('Shift+Tab'), 'tab-review');
    assert.equal(await press('2'), 'build/unshown-1');
  });

  it('is walked with the keyboard alone: open the third item, run its action, come back', async () => {
    const { page } = await begin();
    assert.equal(await focused(), 'handoff/errors', 'the page begins at its first item');
    const steps = ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Space', 'Tab', 'Tab', 'Tab', 'Tab', 'Escape'];
    const seen: string[] = [];
    for (const key of steps) {
      seen.push(await press(key));
      const outline = await page.evaluate<string>(
        `(() => { const one = document.activeElement; return [one, one.shadowRoot?.activeElement, '::after'].map((part) => part === '::after' ? getComputedStyle(one, part).outlineStyle : part ? getComputedStyle(part).outlineStyle : 'none').join(' '); })()`,
      );
      assert.match(outline, /solid/, `the focus is seen after ${key} at ${seen.at(-1)}`);
    }
    const third = 'handoff/migrations';
    assert.deepEqual(seen.slice(0, 5), ['group unshown', 'handoff/rate-limits', 'group stale', third, third]);
    assert.ok(await page.locator('.item.open').count());
    assert.equal(seen.at(-1), third, 'Escape goes back to the row');
    await press('Enter');
    assert.deepEqual(await lastSaid(), { kind: 'act', madeAt, item: third, action: 0 });
    await press('Control+c');
    const copied = await lastSaid();
    assert.ok(copied?.kind === 'copy');
    assert.match(copied.text, /^Out of date: Migrations up and down \(handoff\/migrations\)\n/);
    assert.match(copied.text, /\n- Command, out of date: npm run migrate: exit 0 in 12 s/);
    await press('Escape');
    assert.equal(await page.locator('.item.open').count(), 0, 'then it closes the row');
    assert.equal(await press('Home'), 'group broken');
    assert.equal(await press('ArrowLeft'), 'group broken');
    assert.equal(await page.locator('.item').count(), 2, 'Left closes a group');
    assert.equal(await press('ArrowRight', 'ArrowRight'), 'handoff/errors');
    assert.equal(await press('ArrowRight'), 'handoff/errors');
    assert.equal(await page.locator('.item.open').count(), 1, 'Right opens a row');
    assert.equal(await press('ArrowLeft', 'ArrowLeft'), 'group broken');
    assert.equal(await press('End'), third);
    assert.equal(await press('Control+ArrowUp'), third, 'modified keys belong to the editor');
    const before = (await open.said()).length;
    await press('Alt+1', 'Control+a', 'Shift+A');
    assert.equal((await open.said()).length, before);
  });

  it('is one Tab stop', async () => {
    const { page } = await begin();
    await page.getByRole('tab', { selected: true }).focus();
    assert.equal(await press('Tab'), 'handoff/errors');
    assert.equal(await press('Tab'), 'of handoff/errors');
    assert.equal(await press('Tab'), 'Show what is hidden');
    assert.equal(await press('Shift+Tab', 'Shift+Tab', 'Shift+Tab'), 'tab-handoff');
    assert.equal(await press('Shift+Tab'), 'body', 'there is nothing before it');
  });

  it('searches title, evidence, rule, file and id', async () => {
    const { page } = await begin();
    await press('/');
    assert.equal(await focused(), 'Search items');
    for (const [search, number] of [
      ['RATE LIM', 1],
      ['api/error-format', 1],
      ['006_carts', 1],
      ['handoff/', 3],
      ['nowhere', 0],
    ] as const) {
      await page.getByRole('searchbox').fill(search);
      assert.equal(await page.locator('.item').count(), number, search);
    }
    assert.equal(await page.evaluate('document.activeElement.localName'), 'input');
    assert.equal(await press('a'), 'Search items', 'a letter in the field is a letter');
    await press('Escape');
    assert.equal(await page.locator('.item').count(), 3);
    assert.equal(await page.getByRole('searchbox').isVisible(), false);
    assert.match(await focused(), /^handoff\/|^group/);
    await press('/');
    await page.keyboard.type('migrations up');
    await press('Enter');
    assert.equal(await focused(), 'handoff/migrations');
  });

  it('shows the keys, and goes back to the row', async () => {
    const { page } = await begin();
    await press('ArrowDown', 'ArrowDown', '?');
    assert.ok(await page.getByRole('region', { name: 'Keys' }).isVisible());
    assert.equal(await page.evaluate('document.activeElement.id'), 'keys');
    assert.equal(await press('Escape'), 'handoff/rate-limits');
    assert.equal(await page.getByRole('region', { name: 'Keys' }).count(), 0);
  });

  it('names the item for the menu of the editor', async () => {
    await begin();
    assert.deepEqual(JSON.parse((await open.page.locator('.item').first().getAttribute('data-vscode-context')) ?? ''), {
      webviewSection: 'item',
      item: 'handoff/errors',
      preventDefaultContextMenuItems: true,
    });
  });

  it('reveals an item of another phase, whatever the filter says', async () => {
    const { page } = await begin();
    await open.tell({ kind: 'reveal', item: 'plan/met-3' });
    assert.equal(await focused(), 'plan/met-3');
    assert.equal(await page.locator('.item.open').count(), 1);
    assert.deepEqual(await lastSaid(), { kind: 'phase', phase: 'plan' });
    await open.tell({ kind: 'reveal', item: 'plan/nothing' });
    assert.equal(await focused(), 'plan/met-3');
  });

  it('lists beside what it shows where it is wide, and folds it below where it is not', async () => {
    const { page } = await begin(told(), 1000);
    const pane = page.getByRole('region', { name: /Errors use one format/ });
    assert.ok(await pane.isVisible());
    assert.ok(await page.getByText('Shop API · branch feature/carts · 3f2c1ab + 4 changed files').isVisible());
    assert.ok(await page.getByText('4 measured, 2 signed, 1 waived', { exact: true }).isVisible());
    assert.match(await pane.innerText(), /Asks handoff\/errors, R001-062/);
    assert.equal(await press('ArrowDown', 'ArrowDown'), 'handoff/rate-limits');
    const next = page.getByRole('region', { name: /Rate limiting tested/ });
    assert.ok(await next.isVisible(), 'what is shown follows the focus');
    assert.equal(await page.locator('[aria-current=true]').textContent(), 'Rate limiting tested');
    await next.getByRole('button', { name: 'Sign Off…' }).focus();
    assert.equal(await press('Escape'), 'handoff/rate-limits');
    await page.getByRole('radio', { name: 'All' }).check();
    assert.deepEqual(await lastSaid(), {
      kind: 'filter',
      filter: { openOnly: false, needsPerson: false, search: '' },
    });
    await page.getByRole('checkbox', { name: 'Needs a person' }).check();
    assert.equal(await page.locator('.item').count(), 2);
    await page.setViewportSize({ width: 690, height: 700 });
    await page.locator('.title[aria-expanded]').first().waitFor();
    assert.equal(await pane.count(), 0);
    await page.getByRole('button', { name: 'Rate limiting tested', exact: true }).click();
    assert.equal(await page.locator('.item .detail').count(), 1);
  });
});
