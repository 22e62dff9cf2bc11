import assert from 'node:assert/strict';
import { checklistItems } from '../../../src/catalogue/checklists/all.ts';
import { rules } from '../../../src/catalogue/rules.generated.ts';
import { readTasks } from '../../../src/core/task/read.ts';
import { applyEdits } from '../../../src/core/text.ts';
import { dependencyOrder, taskBoard } from '../../../src/workflow/tasks/board.ts';
import { categoryGuess, draftFromFinding, draftFromItem } from '../../../src/workflow/tasks/draft.ts';
import { planMove, planTask, type TaskAsk } from '../../../src/workflow/tasks/plan.ts';

const task = (id: string, status: string, waits = 'none'): string =>
  `### ${id} | Backend | High | @x\n- **Title**: ${id}!\n- **Status**: ${status}\n- **Dependencies**: ${waits}\n`;
const ask: TaskAsk = {
  category: '010',
  title: 'Sign in',
  priority: 'High',
  effort: 'M',
  description: '',
  criteria: ['Tests pass'],
  notes: '',
  dependencies: [],
  created: '2026-11-20',
};

describe('the board of tasks', () => {
  it('knows what is ready and what waits for what', () => {
    const text = [
      task('BE-001', 'completed'),
      task('BE-010', 'pending', 'BE-1, ARCH-001'),
      task('BE-011', 'pending', 'BE-010, BE-020'),
      task('BE-012', 'in-progress'),
      task('BE-012', 'pending'),
      task('BE-013', 'halbwegs'),
      '### BE-14 Backend | Low\n',
      'Task: BE-015 | Backend | Low | @x\nTitle: plain\n',
    ].join('\n');
    const board = taskBoard(readTasks(text));
    assert.deepEqual(
      board.tasks.map(({ id, status, ready, blockedBy }) => [id, status, ready, blockedBy.join()]),
      [
        ['BE-001', 'completed', false, ''],
        ['BE-010', 'pending', true, ''],
        ['BE-011', 'pending', false, 'BE-010,BE-020'],
        ['BE-012', 'in-progress', false, ''],
        ['BE-015', 'pending', true, ''],
      ],
    );
    assert.equal(board.ready, 2);
    assert.deepEqual(
      board.repairs.map((one) => [one.text, one.why]),
      [
        ['BE-012 BE-012!', '"BE-012!" has the same number'],
        ['BE-013 BE-013!', '`halbwegs` is no status'],
        ['BE-014', 'Its heading cannot be read'],
      ],
    );
  });

  it('puts tasks behind those they depend on, and circles at the end', () => {
    const text = [
      task('BE-003', 'pending', 'BE-002'),
      task('BE-005', 'pending', 'BE-006'),
      task('BE-002', 'pending', 'BE-001, BE-001'),
      task('BE-006', 'pending', 'BE-005'),
      task('BE-001', 'pending'),
    ].join('\n');
    const order = dependencyOrder(taskBoard(readTasks(text)).tasks).map(({ id }) => id);
    assert.deepEqual(order, ['BE-001', 'BE-002', 'BE-003', 'BE-005', 'BE-006']);
  });
});

describe('plans for tasks', () => {
  it('begin a file, go on in an empty one, and always agree with their edit', () => {
    for (const text of [undefined, '', '\n\n', '\uFEFF', '# Ours\n', '# Ours', task('BE-010', 'pending')]) {
      const plan = planTask(text, ask);
      assert.ok('edit' in plan);
      assert.equal(applyEdits(text ?? '', [plan.edit]), plan.text);
      assert.ok(plan.text.startsWith(`### ${plan.id} |`, plan.caret));
      assert.ok(plan.text.startsWith(text ?? ''));
    }
  });

  it('write the category where the number lies outside its band', () => {
    const full = Array.from({ length: 10 }, (_, i) => task(`BE-0${10 + i}`, 'pending')).join('\n');
    const plan = planTask(full, ask);
    assert.ok('edit' in plan);
    assert.equal(plan.id, 'BE-100');
    assert.match(plan.text, /### BE-100 \| Backend\/auth \| High \| @backend-specialist\n/);
  });

  it('move a task by one word, and only where there is one such task', () => {
    const text = `${task('BE-010', 'pending')}\n${task('BE-011', 'pending')}\n${task('BE-011', 'pending')}`;
    const plan = planMove(text, 'BE-10', 'review');
    assert.ok('edit' in plan && plan.edit);
    assert.equal(applyEdits(text, [plan.edit]), text.replace('pending', 'review'));
    const same = planMove(text, 'BE-010', 'pending');
    assert.ok('edit' in same && same.edit === undefined);
    assert.deepEqual(planMove(text, 'BE-099', 'review'), { problem: 'There is no task BE-099 any more.' });
    const two = planMove(text, 'BE-011', 'review');
    assert.match('problem' in two ? two.problem : '', /^2 tasks are called BE-011/);
  });
});

describe('drafts of tasks', () => {
  it('fall into the category of what they are about', () => {
    const guessed = (id: string): string => categoryGuess(id).category.key;
    assert.deepEqual(
      ['api/auth-defined', 'sql/drop-column', 'sql/plain-password-column', 'api/pagination', 'api/error-format'].map(
        guessed,
      ),
      ['010', '001', '010', '040', '080'],
    );
    assert.deepEqual(
      ['api/input-string-limit', 'api/naming-path-case', 'build/auth-checked', 'plan/slas-defined'].map(guessed),
      ['030', '020', '010', '040'],
    );
  });

  it('say of every rule and every item what is to be done, and pass the rules themselves', () => {
    const range = { start: { line: 4, character: 2 }, end: { line: 4, character: 9 } };
    const about = {
      file: 'openapi.yaml',
      range,
      cause: 'x',
      related: [],
      status: 'new',
      certainty: 'predicted',
    } as const;
    const drafts = [
      ...rules.map((rule) =>
        draftFromFinding(
          {
            ...about,
            rule: rule.id,
            severity: rule.severity,
            message: `${rule.says} ${rule.why}`,
            fingerprint: '0123456789abcdef',
          },
          rule,
          [],
        ),
      ),
      ...checklistItems.map(draftFromItem),
    ];
    for (const draft of drafts) {
      const plan = planTask(undefined, { ...ask, ...draft, category: draft.category.key });
      assert.ok('edit' in plan);
      const [made] = readTasks(plan.text).tasks;
      assert.ok(made && made.criteria.length >= 2 && draft.title.length > 3 && draft.title.length <= 100);
      assert.equal(made.loose.length, 0);
    }
  });
});
