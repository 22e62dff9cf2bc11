import { texts } from '../../../core/handoff/facts.ts';
import { entryOf } from '../../../core/openapi/tree.ts';
import { rule } from '../../../core/rule.ts';
import { checklistItems } from '../../checklists/all.ts';
import { aboutTheFile, openItemOf } from '../../handoff.ts';

const gate = checklistItems.filter(({ id, phase }) => phase === 'handoff' && !aboutTheFile.has(id));

export default rule({
  id: 'handoff/open-items-named',
  dialect: 'handoff',
  severity: 'warning',
  evidences: ['handoff/record-created'],
  requirements: ['R001-067'],
  yieldsTo: ['handoff/syntax', 'handoff/known-item'],
  says: 'Say in `checks` how every line of the Hand off checklist stands, the same as in `open_questions`.',
  why: 'The next role takes a line that is not mentioned for done. What is open has to be read where it is looked for.',
  bad: [
    `{
  "checks": [
  ^^^^^^^^ warning: The next role takes 8 lines of the Hand off checklist for done: \`checks\` does not name handoff/api-documented, handoff/code-reviewed, handoff/migrations-tested and 5 more
    { "item": "handoff/tests-pass", "status": "measured" }
                                              ^^^^^^^^^^ warning: handoff/tests-pass is an open question and \`measured\` here: one of the two is wrong
  ],
  "open_questions": ["handoff/tests-pass: Not shown yet"]
}
`,
  ],
  good: [
    `{ "open_questions": ["handoff/tests-pass: Not shown yet", "Who pays?"] }`,
    `{
  "checks": [
    { "item": "handoff/tests-pass", "status": "open" },
    { "item": "handoff/api-documented", "status": "measured" },
    { "item": "handoff/code-reviewed", "status": "attested" },
    { "item": "handoff/migrations-tested", "status": "measured" },
    { "item": "handoff/performance-tested", "status": "waived" },
    { "item": "handoff/errors-tested", "status": "measured" },
    { "item": "handoff/auth-verified", "status": "measured" },
    { "item": "handoff/rate-limits-tested", "status": "not-applicable" },
    { "item": "handoff/monitoring", "status": "failed" }
  ],
  "open_questions": ["handoff/tests-pass: Not shown yet", "handoff/monitoring: No health endpoint"]
}
`,
  ],
  *visit({ root, checks, problems }) {
    const entry = problems.length === 0 ? entryOf(root, 'checks') : undefined;
    if (!entry) return;
    const named = new Set(checks.map(({ item }) => item.text));
    const missing = gate.filter(({ id }) => !named.has(id)).map(({ id }) => id);
    if (missing.length > 0) {
      const some = missing.slice(0, 3);
      const rest = missing.length > some.length ? ` and ${missing.length - some.length} more` : '';
      const lines = missing.length === 1 ? '1 line' : `${missing.length} lines`;
      const message = `The next role takes ${lines} of the Hand off checklist for done: \`checks\` does not name ${some.join(', ')}${rest}`;
      yield { at: entry.key, message, symbol: '/checks' };
    }
    const open = new Set(texts(root, 'open_questions').flatMap(({ text }) => openItemOf(text) ?? []));
    for (const { item, status, pointer } of checks) {
      if (!status || !open.has(item.text) || status.text === 'open' || status.text === 'failed') continue;
      const message = `${item.text} is an open question and \`${status.text.slice(0, 20)}\` here: one of the two is wrong`;
      yield { at: status.at, message, symbol: `${pointer}/status` };
    }
  },
});
