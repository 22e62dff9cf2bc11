import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { load } from 'js-yaml';
import { cut } from '../../../src/core/openapi/cut.ts';

const sample = readFileSync(new URL('../../sample/docs/living/API_Spec.yaml', import.meta.url), 'utf8');

describe('a cut', () => {
  const fragments = {
    yaml: [
      '',
      'x',
      '\n',
      '  ',
      '"',
      "'",
      '#',
      '- ',
      ': ',
      '{',
      '}',
      '|\n',
      '---\n',
      '...\n',
      '? a\n',
      '\n  /new:\n    get: {}\n',
      '  schemas:\n    New:\n      type: object\n',
      'components:\n',
      'paths:\n',
      '\r\n',
    ],
    json: [
      '',
      'x',
      '\n',
      ' ',
      '"',
      ',',
      ':',
      '{',
      '}',
      '[',
      ']',
      '\\',
      '"a":1,',
      '"paths":{',
      '"x": {"y": 1},',
      '\u00a0',
    ],
  };
  const texts = {
    yaml: `openapi: 3.0.3\n${sample}\nx-end: 1\n`,
    json: JSON.stringify(load(sample), null, 1),
    minified: JSON.stringify(load(sample)),
  };
  for (const [name, text] of Object.entries(texts)) {
    it(`that takes up an earlier one is the cut of the whole text, for any splices: ${name}`, () => {
      const own = name === 'yaml' ? fragments.yaml : fragments.json;
      let now = text;
      let known = cut(now);
      let taken = 0;
      fc.assert(
        fc.property(
          fc.nat(),
          fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 60 })),
          fc.constantFrom(...own),
          (where, length, fragment) => {
            const start = where % (now.length + 1);
            const oldEnd = Math.min(now.length, start + length);
            const next = now.slice(0, start) + fragment + now.slice(oldEnd);
            const whole = cut(next);
            const change = { start, oldEnd, newEnd: start + fragment.length };
            assert.deepEqual(cut(next, { cut: known, change }), whole);
            if (whole.frames.length > 0) taken++;
            // Breaks pile up: now and then the text is whole again.
            const stays = whole.frames.length > 2 && where % 8 > 0;
            now = stays ? next : text;
            known = stays ? whole : cut(text);
          },
        ),
        { numRuns: 3000, seed: 20_261_120 },
      );
      assert.ok(taken > 500, `${taken}`);
    });
  }

  it('reads no more than the changed piece again', () => {
    for (const text of Object.values(texts)) {
      const before = cut(text);
      const start = text.indexOf('List customers');
      const after = cut(`${text.slice(0, start)}x${text.slice(start + 1)}`, {
        cut: before,
        change: { start, oldEnd: start + 1, newEnd: start + 1 },
      });
      assert.ok(after.pieces.filter((piece) => !before.pieces.includes(piece)).length <= 2);
    }
  });
});
