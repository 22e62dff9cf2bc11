import { rule } from '../../../core/rule.ts';
import { sameId, type Task, titleOf } from '../../../core/task/facts.ts';
import { categoryOf, nextId } from '../../../core/task/numbers.ts';
import { taskCategories } from '../../../core/task/words.ts';

export default rule({
  id: 'task/id-unique',
  dialect: 'task',
  severity: 'error',
  evidences: [],
  concerns: ['plan/success-criteria'],
  requirements: ['R003-056'],
  says: 'Give every task a number of its own.',
  why: 'Dependencies, commits and hand-offs name a task by its number. Where two have the same one, nobody can tell which is meant, and finishing one looks like finishing both.',
  bad: [
    `### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: cancelled
- **Description**: Tokens live for an hour.

### BE-010 | Backend | Low | @backend-specialist
    ^^^^^^ error: BE-010 is two tasks: this one and "Sign in". Nobody can tell which one is meant
- **Title**: Sign out
- **Status**: cancelled
- **Description**: Tokens are forgotten.
`,
    `### BE-10 | Backend | High | @backend-specialist
- **Status**: cancelled

### FE-001 | Frontend | Low | @frontend-specialist

### BE-010 | Backend | Low | @backend-specialist
    ^^^^^^ error: BE-010 is two tasks: this one and "BE-10". Nobody can tell which one is meant

### FE-001 | Frontend | Low | @frontend-specialist
    ^^^^^^ error: FE-001 is two tasks: this one and "FE-001". Nobody can tell which one is meant
`,
  ],
  good: [
    `### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: cancelled
- **Description**: Tokens live for an hour.

### FE-010 | Frontend | Low | @frontend-specialist
- **Title**: Sign in
- **Status**: cancelled
- **Description**: The form.
`,
  ],
  fixed: [
    `### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: cancelled
- **Description**: Tokens live for an hour.

### BE-011 | Backend | Low | @backend-specialist
- **Title**: Sign out
- **Status**: cancelled
- **Description**: Tokens are forgotten.
`,
    `### BE-10 | Backend | High | @backend-specialist
- **Status**: cancelled

### FE-001 | Frontend | Low | @frontend-specialist

### BE-011 | Backend | Low | @backend-specialist

### FE-001 | Frontend | Low | @frontend-specialist
`,
  ],
  *visit(facts) {
    const first = new Map<string, Task>();
    for (const task of facts.tasks) {
      const { text, span } = task.id;
      const earlier = first.get(sameId(text));
      if (!earlier) {
        first.set(sameId(text), task);
        continue;
      }
      const category = categoryOf(text, task.category?.text) ?? taskCategories[2];
      const free = text.startsWith('BE-') && category ? nextId(facts, category) : undefined;
      yield {
        at: span,
        symbol: text,
        cause: `${text} at ${titleOf(task)}`,
        message: `${text} is two tasks: this one and "${titleOf(earlier)}". Nobody can tell which one is meant`,
        related: [{ at: earlier.id.span, message: 'The first one' }],
        ...(free === undefined
          ? {}
          : {
              fix: {
                // Who depends on which of the two is for a person to say.
                kind: 'refactoring' as const,
                title: `Give this one the next free number, ${free}`,
                *edits(editor) {
                  yield editor.replace(span, free);
                },
              },
            }),
      };
    }
  },
});
