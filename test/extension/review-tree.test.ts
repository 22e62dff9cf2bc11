import assert from 'node:assert/strict';
import { childNodes, hiddenCount, type ReviewNode, rootNodes } from '../../src/extension/review/tree-model.ts';
import type { ItemFace, Review, ReviewFilter } from '../../src/server/protocol-review.ts';
import { findingAt, itemOf, reviewOf, run } from './reviews.ts';

const all: ReviewFilter = { openOnly: false, needsPerson: false, search: '' };
const faces: readonly ItemFace[] = ['broken', 'unshown', 'stale', 'met', 'signed', 'waived', 'not-applicable'];

describe('the review as a tree', () => {
  const errors = itemOf('broken', 'errors', {
    evidence: [
      { kind: 'artifact', verdict: 'shows', text: '14 operations', file: 'openapi.yaml' },
      { kind: 'rules', verdict: 'disproves', text: 'Place 211, again', file: 'openapi.yaml' },
      { kind: 'run', verdict: 'stale', text: 'npm test, 14:02', record: 'abc' },
      { kind: 'word', verdict: 'missing', text: 'No sign-off' },
    ],
    findings: [findingAt(211)],
    actions: [{ kind: 'go' }, { kind: 'sign' }, { kind: 'sign' }],
    lapsesWith: ['openapi.yaml'],
  });
  const rest = faces.slice(1).map((face) => itemOf(face, face));
  const review = reviewOf([errors, ...rest], {
    refused: [{ file: '.backend-architect/evidence/x.json', reason: 'Edited.' }],
  });
  const below = (node: ReviewNode | undefined, filter = all, of: Review = review): readonly ReviewNode[] =>
    node ? childNodes(of, filter, node) : [];
  const labels = (nodes: readonly ReviewNode[]): string[] =>
    nodes.map(({ label, description }) => `${label}|${description ?? ''}`);

  it('begins with the phases, and names what is not believed', () => {
    assert.deepEqual(labels(rootNodes(review)), ['Hand off|3 of 7 open', 'x.json|Edited.']);
    assert.deepEqual(rootNodes(reviewOf([], { hasDocuments: false })), [], 'nothing to review is not ready');
    assert.deepEqual(labels(rootNodes(reviewOf([itemOf('met', 'a')]))), ['Hand off|ready']);
  });

  it('groups by face, each told by word, icon and colour, and only open ones are open', () => {
    const groups = below(rootNodes(review)[0]);
    assert.deepEqual(labels(groups), [
      'Not met|1',
      'Not shown yet|1',
      'Out of date|1',
      'Met|1',
      'Signed by a person|1',
      'Waived|1',
      'Does not apply|1',
    ]);
    assert.equal(new Set(groups.map(({ icon }) => icon)).size, faces.length, 'no two faces look alike in grey');
    assert.deepEqual(
      groups.map(({ expanded }) => expanded),
      [true, true, true, false, false, false, false],
    );
  });

  it('shows evidence, then findings, each with what it opens', () => {
    const [item] = below(below(rootNodes(review)[0])[0]);
    assert.equal(item?.spoken, 'Title of errors, Not met. Line of errors');
    assert.equal(item.context, 'item go sign');
    assert.match(item.tooltip ?? '', /Lapses with openapi\.yaml/);
    const nodes = below(item);
    assert.deepEqual(labels(nodes), [
      '14 operations|',
      'npm test, 14:02|',
      'No sign-off|',
      'Place 211|openapi.yaml:212',
    ]);
    assert.deepEqual(
      nodes.map(({ file }) => file),
      ['openapi.yaml', '.backend-architect/evidence/abc.json', undefined, undefined],
    );
    assert.equal(nodes[3]?.finding?.range.start.line, 211);
    assert.deepEqual(
      nodes.flatMap((node) => below(node)),
      [],
    );
  });

  it("keeps every line's id in the next review, and shows that one's evidence", () => {
    const [item] = below(below(rootNodes(review)[0])[0]);
    const now = reviewOf([{ ...errors, evidence: errors.evidence.slice(0, 1), findings: [] }]);
    assert.deepEqual(labels(below(item, all, now)), ['14 operations|']);
    assert.equal(below(below(rootNodes(now)[0], all, now)[0], all, now)[0]?.id, item?.id);
    const ids = rootNodes(review).flatMap((root) => [
      root,
      ...below(root),
      ...below(root).flatMap((group) => below(group)),
    ]);
    assert.equal(new Set(ids.map(({ id }) => id)).size, ids.length);
  });

  it('hides what the filter hides, and counts it', () => {
    const groups = (filter: ReviewFilter): string[] => labels(below(rootNodes(review)[0], filter));
    assert.deepEqual(groups({ ...all, openOnly: true }), ['Not met|1', 'Not shown yet|1', 'Out of date|1']);
    assert.deepEqual(groups({ ...all, needsPerson: true }), ['Not met|1']);
    assert.deepEqual(groups({ ...all, search: ' OPENAPI.yaml ' }), ['Not met|1']);
    assert.deepEqual(groups({ ...all, search: 'nowhere' }), []);
    assert.equal(hiddenCount(review, { ...all, openOnly: true }), 4);
    assert.equal(hiddenCount(review, all), 0);
  });

  it('says which kinds of actions an item has', () => {
    const one = reviewOf([itemOf('stale', 'b', { actions: [run, { kind: 'waive' }] })]);
    assert.equal(below(below(rootNodes(one)[0], all, one)[0], all, one)[0]?.context, 'item run waive');
  });
});
