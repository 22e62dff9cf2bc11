import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  answer,
  openFile,
  pick,
  pickable,
  runCommand,
  statusText,
  texts,
  until,
  visibleText,
} from '../harness/verbs.ts';
import { journey } from './session.ts';
import { untilInPalette } from './sights.ts';

const file = 'backend_handoff.json';
/** One that the palette shows without scrolling: then all of them are known. */
const commands = ['Backend Architect: Check Hand-off'];

describe('hand-off', () => {
  journey(
    'Write Hand-off tells what is open, shows the file, and leaves saving to the person',
    {},
    async ({ page, folder, save }) => {
      await untilInPalette(page, commands);
      await runCommand(page, 'Backend Architect: Write Hand-off…');
      await until(
        'the open items',
        () => pickable(page),
        (rows) => rows.join().includes('Write With Open Items'),
      );
      const told = await page.locator('.quick-input-widget input').first().getAttribute('placeholder');
      const open = Number(/^(\d+) items are open\. The hand-off will list them\.$/.exec(told ?? '')?.[1]);
      assert.ok(open > 0, told ?? '');
      await pick(page, 'Show Items');
      await until(
        'the items by name',
        () => pickable(page),
        (rows) => rows.some((row) => /Not met|Not shown yet/.test(row)),
      );
      await pick(page, 'Back');
      await pick(page, 'Write With Open Items');
      await pick(page, 'QA Engineer');
      await until(
        'the question what to do',
        () => page.locator('.quick-input-message').textContent(),
        (text) => text?.includes('What does QA Engineer have to do?') === true,
      );
      const box = page.locator('.quick-input-widget input.input').first();
      await box.fill('Test POST /orders first.');
      await page.keyboard.press('Escape');
      await box.waitFor({ state: 'hidden' });
      // Left half done, it begins with what was answered.
      await runCommand(page, 'Backend Architect: Write Hand-off…');
      await pick(page, 'Write With Open Items');
      await until(
        'the role that was chosen before',
        () => pickable(page),
        (rows) => rows[0]?.startsWith('QA Engineer') === true,
      );
      await page.keyboard.press('Enter');
      await until(
        'what was typed before',
        () => box.inputValue(),
        (text) => text === 'Test POST /orders first.',
      );
      await page.keyboard.press('Enter');
      await until(
        'the last question',
        () => page.locator('.quick-input-message').textContent(),
        (text) => text?.includes('Is another question open?') === true,
      );
      await answer(page, 'Who pays for the mails?');

      await page.locator('.tab.active.dirty').waitFor();
      assert.equal(existsSync(join(folder, file)), false, 'nothing is written before the person saves');
      const text = await save(file);
      const value = JSON.parse(text) as {
        next_agent: string;
        instructions: string;
        open_questions: string[];
        checks: { item: string; status: string }[];
        database_migrations: string[];
      };
      assert.deepEqual(
        [value.next_agent, value.instructions, value.database_migrations.length],
        ['QA Engineer', 'Test POST /orders first.', 5],
      );
      assert.equal(value.open_questions.length, open + 1);
      assert.ok(value.open_questions.includes('Who pays for the mails?'));
      assert.equal(value.checks.find(({ item }) => item === 'handoff/tests-pass')?.status, 'open');
      await until(
        'the sentence that it is saved',
        () => statusText(page, 'status.extensionMessage'),
        (said) => said === `backend_handoff.json saved: 5 migrations, 7 operations, ${open} open items.`,
      );
    },
  );

  journey(
    'a hand-off that is there is changed in one step that undo takes back, and checked',
    {
      files: {
        [file]:
          '{\n  "api_spec": "docs/living/gone.yaml",\n  "next_agent": "Lead Engineer",\n  "instructions": "Orders first.",\n  "team": {"of": 3}\n}\n',
      },
    },
    async ({ page, read, save }) => {
      const before = await read(file);
      await untilInPalette(page, commands);
      await runCommand(page, 'Backend Architect: Check Hand-off');
      await page.locator(`.tab.active[data-resource-name="${file}"]`).waitFor();
      await until(
        'what is wrong with it',
        async () => (await texts(page.locator('.markers-panel .monaco-list-row'))).join('\n'),
        (rows) => rows.includes('The next role finds no docs/living/gone.yaml'),
      );
      await runCommand(page, 'Backend Architect: Write Hand-off…');
      await pick(page, 'Write With Open Items');
      // What the hand-off says already stands first: Enter takes it.
      await until(
        'the present role first',
        () => pickable(page),
        (rows) => rows[0]?.startsWith('Lead Engineer') === true,
      );
      await page.keyboard.press('Enter');
      for (const question of ['What does Lead Engineer have to do?', 'Is another question open?']) {
        await until(
          question,
          () => page.locator('.quick-input-message').textContent(),
          (text) => text?.includes(question) === true,
        );
        await page.keyboard.press('Enter');
      }
      await page.locator('.editor-group-container.active .monaco-diff-editor').waitFor();
      await until(
        'the new text',
        () => visibleText(page),
        (text) => text.length > 0,
      );
      assert.equal(await read(file), before, 'nothing is written before the person saves');
      // In the file's own tab: an editor of 1.100 stumbles over its own lines where a diff grows so much shorter.
      await openFile(page, file);
      await page.keyboard.press('Control+Z');
      await page.locator('.editor-group-container.active .tab.active:not(.dirty)').waitFor();
      assert.equal(await read(file), before);
      await page.keyboard.press('Control+Y');
      await page.locator('.editor-group-container.active .tab.active.dirty').waitFor();
      const text = await save(file);
      assert.ok(text.includes('"team": {"of": 3}'), 'what a person wrote stays as it was');
      const value = JSON.parse(text) as { api_spec: string; next_agent: string; open_questions: string[] };
      assert.deepEqual([value.api_spec, value.next_agent], ['docs/living/API_Spec.yaml', 'Lead Engineer']);
      assert.ok(value.open_questions.some((one) => one.startsWith('handoff/tests-pass: ')));
    },
  );

  journey(
    'where the editor saves by itself, the person is asked with the diff in view',
    { settings: { 'files.autoSave': 'afterDelay', 'files.autoSaveDelay': 100 } },
    async ({ page, folder, read }) => {
      await untilInPalette(page, commands);
      await runCommand(page, 'Backend Architect: Write Hand-off…');
      await pick(page, 'Write With Open Items');
      await pick(page, 'Lead Engineer');
      for (const question of ['What does Lead Engineer have to do?', 'Is another question open?']) {
        await until(
          question,
          () => page.locator('.quick-input-message').textContent(),
          (text) => text?.includes(question) === true,
        );
        await page.keyboard.press('Enter');
      }
      await page.locator('.editor-group-container.active .monaco-diff-editor').waitFor();
      await until(
        'the question',
        () => pickable(page),
        (rows) => rows.join().includes('Leave the File'),
      );
      assert.equal(existsSync(join(folder, file)), false, 'nothing is written before the person says so');
      await page.keyboard.press('Enter');
      await until(
        'the file',
        () => existsSync(join(folder, file)),
        (there) => there,
      );
      await until(
        'the sentence that it is saved',
        () => statusText(page, 'status.extensionMessage'),
        (said) => said.startsWith('backend_handoff.json saved: 5 migrations, '),
      );
      assert.equal((JSON.parse(await read(file)) as { next_agent: string }).next_agent, 'Lead Engineer');
    },
  );
});
