import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyEdits, hash, lineBreakOf, lineIndex } from '../../src/core/text.ts';

describe('lineIndex', () => {
  it('counts lines at LF, CRLF and lone CR, and characters in UTF-16', () => {
    const text = 'a\r\n😀b\rc\n';
    const index = lineIndex(text);
    assert.equal(index.lineCount, 4);
    assert.deepEqual(index.position(text.indexOf('b')), { line: 1, character: 2 });
    assert.deepEqual(index.position(text.indexOf('c')), { line: 2, character: 0 });
    assert.deepEqual(index.position(text.length), { line: 3, character: 0 });
  });
  it('translates every offset there and back', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '\n', '\r', 'é', '😀') }), (text) => {
        const index = lineIndex(text);
        for (let offset = 0; offset <= text.length; offset++) {
          // A CR that belongs to a CRLF is the end of its line.
          assert.equal(index.offset(index.position(offset)), offset);
        }
      }),
    );
  });
  it('keeps what lies outside the text at its borders', () => {
    const index = lineIndex('ab\ncd');
    assert.deepEqual(index.position(99), { line: 1, character: 2 });
    assert.equal(index.offset({ line: 0, character: 99 }), 3);
    assert.equal(index.offset({ line: 9, character: 0 }), 5);
  });
});

describe('applyEdits', () => {
  it('takes edits in any order and refuses those that overlap', () => {
    const edit = (
      start: number,
      end: number,
      newText: string,
    ): { span: { start: number; end: number }; newText: string } => ({ span: { start, end }, newText });
    assert.equal(applyEdits('abcdef', [edit(4, 5, 'X'), edit(1, 1, '-'), edit(1, 1, '+')]), 'a-+bcdXf');
    assert.throws(() => applyEdits('abc', [edit(0, 2, ''), edit(1, 3, '')]), RangeError);
  });
});

describe('hash', () => {
  it('is 16 hexadecimal digits and differs for texts that differ a little', () => {
    const seen = new Set<string>();
    for (let i = 0; i < 20_000; i++) seen.add(hash(`column_${i}`));
    assert.equal(seen.size, 20_000);
    assert.match(hash(''), /^[0-9a-f]{16}$/);
  });
});

describe('lineBreakOf', () => {
  it('is that of the first line', () => {
    assert.equal(lineBreakOf('a\r\nb\n'), '\r\n');
    assert.equal(lineBreakOf('a\nb'), '\n');
    assert.equal(lineBreakOf('a'), '\n');
  });
});
