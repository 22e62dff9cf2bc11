import assert from 'node:assert/strict';
import { applyQuickFix, goTo, openFile, showProblems, squiggles } from '../harness/verbs.ts';
import { journey, specification } from './session.ts';
import {
  fixesAt,
  hoverSaying,
  marked,
  problem,
  typeBelow,
  untilMarked,
  untilNoProblem,
  untilProblem,
} from './sights.ts';

const plainHttp = 'Tokens can be read on the way to api.shop.example: the server speaks plain http';
const anyone = 'Anyone can call DELETE /customers/{customerId}: no security is required';

describe('an OpenAPI document in the editor', () => {
  journey('is marked at the right words, told in Problems and explained in the hover', {}, async ({ page }) => {
    await openFile(page, specification);
    await untilMarked(page, 'error', ['7: http://api.shop.example/v1']);
    await untilMarked(page, 'info', ['2: info']);
    assert.equal((await marked(page, 'warning'))[0], '20: get');
    const hover = await hoverSaying(page, squiggles(page), 'Rule page: api/server-https');
    for (const words of [
      plainHttp,
      'Why Over plain http everyone on the way reads and changes what is sent',
      'Checklist Review › No sensitive data leaks, Plan › API contract defined',
      'Fix Use https',
      'Rule page: api/server-https',
    ])
      assert.ok(hover.includes(words), `${words}\nis not in:\n${hover}`);
    await goTo(page, 100, 1);
    await untilMarked(page, 'error', ['100: delete']);
    await showProblems(page);
    await untilProblem(page, problem(plainHttp, 'api/server-https', 7, 10));
    await untilProblem(page, problem(anyone, 'api/auth-defined', 100, 5));
  });

  journey(
    'offers the repair and the three disables; the repair changes one line, undo takes it back',
    {},
    async (session) => {
      const { page, read, save } = session;
      const before = await read(specification);
      await showProblems(page);
      await openFile(page, specification);
      await untilMarked(page, 'error', ['7: http://api.shop.example/v1']);
      assert.deepEqual(await fixesAt(page, 7, 12), [
        'Use https',
        'Create task from finding…',
        'Disable api/server-https for this line…',
        'Disable api/server-https in this file…',
        'Disable api/server-https in this workspace…',
      ]);
      await applyQuickFix(page, 'Use https');
      await untilMarked(page, 'error', []);
      await untilNoProblem(page, 'api/server-https');
      assert.equal(await save(specification), before.replace('http://api.shop', 'https://api.shop'));
      await page.keyboard.press('Control+Z');
      await untilMarked(page, 'error', ['7: http://api.shop.example/v1']);
      await untilProblem(page, problem(plainHttp, 'api/server-https', 7, 10));
      assert.equal(await save(specification), before);
    },
  );

  journey('takes a repair that adds lines elsewhere, and undo takes all of it back', {}, async (session) => {
    const { page, read, save } = session;
    const before = await read(specification);
    await showProblems(page);
    await openFile(page, specification);
    await untilProblem(page, problem(anyone, 'api/auth-defined', 100, 5));
    const titles = await fixesAt(page, 100, 7);
    assert.equal(titles[0], 'Require bearerAuth wherever nothing else is said');
    await applyQuickFix(page, 'Require bearerAuth wherever nothing else is said');
    await untilNoProblem(page, 'api/auth-defined');
    assert.equal(
      await save(specification),
      before.replace('tags:\n  - name', 'security:\n  - bearerAuth: []\ntags:\n  - name'),
    );
    await page.keyboard.press('Control+Z');
    await untilProblem(page, problem(anyone, 'api/auth-defined', 100, 5));
    assert.equal(await save(specification), before);
  });

  journey('is judged while it is typed', {}, async ({ page, read, save }) => {
    const before = await read(specification);
    const reviews = 'Anyone can call GET /reviews: no security is required';
    await showProblems(page);
    await openFile(page, specification);
    await untilProblem(page, problem(anyone, 'api/auth-defined', 100, 5));
    await typeBelow(page, 18, [
      '  /reviews:',
      '    get:',
      '      operationId: listReviews',
      '      responses:',
      '        default:',
      '          description: All',
    ]);
    await untilProblem(page, problem(reviews, 'api/auth-defined', 20, 5));
    await goTo(page, 7, 1);
    await untilMarked(page, 'error', ['7: http://api.shop.example/v1', '20: get']);
    await typeBelow(page, 21, ['      security:', '        - bearerAuth: []']);
    await untilNoProblem(page, 'GET /reviews: no security');
    await goTo(page, 7, 1);
    await untilMarked(page, 'error', ['7: http://api.shop.example/v1']);
    const typed = `paths:
  /reviews:
    get:
      operationId: listReviews
      security:
        - bearerAuth: []
      responses:
        default:
          description: All
`;
    assert.equal(await save(specification), before.replace('paths:\n', typed));
  });
});
