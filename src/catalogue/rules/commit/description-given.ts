import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'commit/description-given',
  dialect: 'commit',
  severity: 'error',
  evidences: [],
  concerns: ['review/patterns'],
  requirements: ['R001-115'],
  equivalents: ['commitlint:subject-empty'],
  says: 'Say behind the colon what the commit does.',
  why: 'The first line is all that most lists show of a commit.',
  bad: [
    `feat(orders):
^^^^^^^^^^^^^ error: The commit says nothing of what it does. Write it behind the colon
`,
  ],
  good: ['feat(orders): add carts\n'],
  *visit({ kind, header }) {
    if (kind !== 'ordinary' || !header?.parts || header.parts.description !== '') return;
    yield {
      at: { start: header.at.start, end: header.at.start + header.text.trimEnd().length },
      symbol: 'description',
      message: 'The commit says nothing of what it does. Write it behind the colon',
    };
  },
});
