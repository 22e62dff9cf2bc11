import { rule } from '../../../core/rule.ts';
import { valueOf } from '../../../core/task/facts.ts';
import { taskEfforts } from '../../../core/task/words.ts';

const words: Readonly<Record<string, string>> = {
  small: 'S',
  medium: 'M',
  large: 'L',
  's-m': 'M',
  xs: 'S',
  xxl: 'XL',
  'extra large': 'XL',
  'x-large': 'XL',
};

export default rule({
  id: 'task/effort-known',
  dialect: 'task',
  severity: 'warning',
  evidences: [],
  concerns: ['plan/success-criteria'],
  requirements: ['R003-062'],
  says: 'Estimate the effort as S, M, L or XL.',
  why: 'Four sizes can be compared across tasks and people. Another scale cannot be added up with them.',
  bad: [
    `### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: cancelled
- **Estimated effort**: Large
                        ^^^^^ warning: The effort of BE-010 cannot be compared: \`Large\` is none of S, M, L and XL
- **Description**: Tokens live for an hour.
`,
    `### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: cancelled
- **Estimated effort**: 3 days
                        ^^^^^^ warning: The effort of BE-010 cannot be compared: \`3 days\` is none of S, M, L and XL
- **Description**: Tokens live for an hour.
`,
  ],
  good: [
    `### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: cancelled
- **Estimated effort**: xl
- **Description**: Tokens live for an hour.
`,
  ],
  fixed: [
    `### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: cancelled
- **Estimated effort**: L
- **Description**: Tokens live for an hour.
`,
    `### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: cancelled
- **Estimated effort**: 3 days
- **Description**: Tokens live for an hour.
`,
  ],
  *visit({ tasks }) {
    for (const task of tasks) {
      const value = valueOf(task, 'effort');
      if (!value || taskEfforts.includes(value.text.toUpperCase())) continue;
      const meant = words[value.text.toLowerCase()];
      yield {
        at: value.span,
        symbol: task.id.text,
        message: `The effort of ${task.id.text} cannot be compared: \`${value.text}\` is none of S, M, L and XL`,
        ...(meant === undefined
          ? {}
          : {
              fix: {
                kind: 'safe' as const,
                title: `Write ${meant}`,
                *edits(editor) {
                  yield editor.replace(value.span, meant);
                },
              },
            }),
      };
    }
  },
});
