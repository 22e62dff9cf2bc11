import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { handoffDialect } from '../../src/core/handoff/dialect.ts';
import type { Example, HandoffRule } from '../../src/core/rule.ts';
import { applyEdits, lineIndex } from '../../src/core/text.ts';
import { readCarets } from '../harness/carets.ts';
import { handoffWorld } from '../harness/handoff-example.ts';

const folder = new URL('../../src/catalogue/rules/handoff/', import.meta.url);
const rules: HandoffRule[] = [];
for (const name of readdirSync(folder).sort()) {
  const module = (await import(new URL(name, folder).href)) as { default: HandoffRule };
  rules.push(module.default);
}

const file = 'backend_handoff.json';

const base: Readonly<Record<string, string>> = {
  [file]: `{
  "version": 1,
  "created_at": "2026-11-20T09:30:00Z",
  "commit": "0123456789abcdef0123456789abcdef01234567",
  "from_agent": "Back-End Architect",
  "api_spec": "docs/living/API_Spec.yaml",
  "database_migrations": ["001_initial_schema.sql"],
  "required_services": ["auth-service"],
  "security_controls": ["JWT validation"],
  "next_agent": "Lead Engineer",
  "instructions": "Build POST /orders first.",
  "env": ["DATABASE_URL"],
  "tasks": [{ "id": "BE-001", "status": "pending" }]
}
`,
  'docs/living/API_Spec.yaml': 'openapi: 3.1.0\n',
  'migrations/001_initial_schema.sql': 'CREATE TABLE users (id uuid PRIMARY KEY);\n',
  'task.md': '### BE-001 | Backend | High | @backend-specialist\n- **Status**: pending\n',
};

function filesOf(example: Example): { readonly marked: string; readonly files: Readonly<Record<string, string>> } {
  if (typeof example === 'string') return { marked: example, files: {} };
  const { [file]: marked = '', ...files } = example;
  return { marked, files };
}

function judge(text: string, files: Readonly<Record<string, string>>, own: readonly HandoffRule[]): string[] {
  const index = lineIndex(text);
  return handoffDialect
    .judge({ file, text }, own, handoffWorld({ ...files, [file]: text }))
    .map(({ span, message }) => `${JSON.stringify(index.range(span))} ${message}`)
    .sort();
}

describe('hand-off rules', () => {
  it('are silent about the base', () => assert.deepEqual(judge(base[file] ?? '', base, rules), []));
  for (const rule of rules) {
    describe(rule.id, () => {
      it('is named by its file', () =>
        assert.ok(readdirSync(folder).includes(`${rule.id.slice('handoff/'.length)}.ts`)));
      rule.bad.forEach((example, index) => {
        const { marked, files } = filesOf(example);
        const { text, expected } = readCarets(marked);
        it(`finds bad example ${index + 1} at its carets and nowhere else`, () => {
          assert.ok(expected.length > 0, 'a bad example needs caret lines');
          const lines = lineIndex(text);
          assert.deepEqual(
            judge(text, files, [rule]),
            expected.map(({ span, message }) => `${JSON.stringify(lines.range(span))} ${message}`).sort(),
          );
          for (const { severity } of expected) assert.equal(severity, rule.severity);
          assert.deepEqual(judge(text, files, [{ ...rule, *visit() {} }]), []);
        });
        it(`repairs bad example ${index + 1} as it shows`, () => {
          const world = handoffWorld({ ...files, [file]: text });
          let now = text;
          for (let times = 0; ; times++) {
            const source = { file, text: now };
            const finding = handoffDialect.judge(source, [rule], world).find(({ fix }) => fix !== undefined);
            if (!finding) break;
            assert.ok(times < 20, 'fixing comes to an end');
            const edits = handoffDialect.planFix(source, [rule], world, finding);
            assert.ok(edits && edits.length > 0, 'the fix has edits');
            now = applyEdits(now, edits);
          }
          const fixed = rule.fixed?.[index];
          assert.equal(now, fixed === undefined ? text : filesOf(fixed).marked);
          if (fixed !== undefined) assert.deepEqual(judge(now, files, [rule]), []);
        });
      });
      rule.good.forEach((example, index) => {
        it(`is silent about good example ${index + 1}`, () => {
          const { marked, files } = filesOf(example);
          assert.deepEqual(judge(marked, files, [rule]), []);
        });
      });
    });
  }
});
