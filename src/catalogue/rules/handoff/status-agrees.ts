import { taskStatuses } from '../../../core/handoff/task-status.ts';
import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'handoff/status-agrees',
  dialect: 'handoff',
  severity: 'warning',
  evidences: ['handoff/record-created'],
  requirements: ['R001-067'],
  yieldsTo: ['handoff/syntax', 'handoff/task-exists'],
  says: 'Give every task the status that the task file says.',
  why: 'Two places that disagree about what is done make somebody do it twice, or not at all.',
  bad: [
    {
      'backend_handoff.json': `{ "tasks": [{ "id": "BE-001", "status": "completed" }] }
                                        ^^^^^^^^^^^ warning: BE-001 is not completed: task.md says \`in-progress\`
`,
      'task.md': '### BE-001 | Backend | High | @backend-specialist\n- **Status**: in-progress\n',
    },
  ],
  good: [
    {
      'backend_handoff.json': `{ "tasks": [{ "id": "BE-001", "status": "In Progress" }, { "id": "BE-002", "status": "done" }] }\n`,
      'task.md':
        '### BE-001 | Backend | High | @backend-specialist\n- **Status**: in-progress\n\n### BE-002 | Backend | Low | @backend-specialist\n- **Title**: Nothing is said\n',
    },
  ],
  fixed: [
    {
      'backend_handoff.json': `{ "tasks": [{ "id": "BE-001", "status": "in-progress" }] }\n`,
      'task.md': '### BE-001 | Backend | High | @backend-specialist\n- **Status**: in-progress\n',
    },
  ],
  *visit({ tasks, problems }, { configuration: { tasksFile }, read }) {
    if (problems.length > 0 || tasks.length === 0) return;
    const known = taskStatuses(read(tasksFile) ?? '');
    for (const { id, status, pointer } of tasks) {
      const said = known.get(id.text);
      if (!status || said === undefined || said === '' || plain(said) === plain(status.text)) continue;
      yield {
        at: status.at,
        message: `${id.text} is not ${status.text.slice(0, 20)}: ${tasksFile} says \`${said.slice(0, 20)}\``,
        symbol: `${pointer}/status`,
        fix: {
          kind: 'safe',
          title: `Change to ${said.slice(0, 20)}`,
          *edits(editor) {
            yield editor.replace(status.at, JSON.stringify(said));
          },
        },
      };
    }
  },
});

function plain(status: string): string {
  return status.toLowerCase().replaceAll(/[\s_-]+/g, '-');
}
