import assert from 'node:assert/strict';
import { checklistItems } from '../../src/catalogue/checklists/all.ts';

describe('checklists', () => {
  it('hold the lines of role-001 (9, 10 and 11) and of role-003 (17)', () => {
    const count = (phase: string): number => checklistItems.filter((item) => item.phase === phase).length;
    assert.deepEqual(['plan', 'build', 'handoff', 'review'].map(count), [9, 10, 11, 17]);
  });
  it('have ids of their own, named by their phase, with titles that fit a side-bar row', () => {
    assert.equal(new Set(checklistItems.map((item) => item.id)).size, checklistItems.length);
    for (const { id, phase, title, says } of checklistItems) {
      assert.ok(id.startsWith(`${phase}/`));
      assert.ok(title.length <= 28, title);
      assert.ok(says.endsWith('.'));
    }
  });
  it('stand for every line of the three checklists of role-001 and of the code review', () => {
    const covered = checklistItems.flatMap((item) => item.requirements).sort();
    const rows = (document: string, from: number, to: number): string[] =>
      Array.from({ length: to - from + 1 }, (_, i) => `${document}-${String(from + i).padStart(3, '0')}`);
    assert.deepEqual(covered, [...rows('R001', 38, 68), ...rows('R003', 127, 143)]);
  });
});
