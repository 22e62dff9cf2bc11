import assert from 'node:assert/strict';
import { cut } from '../../../src/core/openapi/cut.ts';
import { openApiEditor } from '../../../src/core/openapi/edit.ts';
import { lower } from '../../../src/core/openapi/lower.ts';
import { get, type Node } from '../../../src/core/openapi/tree.ts';
import { applyEdits } from '../../../src/core/text.ts';

/** The text after the `title` of `info` was set to `value`. */
function titled(text: string, value: string | number): string {
  const layout = cut(text);
  const piece = layout.pieces.find((one) => one.pointer === '/info');
  assert.ok(piece);
  const [seat] = lower(piece, text.slice(piece.start, piece.end), layout.format).seats;
  const title: Node | undefined = get(seat?.node, 'title');
  assert.ok(title);
  return applyEdits(text, [openApiEditor(text, layout, piece).setValue(title, value)]);
}

describe('setValue', () => {
  for (const [name, before, after] of [
    ['a block scalar', 'info:\n  title: >-\n    a\n    b\n  version: 1\n', 'info:\n  title: Shop API\n  version: 1\n'],
    ['an empty block scalar', 'info:\n  title: |\n  version: 1\n', 'info:\n  title: Shop API\n  version: 1\n'],
    [
      'a block scalar with CRLF',
      'info:\r\n  title: |\r\n    a\r\n  version: 1\r\n',
      'info:\r\n  title: Shop API\r\n  version: 1\r\n',
    ],
    ['a text in single quotes', "info:\n  title: 'a' # why\n", "info:\n  title: 'Shop API' # why\n"],
    ['a text in double quotes', 'info: {title: "a", version: 1}\n', 'info: {title: "Shop API", version: 1}\n'],
    ['nothing', 'info:\n  title:\n  version: 1\n', 'info:\n  title: Shop API\n  version: 1\n'],
    ['JSON', '{"info":{"title":null}}', '{"info":{"title":"Shop API"}}'],
  ] as const) {
    it(`takes the place of ${name} and nothing else`, () => {
      assert.equal(titled(before, 'Shop API'), after);
    });
  }
  it('quotes what YAML would read as something else', () => {
    for (const value of ['true', '1.0', 'a: b', '', '- x', 'null']) {
      const text = titled('info:\n  title: a\n', value);
      const [piece] = cut(text).pieces;
      assert.ok(piece);
      const title = get(lower(piece, text, 'yaml').seats[0]?.node, 'title');
      assert.equal(title?.kind === 'scalar' ? title.value : undefined, value);
    }
  });
});
