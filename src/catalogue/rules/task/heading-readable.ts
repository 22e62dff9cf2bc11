import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'task/heading-readable',
  dialect: 'task',
  severity: 'error',
  evidences: [],
  concerns: ['plan/success-criteria'],
  requirements: ['R003-056'],
  says: 'Begin a task with `### BE-010 | Backend | High | @backend-specialist`.',
  why: 'A task whose first line cannot be read is on no board: nobody sees it, its number looks free, and what stands below it is taken for prose.',
  bad: [
    `### BE-10 Backend | High | @backend-specialist
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: This task is on no board: its heading cannot be read. Write \`### BE-010 | Backend | High | @backend-specialist\`
- **Title**: Sign in
`,
    `###BE-011 | Backend | High | @backend-specialist
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: This task is on no board: its heading cannot be read. Write \`### BE-011 | Backend | High | @backend-specialist\`
`,
    `### BE-XXX | Backend | [Priority] | @backend-specialist
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: This task is on no board: it has no number. Give it one, for example \`BE-010\`
`,
    `### BE-010: Sign in
^^^^^^^^^^^^^^^^^^^ error: This task is on no board: its heading cannot be read. Write \`### BE-010 | Backend | <priority> | @<who>\`
`,
  ],
  good: [
    `## BE-010+ Authentication

\`\`\`markdown
### BE-XXX | Backend | [Priority] | @backend-specialist
\`\`\`

### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: cancelled
- **Description**: Tokens live for an hour.
`,
  ],
  fixed: [
    `### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
`,
    `### BE-011 | Backend | High | @backend-specialist
`,
    `### BE-XXX | Backend | [Priority] | @backend-specialist
`,
    `### BE-010: Sign in
`,
  ],
  *visit({ broken }) {
    for (const { span, id, repaired } of broken) {
      const what =
        id === undefined
          ? 'it has no number. Give it one, for example `BE-010`'
          : `its heading cannot be read. Write \`${repaired ?? `### ${id} | Backend | <priority> | @<who>`}\``;
      yield {
        at: span,
        symbol: id ?? 'BE-XXX',
        message: `This task is on no board: ${what}`,
        ...(repaired === undefined
          ? {}
          : {
              fix: {
                kind: 'safe' as const,
                title: `Write ${repaired}`,
                *edits(editor) {
                  yield editor.replace(span, repaired);
                },
              },
            }),
      };
    }
  },
});
