import assert from 'node:assert/strict';
import { readChoice } from '../../src/extension/report-messages.ts';
import { reportOf } from './page.ts';

describe('what the page of the check report may say', () => {
  const report = reportOf([['error', 'api/x', 2]], { notAnalysed: [{ file: 0, reason: 'Too large', partly: false }] });
  const { madeAt } = report;

  it('names what the report holds', () => {
    const [group] = report.groups;
    assert.deepEqual(readChoice({ kind: 'ready' }, undefined), { kind: 'ready' });
    assert.deepEqual(readChoice({ kind: 'check', extra: 1 }, report), { kind: 'check' });
    assert.deepEqual(readChoice({ kind: 'finding', report: madeAt, group: 0, finding: 1 }, report), {
      kind: 'finding',
      finding: group?.findings[1],
    });
    assert.deepEqual(readChoice({ kind: 'rule', report: madeAt, group: 0 }, report), { kind: 'rule', group });
    assert.deepEqual(readChoice({ kind: 'gap', report: madeAt, gap: 0 }, report), {
      kind: 'gap',
      gap: report.notAnalysed[0],
    });
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
      { kind: 'finding', report: madeAt + 1, group: 0, finding: 1 },
      { kind: 'finding', report: madeAt, group: 0, finding: 2 },
      { kind: 'finding', report: madeAt, group: 0, finding: -1 },
      { kind: 'finding', report: madeAt, group: 0.5, finding: 1 },
      { kind: 'finding', report: madeAt, group: 'length', finding: 1 },
      { kind: 'finding', report: madeAt, group: 0, finding: '__proto__' },
      { kind: 'rule', report: madeAt, group: 1 },
      { kind: 'gap', report: madeAt, gap: 1 },
    ])
      assert.equal(readChoice(message, report), undefined, JSON.stringify(message));
    assert.equal(readChoice({ kind: 'gap', report: undefined, gap: 0 }, undefined), undefined);
  });
});
