import assert from 'node:assert/strict';
import { checklistItems } from '../../src/catalogue/checklists/all.ts';
import { isRequirement } from '../../src/catalogue/requirements.ts';
import { rules } from '../../src/catalogue/rules.generated.ts';

describe('what rules refer to', () => {
  const items = new Set(checklistItems.map((item) => item.id));
  const ids = new Set(rules.map((rule) => rule.id));
  for (const { id, dialect, evidences, concerns = [], requirements, yieldsTo = [], equivalents = [] } of rules) {
    it(`exists: ${id}`, () => {
      const named = [...evidences, ...concerns];
      for (const item of named) assert.ok(items.has(item), `there is no checklist item ${item}`);
      assert.equal(new Set(named).size, named.length, 'an item is named once');
      // What is wrong with the configuration is no line of a checklist.
      if (dialect !== 'project') assert.ok(named.length > 0, 'it belongs to a line of a checklist');
      for (const row of requirements) assert.ok(isRequirement(row), `there is no requirement ${row}`);
      for (const other of yieldsTo) assert.ok(ids.has(other), `there is no rule ${other}`);
      for (const peer of equivalents) assert.match(peer, /^[a-z_-]+:[\w$:./-]+$/);
    });
  }
  it('has rows as the requirements have them', () => {
    assert.deepEqual(['R000-001', 'R003-178', 'R003-179', 'R001-000', 'R999-001', 'R1-1'].map(isRequirement), [
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});
