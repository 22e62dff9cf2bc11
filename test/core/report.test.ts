import assert from 'node:assert/strict';
import { assert as always, property, shuffledSubarray } from 'fast-check';
import { readConfiguration } from '../../src/core/configuration-read.ts';
import type { RawFinding } from '../../src/core/finding.ts';
import { report, type WeighedRule } from '../../src/core/report.ts';

const rules: readonly WeighedRule[] = [
  { id: 'api/a', severity: 'error', dialect: 'openapi' },
  { id: 'api/b', severity: 'warning', dialect: 'openapi', yieldsTo: ['api/a'] },
  { id: 'sql/a', severity: 'error', dialect: 'sql' },
  { id: 'api/syntax', severity: 'error', dialect: 'openapi' },
  { id: 'project/configuration-valid', severity: 'warning', dialect: 'project' },
  { id: 'project/disable-known', severity: 'warning', dialect: 'project' },
  { id: 'project/disable-used', severity: 'warning', dialect: 'project' },
  { id: 'project/disable-reason', severity: 'warning', dialect: 'project' },
];

/** A finding of `rule` at the first place of `word` in `text`. */
function raw(rule: string, text: string, word: string, more: Partial<RawFinding> = {}): RawFinding {
  const start = text.indexOf(word);
  assert.ok(start >= 0, word);
  const symbol = more.symbol ?? `/${word}`;
  return {
    file: 'a.yaml',
    rule,
    message: `${rule} at ${word}`,
    span: { start, end: start + word.length },
    symbol,
    cause: symbol,
    related: [],
    ...more,
  };
}

function run(
  texts: Readonly<Record<string, string>>,
  findings: readonly RawFinding[],
  more: { config?: string; today?: string; complete?: boolean; failed?: readonly string[] } = {},
): ReturnType<typeof report> {
  return report({
    rules,
    configuration: readConfiguration(more.config ?? '', rules),
    findings,
    documents: Object.entries(texts).map(([file, text]) => ({ file, text, analysed: !more.failed?.includes(file) })),
    complete: more.complete ?? true,
    today: more.today ?? '2027-01-15',
  });
}

const lines = (...args: Parameters<typeof run>): string[] =>
  run(...args).findings.map(({ file, range, rule, severity, message }) => {
    return `${file}:${range.start.line}:${range.start.character} ${severity} ${rule} ${message}`;
  });

describe('the last pass', () => {
  const text = 'one: 1\r\ntwo: 2\r\n\u{1F600} three: 3\r\n';

  it('tells what could not be read, whatever wants to silence it', () => {
    const broken = '# backend-architect-disable-file api/syntax: r\ntwo: [\n';
    const config =
      'rules:\n  api/syntax: off\noverrides:\n- files: ["**"]\n  rules: { api/syntax: hint }\n' +
      'disables:\n- { rule: api/syntax, file: a.yaml, reason: r }\n';
    const cannot =
      'api/syntax cannot be disabled: it says what could not be read. Repair that place, or `exclude` the file in the configuration.';
    const stays =
      '`api/syntax` stays an error: it says what could not be read, and so was not checked. Delete this line.';
    assert.deepEqual(lines({ 'a.yaml': broken }, [raw('api/syntax', broken, 'two')], { config }), [
      `a.yaml:0:33 warning project/disable-known ${cannot}`,
      'a.yaml:1:0 error api/syntax api/syntax at two',
      `backend-architect.yaml:1:14 warning project/configuration-valid ${stays}`,
      `backend-architect.yaml:4:23 warning project/configuration-valid ${stays}`,
      `backend-architect.yaml:6:4 warning project/disable-known ${cannot}`,
    ]);
  });

  it('gives places as lines and severities by configuration', () => {
    const found = [raw('api/a', text, 'three'), raw('api/b', text, 'two')];
    assert.deepEqual(lines({ 'a.yaml': text }, found), [
      'a.yaml:1:0 warning api/b api/b at two',
      'a.yaml:2:3 error api/a api/a at three',
    ]);
    assert.deepEqual(lines({ 'a.yaml': text }, found, { config: 'rules: { api/a: off, api/b: hint }' }), [
      'a.yaml:1:0 hint api/b api/b at two',
    ]);
  });

  it('lets a rule be silent where another speaks of the same thing or of what is around it', () => {
    const around = raw('api/a', text, 'one', { symbol: '/paths/~1x' });
    const inside = raw('api/b', text, 'two', { symbol: '/paths/~1x/get' });
    const beside = raw('api/b', text, 'three', { symbol: '/paths/~1xy' });
    const kept = (...found: RawFinding[]): string[] =>
      run({ 'a.yaml': text }, found).findings.map(({ message }) => message);
    assert.deepEqual(kept(around, inside, beside), ['api/a at one', 'api/b at three']);
    assert.deepEqual(kept({ ...around, symbol: '' }, inside, beside), ['api/a at one']);
    assert.deepEqual(kept({ ...around, file: 'b.yaml' }, inside).length, 2);
    const off = run({ 'a.yaml': text }, [around, inside], { config: 'rules: { api/a: off }' });
    assert.deepEqual(
      off.findings.map(({ rule }) => rule),
      ['api/b'],
    );
  });

  it('makes one finding of one cause', () => {
    const fix = { kind: 'safe', title: 'Repair' } as const;
    const found = ['three', 'one', 'two'].map((word) =>
      raw('api/a', text, word, { cause: '/x', ...(word === 'one' ? { fix } : {}) }),
    );
    const { findings, sources } = run({ 'a.yaml': text }, [...found, raw('api/a', text, 'one', { cause: '/x' })]);
    assert.equal(findings.length, 1);
    const [finding] = findings;
    assert.ok(finding);
    assert.equal(finding.message, 'api/a at one');
    assert.deepEqual(finding.fix, fix);
    assert.deepEqual(
      finding.related.map(({ range, message }) => [range.start.line, message]),
      [
        [1, 'api/a at two'],
        [2, 'api/a at three'],
      ],
    );
    assert.equal(sources.get(finding)?.length, 3);
  });

  it('keeps fingerprints while the text moves', () => {
    const moved = `# a comment\n${text}`;
    const [before] = run({ 'a.yaml': text }, [raw('api/a', text, 'two')]).findings;
    const [after] = run({ 'a.yaml': moved }, [raw('api/a', moved, 'two')]).findings;
    const [other] = run({ 'a.yaml': text }, [raw('api/a', text, 'one')]).findings;
    assert.equal(before?.fingerprint, after?.fingerprint);
    assert.notEqual(before?.fingerprint, other?.fingerprint);
  });

  it('does not depend on the order it is given', () => {
    const words = ['one', 'two', 'three'];
    const found = words.flatMap((word) =>
      ['api/a', 'api/b'].flatMap((rule) =>
        ['/x', '/x/y', '/z'].map((cause) => raw(rule, text, word, { cause, symbol: `${cause}/${word}` })),
      ),
    );
    const texts = {
      'a.yaml': `${text}# backend-architect-disable-file api/b: r\n`,
      'b.yaml': '# backend-architect-disable-file api/c: r\n',
    };
    const expected = JSON.stringify(run(texts, found).findings);
    always(
      property(shuffledSubarray(found, { minLength: found.length }), (shuffled) => {
        const reversed = Object.fromEntries(Object.entries(texts).reverse());
        assert.equal(JSON.stringify(run(reversed, shuffled).findings), expected);
      }),
      { numRuns: 50 },
    );
  });
});

describe('disables', () => {
  it('silence what starts on their line', () => {
    const text =
      'one: 1 # backend-architect-disable-line api/a: r\n# backend-architect-disable-next-line api/a, api/b: r\ntwo: 2\nthree: 3\n';
    const found = ['one', 'two', 'three'].map((word) => raw('api/a', text, word));
    assert.deepEqual(lines({ 'a.yaml': text }, [...found, raw('api/b', text, 'two', { symbol: '/other' })]), [
      'a.yaml:3:0 error api/a api/a at three',
    ]);
  });

  it('silence a file', () => {
    const text = 'one: 1\n# backend-architect-disable-file api/a: r\n';
    assert.deepEqual(
      lines({ 'a.yaml': text, 'b.yaml': text }, [
        raw('api/a', text, 'one'),
        raw('api/a', text, 'one', { file: 'b.yaml' }),
      ]),
      [],
    );
  });

  it('are findings where they are unknown, unused or without a reason', () => {
    const text = [
      'one: 1 # backend-architect-disable-line api/a',
      'two: 2 # backend-architect-disable-line api/aa: r',
      '# backend-architect-disable-next-line api/a: r',
      'three: 3',
      '# backend-architect-disable-line api/a: r',
      '# backend-architect-disable-nextline api/a: r',
      '# backend-architect-disable-file : r',
    ].join('\n');
    assert.deepEqual(lines({ 'a.yaml': text }, [raw('api/a', text, 'one')]), [
      'a.yaml:0:0 error api/a api/a at one',
      'a.yaml:0:9 warning project/disable-reason This disable silences nothing: it gives no reason. Write why behind a colon: `api/a: …`.',
      'a.yaml:1:40 warning project/disable-known There is no rule `api/aa`. Did you mean `api/a`?',
      'a.yaml:2:38 warning project/disable-used api/a has nothing to say on the next line. Delete this disable.',
      'a.yaml:4:33 warning project/disable-used Nothing else stands on this line. To silence api/a on the line below, write backend-architect-disable-next-line.',
      'a.yaml:5:2 warning project/disable-known `backend-architect-disable-nextline` silences nothing. Did you mean `backend-architect-disable-next-line`?',
      'a.yaml:6:2 warning project/disable-known This disable names no rule, so it silences nothing. Name the rule it is for.',
    ]);
  });

  it('are not called unused where nobody can know', () => {
    const text = '# backend-architect-disable-file api/a: r\n';
    assert.deepEqual(lines({ 'a.yaml': text }, [], { failed: ['a.yaml'] }), []);
    assert.deepEqual(lines({ 'a.yaml': text }, [], { config: 'rules: { api/a: off }' }), []);
    assert.equal(lines({ 'a.yaml': text }, []).length, 1);
  });

  it('are used by what yields to another rule', () => {
    const text = 'one: 1\n# backend-architect-disable-next-line api/b: r\ntwo: 2\n';
    const found = [raw('api/a', text, 'one', { symbol: '/x' }), raw('api/b', text, 'two', { symbol: '/x/y' })];
    assert.deepEqual(lines({ 'a.yaml': text }, found), ['a.yaml:0:0 error api/a api/a at one']);
  });

  it('may stand in the configuration, and end', () => {
    const text = '{ "one": 1, "two": 2 }';
    const found = ['one', 'two'].map((word) =>
      raw('api/a', text, word, { file: 'a.json', symbol: `/paths/${word}/get` }),
    );
    const told = (more: string, today = '2027-01-15', complete = true): string[] =>
      lines({ 'a.json': text }, found, {
        config: `disables:\n  - rule: api/a\n    file: a.json\n${more}`,
        today,
        complete,
      }).map((line) => line.replace(/^\S+ \S+ /, ''));
    const both = ['api/a api/a at one', 'api/a api/a at two'];
    assert.deepEqual(told('    reason: r\n'), []);
    assert.deepEqual(told('    reason: r\n    at: /paths/one\n'), ['api/a api/a at two']);
    assert.deepEqual(told('    reason: r\n    until: 2027-01-15\n'), []);
    assert.deepEqual(told('    reason: r\n    until: 2027-01-14\n'), [
      ...both,
      'project/disable-used This disable ended on 2027-01-14. Repair a.json, or set a later day.',
    ]);
    assert.deepEqual(told(''), [
      ...both,
      'project/disable-reason This disable silences nothing: it gives no reason. Add `reason:` with why the rule does not apply.',
    ]);
    assert.deepEqual(told('    reason: r\n    at: /info\n'), [
      ...both,
      'project/disable-used api/a has nothing to say about /info of a.json. Delete this disable.',
    ]);
    const elsewhere = '    reason: r\n  - { rule: api/a, file: b.json, reason: r }\n';
    assert.deepEqual(told(elsewhere), [
      'project/disable-used b.json is no document that is checked. Delete this disable, or correct its path.',
    ]);
    assert.deepEqual(told(elsewhere, '2027-01-15', false), []);
  });
});
