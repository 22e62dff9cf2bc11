import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'commit/description-full-stop',
  dialect: 'commit',
  severity: 'warning',
  evidences: [],
  concerns: ['review/patterns'],
  requirements: ['R001-115'],
  equivalents: ['commitlint:subject-full-stop'],
  says: 'End the first line without a full stop.',
  why: 'It is a title: lists put it into sentences and links of their own, and the line has 72 characters.',
  bad: [
    `feat(orders): add carts.
                       ^ warning: The first line is a title: leave the full stop out
`,
  ],
  good: [
    'feat(orders): add carts\n',
    'feat(orders): add carts, prices …\n',
    'docs: explain what ... means for .env.\\*\n',
  ],
  fixed: ['feat(orders): add carts\n'],
  *visit({ kind, header }) {
    const parts = header?.parts;
    if (kind !== 'ordinary' || !parts || !/[^.]\.$/.test(parts.description)) return;
    const at = { start: parts.descriptionAt.end - 1, end: parts.descriptionAt.end };
    yield {
      at,
      symbol: 'description',
      message: 'The first line is a title: leave the full stop out',
      fix: { kind: 'safe', title: 'Leave the full stop out', edits: (editor) => [editor.replace(at, '')] },
    };
  },
});
