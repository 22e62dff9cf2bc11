import assert from 'node:assert/strict';
import type { RawFinding } from '../../../src/core/finding.ts';
import type { SqlRule } from '../../../src/core/rule.ts';
import { planSqlFix } from '../../../src/core/sql/fix.ts';
import type { SqlAnalysis } from '../../../src/core/sql/analyse.ts';
import { applyEdits } from '../../../src/core/text.ts';
import type { MarkedText } from '../../harness/carets.ts';
import { analyseFiles, exampleFiles, sqlRules, textsOf } from '../../harness/sql.ts';

const rules = await sqlRules();

function findingsOf(analysis: SqlAnalysis): RawFinding[] {
  return [...analysis.files.values()].flatMap((file) => file.findings);
}

/** Every place a rule's findings speak of in the files. */
function placesOf(analysis: SqlAnalysis, rule: SqlRule): string[] {
  const places: string[] = [];
  for (const finding of findingsOf(analysis)) {
    if (finding.rule !== rule.id) continue;
    places.push(show(finding.file, finding.span.start, finding.span.end, finding.message));
  }
  return places.sort();
}

const show = (file: string, start: number, end: number, message: string): string =>
  `${file} ${start}-${end} ${message}`;

function expectedPlaces(
  files: ReadonlyMap<string, MarkedText>,
): { readonly place: string; readonly message: string }[] {
  return [...files].flatMap(([file, { expected }]) =>
    expected.map(({ span, message }) => ({ place: `${file} ${span.start}-${span.end} `, message })),
  );
}

function assertFound(found: readonly string[], files: ReadonlyMap<string, MarkedText>): void {
  const expected = expectedPlaces(files);
  assert.equal(
    found.length,
    expected.length,
    `found:\n${found.join('\n')}\nexpected:\n${expected.map((one) => one.place + one.message).join('\n')}`,
  );
  for (const { place, message } of expected) {
    assert.ok(
      found.some((one) => one.startsWith(place + message)),
      `${place}${message}\nis not among\n${found.join('\n')}`,
    );
  }
}

/** Applies the fixes of every finding of the rule, file by file. */
function fixAll(analysis: SqlAnalysis, rule: SqlRule, texts: Readonly<Record<string, string>>): Record<string, string> {
  const fixed: Record<string, string> = { ...texts };
  for (const [path, { findings }] of analysis.files) {
    const edits = findings
      .filter((one) => one.rule === rule.id && one.fix !== undefined)
      .flatMap((one) => planSqlFix(analysis, [one], rules));
    fixed[path] = applyEdits(texts[path] ?? '', edits);
  }
  return fixed;
}

describe('the examples of the SQL rules', () => {
  it('are there for at least sixteen rules, each named after its file', () => {
    assert.ok(rules.length >= 16);
    for (const rule of rules) assert.match(rule.id, /^sql\/[a-z-]+$/);
    assert.equal(new Set(rules.map((rule) => rule.id)).size, rules.length);
  });

  for (const rule of rules) {
    describe(rule.id, () => {
      for (const [i, example] of rule.bad.entries()) {
        const files = exampleFiles(example);

        it(`finds bad example ${i + 1} at its carets and nowhere else`, async () => {
          const expected = [...files.values()].flatMap((file) => file.expected);
          assert.ok(expected.length > 0, 'a bad example marks a place');
          for (const { severity } of expected) assert.equal(severity, rule.severity);
          assertFound(placesOf(await analyseFiles(textsOf(files), rules), rule), files);
        });

        it(`finds nothing in bad example ${i + 1} with its visitor emptied`, async () => {
          const emptied = rules.map((one): SqlRule => (one === rule ? { ...one, visit: {} } : one));
          assert.deepEqual(placesOf(await analyseFiles(textsOf(files), emptied), rule), []);
        });

        it(`says the consequence of bad example ${i + 1} in one sentence of product prose`, async () => {
          for (const finding of findingsOf(await analyseFiles(textsOf(files), [rule]))) {
            assert.doesNotMatch(finding.message, /please|\.$/i);
            assert.ok(finding.message.length < 260);
          }
        });

        const fixed = rule.fixed?.[i];
        if (fixed !== undefined) {
          it(`fixes bad example ${i + 1}, once and for all`, async () => {
            const texts = textsOf(files);
            const analysis = await analyseFiles(texts, rules);
            const result = fixAll(analysis, rule, texts);
            const wanted = textsOf(exampleFiles(fixed));
            assert.deepEqual(result, wanted);
            const again = await analyseFiles(result, rules);
            assert.deepEqual(placesOf(again, rule), []);
            assert.deepEqual(
              findingsOf(again).filter((one) => one.rule === 'sql/syntax'),
              [],
            );
            assert.deepEqual(fixAll(again, rule, result), result);
          });
        }
      }

      for (const [i, example] of rule.good.entries()) {
        it(`is silent about good example ${i + 1}, and so are the others`, async () => {
          const found = findingsOf(await analyseFiles(textsOf(exampleFiles(example)), rules));
          const noise = found.filter((one) => !(rule.id !== 'sql/down-missing' && one.rule === 'sql/down-missing'));
          assert.deepEqual(
            noise.filter((one) => one.rule === rule.id).map((one) => one.message),
            [],
          );
          assert.deepEqual(
            noise.map((one) => `${one.rule} ${one.message}`),
            [],
          );
        });
      }

      it('offers a fix exactly where an example shows it', async () => {
        const offers: boolean[] = [];
        for (const example of rule.bad) {
          const analysis = await analyseFiles(textsOf(exampleFiles(example)), [rule]);
          offers.push(findingsOf(analysis).some((one) => one.fix !== undefined));
        }
        assert.deepEqual(
          offers,
          rule.bad.map((_, i) => rule.fixed?.[i] !== undefined),
        );
      });
    });
  }

  it('is silent about the base', async () => {
    const files = exampleFiles('');
    assert.deepEqual(findingsOf(await analyseFiles(textsOf(files), rules)), []);
  });
});
