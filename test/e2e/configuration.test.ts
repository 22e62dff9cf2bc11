import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { answer, applyQuickFix, openFile, showProblems, texts, until } from '../harness/verbs.ts';
import { journey, specification } from './session.ts';
import { fixesAt, problem, questionBox, typeBelow, untilMarked, untilNoProblem, untilProblem } from './sights.ts';

const configuration = 'backend-architect.yaml';
const plainHttp = problem(
  'Tokens can be read on the way to api.shop.example: the server speaks plain http',
  'api/server-https',
  7,
  10,
);

describe('what is switched off', () => {
  journey('for a line stands above it with the reason that was asked for', {}, async ({ page, read, save }) => {
    const before = await read(specification);
    await showProblems(page);
    await openFile(page, specification);
    await untilProblem(page, plainHttp);
    await fixesAt(page, 7, 12);
    await applyQuickFix(page, 'Disable api/server-https for this line…');
    await questionBox(page).getByText('Disable api/server-https for this line').waitFor();
    await page.keyboard.press('Enter');
    await questionBox(page).getByText('A disable needs a reason.').waitFor();
    await answer(page, 'Only inside the cluster');
    await untilNoProblem(page, 'api/server-https');
    await untilMarked(page, 'error', []);
    const comment = '  # backend-architect-disable-next-line api/server-https: Only inside the cluster\n';
    assert.equal(await save(specification), before.replace('  - url: http:', `${comment}  - url: http:`));
    await page.keyboard.press('Control+Z');
    await untilProblem(page, plainHttp);
    assert.equal(await save(specification), before);
  });

  journey('for the line writes nothing when the question is left', {}, async ({ page, read, save }) => {
    const before = await read(specification);
    await openFile(page, specification);
    await untilMarked(page, 'error', ['7: http://api.shop.example/v1']);
    await fixesAt(page, 7, 12);
    await applyQuickFix(page, 'Disable api/server-https for this line…');
    await questionBox(page).getByText('Disable api/server-https for this line').waitFor();
    await page.keyboard.press('Escape');
    await questionBox(page).waitFor({ state: 'hidden' });
    assert.equal(await save(specification), before);
  });

  journey(
    'in backend-architect.yaml is off as soon as it is typed there, and the file is completed',
    { files: { [configuration]: 'rules:\n  api/rate-limit-429: off' } },
    async ({ page, save }) => {
      await openFile(page, specification);
      await showProblems(page);
      await untilProblem(page, plainHttp);
      await untilNoProblem(page, 'api/rate-limit-429');
      await openFile(page, configuration);
      await typeBelow(page, 2, ['  api/server-https: off']);
      await untilNoProblem(page, 'api/server-https');
      await typeBelow(page, 3, ['  api/auth-def']);
      await page.keyboard.press('Control+Space');
      const offered = page.locator('.suggest-widget.visible .monaco-list-row');
      await offered.filter({ hasText: 'api/auth-defined' }).waitFor();
      assert.ok((await texts(offered)).every((label) => label.includes('/')));
      await page.keyboard.press('Enter');
      await page.locator('.suggest-widget.visible').waitFor({ state: 'detached' });
      const text = await save(configuration);
      assert.match(text, /^rules:\n {2}api\/rate-limit-429: off\n {2}api\/server-https: off\n {2}api\/auth-defined:/);
    },
  );

  const without = { prepare: (folder: string) => rmSync(join(folder, configuration)) };
  journey('in the whole workspace is written into backend-architect.yaml', without, async ({ page, read }) => {
    const before = await read(specification);
    await openFile(page, specification);
    await showProblems(page);
    await untilProblem(page, plainHttp);
    await openFile(page, specification);
    await fixesAt(page, 7, 12);
    await applyQuickFix(page, 'Disable api/server-https in this workspace…');
    await questionBox(page).getByText('Disable api/server-https in the whole workspace').waitFor();
    await answer(page, 'Only inside the cluster');
    await untilNoProblem(page, 'api/server-https');
    assert.equal(await read(specification), before);
    await until(
      'the configuration that nobody has open to be saved',
      () => read(configuration).catch(() => ''),
      (text) => text === 'rules:\n  api/server-https: off # Only inside the cluster\n',
    );
  });
});
