import { oneLine } from '../../../core/commit/compose.ts';
import { isKnownTrailer } from '../../../core/commit/message.ts';
import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'commit/trailer-one-line',
  dialect: 'commit',
  severity: 'error',
  evidences: [],
  concerns: ['review/patterns'],
  requirements: ['R001-116'],
  says: 'Write a trailer on one line.',
  why: 'Behind a line break inside a value, what looks like another trailer is a part of this one: a reader sees a signature or an agent that git does not know of.',
  bad: [
    `feat(orders): add carts

Feature: carts
         ^^^^^ error: Readers see two trailers where git reads one: the value of Feature holds a line break
  Signed-off-by: Ada <ada@example.com>
`,
    `feat(orders): add carts

Feature: carts\u2028Agent: qa-engineer
         ^^^^^^^^^^^^^^^^^^^^^^^^ error: Readers see two trailers where git reads one: the value of Feature holds a line break
`,
  ],
  good: [
    'feat(orders): add carts\n\nFeature: carts\nSigned-off-by: Ada\n  <ada@example.com>\n',
    'feat(orders): add carts\n\nFeature: carts \n\n# comment\n',
  ],
  fixed: [
    'feat(orders): add carts\n\nFeature: carts Signed-off-by: Ada <ada@example.com>\n',
    'feat(orders): add carts\n\nFeature: carts Agent: qa-engineer\n',
  ],
  *visit({ kind, block, text }) {
    if (kind !== 'ordinary') return;
    for (const { key, valueAt, at } of block.trailers) {
      const raw = text.slice(valueAt.start, valueAt.end);
      const [line = '', ...more] = raw.split(/\r\n?|[\n\v\f\u0085\u2028\u2029]/);
      const forges = more.some((one) => isKnownTrailer(/^[ \t]*([A-Za-z0-9-]+)[ \t]*:/.exec(one)?.[1] ?? ''));
      if (!forges) continue;
      const isLineForGit = raw.charAt(line.length) === '\n' || raw.startsWith('\r\n', line.length);
      yield {
        at: { start: valueAt.start, end: isLineForGit ? valueAt.start + line.length : valueAt.end },
        symbol: `trailer.${key.toLowerCase()}.${at.start}`,
        message: `Readers see two trailers where git reads one: the value of ${key} holds a line break`,
        fix: {
          kind: 'safe',
          title: 'Join the lines',
          edits: (editor) => [editor.replace(valueAt, oneLine(raw))],
        },
      };
    }
  },
});
