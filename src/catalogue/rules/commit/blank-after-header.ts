import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'commit/blank-after-header',
  dialect: 'commit',
  severity: 'error',
  evidences: [],
  concerns: ['review/patterns'],
  requirements: ['R001-115'],
  equivalents: ['commitlint:body-leading-blank'],
  says: 'Leave a line blank behind the first one.',
  why: 'Git takes everything up to the first blank line as the title: the body becomes a part of it, and trailers that follow at once are not read.',
  bad: [
    `feat(orders): add carts
Agent: backend-architect
^^^^^^^^^^^^^^^^^^^^^^^^ error: Git takes this line as a part of the title: leave a line blank before it
`,
  ],
  good: ['feat(orders): add carts\n\nThey hold prices.\n', 'feat(orders): add carts\n# On branch carts\n'],
  fixed: ['feat(orders): add carts\n\nAgent: backend-architect\n'],
  *visit({ kind, header, lines }) {
    if (kind !== 'ordinary' || !header) return;
    const at = lines.findIndex(({ start }) => start === header.at.start);
    const next = lines[at + 1];
    if (next?.kind !== 'text') return;
    yield {
      at: { start: next.start, end: next.end },
      symbol: 'body',
      message: 'Git takes this line as a part of the title: leave a line blank before it',
      fix: {
        kind: 'safe',
        title: 'Leave a line blank',
        edits: (editor) => [editor.insert(next.start, editor.lineBreak)],
      },
    };
  },
});
