import { didYouMean, nearest } from '../../../core/nearest.ts';
import { rule } from '../../../core/rule.ts';
import { valueOf } from '../../../core/task/facts.ts';
import { statusMeant, statusOf, taskStatuses } from '../../../core/task/words.ts';

export default rule({
  id: 'task/status-known',
  dialect: 'task',
  severity: 'warning',
  evidences: [],
  concerns: ['plan/success-criteria'],
  requirements: ['R003-058'],
  says: 'Use one of the statuses pending, in-progress, review, blocked, completed and cancelled.',
  why: 'A task with another word is in no column of the board, and tasks that wait for it wait for ever.',
  bad: [
    `### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: done
              ^^^^ warning: BE-010 is in no column: \`done\` is no status. Did you mean \`completed\`?
- **Description**: Tokens live for an hour.
`,
    `### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: reveiw
              ^^^^^^ warning: BE-010 is in no column: \`reveiw\` is no status. Did you mean \`review\`?
- **Description**: Tokens live for an hour.
- **Acceptance Criteria**:
  - [ ] A wrong password answers 401
`,
    `### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: halbwegs
              ^^^^^^^^ warning: BE-010 is in no column: \`halbwegs\` is no status. Use pending, in-progress, review, blocked, completed or cancelled
`,
  ],
  good: [
    `### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: Completed
- **Description**: Tokens live for an hour.
`,
  ],
  fixed: [
    `### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: completed
- **Description**: Tokens live for an hour.
`,
    `### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: review
- **Description**: Tokens live for an hour.
- **Acceptance Criteria**:
  - [ ] A wrong password answers 401
`,
    `### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: halbwegs
`,
  ],
  *visit({ tasks }) {
    for (const task of tasks) {
      const value = valueOf(task, 'status');
      if (!value || statusOf(value.text)) continue;
      const { text, span } = value;
      const meant = statusMeant(text) ?? nearest(text, taskStatuses);
      const hint =
        meant === undefined
          ? '. Use pending, in-progress, review, blocked, completed or cancelled'
          : `.${didYouMean(meant, [meant])}`;
      yield {
        at: span,
        symbol: task.id.text,
        message: `${task.id.text} is in no column: \`${text}\` is no status${hint}`,
        ...(meant === undefined
          ? {}
          : {
              fix: {
                kind: 'safe' as const,
                title: `Write ${meant}`,
                *edits(editor) {
                  yield editor.replace(span, meant);
                },
              },
            }),
      };
    }
  },
});
