import assert from 'node:assert/strict';
import { readFilter, readReviewChoice } from '../../src/extension/review/messages.ts';
import { findingAt, itemOf, reviewOf, run } from './reviews.ts';

describe('what the page of the review may say', () => {
  const evidence = { kind: 'run', verdict: 'missing', text: 'No run' } as const;
  const item = itemOf('broken', 'errors', {
    findings: [findingAt(3), findingAt(9)],
    evidence: [evidence],
    actions: [run],
  });
  const refused = [{ file: '.backend-architect/evidence/x.json', reason: 'It was edited.' }];
  const review = reviewOf([item], { refused });
  const { madeAt } = review;
  const read = (message: unknown): unknown => readReviewChoice(message, [review]);
  const named = { madeAt, item: item.id };

  it('names what the review holds', () => {
    assert.deepEqual(read({ kind: 'ready', extra: 1 }), { kind: 'ready' });
    assert.deepEqual(read({ kind: 'act', ...named, action: 0 }), { kind: 'act', item, action: run });
    assert.deepEqual(read({ kind: 'finding', ...named, finding: 1 }), { kind: 'finding', finding: item.findings[1] });
    assert.deepEqual(read({ kind: 'evidence', ...named, evidence: 0 }), { kind: 'evidence', evidence });
    assert.deepEqual(read({ kind: 'refused', madeAt, index: 0 }), { kind: 'refused', file: refused[0]?.file });
    assert.deepEqual(read({ kind: 'phase', phase: 'build' }), { kind: 'phase', phase: 'build' });
    assert.deepEqual(read({ kind: 'face', do: 'restart' }), { kind: 'face', do: 'restart' });
    assert.deepEqual(read({ kind: 'copy', text: 'a' }), { kind: 'copy', text: 'a' });
  });

  it('is nothing else', () => {
    for (const message of [
      undefined,
      null,
      'ready',
      [],
      {},
      { kind: 'toString' },
      { kind: 'open', uri: 'file:///etc/passwd' },
      { kind: 'run', command: 'rm -rf /' },
      { kind: 'phase', phase: '__proto__' },
      { kind: 'folder', uri: 3 },
      { kind: 'act', ...named, action: 1 },
      { kind: 'act', ...named, action: '0' },
      { kind: 'act', ...named, action: -1 },
      { kind: 'act', ...named, item: 'handoff/none', action: 0 },
      { kind: 'act', madeAt: 5, item: item.id, action: 0 },
      { kind: 'finding', ...named, finding: 2 },
      { kind: 'finding', ...named, finding: 0.5 },
      { kind: 'evidence', ...named, evidence: 'length' },
      { kind: 'refused', madeAt, index: 1 },
      { kind: 'face', do: 'workbench.action.quit' },
      { kind: 'filter', filter: { openOnly: 1, needsPerson: false, search: '' } },
      { kind: 'filter', filter: { openOnly: true, needsPerson: false, search: 'x'.repeat(2000) } },
      { kind: 'copy', text: 'x'.repeat(300_000) },
    ])
      assert.equal(read(message), undefined, (JSON.stringify(message) ?? '').slice(0, 100));
    assert.equal(readReviewChoice({ kind: 'act', madeAt: undefined, item: item.id, action: 0 }, []), undefined);
  });

  it('is understood from a review that was shown a moment ago, and leads to where the finding is now', () => {
    const moved = { ...item, findings: [findingAt(4, 'other'), findingAt(12, 'f3')] };
    const newer = reviewOf([moved], { madeAt: '2026-11-20T14:31:01.000Z' });
    assert.deepEqual(readReviewChoice({ kind: 'finding', ...named, finding: 0 }, [newer, review]), {
      kind: 'finding',
      finding: moved.findings[1],
    });
    assert.deepEqual(readReviewChoice({ kind: 'act', ...named, action: 0 }, [newer, review]), {
      kind: 'act',
      item: moved,
      action: run,
    });
  });

  it('is told apart when its review is not kept any more', () => {
    assert.deepEqual(read({ kind: 'act', ...named, madeAt: 'long ago', action: 0 }), { kind: 'outdated' });
  });

  it('keeps of a filter its three parts only', () => {
    const filter = { openOnly: true, needsPerson: false, search: 'a' };
    assert.deepEqual(readFilter({ ...filter, more: 1 }), filter);
    assert.equal(readFilter(undefined), undefined);
  });
});
