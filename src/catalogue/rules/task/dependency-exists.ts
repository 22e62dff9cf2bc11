import { didYouMean, nearest } from '../../../core/nearest.ts';
import { rule } from '../../../core/rule.ts';
import { fieldOf, sameId } from '../../../core/task/facts.ts';

export default rule({
  id: 'task/dependency-exists',
  dialect: 'task',
  severity: 'error',
  evidences: ['plan/dependencies'],
  requirements: ['R003-061', 'R001-045'],
  says: 'Depend only on tasks that exist.',
  why: 'A task that waits for one that nobody has is never ready, or is begun although what it needs is missing. Ids of other kinds, such as ARCH-001, are looked for only where the file holds tasks of that kind.',
  bad: [
    `### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: cancelled
- **Dependencies**: ARCH-001, BE-0111
                              ^^^^^^^ error: BE-010 waits for ever: there is no task BE-0111. Did you mean \`BE-011\`?
- **Description**: Tokens live for an hour.

### BE-011 | Backend | High | @backend-specialist
- **Title**: Users
- **Status**: cancelled
- **Description**: The table.
`,
    `### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: cancelled
- **Dependencies**: the users table
                    ^^^^^^^^^^^^^^^ error: Nobody can tell what BE-010 waits for: this names no task. Write ids such as BE-010, or none
- **Description**: Tokens live for an hour.
`,
  ],
  good: [
    `### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: cancelled
- **Dependencies**: [ARCH-001], BE-11
- **Description**: Tokens live for an hour.

### BE-011 | Backend | High | @backend-specialist
- **Title**: Users
- **Status**: cancelled
- **Dependencies**: None
- **Description**: The table.
`,
  ],
  fixed: [
    `### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: cancelled
- **Dependencies**: ARCH-001, BE-011
- **Description**: Tokens live for an hour.

### BE-011 | Backend | High | @backend-specialist
- **Title**: Users
- **Status**: cancelled
- **Description**: The table.
`,
    `### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: cancelled
- **Dependencies**: the users table
- **Description**: Tokens live for an hour.
`,
  ],
  *visit({ tasks, broken }) {
    const ids = [...tasks.map(({ id }) => id.text), ...broken.flatMap(({ id }) => id ?? [])];
    const known = new Set(ids.map(sameId));
    const kinds = new Set(['BE', ...ids.map((id) => id.slice(0, id.indexOf('-')))]);
    for (const task of tasks) {
      const own = task.id.text;
      for (const { text, span } of task.dependencies) {
        if (known.has(sameId(text)) || !kinds.has(text.slice(0, text.indexOf('-')))) continue;
        const others = ids.filter((id) => id !== own && !task.dependencies.some((one) => one.text === id));
        const meant = nearest(text, others);
        yield {
          at: span,
          symbol: own,
          cause: `${own} ${text}`,
          message: `${own} waits for ever: there is no task ${text}.${didYouMean(text, others)}`.replace(/\.$/, ''),
          ...(meant === undefined
            ? {}
            : {
                fix: {
                  kind: 'refactoring' as const,
                  title: `Depend on ${meant}`,
                  *edits(editor) {
                    yield editor.replace(span, meant);
                  },
                },
              }),
        };
      }
      const value = fieldOf(task, 'dependencies')?.value;
      if (
        !value ||
        task.dependencies.length > 0 ||
        /^(?:|none|no|nil|n\/?a|-+|—|–|\[\]|\(none\))\.?$/i.test(value.text)
      ) {
        continue;
      }
      yield {
        at: value.span,
        symbol: own,
        cause: `${own} words`,
        message: `Nobody can tell what ${own} waits for: this names no task. Write ids such as BE-010, or none`,
      };
    }
  },
});
