import { isKnownTrailer } from '../../../core/commit/message.ts';
import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'commit/trailer-value',
  dialect: 'commit',
  severity: 'warning',
  evidences: [],
  concerns: ['review/patterns'],
  requirements: ['R001-118', 'R001-119', 'R001-120', 'R001-121'],
  equivalents: ['commitlint:footer-empty'],
  says: 'Leave out a trailer that has no value.',
  why: 'Git reads an empty trailer as one: lists show a feature, a story or a role without a name.',
  bad: [
    `feat(orders): add carts

Agent: backend-architect
Story:
^^^^^ warning: Lists will show a Story without a name: give it a value, or leave the line out
Domain: engineering
`,
  ],
  good: ['feat(orders): add carts\n\nStory: ABC-123\n'],
  fixed: ['feat(orders): add carts\n\nAgent: backend-architect\nDomain: engineering\n'],
  *visit({ kind, block, text }) {
    if (kind !== 'ordinary') return;
    for (const { key, keyAt, value, at } of block.trailers) {
      if (value !== '' || !isKnownTrailer(key)) continue;
      yield {
        at: keyAt,
        symbol: `trailer.${key.toLowerCase()}.${at.start}`,
        message: `Lists will show a ${key} without a name: give it a value, or leave the line out`,
        fix: {
          kind: 'safe',
          title: 'Leave the line out',
          edits: (editor) => {
            const newline = text.indexOf('\n', at.end);
            return [editor.replace({ start: at.start, end: newline < 0 ? text.length : newline + 1 }, '')];
          },
        },
      };
    }
  },
});
