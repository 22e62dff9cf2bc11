import assert from 'node:assert/strict';
import { globProblem } from '../../src/core/globs.ts';
import { rules } from '../../src/catalogue/rules.generated.ts';
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
  it('say why they matter and what can show them, each in a way that can happen', () => {
    for (const { id, why, shownBy, lapsesWith } of checklistItems) {
      assert.ok(/^[A-Z].*\.$/.test(why), id);
      assert.ok(shownBy.length > 0, id);
      // A word that rests on nothing would never be out of date.
      assert.ok(lapsesWith.length > 0 || !shownBy.some(({ kind }) => kind === 'word'), id);
      const patterns = lapsesWith.flatMap((subject) => ('files' in subject ? subject.files : []));
      for (const pattern of patterns) assert.equal(globProblem(pattern), undefined, pattern);
      for (const source of shownBy) {
        if (source.kind !== 'rules') continue;
        for (const rule of source.rules) assert.deepEqual(rules.find((one) => one.id === rule)?.evidences, [id]);
      }
    }
  });
  it('stand for every line of the three checklists of role-001 and of the code review', () => {
    const covered = checklistItems.flatMap((item) => item.requirements).sort();
    const rows = (document: string, from: number, to: number): string[] =>
      Array.from({ length: to - from + 1 }, (_, i) => `${document}-${String(from + i).padStart(3, '0')}`);
    assert.deepEqual(covered, [...rows('R001', 38, 68), ...rows('R003', 127, 143)]);
  });
});
