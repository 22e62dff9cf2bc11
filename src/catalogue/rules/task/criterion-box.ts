import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'task/criterion-box',
  dialect: 'task',
  severity: 'warning',
  evidences: [],
  concerns: ['plan/success-criteria'],
  requirements: ['R003-064'],
  says: 'Begin every acceptance criterion with `- [ ]`.',
  why: 'What has no box cannot be ticked and is not counted: the task looks further than it is.',
  bad: [
    `### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: pending
- **Description**: Tokens live for an hour.
- **Acceptance Criteria**:
  - [] A wrong password answers 401
       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: This criterion of BE-010 cannot be ticked: write \`- [ ]\` before it
  - Tests are written
    ^^^^^^^^^^^^^^^^^ warning: This criterion of BE-010 cannot be ticked: write \`- [ ]\` before it
  -[ ] Documented
       ^^^^^^^^^^ warning: This criterion of BE-010 cannot be ticked: write \`- [ ]\` before it
`,
  ],
  good: [
    `### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: pending
- **Description**: Tokens live for an hour.
- **Acceptance Criteria**:
  - [ ] A wrong password answers 401
    - also where the name is unknown
  1. [ ] Tests are written
`,
  ],
  fixed: [
    `### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: pending
- **Description**: Tokens live for an hour.
- **Acceptance Criteria**:
  - [ ] A wrong password answers 401
  - [ ] Tests are written
  - [ ] Documented
`,
  ],
  *visit({ tasks }) {
    for (const task of tasks) {
      for (const { text, box } of task.loose) {
        yield {
          at: text.span,
          symbol: task.id.text,
          cause: `${task.id.text} ${text.text}`,
          message: `This criterion of ${task.id.text} cannot be ticked: write \`- [ ]\` before it`,
          fix: {
            kind: 'safe',
            title: 'Write a box before it',
            *edits(editor) {
              yield editor.replace(box, ' [ ] ');
            },
          },
        };
      }
    }
  },
});
