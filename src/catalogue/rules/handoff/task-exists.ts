import { taskStatuses } from '../../../core/handoff/task-status.ts';
import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'handoff/task-exists',
  dialect: 'handoff',
  severity: 'error',
  evidences: ['handoff/record-created'],
  requirements: ['R001-067'],
  yieldsTo: ['handoff/syntax', 'handoff/field-types'],
  says: 'Name only tasks that the task file has.',
  why: 'Whoever looks the task up finds nothing, and what it asked for is lost.',
  bad: [
    {
      'backend_handoff.json': `{ "tasks": [{ "id": "BE-002", "status": "pending" }] }
                    ^^^^^^^^ error: Nobody can look up BE-002: task.md has no such task
`,
      'task.md': '### BE-001 | Backend | High | @backend-specialist\n- **Status**: pending\n',
    },
    {
      'backend_handoff.json': `{ "tasks": [{ "id": "BE-002" }] }
                    ^^^^^^^^ error: Nobody can look up BE-002: there is no task.md
`,
    },
  ],
  good: [
    {
      'backend_handoff.json': `{ "tasks": [{ "id": "BE-001", "status": "pending" }, { "id": "BE-010" }] }\n`,
      'task.md':
        '### BE-001 | Backend | High | @backend-specialist\n- **Status**: pending\n\nTask: BE-010 | Backend | High | @backend-specialist\n',
    },
  ],
  *visit({ tasks, problems }, { configuration: { tasksFile }, read }) {
    if (problems.length > 0 || tasks.length === 0) return;
    const text = read(tasksFile);
    const known = text === undefined ? undefined : taskStatuses(text);
    for (const { id, pointer } of tasks) {
      if (known?.has(id.text) === true || !/^BE-\d{3,}$/.test(id.text)) continue;
      const why = known ? `${tasksFile} has no such task` : `there is no ${tasksFile}`;
      yield { at: id.at, message: `Nobody can look up ${id.text.slice(0, 20)}: ${why}`, symbol: `${pointer}/id` };
    }
  },
});
