import { rule } from '../../../core/rule.ts';
import { insertField } from '../../../core/task/edit.ts';
import { fieldOf, priorityOf, valueOf } from '../../../core/task/facts.ts';
import { type FieldName, fieldLabels } from '../../../core/task/words.ts';

export default rule({
  id: 'task/fields-present',
  dialect: 'task',
  severity: 'warning',
  evidences: [],
  concerns: ['plan/success-criteria'],
  requirements: ['R003-057', 'R003-058', 'R003-063'],
  says: 'Give every task a title, a description and a priority, and in the heading form a status.',
  why: 'Whoever takes the task next reads nothing but these lines. Without a status it is in no column of the board and nobody knows whether it may be begun.',
  bad: [
    `### BE-010 | Backend | High | @backend-specialist
    ^^^^^^ warning: BE-010 has no status
- **Title**: Sign in
- **Description**: Tokens live for an hour.
`,
    `Task: BE-020 | Backend
      ^^^^^^ warning: BE-020 has no priority and no description
Title: Orders
Description:
`,
  ],
  good: [
    `Task: BE-010 | Backend | High | @backend-specialist
Title: Sign in
Description: Tokens live for an hour.
Acceptance Criteria:
- [ ] A wrong password answers 401
`,
  ],
  fixed: [
    `### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: pending
- **Description**: Tokens live for an hour.
`,
    `Task: BE-020 | Backend
Title: Orders
Description:
`,
  ],
  *visit(facts) {
    for (const task of facts.tasks) {
      const isThere = (name: FieldName): boolean =>
        valueOf(task, name) !== undefined ||
        // A description may stand on the lines below.
        (name === 'description' && longer(facts.text, fieldOf(task, name)));
      const names: FieldName[] =
        task.form === 'heading' ? ['title', 'status', 'description'] : ['title', 'description'];
      const missing = names.filter((name) => !isThere(name)).map((name) => fieldLabels[name].toLowerCase());
      if (priorityOf(task) === undefined) missing.unshift('priority');
      if (missing.length === 0) continue;
      const noStatus = missing.includes('status') && fieldOf(task, 'status') === undefined;
      yield {
        at: task.id.span,
        symbol: task.id.text,
        message: `${task.id.text} has no ${missing.join(' and no ')}`,
        ...(noStatus
          ? {
              fix: {
                kind: 'safe' as const,
                title: 'Add the status pending',
                *edits() {
                  yield insertField(facts, task, 'status', 'pending');
                },
              },
            }
          : {}),
      };
    }
  },
});

function longer(text: string, field: ReturnType<typeof fieldOf>): boolean {
  return field !== undefined && text.slice(field.line.end, field.block.end).trim() !== '';
}
