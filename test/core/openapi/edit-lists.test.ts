import assert from 'node:assert/strict';
import { cut, onePiece } from '../../../src/core/openapi/cut.ts';
import { openApiEditor } from '../../../src/core/openapi/edit.ts';
import { lower } from '../../../src/core/openapi/lower.ts';
import { get, type Node } from '../../../src/core/openapi/tree.ts';
import { applyEdits, type TextEdit } from '../../../src/core/text.ts';

/** The editor of the piece at `pointer`, and what stands there. */
function open(document: string, pointer: string) {
  const layout = cut(document);
  const piece = layout.pieces.find((one) => one.pointer === pointer);
  assert.ok(piece, pointer);
  const node = lower(piece, document.slice(piece.start, piece.end), layout.format).seats[0]?.node;
  assert.ok(node);
  return { editor: openApiEditor(document, layout, piece), node };
}

function edited(document: string, edit: TextEdit | undefined): string {
  assert.ok(edit);
  return applyEdits(document, [edit]);
}

function list(node: Node, name: string) {
  const found = get(node, name);
  assert.ok(found?.kind === 'seq');
  return found;
}

describe('Edits of lists and pieces', () => {
  it('takes an item out of a block list, with its line', () => {
    const document = 'components:\n  schemas:\n    A:\n      enum:\n        - x # first\n        - y\r\n        - z\n';
    const { editor, node } = open(document, '/components/schemas/A');
    assert.equal(edited(document, editor.removeItem(list(node, 'enum'), 1)), document.replace('        - y\r\n', ''));
    assert.equal(
      edited(document, editor.removeItem(list(node, 'enum'), 0)),
      document.replace('        - x # first\n', ''),
    );
    assert.equal(edited(document, editor.removeItem(list(node, 'enum'), 2)), document.replace('        - z\n', ''));
  });
  it('takes an item out of a flow list, with one comma', () => {
    const document = '{ "components": { "schemas": { "A": { "enum": [1, 2, 3] } } } }';
    const { editor, node } = open(document, '/components/schemas/A');
    const results = [0, 1, 2].map((index) => edited(document, editor.removeItem(list(node, 'enum'), index)));
    assert.deepEqual(
      results.map((text) => JSON.parse(text).components.schemas.A.enum as unknown),
      [
        [2, 3],
        [1, 3],
        [1, 2],
      ],
    );
  });
  it('leaves the last item where it is', () => {
    const document = 'info:\n  tags:\n    - x\n';
    const { editor, node } = open(document, '/info');
    assert.equal(editor.removeItem(list(node, 'tags'), 0), undefined);
  });
  it('adds an item of several lines at the place of the others', () => {
    const document = 'info:\n    list:\n        - name: a\n          schema: {}\n    title: T\n';
    const { editor, node } = open(document, '/info');
    const wanted = document.replace(
      '    title',
      '        - name: b\n          schema:\n              type: string\n    title',
    );
    assert.equal(
      edited(document, editor.addItem(list(node, 'list'), { name: 'b', schema: { type: 'string' } })),
      wanted,
    );
  });
  it('adds to a list at the root from any piece', () => {
    const document = 'tags:\n  - name: A\npaths:\n  /a:\n    get: {}\n';
    const { editor } = open(document, '/paths/~1a');
    assert.equal(
      edited(document, editor.addRootItem('tags', { name: 'B' })),
      'tags:\n  - name: A\n  - name: B\npaths:\n  /a:\n    get: {}\n',
    );
    const without = 'info:\n  title: T\npaths:\n  /a:\n    get: {}\n';
    const other = open(without, '/paths/~1a').editor;
    assert.equal(
      edited(without, other.addRootItem('tags', { name: 'B' }, 'info')),
      'info:\n  title: T\ntags:\n  - name: B\npaths:\n  /a:\n    get: {}\n',
    );
  });
  it('knows a document that is one piece', () => {
    const document = 'info:\n  title: T\ncomponents:\n  schemas:\n    A: {}\n    B: {}\n';
    const layout = onePiece(document, 'yaml');
    const [piece] = layout.pieces;
    assert.ok(piece);
    const editor = openApiEditor(document, layout, piece);
    assert.equal(edited(document, editor.removeAt('/components/schemas/A')), document.replace('    A: {}\n', ''));
    assert.equal(editor.removeAt('/components/schemas/C'), undefined);
    assert.equal(
      edited(document, editor.addRootItem('tags', { name: 'B' }, 'info')),
      document.replace('components', 'tags:\n  - name: B\ncomponents'),
    );
  });
  it('takes a component out, but not the last of its section', () => {
    const yaml = 'components:\n  schemas:\n    A:\n      type: object\n    B: {}\n';
    assert.equal(
      edited(yaml, open(yaml, '/components/schemas/B').editor.removeAt('/components/schemas/A')),
      'components:\n  schemas:\n    B: {}\n',
    );
    for (const name of ['A', 'B', 'C']) {
      const json = '{ "components": { "schemas": { "A": {}, "B": {}, "C": {} } } }';
      const left = JSON.parse(
        edited(json, open(json, '/components/schemas/A').editor.removeAt(`/components/schemas/${name}`)),
      ) as {
        components: { schemas: object };
      };
      assert.deepEqual(
        Object.keys(left.components.schemas),
        ['A', 'B', 'C'].filter((one) => one !== name),
      );
    }
    const last = 'components:\n  schemas:\n    A: {}\n';
    assert.equal(open(last, '/components/schemas/A').editor.removeAt('/components/schemas/A'), undefined);
  });
});
