import { nearest } from '../../../core/nearest.ts';
import { rule } from '../../../core/rule.ts';
import { checklistItems } from '../../checklists/all.ts';

const ids = checklistItems.map(({ id }) => id);
const known = new Set(ids);

export default rule({
  id: 'handoff/known-item',
  dialect: 'handoff',
  severity: 'warning',
  evidences: ['handoff/record-created'],
  requirements: ['R001-067'],
  yieldsTo: ['handoff/syntax'],
  says: 'Let every entry of `checks` speak of a line that a checklist has.',
  why: 'A check under a name that no checklist knows counts for none of its lines, however well it was done.',
  bad: [
    `{ "checks": [{ "item": "handoff/test-pass", "status": "measured" }] }
                       ^^^^^^^^^^^^^^^^^^^ warning: This check counts for nothing: no checklist has \`handoff/test-pass\`. Did you mean \`handoff/tests-pass\`?
`,
    `{ "checks": [{ "item": "somewhere/else-entirely", "status": "open" }] }
                       ^^^^^^^^^^^^^^^^^^^^^^^^^ warning: This check counts for nothing: no checklist has \`somewhere/else-entirely\`.
`,
  ],
  good: [`{ "checks": [{ "item": "handoff/tests-pass", "status": "measured" }] }`],
  fixed: [`{ "checks": [{ "item": "handoff/tests-pass", "status": "measured" }] }\n`],
  *visit({ checks, problems }) {
    if (problems.length > 0) return;
    for (const { item, pointer } of checks) {
      if (known.has(item.text)) continue;
      const near = nearest(item.text, ids);
      const hint = near === undefined ? '' : ` Did you mean \`${near}\`?`;
      const message = `This check counts for nothing: no checklist has \`${item.text.slice(0, 60)}\`.${hint}`;
      const about = { at: item.at, message, symbol: `${pointer}/item` };
      if (near === undefined) yield about;
      else
        yield {
          ...about,
          fix: {
            kind: 'safe',
            title: `Change to ${near}`,
            *edits(editor) {
              yield editor.replace(item.at, JSON.stringify(near));
            },
          },
        };
    }
  },
});
