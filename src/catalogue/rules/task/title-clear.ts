import { rule } from '../../../core/rule.ts';
import { fieldOf } from '../../../core/task/facts.ts';

const longest = 100;

export default rule({
  id: 'task/title-clear',
  dialect: 'task',
  severity: 'warning',
  evidences: [],
  concerns: ['plan/success-criteria'],
  requirements: ['R003-057'],
  says: 'Write a title of one to 100 characters, and not the one of the template.',
  why: 'Boards, commits and hand-offs show the title alone. One that is cut off or says nothing sends everybody back to the file.',
  bad: [
    `### BE-010 | Backend | High | @backend-specialist
- **Title**: [Clear, specific title]
             ^^^^^^^^^^^^^^^^^^^^^^^ warning: Nobody can tell what BE-010 is about: its title is still the template's
- **Status**: cancelled
- **Description**: Tokens live for an hour.

### BE-011 | Backend | High | @backend-specialist
- **Title**: Implement the whole of sign-in, sign-out, registration, verification of addresses and forgotten passwords
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: The title of BE-011 is cut off on every board: it has 105 characters, up to 100 are shown
- **Status**: cancelled
- **Description**: Tokens live for an hour.
`,
  ],
  good: [
    `### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: cancelled
- **Description**: Tokens live for an hour.
`,
  ],
  *visit({ tasks }) {
    for (const task of tasks) {
      const title = fieldOf(task, 'title')?.value;
      if (!title?.text) continue;
      const { text, span } = title;
      const length = text.length;
      const about = { at: span, symbol: task.id.text };
      if (/^\[[^\]]*\]$/.test(text)) {
        yield {
          ...about,
          message: `Nobody can tell what ${task.id.text} is about: its title is still the template's`,
        };
      } else if (length > longest) {
        yield {
          ...about,
          message: `The title of ${task.id.text} is cut off on every board: it has ${length} characters, up to ${longest} are shown`,
        };
      }
    }
  },
});
