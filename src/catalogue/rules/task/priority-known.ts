import { didYouMean, nearest } from '../../../core/nearest.ts';
import { rule } from '../../../core/rule.ts';
import { priorityOf } from '../../../core/task/facts.ts';
import { taskPriorities } from '../../../core/task/words.ts';

const words: Readonly<Record<string, string>> = {
  p0: 'Critical',
  p1: 'High',
  p2: 'Medium',
  p3: 'Low',
  urgent: 'Critical',
  blocker: 'Critical',
  major: 'High',
  normal: 'Medium',
  minor: 'Low',
};

export default rule({
  id: 'task/priority-known',
  dialect: 'task',
  severity: 'warning',
  evidences: [],
  concerns: ['plan/success-criteria'],
  requirements: ['R003-056'],
  says: 'Give a task one of the priorities Critical, High, Medium and Low.',
  why: 'The order in which tasks are taken follows from it. A word of its own stands nowhere in that order.',
  bad: [
    `### BE-010 | Backend | Hihg | @backend-specialist
                       ^^^^ warning: BE-010 stands nowhere in the order: \`Hihg\` is no priority. Did you mean \`High\`?
- **Title**: Sign in
- **Status**: cancelled
- **Description**: Tokens live for an hour.
`,
    `### BE-011 | Backend | P2 | @backend-specialist
                       ^^ warning: BE-011 stands nowhere in the order: \`P2\` is no priority. Did you mean \`Medium\`?
- **Title**: Sign in
- **Status**: cancelled
- **Description**: Tokens live for an hour.
`,
    `### BE-012 | Backend | [Priority] | @backend-specialist
                       ^^^^^^^^^^ warning: BE-012 stands nowhere in the order: \`[Priority]\` is no priority. Use Critical, High, Medium or Low
- **Title**: Sign in
- **Status**: cancelled
- **Description**: Tokens live for an hour.
`,
  ],
  good: [
    `### BE-010 | Backend | critical | @backend-specialist
- **Title**: Sign in
- **Status**: cancelled
- **Description**: Tokens live for an hour.
`,
  ],
  fixed: [
    `### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: cancelled
- **Description**: Tokens live for an hour.
`,
    `### BE-011 | Backend | Medium | @backend-specialist
- **Title**: Sign in
- **Status**: cancelled
- **Description**: Tokens live for an hour.
`,
    `### BE-012 | Backend | [Priority] | @backend-specialist
- **Title**: Sign in
- **Status**: cancelled
- **Description**: Tokens live for an hour.
`,
  ],
  *visit({ tasks }) {
    for (const task of tasks) {
      const value = priorityOf(task);
      if (!value || taskPriorities.some((one) => one.toLowerCase() === value.text.toLowerCase())) continue;
      const { text, span } = value;
      const meant = words[text.toLowerCase()] ?? nearest(text, taskPriorities);
      const hint = meant === undefined ? '. Use Critical, High, Medium or Low' : `.${didYouMean(meant, [meant])}`;
      yield {
        at: span,
        symbol: task.id.text,
        message: `${task.id.text} stands nowhere in the order: \`${text}\` is no priority${hint}`,
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
