import { didYouMean, nearest } from '../../../core/nearest.ts';
import { rule } from '../../../core/rule.ts';
import { roleOf, roles } from '../../roles.ts';

export default rule({
  id: 'commit/handoff-to-known',
  dialect: 'commit',
  severity: 'warning',
  evidences: [],
  concerns: ['handoff/next-agent'],
  requirements: ['R001-121', 'R001-068'],
  says: 'Hand the work to a role that there is, by its short name.',
  why: 'The next agent looks for commits with its own name. Under another spelling it never sees that the work waits for it.',
  bad: [
    `feat(orders): add carts

Agent: backend-architect
Domain: engineering
Handoff-To: QA Engineer
            ^^^^^^^^^^^ warning: Nobody will take this over: commits name the role \`qa-engineer\`
`,
    `feat(orders): add carts

Handoff-To: frontend-develper
            ^^^^^^^^^^^^^^^^^ warning: Nobody will take this over: there is no role \`frontend-develper\`. Did you mean \`frontend-developer\`?
`,
    `feat(orders): add carts

Handoff-To: somebody
            ^^^^^^^^ warning: Nobody will take this over: there is no role \`somebody\`.
`,
  ],
  good: ['feat(orders): add carts\n\nHandoff-To: qa-engineer\n'],
  fixed: [
    'feat(orders): add carts\n\nAgent: backend-architect\nDomain: engineering\nHandoff-To: qa-engineer\n',
    'feat(orders): add carts\n\nHandoff-To: frontend-developer\n',
    'feat(orders): add carts\n\nHandoff-To: somebody\n',
  ],
  *visit({ kind, block }) {
    if (kind !== 'ordinary') return;
    const slugs = roles.map(({ slug }) => slug);
    for (const { key, value, valueAt } of block.trailers) {
      if (key.toLowerCase() !== 'handoff-to' || value === '' || slugs.includes(value)) continue;
      const role = roleOf(value)?.slug;
      const near = role ?? nearest(value, slugs);
      const message = role
        ? `Nobody will take this over: commits name the role \`${role}\``
        : `Nobody will take this over: there is no role \`${value.slice(0, 60)}\`.${didYouMean(value, slugs)}`;
      const problem = { at: valueAt, symbol: `trailer.${key.toLowerCase()}`, message };
      if (near === undefined) yield problem;
      else {
        yield {
          ...problem,
          fix: { kind: 'safe', title: `Write ${near}`, edits: (editor) => [editor.replace(valueAt, near)] },
        };
      }
    }
  },
});
