import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyEdits, type TextEdit } from '../../src/core/text.ts';
import { trail } from '../../src/workflow/trail.ts';

describe('trail', () => {
  it('makes of edits that follow each other edits of the first text', () => {
    const own = trail('abcdef'.length);
    own.follow([{ span: { start: 1, end: 3 }, newText: 'XY' }]);
    own.follow([{ span: { start: 2, end: 2 }, newText: '-' }]);
    own.follow([{ span: { start: 6, end: 7 }, newText: '' }]);
    assert.deepEqual(own.edits(), [
      { span: { start: 1, end: 3 }, newText: 'X-Y' },
      { span: { start: 5, end: 6 }, newText: '' },
    ]);
  });
  it('has no edits where nothing was changed', () => {
    assert.deepEqual(trail(3).edits(), []);
  });
  it('yields the last text, whatever the edits are', () => {
    const step = fc.record({ at: fc.nat(40), length: fc.nat(6), newText: fc.string({ maxLength: 5 }) });
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.array(step, { maxLength: 12 }), (first, steps) => {
        const own = trail(first.length);
        let text = first;
        for (const { at, length, newText } of steps) {
          const start = Math.min(at, text.length);
          const edit: TextEdit = { span: { start, end: Math.min(start + length, text.length) }, newText };
          own.follow([edit]);
          text = applyEdits(text, [edit]);
        }
        assert.equal(applyEdits(first, own.edits()), text);
      }),
      { numRuns: 500 },
    );
  });
});
