import { rule } from '../../../core/rule.ts';
import { statusEdit } from '../../../core/task/edit.ts';
import { valueOf } from '../../../core/task/facts.ts';
import { statusOf } from '../../../core/task/words.ts';

export default rule({
  id: 'task/ticked-not-completed',
  dialect: 'task',
  severity: 'info',
  evidences: [],
  concerns: ['plan/success-criteria'],
  requirements: ['R003-058', 'R003-087'],
  says: 'Move a task on when all its criteria are ticked.',
  why: 'Tasks that wait for this one stay blocked although nothing is left to do, and nobody is asked to review it.',
  bad: [
    `### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: in-progress
              ^^^^^^^^^^^ info: All 2 criteria of BE-010 are ticked, yet it is in-progress: others wait for it in vain
- **Description**: Tokens live for an hour.
- **Acceptance Criteria**:
  - [x] A wrong password answers 401
  - [X] Tests are written and pass
`,
  ],
  good: [
    `### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: review
- **Description**: Tokens live for an hour.
- **Acceptance Criteria**:
  - [x] A wrong password answers 401
`,
  ],
  fixed: [
    `### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: review
- **Description**: Tokens live for an hour.
- **Acceptance Criteria**:
  - [x] A wrong password answers 401
  - [X] Tests are written and pass
`,
  ],
  *visit(facts) {
    for (const task of facts.tasks) {
      const value = valueOf(task, 'status');
      const status = statusOf(value?.text ?? '');
      if (!value || (status !== 'pending' && status !== 'in-progress') || task.criteria.length === 0) continue;
      if (task.loose.length > 0 || task.criteria.some(({ done }) => !done)) continue;
      yield {
        at: value.span,
        symbol: task.id.text,
        message: `All ${task.criteria.length} criteria of ${task.id.text} are ticked, yet it is ${status}: others wait for it in vain`,
        fix: {
          kind: 'refactoring',
          title: `Move ${task.id.text} to review`,
          *edits() {
            yield statusEdit(facts, task, 'review');
          },
        },
      };
    }
  },
});
