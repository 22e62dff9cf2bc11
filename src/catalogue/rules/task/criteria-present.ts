import { rule } from '../../../core/rule.ts';
import { valueOf } from '../../../core/task/facts.ts';
import { statusOf } from '../../../core/task/words.ts';

export default rule({
  id: 'task/criteria-present',
  dialect: 'task',
  severity: 'warning',
  evidences: ['plan/success-criteria'],
  requirements: ['R001-046', 'R003-064'],
  says: 'Say by at least one acceptance criterion how anybody can tell that a task is done.',
  why: 'Without one, done is a matter of opinion: the reviewer asks for what nobody wrote down, or nobody asks at all.',
  bad: [
    `### BE-010 | Backend | High | @backend-specialist
    ^^^^^^ warning: Nobody can tell when BE-010 is done: it has no acceptance criteria
- **Title**: Sign in
- **Status**: pending
- **Description**: Tokens live for an hour.
`,
  ],
  good: [
    `### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: in-progress
- **Description**: Tokens live for an hour.
- **Acceptance Criteria**:
  - [x] A wrong password answers 401
  - [ ] Tests are written and pass
`,
    `### BE-011 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: completed
- **Description**: Tokens live for an hour.
`,
  ],
  *visit({ tasks }) {
    for (const task of tasks) {
      const status = statusOf(valueOf(task, 'status')?.text ?? '');
      if (task.criteria.length + task.loose.length > 0 || status === 'completed' || status === 'cancelled') continue;
      yield {
        at: task.id.span,
        symbol: task.id.text,
        message: `Nobody can tell when ${task.id.text} is done: it has no acceptance criteria`,
      };
    }
  },
});
