import { rule } from '../../../core/rule.ts';
import { dependencyCycles } from '../../../core/task/graph.ts';

export default rule({
  id: 'task/dependency-cycle',
  dialect: 'task',
  severity: 'error',
  evidences: ['plan/dependencies'],
  requirements: ['R003-061', 'R001-045'],
  says: 'Let no task wait for itself, directly or by way of others.',
  why: 'Tasks that wait for each other in a circle are never ready: work stops there until somebody notices.',
  bad: [
    `### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: cancelled
- **Dependencies**: BE-011
                    ^^^^^^ error: These tasks wait for each other, so none can begin: BE-010 → BE-011 → BE-012 → BE-010
- **Description**: Tokens live for an hour.

### BE-011 | Backend | High | @backend-specialist
- **Title**: Users
- **Status**: cancelled
- **Dependencies**: BE-012
- **Description**: The table.

### BE-012 | Backend | High | @backend-specialist
- **Title**: Roles
- **Status**: cancelled
- **Dependencies**: BE-010
- **Description**: The other table.
`,
    `### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: cancelled
- **Dependencies**: BE-10
                    ^^^^^ error: BE-010 waits for itself, so it can never begin
- **Description**: Tokens live for an hour.
`,
  ],
  good: [
    `### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: cancelled
- **Dependencies**: BE-011, BE-012
- **Description**: Tokens live for an hour.

### BE-011 | Backend | High | @backend-specialist
- **Title**: Users
- **Status**: cancelled
- **Dependencies**: BE-012
- **Description**: The table.

### BE-012 | Backend | High | @backend-specialist
- **Title**: Roles
- **Status**: cancelled
- **Description**: The other table.
`,
  ],
  *visit({ tasks }) {
    for (const { way, at } of dependencyCycles(tasks)) {
      const ids = way.map((task) => task.id.text);
      const [first = ''] = ids;
      yield {
        at: at.span,
        symbol: first,
        cause: [...ids].sort().join(' '),
        message:
          ids.length === 1
            ? `${first} waits for itself, so it can never begin`
            : `These tasks wait for each other, so none can begin: ${[...ids, first].join(' → ')}`,
        related: way.slice(1).map((task) => ({ at: task.id.span, message: 'On the way' })),
      };
    }
  },
});
