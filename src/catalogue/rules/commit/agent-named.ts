import { planTrailers } from '../../../core/commit/compose.ts';
import { rule } from '../../../core/rule.ts';

const wanted = [
  { key: 'Agent', value: 'backend-architect' },
  { key: 'Domain', value: 'engineering' },
];

export default rule({
  id: 'commit/agent-named',
  dialect: 'commit',
  severity: 'warning',
  evidences: [],
  concerns: ['review/patterns'],
  requirements: ['R001-116', 'R001-117'],
  equivalents: ['commitlint:trailer-exists'],
  yieldsTo: ['commit/trailers-last', 'commit/blank-after-header'],
  says: 'Name agent and domain in the trailers.',
  why: 'Whoever takes the work over finds by these two which role made a change and whom to ask.',
  bad: [
    `feat(orders): add carts
^^^^^^^^^^^^^^^^^^^^^^^ warning: Nobody can tell which role made this change: the trailers Agent and Domain are missing
`,
    `feat(orders): add carts
^^^^^^^^^^^^^^^^^^^^^^^ warning: Nobody can tell which role made this change: the trailer Domain is missing

They hold prices.

Agent: backend-architect
# On branch carts
`,
  ],
  good: ['feat(orders): add carts\n\nAgent: qa-engineer\nDomain: engineering\n', "Merge branch 'carts'\n", '\n'],
  fixed: [
    'feat(orders): add carts\n\nAgent: backend-architect\nDomain: engineering\n',
    'feat(orders): add carts\n\nThey hold prices.\n\nAgent: backend-architect\nDomain: engineering\n# On branch carts\n',
  ],
  *visit({ kind, header, block }) {
    if (kind !== 'ordinary' || !header) return;
    const there = new Set(block.trailers.map(({ key }) => key.toLowerCase()));
    const missing = wanted.filter(({ key }) => !there.has(key.toLowerCase()));
    if (missing.length === 0) return;
    const names = missing.map(({ key }) => key).join(' and ');
    yield {
      at: { start: header.at.start, end: header.at.start + header.text.trimEnd().length },
      symbol: 'trailers',
      message: `Nobody can tell which role made this change: the trailer${missing.length > 1 ? 's' : ''} ${names} ${missing.length > 1 ? 'are' : 'is'} missing`,
      fix: {
        kind: 'safe',
        title: `Add ${names}`,
        edits: (editor) => planTrailers(editor.text, missing).edits,
      },
    };
  },
});
