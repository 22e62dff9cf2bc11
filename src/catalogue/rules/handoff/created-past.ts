import { textOf } from '../../../core/handoff/facts.ts';
import { rule } from '../../../core/rule.ts';

/** Today is the reader's own day; somewhere on earth it is a day later. In milliseconds. */
const slack = 2 * 86_400_000;

export default rule({
  id: 'handoff/created-past',
  dialect: 'handoff',
  severity: 'warning',
  evidences: ['handoff/record-created'],
  requirements: ['R001-067'],
  yieldsTo: ['handoff/syntax', 'handoff/field-types'],
  says: 'Let `created_at` lie in the past.',
  why: 'A hand-off from the future goes before every later one, for programs that take the newest.',
  bad: [
    `{ "created_at": "2999-01-01T00:00:00Z" }
                ^^^^^^^^^^^^^^^^^^^^^^ warning: Later hand-offs count as older than this one: 2999-01-01 lies in the future
`,
  ],
  good: [`{ "created_at": "2026-11-20T09:30:00Z" }`, `{ "created_at": "soon" }`],
  *visit({ root, problems }, { today }) {
    const created = problems.length === 0 ? textOf(root, 'created_at') : undefined;
    const at = Date.parse(created?.text ?? '');
    if (!created || !/^\d{4}-/.test(created.text) || Number.isNaN(at) || at < Date.parse(today) + slack) return;
    const day = created.text.slice(0, 10);
    yield {
      at: created.at,
      message: `Later hand-offs count as older than this one: ${day} lies in the future`,
      symbol: '/created_at',
    };
  },
});
