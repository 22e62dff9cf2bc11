import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import type { CheckReport } from '../../src/server/protocol.ts';
import { launchBrowser } from '../harness/browser.ts';
import { until } from '../harness/verbs.ts';
import { type OpenPage, reportOf, type ServedPage, servePage, themeNames } from './page.ts';

const small = reportOf(
  [
    ['error', 'api/auth-defined', 3],
    ['warning', 'api/pagination', 2],
    ['info', 'api/operation-summary', 1],
    ['hint', 'sql/comment', 1],
  ],
  { notAnalysed: [{ file: 0, reason: 'OpenAPI 2.0 is not judged yet', partly: false }] },
);

/** What would run, load or lead somewhere if it were taken for markup or for an address. */
const evil = [
  '<img src=x onerror="window.hacked=1">',
  '"><script>window.hacked=1</script>',
  'javascript:alert(1)//\'"`',
  '</textarea><svg/onload=alert(1)>',
  '<iframe srcdoc="<script>parent.hacked=1</script>">',
  '{{constructor.constructor("alert(1)")()}} ${alert(1)}',
  '<a href="command:workbench.action.quit">x</a>',
  '__proto__',
];

describe('the page of the check report', function () {
  this.timeout(60_000);
  let browser: Browser;
  let served: ServedPage;
  let open: OpenPage;

  before(async () => {
    [browser, served] = await Promise.all([launchBrowser(), servePage()]);
    await mkdir('.cache/screenshots', { recursive: true });
  });
  after(async () => {
    await browser.close();
    served.close();
  });
  const begin = async (options: Parameters<ServedPage['open']>[1] = {}, report?: CheckReport): Promise<OpenPage> => {
    open = await served.open(browser, options);
    if (report) await open.tell({ kind: 'report', report });
    await open.tell({ kind: 'busy', busy: false });
    return open;
  };
  afterEach(async () => {
    assert.deepEqual(await open.faults(), [], 'the policy holds and no script fails');
    await open.page.close();
  });
  const focused = (): Promise<string> =>
    open.page.evaluate(
      `(document.activeElement?.dataset?.stop ?? document.activeElement?.dataset?.of ?? document.activeElement?.localName)`,
    );

  it('shows a report: the verdict, what was not analysed, the findings by rule', async () => {
    const { page, said } = await begin({}, small);
    assert.deepEqual(await said(), [{ kind: 'ready' }]);
    assert.equal(
      await page.getByRole('heading', { level: 1 }).textContent(),
      '7 findings in 1 document, 3 errors, 1 not fully analysed',
    );
    assert.equal(await page.getByRole('main', { name: /^7 findings/ }).count(), 1);
    const headings = page.getByRole('heading', { level: 2 });
    assert.deepEqual(await headings.allTextContents(), [
      'Not analysedNo rule has judged this1reason',
      'ErrorDo what api/auth-defined asks.3findings',
      'WarningDo what api/pagination asks.2findings',
      'InfoDo what api/operation-summary asks.1finding',
      'HintDo what sql/comment asks.1finding',
    ]);
    assert.equal(await page.getByRole('button', { expanded: true }).count(), 5);
    assert.deepEqual(await page.locator('.row').nth(2).locator('span').allTextContents(), [
      'Finding 2 of api/auth-defined',
      'api/spec-0.yaml:8',
    ]);
  });

  it('says what a person chose, by its index', async () => {
    const { page, said } = await begin({}, small);
    const report = small.madeAt;
    await page.getByText('Finding 2 of api/pagination').click();
    await page.getByText('OpenAPI 2.0 is not judged yet').click();
    await page.getByText('sql/comment', { exact: true }).click();
    await page.getByText('Check Again').click();
    assert.deepEqual((await said()).slice(1), [
      { kind: 'finding', report, group: 1, finding: 1 },
      { kind: 'gap', report, gap: 0 },
      { kind: 'rule', report, group: 3 },
      { kind: 'check' },
    ]);
    await open.tell({ kind: 'busy', busy: true });
    assert.equal(await page.locator('main').getAttribute('aria-busy'), 'true');
    await page.getByText('Check Again').click();
    assert.equal((await said()).length, 5, 'one check at a time');
    await open.tell({ kind: 'report', report: { ...small, madeAt: report + 1 } });
    assert.match((await page.getByRole('status').textContent()) ?? '', /^Checked again: 7 findings/);
  });

  it('paints at most 200 rows, and says how many it does not', async () => {
    const { page } = await begin(
      {},
      reportOf([
        ['error', 'api/auth-defined', 4_500],
        ['warning', 'api/pagination', 500],
      ]),
    );
    assert.match((await page.locator('h1').textContent()) ?? '', /^5,000 findings in 450 documents, 4,500 errors$/);
    const rows = page.locator('.row');
    assert.equal(await rows.count(), 200);
    const more = page.getByText('Show 200 more (4,300 are not shown)');
    await more.click();
    assert.equal(await rows.count(), 400);
    assert.equal(await focused(), 'error api/auth-defined file:///shop/api/spec-20.yaml api/auth-defined 200');
    const second = page.getByRole('button', { name: /pagination asks/ });
    assert.equal(await second.getAttribute('aria-expanded'), 'false');
    await second.click();
    assert.equal(await rows.count(), 600);
  });

  it('shows hostile text as text', async () => {
    for (const text of evil) {
      const groups = small.groups.map((group) => ({
        ...group,
        rule: text,
        says: text,
        page: text,
        findings: group.findings.map((finding) => ({ ...finding, message: text, fingerprint: text })),
      }));
      const files = [{ uri: text, path: text }];
      const report = { ...small, files, groups, notAnalysed: [{ file: 0, reason: text, partly: true }] };
      const { page, faults } = await begin({}, report);
      assert.equal(await page.locator('.row .text').nth(1).textContent(), text);
      assert.equal(await page.locator('.row .place').nth(0).textContent(), text);
      assert.equal(await page.locator('.link').first().textContent(), text);
      assert.equal(await page.locator('main :is(img, script, iframe, a, textarea)').count(), 0);
      assert.equal(await page.evaluate('window.hacked'), undefined);
      assert.deepEqual(await faults(), []);
      if (text !== evil.at(-1)) await page.close();
    }
  });

  it('shows 512 hostile messages as they are', async () => {
    const around = ['', '<b>', '</script>', '-->', '"', "' x='", '&lt;', ']]>', '</style>', '`'];
    const all = around.flatMap((before) => around.flatMap((behind) => evil.map((text) => before + text + behind)));
    const { page, tell } = await begin();
    for (let from = 0; from < 512; from += 200) {
      const messages = all.slice(from, Math.min(from + 200, 512));
      const findings = messages.map((message, index) => ({
        file: 0,
        range: { start: { line: index, character: 0 }, end: { line: index, character: 0 } },
        message,
        fingerprint: message,
      }));
      const group = { rule: 'api/x', severity: 'error', says: 'Say it.', page: 'file:///x.md', findings } as const;
      await tell({ kind: 'report', report: { ...small, madeAt: from, groups: [group], notAnalysed: [] } });
      assert.deepEqual(await page.locator('.row .text').allTextContents(), messages);
      assert.equal(await page.locator('main :is(img, script, iframe, a, textarea, b, style)').count(), 0);
    }
    assert.equal(await page.evaluate('window.hacked'), undefined);
  });

  it('writes out what would not be seen, and cuts what is endless', async () => {
    const messages = ['abc\u202edef\u0007', 'one\r\ntwo', 'x'.repeat(100_000)];
    const findings = messages.map((message, index) => ({
      file: 0,
      range: { start: { line: index, character: 0 }, end: { line: index, character: 1 } },
      message,
      fingerprint: message,
    }));
    const group = { rule: 'api/x', severity: 'error', says: 'Say it.', page: 'file:///x.md', findings } as const;
    const { page } = await begin({}, { ...small, groups: [group], notAnalysed: [] });
    const texts = await page.locator('.row .text').allTextContents();
    assert.deepEqual(texts.slice(0, 2), ['abc\\u202edef\\u0007', 'one two']);
    assert.match(texts[2] ?? '', /^x{2000}… \(98000 more characters\)$/);
  });

  it('drops messages that are not of its kind', async () => {
    const { page } = await begin({}, small);
    const before = await page.locator('main').innerHTML();
    const [group] = small.groups;
    for (const message of [
      null,
      'report',
      {},
      { kind: 'report' },
      { kind: 'report', report: { ...small, files: [] } },
      { kind: 'report', report: { ...small, groups: [{ ...group, severity: 'fatal' }] } },
      { kind: 'report', report: { ...small, groups: [{ ...group, findings: [{ message: 'x' }] }] } },
      { kind: 'report', report: { ...small, notAnalysed: [{ file: 'x', reason: 1 }] } },
      { kind: 'notice', text: { toString: 1 } },
      { kind: 'busy', busy: 'yes' },
    ])
      await open.tell(message);
    assert.equal(await page.locator('main').innerHTML(), before);
  });

  it('is one Tab stop that arrows walk through', async () => {
    const { page, said } = await begin({}, small);
    const press = async (key: string): Promise<string> => {
      await page.keyboard.press(key);
      return focused();
    };
    assert.equal(await focused(), 'gaps', 'the page begins in its list');
    assert.equal(await press('Shift+Tab'), 'vscode-button');
    assert.equal(await press('Tab'), 'gaps');
    assert.equal(await press('Tab'), 'body', 'the group without a page has no link, and the list is over');
    await press('Shift+Tab');
    assert.match(await press('ArrowDown'), /^gaps file/);
    assert.equal(await press('ArrowDown'), 'error api/auth-defined');
    await press('Tab');
    assert.equal(await page.evaluate('document.activeElement.className'), 'link');
    await press('Enter');
    await press('Shift+Tab');
    assert.equal(await press('ArrowRight'), 'error api/auth-defined file:///shop/api/spec-0.yaml api/auth-defined 0');
    await press('ArrowDown');
    await press('Enter');
    assert.deepEqual((await said()).slice(1), [
      { kind: 'rule', report: small.madeAt, group: 0 },
      { kind: 'finding', report: small.madeAt, group: 0, finding: 1 },
    ]);
    assert.match(await press('Control+ArrowDown'), /auth-defined 1$/, 'modified keys belong to the editor');
    assert.equal(await press('ArrowLeft'), 'error api/auth-defined');
    await press('ArrowLeft');
    assert.equal(await page.getByRole('button', { expanded: false }).count(), 1);
    assert.equal(await press('ArrowDown'), 'warning api/pagination');
    assert.match(await press('End'), /^hint sql\/comment file/);
    assert.match(await press('ArrowDown'), /^hint sql\/comment file/);
    assert.equal(await press('Home'), 'gaps');
  });

  it('keeps focus and place when another report comes', async () => {
    const sketch = [
      ['error', 'api/auth-defined', 80],
      ['warning', 'api/pagination', 80],
    ] as const;
    const first = reportOf(sketch);
    const { page } = await begin({}, first);
    const row = page.getByText('Finding 40 of api/pagination');
    await row.click();
    const key = await focused();
    const top = (await row.boundingBox())?.y ?? 0;
    // Findings above go, one moves, and another group comes before it.
    const [errors, warnings] = first.groups;
    assert.ok(errors && warnings);
    const moved = warnings.findings.map((one, index) =>
      index === 39 ? { ...one, range: { start: { line: 900, character: 0 }, end: { line: 900, character: 1 } } } : one,
    );
    const extra = reportOf([['error', 'api/another', 9]]).groups;
    const next = {
      ...first,
      madeAt: first.madeAt + 1,
      groups: [...extra, { ...errors, findings: errors.findings.slice(7) }, { ...warnings, findings: moved }],
    };
    await open.tell({ kind: 'report', report: next });
    assert.equal(await focused(), key);
    assert.equal(await row.locator('..').locator('.place').textContent(), 'api/spec-3.yaml:901');
    await until(
      'the row where it was',
      async () => Math.abs(((await row.boundingBox())?.y ?? 0) - top),
      (distance) => distance < 3,
    );
    // The finding itself goes: what stands in its place has the focus.
    const gone = { ...warnings, findings: moved.filter((_, index) => index !== 39) };
    await open.tell({ kind: 'report', report: { ...next, madeAt: next.madeAt + 1, groups: [...extra, gone] } });
    assert.equal(await page.evaluate('document.activeElement === document.body'), false);
    assert.equal(await row.count(), 0);
    // The place is kept in the frame after a scroll.
    const scroll = await until(
      'the place to be kept',
      () =>
        page.evaluate<number[]>(`[window.scrollY, JSON.parse(sessionStorage.getItem('state') ?? '{}').scroll ?? -1]`),
      ([now, kept]) => now === kept,
    ).then(([now = 0]) => now);
    const before = await focused();
    await page.reload();
    await open.dress('dark2026');
    await open.tell({ kind: 'report', report: { ...next, madeAt: next.madeAt + 1, groups: [...extra, gone] } });
    assert.ok(scroll > 0);
    await until(
      'the place in the page, which is made anew when its tab is shown again',
      async () => Math.abs((await page.evaluate<number>('window.scrollY')) - scroll),
      // Less than half a row: the head may be laid out anew by a few pixels.
      (distance) => distance < 20,
    );
    await page.evaluate(`window.dispatchEvent(new Event('focus'))`);
    assert.equal(await focused(), before);
  });

  it('never loses the focus in 200 steps', async () => {
    const { page } = await begin({}, small);
    await page.locator('.row').first().focus();
    let seed = 7;
    const random = (below: number): number => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    const keys = ['ArrowUp', 'ArrowDown', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'Enter', 'Space'];
    for (let step = 0; step < 200; step++) {
      if (step % 10 === 9) {
        const groups = small.groups.flatMap((group) => {
          const findings = group.findings.filter(() => random(3) > 0);
          return findings.length > 0 ? [{ ...group, findings }] : [];
        });
        const report = { ...small, madeAt: small.madeAt + step, groups };
        await open.tell({ kind: 'report', report });
      } else await page.keyboard.press(keys[random(keys.length)] ?? 'Home');
      assert.notEqual(await focused(), 'body', `step ${step}`);
    }
  });

  it('has a face for nothing', async () => {
    const { page, tell } = await begin({}, { ...small, documents: 0, files: [], groups: [], notAnalysed: [] });
    assert.equal(await page.locator('h1').textContent(), 'Nothing to check');
    assert.match((await page.locator('.empty').textContent()) ?? '', /^No API document and no migration was found/);
    await tell({ kind: 'report', report: { ...small, groups: [], notAnalysed: [] } });
    assert.equal(await page.locator('h1').textContent(), 'No findings in 1 document');
    await tell({ kind: 'report', report: { ...small, groups: [] } });
    assert.equal(await page.locator('h1').textContent(), 'No findings in 1 document, 1 not fully analysed');
    assert.equal(await page.locator('.empty').textContent(), 'No rule found anything in what was analysed.');
    await tell({ kind: 'notice', text: 'The workspace was not checked to the end.' });
    assert.equal(await page.getByRole('status').textContent(), 'The workspace was not checked to the end.');
    await page.close();
    await begin();
    assert.equal(await open.page.locator('h1').textContent(), 'Not checked');
    assert.ok(await open.page.getByText('Check Again').isVisible());
  });

  for (const theme of themeNames) {
    it(`is readable in ${theme}`, async () => {
      const { page } = await begin(
        { theme },
        reportOf(
          [...sketchOf(small), ['warning', 'api/many', 300]],
          small.notAnalysed.length > 0 ? { notAnalysed: small.notAnalysed } : {},
        ),
      );
      await page.getByRole('button', { name: /many asks/ }).click();
      const measured = await page.evaluate<{ name: string; ratio: number; least: number }[]>(contrasts);
      assert.ok(measured.length > 12, JSON.stringify(measured));
      for (const { name, ratio, least } of measured) assert.ok(ratio >= least, `${name}: ${ratio.toFixed(2)}`);
      await page.evaluate('window.scrollTo(0, 0)');
      await page.locator('.row').nth(1).focus();
      await page.keyboard.press('ArrowDown');
      await page.screenshot({ path: `.cache/screenshots/report-${theme}.png` });
      assert.equal(await page.evaluate('document.getAnimations().length'), 0);
    });
  }

  it('fits beside a document, and into 205 pixels', async () => {
    const { page } = await begin({ width: 440 }, small);
    for (const width of [440, 205]) {
      await page.setViewportSize({ width, height: 700 });
      assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width);
      const cut = await page.evaluate<string[]>(
        `[...document.querySelectorAll('main *:not(.unseen)')].filter((one) => one.getBoundingClientRect().right > ${width}).map((one) => one.className)`,
      );
      assert.deepEqual(cut, []);
      await page.screenshot({ path: `.cache/screenshots/report-${width}.png`, fullPage: true });
    }
    const low = await page.evaluate<string[]>(
      `[...document.querySelectorAll('button')].filter((one) => one.getBoundingClientRect().height < 24).map((one) => one.className)`,
    );
    assert.deepEqual(low, []);
  });
});

function sketchOf(report: CheckReport): [CheckReport['groups'][number]['severity'], string, number][] {
  return report.groups.map(({ severity, rule, findings }) => [severity, rule, findings.length]);
}

/** Text, because it runs in the page: contrast of icons (3:1) and words (4.5:1) with what is really behind them. */
const contrasts = `(() => {
  const parse = (text) => { const [r, g, b, a = 1] = text.match(/[\\d.]+/g).map(Number); return { r, g, b, a }; };
  const over = (top, under) => ({ r: top.r * top.a + under.r * (1 - top.a), g: top.g * top.a + under.g * (1 - top.a), b: top.b * top.a + under.b * (1 - top.a), a: 1 });
  const behind = (element) => {
    if (!element) return { r: 255, g: 255, b: 255, a: 1 };
    const own = parse(getComputedStyle(element).backgroundColor);
    return own.a === 1 ? own : over(own, behind(element.parentElement ?? element.getRootNode().host));
  };
  const light = ({ r, g, b }) => { const [x, y, z] = [r, g, b].map((c) => c / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)); return 0.2126 * x + 0.7152 * y + 0.0722 * z; };
  const found = [];
  const measure = (selector, least) => {
    const element = document.querySelector(selector);
    if (!element) { found.push({ name: selector, ratio: 0, least }); return; }
    const under = behind(element);
    const [a, b] = [light(over(parse(getComputedStyle(element).color), under)), light(under)].sort((x, y) => y - x);
    found.push({ name: selector, ratio: (a + 0.05) / (b + 0.05), least });
  };
  for (const name of ['error', 'warning', 'info', 'hint', 'gap', 'chevron']) measure('.icon.' + name, 3);
  for (const name of ['h1', '.made', '.state', '.says', '.badge', '.link', '.text', '.place', 'section > vscode-button', '.bar vscode-button']) measure(name, 4.5);
  return found;
})()`;
