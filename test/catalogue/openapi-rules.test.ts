import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { planOpenApiFix } from '../../src/core/openapi/analyse.ts';
import type { OpenApiRule } from '../../src/core/rule.ts';
import { applyEdits, lineIndex } from '../../src/core/text.ts';
import { readCarets } from '../harness/carets.ts';
import { analyse, base, patched } from '../harness/openapi-example.ts';

const folder = new URL('../../src/catalogue/rules/api/', import.meta.url);
const rules: OpenApiRule[] = [];
for (const name of readdirSync(folder).sort()) {
  const module = (await import(new URL(name, folder).href)) as { default: OpenApiRule };
  rules.push(module.default);
}

interface Shown {
  readonly at: string;
  readonly message: string;
}

/** An example is a patch, or a map of files whose entry `openapi.yaml` (or .json) is the document. */
function documentOf(example: string | Readonly<Record<string, string>>): {
  patch: string;
  files: Readonly<Record<string, string>>;
} {
  if (typeof example === 'string') return { patch: example, files: {} };
  const { 'openapi.yaml': yaml, 'openapi.json': json, ...files } = example;
  return { patch: yaml ?? json ?? '', files };
}

function findings(text: string, own: readonly OpenApiRule[], files: Readonly<Record<string, string>>): Shown[] {
  const index = lineIndex(text);
  return analyse(text, own, files).findings.map(({ span, message }) => {
    const { start, end } = index.range(span);
    return {
      at: `${start.line}:${start.character}-${end.line}:${end.character} ${text.slice(span.start, span.end)}`,
      message,
    };
  });
}

/** What the caret lines ask for, placed in the patched document. */
function expectedIn(patch: string): { text: string; shown: Shown[] } {
  const { text: bare, expected } = readCarets(patch.replace(/^\n/, ''));
  const text = patched(bare);
  const own = lineIndex(bare);
  const whole = lineIndex(text);
  const lines = bare.split('\n');
  const shown = expected.map(({ span, message }) => {
    const { start, end } = own.range(span);
    const line = lineNumber(text, lines, start.line);
    const from = whole.lineStart(line) + start.character;
    return {
      at: `${line}:${start.character}-${line}:${end.character} ${text.slice(from, from + span.end - span.start)}`,
      message,
    };
  });
  return { text, shown };
}

/** The line of the patched text that holds line `wanted` of the patch: base entries are only ever added between lines. */
function lineNumber(text: string, lines: readonly string[], wanted: number): number {
  const whole = text.split('\n');
  let at = 0;
  for (let i = 0; i <= wanted; i++) {
    while (whole[at] !== lines[i] && at < whole.length) at++;
    if (i < wanted) at++;
  }
  return at;
}

const bySpan = (a: Shown, b: Shown): number => a.at.localeCompare(b.at);

describe('OpenAPI rules', () => {
  it('are silent about the base', () => {
    assert.deepEqual(findings(base, rules, {}), []);
  });
  for (const rule of rules) {
    describe(rule.id, () => {
      it('is named by its file', () => {
        assert.ok(readdirSync(folder).includes(`${rule.id.slice('api/'.length)}.ts`));
        assert.ok(rule.bad.length > 0 && rule.good.length > 0);
      });
      rule.bad.forEach((example, index) => {
        const { patch, files } = documentOf(example);
        it(`finds bad example ${index + 1} at its carets and nowhere else`, () => {
          const { text, shown } = expectedIn(patch);
          assert.ok(shown.length > 0, 'a bad example needs caret lines');
          assert.deepEqual(findings(text, [rule], files).sort(bySpan), shown.sort(bySpan));
          for (const { severity } of readCarets(patch).expected) assert.equal(severity, rule.severity);
        });
        it(`does not find bad example ${index + 1} without its visitors`, () => {
          const { visit: _, document: __, ...rest } = rule;
          assert.deepEqual(findings(expectedIn(patch).text, [rest], files), []);
        });
        const fixed = rule.fixed?.[index];
        if (fixed === undefined) {
          it(`offers no fix for bad example ${index + 1}, as it shows none`, () => {
            const analysis = analyse(expectedIn(patch).text, [rule], files);
            assert.deepEqual(
              analysis.findings.filter((finding) => finding.fix !== undefined),
              [],
            );
          });
          return;
        }
        it(`repairs bad example ${index + 1}, once and for all`, () => {
          let { text } = expectedIn(patch);
          const repair = (): boolean => {
            const analysis = analyse(text, [rule], files);
            const finding = analysis.findings.find((candidate) => candidate.fix !== undefined);
            if (!finding) return false;
            const edits = planOpenApiFix(analysis, finding, [rule]);
            assert.ok(edits && edits.length > 0, 'the fix has edits');
            text = applyEdits(text, edits);
            return true;
          };
          let times = 0;
          while (repair()) assert.ok(++times <= 20, 'fixing comes to an end');
          assert.ok(times > 0, 'there is a fix');
          assert.equal(text, patched(documentOf(fixed).patch.replace(/^\n/, '')));
          assert.deepEqual(findings(text, [rule], files), []);
        });
      });
      rule.good.forEach((example, index) => {
        it(`is silent about good example ${index + 1}`, () => {
          const { patch, files } = documentOf(example);
          assert.deepEqual(findings(patched(patch), [rule], files), []);
        });
      });
      it('keeps the first 80 characters for consequence and place', () => {
        for (const example of rule.bad) {
          for (const { message } of readCarets(documentOf(example).patch).expected)
            assert.ok(message.length <= 160, message);
        }
      });
    });
  }
});
