import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { readConfiguration } from '../../src/core/configuration-read.ts';
import { planDisable } from '../../src/core/disable-plan.ts';
import type { RawFinding } from '../../src/core/finding.ts';
import { report } from '../../src/core/report.ts';
import { applyEdits } from '../../src/core/text.ts';

const rule = { id: 'api/a', severity: 'error', dialect: 'openapi' } as const;
const project = ['configuration-valid', 'disable-known', 'disable-used', 'disable-reason'].map((name) => {
  return { id: `project/${name}`, severity: 'warning', dialect: 'project' } as const;
});

interface Case {
  readonly file: string;
  readonly text: string;
  /** Where the finding is. */
  readonly word: string;
  readonly scope?: 'line' | 'file' | 'workspace';
  readonly config?: string;
}

function findingOf({ file, text, word }: Case): RawFinding {
  const start = text.lastIndexOf(word);
  assert.ok(start >= 0, word);
  return {
    file,
    rule: rule.id,
    message: 'm',
    span: { start, end: start + word.length },
    symbol: '/a/b',
    cause: '/a/b',
    related: [],
  };
}

/** The text of every file after the plan, and a proof that the finding is silenced by it. */
function after(one: Case): { document: string; config: string | undefined; creates: readonly string[] } {
  const plan = planDisable({
    scope: one.scope ?? 'line',
    finding: findingOf(one),
    text: one.text,
    reason: ' because:  it\nis ',
    ...(one.config === undefined ? {} : { configurationText: one.config }),
  });
  assert.ok('edits' in plan, JSON.stringify(plan));
  const edited = (file: string, text: string): string => applyEdits(text, plan.edits.get(file) ?? []);
  const document = edited(one.file, one.text);
  const config = plan.edits.has('backend-architect.yaml')
    ? edited('backend-architect.yaml', one.config ?? '')
    : one.config;
  const { findings } = report({
    rules: [rule, ...project],
    configuration: readConfiguration(config ?? '', [rule, ...project]),
    findings: [findingOf({ ...one, text: document })],
    documents: [{ file: one.file, text: document, analysed: true }],
    complete: true,
    today: '2027-01-01',
  });
  assert.deepEqual(findings, [], `${document}\n----\n${config ?? ''}`);
  return { document, config, creates: plan.creates };
}

const entry = (indent: string): string =>
  ['- rule: api/a', '  file: a.json', '  at: /a/b', '  reason: "because: it is"']
    .map((line) => `${indent}${line}\n`)
    .join('');

describe('a plan to disable', () => {
  it('puts a comment above the line, with its indent and line break', () => {
    assert.equal(
      after({ file: 'a.yaml', text: 'a:\r\n  b: 1\r\n', word: 'b' }).document,
      'a:\r\n  # backend-architect-disable-next-line api/a: because: it is\r\n  b: 1\r\n',
    );
    assert.equal(
      after({ file: 'a.sql', text: 'create table t (\n\tb int\n);\n', word: 'b int' }).document,
      'create table t (\n\t-- backend-architect-disable-next-line api/a: because: it is\n\tb int\n);\n',
    );
    assert.equal(
      after({ file: 'a.yaml', text: '\uFEFFa: 1', word: 'a' }).document,
      '\uFEFF# backend-architect-disable-next-line api/a: because: it is\na: 1',
    );
    for (const text of [
      'x:\n  - b: 1\n',
      'x: {\n  b: 1 }\n',
      'x: |\n  text\nb: 1\n',
      'x: &k 1\ny:\n  b: *k\n',
      'x: >\n\n  t\n\n# c\nb:\n',
    ]) {
      const { document } = after({ file: 'a.yaml', text, word: 'b' });
      assert.deepEqual(parse(document), parse(text));
    }
  });

  it('goes to the configuration where no comment can stand', () => {
    const places: Case[] = [
      { file: 'a.json', text: '{ "b": 1 }', word: '"b"' },
      { file: 'a.yaml', text: '{ "b": 1 }', word: '"b"' },
      { file: 'a.yaml', text: 'a: |\n  one\n  b\n', word: 'b' },
      { file: 'a.yaml', text: 'a: "one\n  b"\n', word: 'b' },
      { file: 'a.yaml', text: 'a: one\n  b\n', word: 'b' },
      { file: 'a.sql', text: "select '\nb';", word: 'b' },
      { file: 'a.sql', text: 'do $$\nb\n$$;', word: 'b' },
    ];
    for (const one of places) {
      const { document, config, creates } = after(one);
      assert.equal(document, one.text);
      assert.equal(
        config,
        `disables:\n  - rule: api/a\n    file: ${one.file}\n    at: /a/b\n    reason: "because: it is"\n`,
      );
      assert.deepEqual(creates, ['backend-architect.yaml']);
    }
  });

  it('disables a file on its first line', () => {
    const comment = 'backend-architect-disable-file api/a: because: it is';
    assert.equal(
      after({ file: 'a.yaml', text: '%YAML 1.2\n---\nb: 1\n', word: 'b', scope: 'file' }).document,
      `%YAML 1.2\n# ${comment}\n---\nb: 1\n`,
    );
    assert.equal(
      after({ file: 'a.sql', text: '\uFEFFdrop b;\r\n', word: 'b', scope: 'file' }).document,
      `\uFEFF-- ${comment}\r\ndrop b;\r\n`,
    );
    const { config } = after({ file: 'a.json', text: '{}', word: '{', scope: 'file' });
    assert.equal(config, 'disables:\n  - rule: api/a\n    file: a.json\n    reason: "because: it is"\n');
  });

  it('switches a rule off in the configuration and leaves every other byte', () => {
    const off = 'api/a: off # because: it is';
    const cases: [string | undefined, string][] = [
      [undefined, `rules:\n  ${off}\n`],
      ['# only a comment', `# only a comment\nrules:\n  ${off}\n`],
      ['rules:\r\n', `rules:\r\n  ${off}\r\n`],
      ['rules: # none\ninclude: [a]\n', `rules: # none\n  ${off}\ninclude: [a]\n`],
      ['rules:\n    api/b: off   # keep\n\n# tail\n', `rules:\n    api/b: off   # keep\n    ${off}\n\n# tail\n`],
      ['rules:\n  api/a: error\n', `rules:\n  api/a: off # because: it is\n`],
      ['rules:\n  api/a: error # old\n', `rules:\n  api/a: off # old\n`],
      ['rules:\n  api/a:\n', `rules:\n  api/a: off # because: it is\n`],
      ['rules: { api/b: off }\n', 'rules: { api/b: off, api/a: off } # because: it is\n'],
      ['rules: {}', 'rules: { api/a: off } # because: it is'],
      ['{ include: [a.yaml] }', '{ include: [a.yaml], rules: { api/a: off } }'],
      ['include:\n  - a.yaml', `include:\n  - a.yaml\nrules:\n  ${off}\n`],
      ['include:\n- a.yaml\n\n\n', `include:\n- a.yaml\nrules:\n  ${off}\n\n\n`],
      [
        'disables:\n  - rule: api/a\n    file: x.yaml\n    reason: |\n      long\n',
        `disables:\n  - rule: api/a\n    file: x.yaml\n    reason: |\n      long\nrules:\n  ${off}\n`,
      ],
    ];
    for (const [config, expected] of cases) {
      const plan = planDisable({
        scope: 'workspace',
        finding: findingOf({ file: 'a.yaml', text: 'b: 1\n', word: 'b' }),
        text: 'b: 1\n',
        reason: 'because: it is',
        ...(config === undefined ? {} : { configurationText: config }),
      });
      assert.ok('edits' in plan);
      const result = applyEdits(config ?? '', plan.edits.get('backend-architect.yaml') ?? []);
      assert.equal(result, expected);
      assert.equal(readConfiguration(result, [rule]).rules.get('api/a'), 'off', result);
    }
  });

  it('adds an entry to the disables there are', () => {
    const other = { block: '- rule: api/a\n  file: a.json\n  at: /zzz\n  until: 2000-01-01\n  reason: r\n' };
    const json: Omit<Case, 'config'> = { file: 'a.json', text: '{ "b": 1 }', word: '"b"' };
    const plan = (config: string): string => {
      const made = planDisable({
        scope: 'line',
        finding: findingOf(json),
        text: json.text,
        reason: 'because: it is',
        configurationText: config,
      });
      assert.ok('edits' in made);
      return applyEdits(config, made.edits.get('backend-architect.yaml') ?? []);
    };
    assert.equal(plan(`disables:\n${other.block}# tail\n`), `disables:\n${other.block}${entry('')}# tail\n`);
    const nested = other.block.replaceAll(/^/gm, '  ').trimEnd();
    assert.equal(plan(`disables:\n${nested}\n`), `disables:\n${nested}\n${entry('  ')}`);
    assert.equal(plan('disables:\n'), `disables:\n${entry('  ')}`);
    const flow = '{ rule: "api/a", file: "a.json", at: "/a/b", reason: "because: it is" }';
    assert.equal(plan('disables: []\n'), `disables: [ ${flow} ]\n`);
    assert.equal(plan('disables: [ {rule: api/a} ]\n'), `disables: [ {rule: api/a}, ${flow} ]\n`);
  });

  it('refuses a broken configuration and an empty reason', () => {
    const finding = findingOf({ file: 'a.json', text: 'b', word: 'b' });
    for (const configurationText of ['rules: [a', '- a\n', 'just text', 'rules: off\n']) {
      assert.ok(
        'problem' in planDisable({ scope: 'workspace', finding, text: 'b', reason: 'r', configurationText }),
        configurationText,
      );
    }
    assert.ok('problem' in planDisable({ scope: 'line', finding, text: 'b', reason: ' \n' }));
  });
});
