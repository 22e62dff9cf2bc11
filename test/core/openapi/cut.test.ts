import assert from 'node:assert/strict';
import { cut } from '../../../src/core/openapi/cut.ts';
import { base } from '../../harness/openapi-example.ts';

const pointers = (text: string): string[] => cut(text).pieces.map((piece) => piece.pointer);

describe('cut', () => {
  it('gives a piece to every path, component and root entry', () => {
    assert.deepEqual(pointers(base), [
      '/openapi',
      '/info',
      '/servers',
      '/security',
      '/tags',
      '/paths/~1base-status',
      '/components/securitySchemes/bearer',
      '/components/responses/Unauthorized',
      '/components/responses/TooManyRequests',
      '/components/responses/Problem',
      '/components/schemas/BaseStatus',
      '/components/schemas/Problem',
    ]);
  });
  it('covers a YAML text from its first key to its end without a gap, but for the keys it is cut at', () => {
    const { pieces, frames } = cut(base);
    for (const piece of pieces) assert.equal(base.slice(piece.start, piece.end).trim().startsWith(piece.name), true);
    assert.deepEqual(
      frames.map((frame) => frame.pointer),
      ['/paths', '/components/securitySchemes', '/components/responses', '/components/schemas', '/components'],
    );
  });
  it('is not fooled by keys in block scalars, quoted text over several lines, or flow collections', () => {
    const text = [
      'openapi: 3.0.3',
      'info:',
      '  description: |',
      '    paths:',
      '      /no: here',
      "  title: 'one",
      '',
      "paths:' ",
      'paths:',
      '  /a:',
      '    get:',
      "      description: 'text over",
      '       /not: a path',
      "       '",
      '      x: {a: [1,',
      '        /b: 2]',
      '      }',
      '  ? /c',
      '  : get: {}',
      '  "/d": {}',
    ].join('\n');
    assert.deepEqual(pointers(text), ['/openapi', '/info', '/paths/~1a', '/paths/~1c', '/paths/~1d']);
  });
  it('finds the next border behind a quote or bracket that nobody closed', () => {
    assert.deepEqual(
      pointers('openapi: 3.0.3\npaths:\n  /a:\n    get:\n      x: "open\n  /b:\n    y: [1\n  /c: {}\n'),
      ['/openapi', '/paths/~1a', '/paths/~1b', '/paths/~1c'],
    );
  });
  it('ends at the end of the first document', () => {
    assert.deepEqual(pointers('---\nopenapi: 3.0.3\npaths:\n  /a: {}\n---\nopenapi: 3.0.3\npaths:\n  /b: {}\n'), [
      '/openapi',
      '/paths/~1a',
    ]);
  });
  it('leaves a text with anchors, with tabs or with flow style at the root in one piece', () => {
    assert.deepEqual(pointers('a: &x 1\nb: *x\n'), ['']);
    assert.deepEqual(pointers('a:\n\tb: 1\n'), ['']);
    assert.deepEqual(pointers("{openapi: 3.0.3, info: {title: don't}}"), ['']);
  });
  it('cuts JSON by its braces, names with escapes among them', () => {
    const text =
      '{"openapi":"3.0.3","paths":{"/a\\u0041":{"get":{"x":"}\\""}},"/b":{}},"components":{"schemas":{"S":{}},"x-y":{"z":{}}},"info":{}}';
    const { pieces, format } = cut(text);
    assert.equal(format, 'json');
    assert.deepEqual(
      pieces.map((piece) => piece.pointer),
      ['/openapi', '/paths/~1aA', '/paths/~1b', '/components/schemas/S', '/components/x-y', '/info'],
    );
    assert.equal(text.slice(pieces[2]?.start, pieces[2]?.end), '"/b":{}');
  });
  it('leaves JSON with a comma too many in one piece', () => {
    assert.deepEqual(pointers('{"openapi":"3.0.3","paths":{},}'), ['']);
  });
});
