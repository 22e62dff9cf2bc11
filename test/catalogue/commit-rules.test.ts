import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { commitDialect } from '../../src/core/commit/dialect.ts';
import { defaultConfiguration } from '../../src/core/configuration.ts';
import type { CommitRule, RuleMeta } from '../../src/core/rule.ts';
import { applyEdits } from '../../src/core/text.ts';
import type { WholeWorld } from '../../src/core/whole.ts';
import { readCarets } from '../harness/carets.ts';

const folder = new URL('../../src/catalogue/rules/commit/', import.meta.url);
const rules: CommitRule[] = [];
for (const name of readdirSync(folder).sort()) {
  const module = (await import(new URL(name, folder).href)) as { default: CommitRule };
  rules.push(module.default);
}
const world: WholeWorld = {
  read: () => undefined,
  kind: () => undefined,
  sha256: () => undefined,
  configuration: defaultConfiguration,
  today: '2026-11-20',
};
const sourceOf = (text: string): { file: string; text: string } => ({ file: '.git/COMMIT_EDITMSG', text });

function found(text: string, own: readonly RuleMeta[]): string[] {
  return commitDialect
    .judge(sourceOf(text), own, world)
    .map(({ span, message }) => `${span.start}-${span.end} ${message}`)
    .sort();
}

/** Repairs what the rules repair until there is nothing left to repair. */
function repaired(text: string, own: readonly RuleMeta[]): string {
  let now = text;
  for (let times = 0; times < 20; times++) {
    const finding = commitDialect.judge(sourceOf(now), own, world).find(({ fix }) => fix);
    if (!finding) return now;
    const edits = commitDialect.planFix(sourceOf(now), own, world, finding);
    assert.ok(edits && edits.length > 0, 'the fix has edits');
    now = applyEdits(now, edits);
  }
  throw new Error(`Repairing does not come to an end: ${now}`);
}

describe('commit rules', () => {
  for (const rule of rules) {
    describe(rule.id, () => {
      rule.bad.forEach((example, index) => {
        assert.ok(typeof example === 'string');
        const { text, expected } = readCarets(example);
        it(`finds bad example ${index + 1} at its carets and nowhere else`, () => {
          assert.ok(expected.length > 0, 'a bad example needs caret lines');
          const wanted = expected.map(({ span, message }) => `${span.start}-${span.end} ${message}`).sort();
          assert.deepEqual(found(text, [rule]), wanted);
          for (const { severity, message } of expected) {
            assert.equal(severity, rule.severity);
            assert.ok(message.length <= 160, message);
          }
        });
        it(`does not find bad example ${index + 1} without its visitor`, () => {
          const { visit: _, ...rest } = rule;
          assert.deepEqual(found(text, [{ ...rest, visit: () => [] } as RuleMeta]), []);
        });
        const fixed = rule.fixed?.[index];
        it(`repairs bad example ${index + 1} as it shows`, () => {
          for (const lineBreak of ['\n', '\r\n']) {
            const broken = (value: string): string => value.replaceAll('\n', lineBreak);
            const after = repaired(broken(text), [rule]);
            assert.equal(after, broken(typeof fixed === 'string' ? fixed : text));
            if (after !== broken(text)) assert.deepEqual(found(after, [rule]), []);
          }
        });
      });
      rule.good.forEach((example, index) => {
        it(`is silent about good example ${index + 1}`, () => {
          assert.ok(typeof example === 'string');
          assert.deepEqual(found(example, [rule]), []);
        });
      });
    });
  }

  it('say nothing while somebody begins, and nothing of what git writes', () => {
    const texts = ['', '\n', '\n# Please enter the commit message\n#\n', 'fixup! Whatever.', "Merge branch 'a' into b"];
    for (const text of texts) assert.deepEqual(found(text, rules), []);
  });
  it('say nothing of a message in the agent format', () => {
    const text =
      'feat(orders)!: add carts\n\nThey hold prices.\n\nAgent: backend-architect\nDomain: engineering\nFeature: carts\nStory: ABC-123\nManifest: docs/m.md\nHandoff-To: qa-engineer\n';
    assert.deepEqual(found(text, rules), []);
    assert.deepEqual(found(text.replaceAll('\n', '\r\n'), rules), []);
  });
  it('judge what stands above the scissors only', () => {
    const text = `feat: x\n\nAgent: a\nDomain: b\n# ------------------------ >8 ------------------------\ndiff\n${'x y'.repeat(100)}\n`;
    assert.deepEqual(found(text, rules), []);
  });
  it('take a message of any size in their stride', () => {
    const text = `feat: x\n\n${'Agent: a\n\n'.repeat(20_000)}${' '.repeat(50_000)}:${'('.repeat(50_000)}`;
    assert.ok(found(text, rules).length > 0);
  });
});
