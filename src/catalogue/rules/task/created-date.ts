import { rule } from '../../../core/rule.ts';
import { valueOf } from '../../../core/task/facts.ts';

export default rule({
  id: 'task/created-date',
  dialect: 'task',
  severity: 'info',
  evidences: [],
  concerns: ['plan/success-criteria'],
  requirements: ['R003-060'],
  says: 'Write the day a task was created as YYYY-MM-DD, with a time behind it if you like.',
  why: 'Only that order of year, month and day means the same to everybody and sorts by itself.',
  bad: [
    `### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: cancelled
- **Created**: 2026/11/20
               ^^^^^^^^^^ info: The age of BE-010 is unknown: \`2026/11/20\` is no day. Write it as YYYY-MM-DD
- **Description**: Tokens live for an hour.
`,
    `### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: cancelled
- **Created**: 2026-02-30
               ^^^^^^^^^^ info: The age of BE-010 is unknown: \`2026-02-30\` is no day. Write it as YYYY-MM-DD
- **Description**: Tokens live for an hour.
`,
    `### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: cancelled
- **Created**: 2126-11-20
               ^^^^^^^^^^ info: The age of BE-010 is unknown: \`2126-11-20\` is yet to come
- **Description**: Tokens live for an hour.
`,
  ],
  good: [
    `### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: cancelled
- **Created**: 2026-11-19T10:30:00Z
- **Description**: Tokens live for an hour.
`,
  ],
  fixed: [
    `### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: cancelled
- **Created**: 2026-11-20
- **Description**: Tokens live for an hour.
`,
    `### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: cancelled
- **Created**: 2026-02-30
- **Description**: Tokens live for an hour.
`,
    `### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: cancelled
- **Created**: 2126-11-20
- **Description**: Tokens live for an hour.
`,
  ],
  *visit({ tasks }, { today }) {
    for (const task of tasks) {
      const value = valueOf(task, 'created');
      if (!value) continue;
      const { text, span } = value;
      const day =
        /^(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?: ?(?:Z|UTC|[+-]\d{2}:?\d{2}))?)?$/.exec(
          text,
        )?.[1];
      const problem =
        day === undefined || !isDay(day)
          ? 'is no day. Write it as YYYY-MM-DD'
          : // Somewhere it is tomorrow already.
            day > dayAfter(today)
            ? 'is yet to come'
            : undefined;
      if (problem === undefined) continue;
      const turned = /^(\d{4})[/.](\d{2})[/.](\d{2})$/.exec(text)?.slice(1).join('-');
      yield {
        at: span,
        symbol: task.id.text,
        message: `The age of ${task.id.text} is unknown: \`${text}\` ${problem}`,
        ...(turned !== undefined && isDay(turned)
          ? {
              fix: {
                kind: 'safe' as const,
                title: `Write ${turned}`,
                *edits(editor) {
                  yield editor.replace(span, turned);
                },
              },
            }
          : {}),
      };
    }
  },
});

function isDay(day: string): boolean {
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
