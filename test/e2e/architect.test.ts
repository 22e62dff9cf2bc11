import assert from 'node:assert/strict';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { finding, reviewWith } from '../architect/review.ts';
import { temporaryFolder } from '../harness/lifetime.ts';
import { fails, type MessagesApi, says, stalls, startMessagesApi } from '../harness/messages-api.ts';
import { answer, pick, runCommand, screenshot, statusItem, texts, until, visibleText } from '../harness/verbs.ts';
import { hostVersions, type HostVersion } from '../harness/vscode-host.ts';
import { openWorkbench } from '../harness/workbench.ts';
import { journey, pictures, root, serverProcesses, watchNotifications } from './session.ts';
import { connectionsOf, filesWith, processesWith, writeTrap } from './secrecy.ts';
import { untilInPalette } from './sights.ts';

/** It must be found nowhere. */
const canary = 'sk-ant-canary-7f3a9c41d2e8b605';
const proposal =
  'Do this first.\n\n```sql\nALTER TABEL customers ADD COLUMN note text;\n```\n\nThen look at API_Spec.yaml:7.';

const heading = async (page: Page): Promise<string> =>
  (await texts(page.locator('.quick-input-widget .quick-input-title'))).join('');
const untilHeading = (page: Page, wanted: RegExp): Promise<string> =>
  until(
    `the title ${String(wanted)}`,
    () => heading(page),
    (title) => wanted.test(title),
  );
/** The text in view without the places where the editor breaks lines. */
const untilSaid = (page: Page, wanted: RegExp): Promise<string> =>
  until(
    `the text ${String(wanted)}`,
    async () => (await visibleText(page)).replaceAll(/\s+/g, ' '),
    (text) => wanted.test(text),
  );

async function open(version: HostVersion, api: MessagesApi, review?: object) {
  const temporary = temporaryFolder('architect');
  const folder = join(temporary.path, 'shop');
  const trap = join(temporary.path, 'trap');
  const log = join(temporary.path, 'connections.txt');
  cpSync(join(root, 'test/sample'), folder, { recursive: true });
  writeTrap(trap, log, review);
  const { page, serverFolder, close } = await openWorkbench({
    version,
    folder,
    extensions: [process.env['BACKEND_ARCHITECT_VSIX'] ?? root, trap],
    machineSettings: { 'backendArchitect.architect.baseUrl': api.url },
    settings: { 'editor.wordWrap': 'on', 'editor.lineNumbers': 'off' },
  });
  page.setDefaultTimeout(20_000);
  await page.evaluate(watchNotifications);
  const trapped = (): string[] => readFileSync(log, 'utf8').trim().split('\n');
  await until('the trap', trapped, (lines) => lines.includes('set'));
  await untilInPalette(page, ['Backend Architect: Ask the Architect…']);
  const command = (title: string): Promise<void> => runCommand(page, `Backend Architect: ${title}`);
  const question = async (text: string, from = 'Ask the Architect…'): Promise<void> => {
    await command(from);
    await page.locator('.quick-input-widget input[placeholder^="For example"]').waitFor();
    await answer(page, text);
  };
  const ask = async (text: string, from?: string): Promise<void> => {
    await question(text, from);
    await untilConsent(page);
  };
  const stop = async (): Promise<void> => {
    await close();
    temporary.remove();
  };
  return { page, folder, serverFolder, trapped, command, question, ask, close: stop };
}

/** What the person is asked, in one sentence. */
const consent = async (page: Page): Promise<string> =>
  `${await heading(page)} ${(await page.locator('.quick-input-widget input.input').first().getAttribute('placeholder')) ?? ''}`;
const untilConsent = (page: Page): Promise<string> =>
  until(
    'the consent',
    () => consent(page),
    (text) => text.startsWith('This would send to '),
  );

describe('Ask the Architect', function () {
  this.timeout(180_000);
  let api: MessagesApi;
  beforeEach(async () => {
    api = await startMessagesApi();
  });
  afterEach(() => api.close());

  for (const version of hostVersions) {
    it(`from no key to an answer, through failures, and back; the key is nowhere (VS Code ${version})`, async () => {
      const { page, folder, serverFolder, trapped, command, ask, close } = await open(version, api);
      try {
        await command('Ask the Architect…');
        await untilHeading(page, /^No key set\.$/);
        await pick(page, 'Set Anthropic Key…');
        await untilHeading(page, /^Set Anthropic Key$/);
        assert.equal(await page.locator('.quick-input-widget input.input').first().getAttribute('type'), 'password');
        await answer(page, `  ${canary} `);
        await untilHeading(page, /^The key is stored\.$/);
        await pick(page, 'Done');
        assert.deepEqual(trapped(), ['set'], 'a key that is stored is sent nowhere');

        await ask('What is wrong in API_Spec.yaml?');
        await pick(page, 'Show What Will Be Sent');
        await page.locator('.tab.active[data-resource-name="What Will Be Sent.json"]').waitFor();
        await untilSaid(page, /"model": "claude-sonnet-5-5"/);
        await screenshot(page, join(pictures, `architect-consent-${version}.png`));
        assert.deepEqual([api.connections(), trapped()], [0, ['set']], 'nothing is sent before consent');
        for (const pid of await serverProcesses()) assert.deepEqual(connectionsOf(pid), []);

        api.play(says(proposal, { chunk: 3 }));
        await pick(page, 'Send');
        await page.locator('.tab.active[data-resource-name="Answer.md"]').waitFor();
        await untilSaid(
          page,
          /Checked by our rules: The SQL above: 1 finding.*Line 1:.*\(sql\/syntax\).*1,234 tokens in, 56 out/,
        );
        await screenshot(page, join(pictures, `architect-answer-${version}.png`));
        const { port } = new URL(api.url);
        assert.ok(
          trapped()
            .slice(1)
            .every((line) => line.endsWith(`:${port}`)),
          trapped().join(),
        );
        assert.ok(trapped().length > 1, 'the trap sees what is sent');
        assert.match(api.asked()[0]?.body ?? '', /What is wrong in API_Spec\.yaml\?/);
        assert.equal(api.asked()[0]?.headers['authorization'], `Bearer ${canary}`);
        assert.ok(api.heard.every(({ body }) => !body.includes(canary)));

        api.play(stalls('It begins and'));
        await ask('And then?');
        await pick(page, 'Send');
        await untilSaid(page, /It begins and/);
        await statusItem(page, 'backendArchitect.answer').click();
        await api.left();
        await untilSaid(page, /It begins and.*Incomplete\. ?\*\* Cancelled/);
        await statusItem(page, 'backendArchitect.answer').waitFor({ state: 'hidden' });

        api.play(fails(401, 'authentication_error', 'invalid bearer token'));
        await ask('And now?');
        await pick(page, 'Send');
        await untilSaid(page, /does not accept the key \(401\).*Run Set Anthropic Key/);
        assert.deepEqual(processesWith(canary), []);
        assert.ok(processesWith(serverFolder).length > 0, 'what is there is found');

        await command('Remove Anthropic Key');
        await untilHeading(page, /^The Anthropic key was removed from this editor\.$/);
        await pick(page, 'Done');
        await command('Ask the Architect…');
        await untilHeading(page, /^No key set\.$/);
        await page.keyboard.press('Escape');

        await command('Show Output');
        await page.locator('.output-view').waitFor();
        assert.deepEqual(await page.evaluate('globalThis.shownNotifications'), []);
        assert.ok(!(await page.content()).includes(canary));
        // The secret storage of this editor lies in the browser, encrypted.
        assert.ok(!String(await page.evaluate('JSON.stringify({ ...localStorage })')).includes(canary));
        for (const place of [serverFolder, folder]) {
          const { holding, looked } = filesWith(place, canary);
          assert.deepEqual(holding, []);
          assert.ok(looked > 10, `${place} was looked through`);
        }
        assert.ok(filesWith(serverFolder, api.url).holding.length > 0, 'what is there is found');
        const asked = filesWith(serverFolder, 'What is wrong in API_Spec.yaml?');
        assert.deepEqual(asked.holding, [], 'questions are kept nowhere');
      } catch (error) {
        await screenshot(page, join(pictures, 'failed', `architect-${version}.png`)).catch(() => undefined);
        throw error;
      } finally {
        await close();
      }
    });
  }

  for (const version of hostVersions) {
    it(`asks what may go with a question, until it is told not to, and can be told to ask again (VS Code ${version})`, async () => {
      const findings = Array.from({ length: 12 }, (_, n) =>
        finding(`print${n}`, 'error', `Found ${n}: AKIAABCDEFGHIJKLMNOP`),
      );
      const { page, trapped, command, question, ask, close } = await open(version, api, reviewWith(findings));
      const asked = (count: number): Promise<unknown> =>
        until(
          `${count} requests`,
          () => api.asked().length,
          (now) => now === count,
        );
      try {
        await command('Set Anthropic Key…');
        await untilHeading(page, /^Set Anthropic Key$/);
        await answer(page, canary);
        await untilHeading(page, /^The key is stored\.$/);
        await pick(page, 'Check It Now');
        await untilHeading(page, /^The key works: 127\.0\.0\.1:\d+ accepts it\.$/);
        assert.deepEqual(
          api.heard.map(({ path, body }) => [path, body]),
          [['/v1/models?limit=1', '']],
        );
        const checked = trapped().length;
        await pick(page, 'Done');

        await ask('What first?', 'Show What Will Be Sent');
        await page.locator('.tab[data-resource-name="What Will Be Sent.json"]').waitFor();
        await pick(page, 'Cancel');
        await ask('What first?');
        assert.match(
          await consent(page),
          /^This would send to 127\.0\.0\.1:\d+: your question, 12 findings and the review \(about [\d,]+ tokens\)$/,
        );
        await page.getByText('Taken out: 12 × AWS key. Opens the exact request.').waitFor();
        await screenshot(page, join(pictures, `architect-review-consent-${version}.png`));
        assert.deepEqual([api.heard.length, trapped().length], [1, checked], 'nothing is sent before consent');
        await pick(page, 'Send, and Do Not Ask Again in This Workspace');
        await untilSaid(page, /your question, 12 findings and the review \(1,234 tokens\)\..*Hello\..*56 out/);
        assert.match(api.asked()[0]?.body ?? '', /print11/);
        assert.doesNotMatch(api.asked()[0]?.body ?? '', /AKIAABCDEF/);

        await question('And second?');
        await asked(2);
        assert.match(api.asked()[1]?.body ?? '', /And second\?/);
        await untilSaid(page, /And second\?.*Hello\..*This session, 2 questions: 2,468 tokens in, 112 out/);

        await command('Ask the Architect…');
        await page.locator('.quick-input-widget', { hasText: 'with it, without asking' }).waitFor();
        await page
          .locator('.quick-input-widget [aria-label="Stop Sending Findings and Review Without Asking"]')
          .click();
        await page.locator('.quick-input-widget', { hasText: 'Nothing is sent before you have seen' }).waitFor();
        await answer(page, 'And third?');
        await untilConsent(page);
        api.play(stalls('It begins'));
        await pick(page, 'Send the Question Alone');
        await asked(3);
        assert.doesNotMatch(api.asked()[2]?.body ?? '', /print\d|handoff\/auth-verified/);

        await untilSaid(page, /It begins/);
        await command('Ask the Architect…');
        await untilHeading(page, /^An answer is still coming\.$/);
        await pick(page, 'Cancel It and Ask');
        await api.left();
        await page.locator('.quick-input-widget input[placeholder^="For example"]').waitFor();
        await page.keyboard.press('Escape');
        assert.deepEqual(await page.evaluate('globalThis.shownNotifications'), []);
      } catch (error) {
        await screenshot(page, join(pictures, 'failed', `architect-consent-${version}.png`)).catch(() => undefined);
        throw error;
      } finally {
        await close();
      }
    });
  }

  journey('is off in a workspace that is not trusted, and says why', { untrusted: true }, async ({ page }) => {
    await untilInPalette(page, ['Backend Architect: Ask the Architect…']);
    await runCommand(page, 'Backend Architect: Ask the Architect…');
    await untilHeading(page, /^Restricted Mode: Ask the Architect is off, because this workspace is not trusted\.$/);
    await page.keyboard.press('Escape');
  });
});
