import assert from 'node:assert/strict';
import { applyQuickFix, openFile, showProblems, squiggles } from '../harness/verbs.ts';
import { journey } from './session.ts';
import { fixesAt, hoverSaying, problem, typeBelow, untilMarked, untilNoProblem, untilProblem } from './sights.ts';

const index = 'migrations/004_order_status_index.up.sql';

describe('a migration in the editor', () => {
  journey('is judged with the migrations before it, explained, repaired, and repaired no more', {}, async (session) => {
    const { page, read, save } = session;
    const waits = 'Writes to orders wait while this index is built: CREATE INDEX CONCURRENTLY lets them pass';
    const row = problem(waits, 'sql/index-not-concurrently', 1, 35);
    const before = await read(index);
    await showProblems(page);
    await openFile(page, index);
    await untilMarked(page, 'warning', ['1: orders']);
    await untilProblem(page, row);
    const hover = await hoverSaying(page, squiggles(page, 'warning'), 'Rule page: sql/index-not-concurrently');
    for (const words of [waits, 'Why ', 'Checklist ', 'Rule page: sql/index-not-concurrently'])
      assert.ok(hover.includes(words), `${words}\nis not in:\n${hover}`);
    const titles = await fixesAt(page, 1, 36);
    assert.deepEqual(titles.slice(-3), [
      'Disable sql/index-not-concurrently for this line…',
      'Disable sql/index-not-concurrently in this file…',
      'Disable sql/index-not-concurrently in this workspace…',
    ]);
    assert.equal(titles.length, 5, titles.join());
    assert.equal(titles[1], 'Create task from finding…');
    await applyQuickFix(page, titles[0] ?? '');
    await untilNoProblem(page, 'sql/index-not-concurrently');
    assert.equal(await save(index), before.replace('CREATE INDEX', 'CREATE INDEX CONCURRENTLY'));
    await page.keyboard.press('Control+Z');
    await untilProblem(page, row);
    assert.equal(await save(index), before);
  });

  journey('is judged while it is typed', {}, async ({ page, read, save }) => {
    const before = await read(index);
    const fails = problem(
      'This fails as soon as orders has rows: note is NOT NULL without a default',
      'sql/add-required-column',
      2,
      31,
    );
    await showProblems(page);
    await openFile(page, index);
    await untilMarked(page, 'warning', ['1: orders']);
    await typeBelow(page, 1, ['ALTER TABLE orders ADD COLUMN note text NOT NULL;']);
    await untilProblem(page, fails);
    await untilMarked(page, 'error', ['2: note']);
    for (const _ of ' NOT NULL;') await page.keyboard.press('Backspace');
    await page.keyboard.type(';');
    await untilNoProblem(page, 'sql/add-required-column');
    await untilMarked(page, 'error', []);
    assert.equal(await save(index), `${before.trimEnd()}\nALTER TABLE orders ADD COLUMN note text;\n`);
  });
});
