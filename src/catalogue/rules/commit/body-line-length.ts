import { rule } from '../../../core/rule.ts';

/** In characters. Titles are held to 72; in a body, terminals and hosts show this much without wrapping. */
const limit = 100;

export default rule({
  id: 'commit/body-line-length',
  dialect: 'commit',
  severity: 'info',
  evidences: [],
  concerns: ['review/patterns'],
  requirements: ['R001-115'],
  equivalents: ['commitlint:body-max-line-length'],
  says: 'Break the lines of the body at 100 characters.',
  why: 'Git shows a body as it stands, without wrapping: long lines run out of the window.',
  bad: [
    `feat(orders): add carts

A cart keeps the price of the moment at which something was put into it, and so the sum that was shown stays true.
                                                                                                    ^^^^^^^^^^^^^^ info: This line has 114 characters and runs out of the window: break it at 100
`,
  ],
  good: [
    `feat(orders): add carts

See https://example.com/decisions/2026-11-20-carts-keep-the-price-of-the-moment-at-which-something-was-put-into-it

Manifest: docs/decisions/2026-11-20-carts-keep-the-price-of-the-moment-at-which-something-was-put-into-it.md
`,
  ],
  *visit({ kind, header, lines, block, text }) {
    if (kind !== 'ordinary' || !header) return;
    for (const { start, end, kind: what } of lines) {
      if (what !== 'text' || start <= header.at.start || (start >= block.start && start < block.end)) continue;
      // One that cannot be broken: an address, a path, a line of code.
      const line = text.slice(start, end).trimEnd();
      if (line.length <= limit || /^\s{4}|^[>|]|\S{60}/.test(line)) continue;
      const letters = Array.from(line);
      if (letters.length <= limit) continue;
      yield {
        at: { start: start + letters.slice(0, limit).join('').length, end: start + line.length },
        symbol: `body.${start}`,
        cause: 'body',
        message: `This line has ${letters.length} characters and runs out of the window: break it at ${limit}`,
      };
    }
  },
});
