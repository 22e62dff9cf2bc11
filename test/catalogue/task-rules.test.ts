import assert from 'node:assert/strict';
import { rules } from '../../src/catalogue/rules.generated.ts';
import { defaultConfiguration } from '../../src/core/configuration.ts';
import type { RawFinding } from '../../src/core/finding.ts';
import type { Example, TaskRule } from '../../src/core/rule.ts';
import { taskDialect } from '../../src/core/task/dialect.ts';
import { applyEdits } from '../../src/core/text.ts';
import type { WholeWorld } from '../../src/core/whole.ts';
import { readCarets } from '../harness/carets.ts';

const taskRules = rules.filter((rule): rule is TaskRule => rule.dialect === 'task');
const world: WholeWorld = {
  read: () => undefined,
  kind: () => undefined,
  sha256: () => undefined,
  configuration: defaultConfiguration,
  today: '2026-11-20',
};

function judged(text: string, by: readonly TaskRule[]): readonly RawFinding[] {
  return taskDialect.judge({ file: 'task.md', text }, by, world);
}

function textOf(example: Example | undefined): string {
  assert.ok(typeof example === 'string', 'an example of a task rule is one text');
  return example;
}

/** The text after all repairs of one rule, one after the other. */
function repaired(rule: TaskRule, start: string): string {
  let text = start;
  for (let round = 0; round < 20; round++) {
    const source = { file: 'task.md', text };
    const edits = judged(text, [rule])
      .filter(({ fix }) => fix)
      .map((finding) => taskDialect.planFix(source, [rule], world, finding) ?? assert.fail('no edits'))[0];
    if (!edits) return text;
    text = applyEdits(text, edits);
  }
  return assert.fail(`${rule.id} repairs for ever`);
}

describe('task rules', () => {
  it('are fifteen', () => assert.equal(taskRules.length, 15));
  for (const rule of taskRules) {
    it(`${rule.id} is proved by its examples`, () => {
      assert.ok(rule.bad.length > 0 && rule.good.length > 0);
      rule.bad.forEach((example, index) => {
        const { text, expected } = readCarets(textOf(example));
        assert.ok(expected.length > 0, 'a bad example expects something');
        const said = judged(text, [rule]).map(({ span, message }) => ({ severity: rule.severity, message, span }));
        assert.deepEqual(said, expected);
        for (const { message } of said) assert.doesNotMatch(message, /\n/);
        const offers = judged(text, [rule]).some(({ fix }) => fix);
        if (rule.fixed) {
          const after = repaired(rule, text);
          assert.equal(after, textOf(rule.fixed[index]));
          assert.equal(after !== text, offers);
          if (offers) assert.ok(judged(after, [rule]).every(({ fix }) => !fix));
          // The same with the line breaks of Windows: nothing else changes.
          const windows = text.replaceAll('\n', '\r\n');
          assert.equal(repaired(rule, windows), after.replaceAll('\n', '\r\n'));
        } else assert.ok(!offers, 'a rule with a fix shows what it makes');
      });
      assert.ok(!rule.fixed || rule.fixed.some((one, index) => one !== readCarets(textOf(rule.bad[index])).text));
      // Of a good example no rule says anything.
      for (const example of rule.good) assert.deepEqual(judged(textOf(example), taskRules), []);
    });
  }
});
