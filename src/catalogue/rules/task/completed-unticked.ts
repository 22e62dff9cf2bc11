import { rule } from '../../../core/rule.ts';
import { statusEdit } from '../../../core/task/edit.ts';
import { valueOf } from '../../../core/task/facts.ts';
import { statusOf } from '../../../core/task/words.ts';

export default rule({
  id: 'task/completed-unticked',
  dialect: 'task',
  severity: 'error',
  evidences: ['plan/success-criteria'],
  requirements: ['R003-064', 'R003-087'],
  says: 'Complete a task only when all its criteria are ticked.',
  why: 'A task that is called completed while criteria are open sets free what waits for it: others build on work that nobody has shown to be done.',
  bad: [
    `### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: completed
              ^^^^^^^^^ error: BE-010 is called completed, yet 1 of its 2 criteria is open: "Tests are written and pass"
- **Description**: Tokens live for an hour.
- **Acceptance Criteria**:
  - [x] A wrong password answers 401
  - [ ] Tests are written and pass
`,
  ],
  good: [
    `### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: completed
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
  - [ ] Tests are written and pass
`,
  ],
  *visit(facts) {
    for (const task of facts.tasks) {
      const value = valueOf(task, 'status');
      const open = task.criteria.filter(({ done }) => !done);
      const [first] = open;
      if (!value || statusOf(value.text) !== 'completed' || !first) continue;
      const are = open.length === 1 ? 'is' : 'are';
      yield {
        at: value.span,
        symbol: task.id.text,
        message: `${task.id.text} is called completed, yet ${open.length} of its ${task.criteria.length} criteria ${are} open: "${first.text.text}"`,
        related: open.map(({ line }) => ({ at: line, message: 'Open' })),
        fix: {
          kind: 'refactoring',
          title: `Move ${task.id.text} back to review`,
          *edits() {
            yield statusEdit(facts, task, 'review');
          },
        },
      };
    }
  },
});
