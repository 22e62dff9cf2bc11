import { rule } from '../../../core/rule.ts';

/** What `git log` and the hosts show of a first line, in characters. */
const limit = 72;

export default rule({
  id: 'commit/header-length',
  dialect: 'commit',
  severity: 'warning',
  evidences: [],
  concerns: ['review/patterns'],
  requirements: ['R001-115'],
  equivalents: ['commitlint:header-max-length'],
  says: 'Keep the first line within 72 characters.',
  why: 'Lists of commits cut longer lines off; the detail belongs into the body.',
  bad: [
    `feat(orders): add carts, prices by currency, and the discounts of the season
                                                                        ^^^^ warning: Lists cut this line off: it has 76 characters, 4 more than 72
`,
  ],
  good: ['feat(orders): add carts, prices by currency, and the discounts of summer\n'],
  *visit({ kind, header }) {
    if (kind !== 'ordinary' || !header) return;
    // A person counts what is seen, not UTF-16.
    const letters = Array.from(header.text.trimEnd());
    if (letters.length <= limit) return;
    const start = header.at.start + letters.slice(0, limit).join('').length;
    const end = header.at.start + header.text.trimEnd().length;
    const more = letters.length - limit;
    yield {
      at: { start, end },
      symbol: 'header',
      message: `Lists cut this line off: it has ${letters.length} characters, ${more} more than ${limit}`,
    };
  },
});
