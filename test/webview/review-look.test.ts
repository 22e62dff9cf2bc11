import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { faces, faceWords } from '../../src/core/review.ts';
import type { FromReviewPage, PageFace, Review } from '../../src/server/protocol-review.ts';
import { launchBrowser } from '../harness/browser.ts';
import { until } from '../harness/verbs.ts';
import { type OpenPage, serveReviewPage, type ServedPage, themeNames } from './page.ts';
import { openGroups, showAll } from './review-acts.ts';
import { comparison, contrasts } from './review-measures.ts';
import { facing, handoffItems, itemOf, reviewOf, several, told } from './review-sketch.ts';

const pictures = '.cache/screenshots/review';
const refused = [
  {
    file: '.backend-architect/evidence/ab12.json',
    reason: 'Its content is not what its name says: restore it from git.',
  },
];
const gaps = [{ file: 'api/old.yaml', reason: 'OpenAPI 2.0 is not judged' }];
const waiting = { kind: 'checking', done: 240, total: 2900 };

/** Every face of the page: what it is told, what it says, what can be done. */
const views: readonly {
  readonly name: string;
  readonly messages: readonly object[];
  readonly says: RegExp;
  readonly buttons?: readonly string[];
}[] = [
  {
    name: 'no-folder',
    messages: [face('no-folder')],
    says: /^No folder is open\s+Open a folder to review its backend\./,
    buttons: ['Open Folder', 'Open Sample'],
  },
  {
    name: 'nothing-found',
    messages: [told(reviewOf([], { hasDocuments: false, documents: 0 }))],
    says: /^Nothing to review yet\s+No API spec or migrations found in Shop API\. Looked for: YAML and JSON files/,
    buttons: ['Open Sample'],
  },
  {
    name: 'first',
    messages: [told(firstReview())],
    says: /Not ready to build: 9 of 9 open[^]*Nothing is ticked until something shows it\./,
    buttons: ['Start with the First'],
  },
  {
    name: 'loading',
    messages: [face('loading'), waiting],
    says: /^Checking the workspace\s+Checking 240 of 2,900 files$/,
  },
  { name: 'loading-again', messages: [told(), waiting], says: /Not ready to hand off[^]*Checking 240 of 2,900 files$/ },
  {
    name: 'stopped',
    messages: [told(), face('stopped')],
    says: /Checking stopped\. Showing results of .*\d\d:\d\d\.[^]*Not met at .*\d\d:\d\d · 1/,
    buttons: ['Restart Server', 'Show Output'],
  },
  {
    name: 'stopped-before',
    messages: [face('stopped')],
    says: /^Checking stopped\s+There are no results to show/,
    buttons: ['Restart Server', 'Show Output'],
  },
  { name: 'off', messages: [face('off')], says: /^Checking is switched off\s+.*backendArchitect\.enable/ },
  {
    name: 'untrusted',
    messages: [told(reviewOf(), { trusted: false })],
    says: /Restricted Mode: checks run, commands do not\. Manage Workspace Trust changes that\./,
  },
  { name: 'huge', messages: [told(reviewOf(several('unshown', 'handoff', 700)))], says: /Not shown yet · 700/ },
  {
    name: 'all-ready',
    messages: [told(readyReview())],
    says: /Ready to hand off\. 9 measured, 2 signed\./,
    buttons: ['Write Hand-off'],
  },
  {
    name: 'not-believed',
    messages: [told(reviewOf(handoffItems, { refused, notAnalysed: gaps }))],
    says: /1 record is not believed\s+1 document was not analysed/,
  },
];

function face(name: PageFace): object {
  return { kind: 'face', face: name };
}

function firstReview(): Review {
  const review = reviewOf();
  const checklists = review.checklists.map((list) => ({
    ...list,
    ready: false,
    open: list.items.length,
    measured: 0,
    signed: 0,
    waived: 0,
    verdict: `Not ready to build: ${list.items.length} of ${list.items.length} open`,
    items: list.items.map((item) => facing(item, 'unshown', 'Nothing shows it')),
  }));
  return { ...review, gate: 'plan', checklists };
}

function readyReview(): Review {
  const met = several('met', 'handoff', 8);
  return reviewOf([
    ...met,
    itemOf('met', 'handoff/written', 'Hand-off written', { actions: [{ kind: 'write-handoff' }] }),
    ...several('signed', 'handoff', 2),
  ]);
}

/** Text, because it runs in the page: on how many lines the tabs stand. */
const tabLines = `new Set([...document.querySelectorAll('.tab')].map((one) => one.getBoundingClientRect().top)).size`;

describe('the look of the review page', function () {
  this.timeout(120_000);
  let browser: Browser;
  let served: ServedPage<FromReviewPage>;
  let open: OpenPage<FromReviewPage>;
  let axe: string;

  before(async () => {
    [browser, served] = await Promise.all([launchBrowser(), serveReviewPage()]);
    axe = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
    await mkdir(pictures, { recursive: true });
  });
  after(async () => {
    await browser.close();
    served.close();
  });
  afterEach(async () => {
    assert.deepEqual(await open.faults(), [], 'the policy holds and no script fails');
    await open.page.close();
  });
  const begin = async (
    messages: readonly object[] = [told()],
    options: Parameters<typeof served.open>[1] = { width: 297 },
  ): Promise<Page> => {
    open = await served.open(browser, options);
    for (const message of messages) await open.tell(message);
    return open.page;
  };
  const picture = (name: string): Promise<unknown> => open.page.screenshot({ path: `${pictures}/${name}.png` });
  /** What is not accessible, as the standards of WCAG 2.2 AA and good practice have it. */
  const violations = async (): Promise<string[]> => {
    await open.page.evaluate(axe);
    return open.page.evaluate<string[]>(
      `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes.map(({ html, any }) => html.slice(0, 120) + ' ' + (any[0]?.message ?? '')).join(' | ')))`,
    );
  };
  const sideways = (width: number): Promise<string[]> =>
    open.page.evaluate<string[]>(
      `[document.documentElement, ...document.querySelectorAll('main *:not(.unseen)')].filter((one) => one.getBoundingClientRect().right > ${width} + 0.5 || (one === document.documentElement && one.scrollWidth > ${width})).map((one) => one.outerHTML.slice(0, 90))`,
    );

  for (const { name, messages, says, buttons = [] } of views) {
    it(`has a face: ${name}`, async () => {
      const page = await begin(messages);
      await until(
        'what the face says',
        () => page.locator('main').innerText(),
        (text) => says.test(text),
      );
      const there = await page.locator('vscode-button, .strips button').allTextContents();
      for (const button of buttons) assert.ok(there.includes(button), `${button} in ${there.join()}`);
      assert.equal(await page.evaluate('document.querySelectorAll("h1").length'), 1);
      assert.deepEqual(await violations(), []);
      await picture(name);
    });
  }

  it('does what the buttons of the faces say', async () => {
    const page = await begin([face('no-folder')]);
    await page.getByText('Open Folder', { exact: true }).click();
    await page.getByText('Open Sample', { exact: true }).click();
    await open.tell(told());
    await open.tell(face('stopped'));
    await page.getByText('Restart Server', { exact: true }).click();
    await page.getByText('Show Output', { exact: true }).click();
    await open.tell(face('live'));
    const review = { ...reviewOf(handoffItems, { refused }), madeAt: '2026-11-20T15:00:00.000Z' };
    await open.tell(told(review));
    await page.getByText('1 record is not believed').click();
    assert.ok(await page.getByText('restore it from git').isVisible());
    await page.locator('.strip').getByRole('button', { name: 'Open' }).click();
    const ready = readyReview();
    await open.tell(told(ready));
    await page.getByText('Write Hand-off').click();
    assert.deepEqual((await open.said()).slice(1), [
      { kind: 'face', do: 'open-folder' },
      { kind: 'face', do: 'open-sample' },
      { kind: 'face', do: 'restart' },
      { kind: 'face', do: 'show-output' },
      { kind: 'refused', madeAt: review.madeAt, index: 0 },
      { kind: 'act', madeAt: ready.madeAt, item: 'handoff/written', action: 0 },
    ]);
    await open.tell(told(firstReview()));
    await page.getByText('Start with the First').click();
    assert.equal(await page.locator('.item.open').count(), 1);
  });

  it('shows nothing of work that is over at once', async () => {
    const page = await begin([told()]);
    await open.stopClock();
    await open.tell(waiting);
    await page.clock.runFor(350);
    assert.equal(await page.getByText('Checking 240').isVisible(), false);
    assert.equal(await page.locator('main').getAttribute('aria-busy'), 'false');
    await page.clock.runFor(100);
    assert.ok(await page.getByText('Checking 240 of 2,900 files').isVisible());
    assert.equal(await page.locator('main').getAttribute('aria-busy'), 'true');
    assert.equal(await page.getByRole('status').textContent(), '', 'the figures are not told');
    await open.tell({ kind: 'checking', done: 2900, total: 2900 });
    assert.equal(await page.locator('.working').isVisible(), false);
    assert.equal(await page.locator('.greyed').count(), 0);
  });

  it('marks what was settled before checking stopped as out of date', async () => {
    const page = await begin([told(), face('stopped')]);
    await showAll(open);
    await openGroups(open);
    const met = page.locator('.item', { hasText: 'All tests passing' }).getByRole('img');
    assert.match((await met.getAttribute('aria-label')) ?? '', /^Out of date, was at .*: Met$/);
    assert.equal(await page.locator('.item .pass-filled, .item .account').count(), 0);
    assert.equal(await page.locator('.item').count(), handoffItems.length, 'the rows stay');
  });

  it('shows in Restricted Mode that commands do not run, and why', async () => {
    const page = await begin([told(reviewOf(), { trusted: false })]);
    const run = page.getByRole('button', { name: 'Run tests: Rate limiting tested' });
    assert.equal(await run.getAttribute('aria-disabled'), 'true');
    // A person may press what is off.
    await run.click({ force: true });
    assert.deepEqual(await open.said(), [{ kind: 'ready' }]);
    assert.match((await page.getByRole('status').textContent()) ?? '', /^Restricted Mode: commands of the workspace/);
    await page.getByRole('button', { name: 'Rate limiting tested', exact: true }).click();
    assert.ok(await page.locator('.item .detail').getByText('commands of the workspace are not run until').isVisible());
    await page.locator('.actions').getByText('Sign Off…').click();
    assert.equal((await open.said()).length, 2, 'what is not a command goes on');
  });

  for (const theme of themeNames) {
    for (const width of [300, 1000]) {
      it(`is accessible in ${theme} at ${width} pixels`, async () => {
        const page = await begin([told(reviewOf(handoffItems, { refused, notAnalysed: gaps }))], { width, theme });
        await open.tell({ kind: 'running', items: { 'handoff/scenarios': 3 } });
        await page.emulateMedia({ reducedMotion: 'reduce' });
        await showAll(open);
        await openGroups(open);
        await page.getByText('1 record is not believed').click();
        await page.getByRole('button', { name: 'Errors use one format', exact: true }).click();
        await page.getByRole('button', { name: 'Rate limiting tested', exact: true }).hover();
        await picture(`${theme}-${width}`);
        assert.deepEqual(await violations(), []);
        await page.keyboard.press('?');
        await page.keyboard.press('/');
        await page.keyboard.type('one');
        assert.deepEqual(await violations(), []);
        assert.deepEqual(await sideways(width), []);
      });
    }

    it(`has icons that are told from the background in ${theme}`, async () => {
      for (const width of [297, 1000]) {
        const page = await begin([told(everyFace())], { width, theme });
        await showAll(open);
        await openGroups(open);
        await open.tell({ kind: 'running', items: { 'handoff/0-1': 1 } });
        const measured = await page.evaluate<{ name: string; ratio: number }[]>(contrasts);
        const names = new Set(measured.map(({ name }) => name));
        for (const wanted of [...faces, 'checking']) assert.ok(names.has(wanted), `${wanted} of ${[...names].join()}`);
        for (const { name, ratio } of measured) assert.ok(ratio >= 3, `${name}: ${ratio.toFixed(2)}`);
        if (width === 297) await page.close();
      }
    });
  }

  it('is told apart without any colour: by shape and by word', async () => {
    const page = await begin([told(everyFace())], { width: 297, theme: 'light2026' });
    await showAll(open);
    await openGroups(open);
    await page.evaluate(`document.documentElement.style.filter = 'grayscale(1)'`);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await open.tell({ kind: 'running', items: { 'handoff/0-1': 1 } });
    await picture('greyscale');
    const words: string[] = [];
    const shots: string[] = [];
    for (const name of [...faces, 'checking']) {
      const state = page.locator(`.item .state[data-face=${name}]`).first();
      words.push((await state.getAttribute('aria-label')) ?? '');
      shots.push((await state.screenshot({ animations: 'disabled' })).toString('base64'));
    }
    assert.deepEqual(words, [...faces.map((one) => faceWords[one]), 'Checking, was: Not met']);
    const blank = await browser.newPage();
    const alike = await blank.evaluate<string[]>(comparison(shots));
    await blank.close();
    assert.deepEqual(alike, [], 'so many pixels of 256 differ');
  });

  it('shows nine closed rows in 640 pixels, each of 40, and the verdict above them', async () => {
    const items = faces.slice(0, 5).flatMap((one, index) => several(one, 'handoff', index < 4 ? 2 : 1));
    const page = await begin([told(reviewOf(items))]);
    await showAll(open);
    await openGroups(open);
    const heights = await page.evaluate<number[]>(
      `[...document.querySelectorAll('.item')].map((one) => one.getBoundingClientRect().height)`,
    );
    assert.deepEqual(new Set(heights), new Set([40]));
    assert.equal(heights.length, 9);
    // Two figures in every phase, as on the first day: the tabs stay in one line.
    await open.tell(told(firstReview()));
    assert.equal(await page.evaluate(tabLines), 1);
    await open.tell(told(reviewOf(items)));
    const bottom = await page.evaluate<number>(`document.querySelector('.groups').getBoundingClientRect().bottom`);
    assert.ok(bottom <= 640, `${bottom}`);
    const first = await page.evaluate<number>(`document.querySelector('.groups').getBoundingClientRect().top`);
    assert.ok(first <= 58, `the head takes ${first}`);
  });

  it('fits titles of 28 characters beside their button', async () => {
    const title = 'Migrations tested up and dow';
    assert.equal(title.length, 28);
    const page = await begin([told(reviewOf([itemOf('unshown', 'handoff/a', title)]))]);
    assert.equal(
      await page.evaluate(
        `(() => { const one = document.querySelector('.title'); return one.scrollWidth - one.clientWidth; })()`,
      ),
      0,
    );
  });

  for (const [name, width, size] of [
    ['205', 205, '13px'],
    ['double', 297, '26px'],
    ['double-205', 205, '26px'],
    ['690', 690, '13px'],
    ['700', 700, '13px'],
  ] as const) {
    it(`fits into ${width} pixels with letters of ${size}`, async () => {
      const page = await begin([told(reviewOf(handoffItems, { refused, notAnalysed: gaps }), { trusted: false })], {
        width,
      });
      await page.evaluate(`document.documentElement.style.setProperty('--vscode-font-size', '${size}')`);
      await showAll(open);
      await openGroups(open);
      await page.getByRole('button', { name: 'Errors use one format', exact: true }).click();
      await picture(name);
      assert.deepEqual(await sideways(width), []);
      if (size === '13px') {
        const cut = await page.evaluate<string[]>(
          `[...document.querySelectorAll('[role=tab]')].filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.id)`,
        );
        assert.deepEqual(cut, [], 'no tab is cut');
      }
      if (width === 205) assert.equal(await page.locator('.tab .word').first().isVisible(), true);
      const low = await page.evaluate<string[]>(
        `[...document.querySelectorAll('main button:not(.title), select, .search')].filter((one) => one.checkVisibility() && (one.getBoundingClientRect().height < 24 || one.getBoundingClientRect().width < 24)).map((one) => one.outerHTML)`,
      );
      assert.deepEqual(low, [], 'every target has 24 pixels');
    });
  }

  it('moves nothing, save the mark of what runs, and that neither where motion is not wanted', async () => {
    const page = await begin([told()]);
    const moving = (): Promise<number> => page.evaluate('document.getAnimations().length');
    assert.equal(await moving(), 0);
    await open.tell({ kind: 'running', items: { 'handoff/errors': 1 } });
    assert.equal(await moving(), 1);
    await page.evaluate(`document.body.classList.add('vscode-reduce-motion')`);
    assert.equal(await moving(), 0);
    await page.evaluate(`document.body.classList.remove('vscode-reduce-motion')`);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    assert.equal(await moving(), 0);
  });
});

/** Two items of every face. */
function everyFace(): Review {
  return reviewOf(
    faces.flatMap((one, index) =>
      [0, 1].map((twin) => itemOf(one, `handoff/${index}-${twin}`, `Item ${index}-${twin}`)),
    ),
  );
}
