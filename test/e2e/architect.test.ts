import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { temporaryFolder } from '../harness/lifetime.ts';
import { fails, type MessagesApi, says, stalls, startMessagesApi } from '../harness/messages-api.ts';
import { answer, pick, runCommand, screenshot, statusItem, texts, until, visibleText } from '../harness/verbs.ts';
import { hostVersions } from '../harness/vscode-host.ts';
import { openWorkbench } from '../harness/workbench.ts';
import { journey, pictures, root, serverProcesses, watchNotifications } from './session.ts';
import { untilInPalette } from './sights.ts';

/** It must be found nowhere. */
const canary = 'sk-ant-canary-7f3a9c41d2e8b605';
const proposal =
  'Do this first.\n\n```sql\nALTER TABEL customers ADD COLUMN note text;\n```\n\nThen look at API_Spec.yaml:7.';

/** An extension in the same extension host that writes down every connection over a network that is opened there. */
function writeTrap(folder: string, log: string): void {
  mkdirSync(folder);
  const manifest = {
    name: 'trap',
    publisher: 'test',
    version: '1.0.0',
    engines: { vscode: '^1.100.0' },
    main: './trap.cjs',
    activationEvents: ['*'],
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(
    join(folder, 'trap.cjs'),
    `const net = require('node:net');
    const { appendFileSync } = require('node:fs');
    const connect = net.Socket.prototype.connect;
    net.Socket.prototype.connect = function (...args) {
      const [first] = Array.isArray(args[0]) ? args[0] : args;
      const port = typeof first === 'object' ? first.port : first;
      if (port !== undefined) appendFileSync(${JSON.stringify(log)}, String(first.host ?? '') + ':' + port + '\\n');
      return connect.apply(this, args);
    };
    exports.activate = () => appendFileSync(${JSON.stringify(log)}, 'set\\n');`,
  );
  writeFileSync(log, '');
}

/** The addresses that a process is connected to over TCP, as the kernel writes them. */
function connectionsOf(pid: number): string[] {
  const own = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
      } catch {
        return [];
      }
    }),
  );
  return ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/net/${table}`, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((cells) => own.has(cells[9] ?? ''))
      .map((cells) => cells[2] ?? ''),
  );
}

/** The files below a folder that hold a text, and how many were looked at. */
function filesWith(folder: string, text: string): { readonly holding: string[]; readonly looked: number } {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const holding = entries.map(({ parentPath, name }) => join(parentPath, name)).filter((file) => holds(file, text));
  return { holding, looked: entries.length };
}

function holds(file: string, text: string): boolean {
  try {
    const bytes = readFileSync(file);
    return bytes.includes(text) || bytes.includes(Buffer.from(text, 'utf16le'));
  } catch {
    // It went away meanwhile.
    return false;
  }
}

/** The processes on this machine whose environment or command line holds a text. */
function processesWith(text: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => [`/proc/${pid}/environ`, `/proc/${pid}/cmdline`])
    .filter((file) => holds(file, text));
}

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

describe('Ask the Architect', function () {
  this.timeout(180_000);
  let api: MessagesApi;
  beforeEach(async () => {
    api = await startMessagesApi();
  });
  afterEach(() => api.close());

  for (const version of hostVersions) {
    it(`from no key to an answer, through failures, and back; the key is nowhere (VS Code ${version})`, async () => {
      const temporary = temporaryFolder('architect');
      const folder = join(temporary.path, 'shop');
      const trap = join(temporary.path, 'trap');
      const log = join(temporary.path, 'connections.txt');
      cpSync(join(root, 'test/sample'), folder, { recursive: true });
      writeTrap(trap, log);
      const { page, serverFolder, close } = await openWorkbench({
        version,
        folder,
        extensions: [process.env['BACKEND_ARCHITECT_VSIX'] ?? root, trap],
        machineSettings: { 'backendArchitect.architect.baseUrl': api.url },
        settings: { 'editor.wordWrap': 'on', 'editor.lineNumbers': 'off' },
      });
      const command = (title: string): Promise<void> => runCommand(page, `Backend Architect: ${title}`);
      const ask = async (question: string): Promise<void> => {
        await command('Ask the Architect…');
        await untilHeading(page, /^Ask the Architect$/);
        await page.locator('.quick-input-widget input[placeholder^="For example"]').waitFor();
        await answer(page, question);
        await page
          .locator('.quick-input-list .monaco-list-row', { hasText: 'This would send your question' })
          .waitFor();
      };
      const trapped = (): string[] => readFileSync(log, 'utf8').trim().split('\n');
      try {
        page.setDefaultTimeout(20_000);
        await page.evaluate(watchNotifications);
        await until('the trap', trapped, (lines) => lines.includes('set'));

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
        const asked = filesWith(serverFolder, 'What is wrong in API_Spec.yaml?');
        assert.deepEqual(asked.holding, [], 'questions are kept nowhere');
      } catch (error) {
        await screenshot(page, join(pictures, 'failed', `architect-${version}.png`)).catch(() => undefined);
        throw error;
      } finally {
        await close();
        temporary.remove();
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
