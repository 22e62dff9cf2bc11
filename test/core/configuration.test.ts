import assert from 'node:assert/strict';
import { defaultConfiguration, severityOf } from '../../src/core/configuration.ts';
import { completeConfiguration } from '../../src/core/configuration-complete.ts';
import { readConfiguration } from '../../src/core/configuration-read.ts';
import { configurationSchema } from '../../src/core/configuration-schema.ts';

const rules = [
  { id: 'api/auth-defined', severity: 'error', says: 'Say of every operation who may call it.' },
  { id: 'api/no-integer-id', severity: 'warning', says: 'Name things by ids nobody can count.' },
  { id: 'sql/drop-column', severity: 'error', says: 'Drop a column in two steps.' },
] as const;
const [auth, integer] = rules;

/** `place: message` of every problem, the place being the text that is marked. */
const problems = (text: string): string[] =>
  readConfiguration(text, rules).problems.map(({ span, message }) => `${text.slice(span.start, span.end)}: ${message}`);

describe('configuration', () => {
  const items = [
    { id: 'handoff/tests-pass', shownBy: [{ kind: 'run' }] },
    { id: 'handoff/code-reviewed', shownBy: [{ kind: 'word' }] },
  ] as const;
  const read = (text: string): ReturnType<typeof readConfiguration> =>
    readConfiguration(text, rules, 'backend-architect.yaml', items);

  it('reads commands, scale and where the files of the workflow stand', () => {
    const own = read(
      'commands:\n  tests:\n    run: npm test\n    inputs: [src/**]\n    shows: handoff/tests-pass\n    timeout: 30\nscale: prototype\ntasks: { file: ./docs/task.md }\nhandoff: { file: out/handoff.json }\ncommit: { types: [feat, perf] }\n',
    );
    assert.deepEqual(own.problems, []);
    const { span: _span, ...tests } = own.commands.get('tests') ?? {};
    assert.deepEqual(tests, { run: 'npm test', inputs: ['src/**'], shows: ['handoff/tests-pass'], timeout: 30 });
    assert.deepEqual(
      [own.scale, own.tasksFile, own.handoffFile, own.commitTypes],
      ['prototype', 'docs/task.md', 'out/handoff.json', ['feat', 'perf']],
    );
  });

  it('names what is wrong with them, and leaves out no more than that', () => {
    const said = (text: string): string[] => read(text).problems.map(({ message }) => message);
    assert.deepEqual(said('commands:\n  a b: {}\n  c: 1\n'), [
      '`a b` is no name of a command: letters, digits, `.`, `:`, `_` and `-`, up to 40.',
      'The command `c` has the keys `run`, `inputs`, `shows`, `timeout`.',
    ]);
    assert.deepEqual(
      said('commands: { t: { run: x, shows: [handoff/test-pass, handoff/code-reviewed], timeout: 0 } }'),
      [
        'There is no checklist item `handoff/test-pass`. Did you mean `handoff/tests-pass`?',
        'No command can show `handoff/code-reviewed`: a person has to say so. Leave it out.',
        '`timeout` is a number of seconds from 1 to 86400; 600 count.',
        'The command `t` names no `inputs`: nothing would make what it shows out of date, so it is left out.',
      ],
    );
    assert.deepEqual(said('scale: standart\ntasks: { file: ../x }\ncommit: { types: [Feat] }\n'), [
      '`scale` is one of prototype, standard or enterprise. Did you mean `standard`?',
      "`../x` is no path of a file from the project's root, with `/`. task.md counts.",
      '`Feat` is no type of a commit: small letters, digits and `-`, up to 30.',
    ]);
    assert.deepEqual(read('commit: { types: [Feat] }').commitTypes, defaultConfiguration.commitTypes);
  });

  it('reads severities, overrides and patterns', () => {
    const configuration = readConfiguration(
      [
        'rules:',
        '  api/auth-defined: warning',
        '  sql/drop-column: off',
        'include: ["api/**", migrations/]',
        'exclude: [legacy, "*.gen.yaml"]',
        'overrides:',
        '- files: ["api/public/**"]',
        '  rules: { api/auth-defined: off }',
        '- files: "api/public/admin.yaml"',
        '  rules: { api/auth-defined: error }',
      ].join('\n'),
      rules,
    );
    assert.deepEqual(configuration.problems, []);
    assert.equal(severityOf(configuration, auth, 'api/shop.yaml'), 'warning');
    assert.equal(severityOf(configuration, auth, 'api/public/shop.yaml'), 'off');
    assert.equal(severityOf(configuration, auth, 'api/public/admin.yaml'), 'error');
    assert.equal(severityOf(configuration, integer, 'api/shop.yaml'), 'warning');
    const included = [
      'api/a.yaml',
      'migrations/001.sql',
      'web/a.yaml',
      'api/legacy/a.yaml',
      'api/a.gen.yaml',
      'api/.x/a.yaml',
    ];
    assert.deepEqual(included.filter(configuration.includes), ['api/a.yaml', 'migrations/001.sql', 'api/.x/a.yaml']);
  });

  it('says nothing of an empty, commented or missing configuration', () => {
    for (const text of [
      '',
      '\n',
      '# nothing yet\n',
      'rules:\n',
      'rules:\ninclude:\ndisables:\noverrides:\n',
      '\uFEFFrules: {}\r\n',
    ]) {
      assert.deepEqual(problems(text), [], JSON.stringify(text));
    }
    assert.equal(severityOf(defaultConfiguration, auth, 'a.yaml'), 'error');
  });

  it('names each mistake at its place and goes on', () => {
    assert.deepEqual(problems('rulez:\n  x: off\n'), ['rulez: There is no setting `rulez`. Did you mean `rules`?']);
    assert.deepEqual(problems('rules:\n  api/auth-definde: off\n'), [
      'api/auth-definde: There is no rule `api/auth-definde`. Did you mean `api/auth-defined`?',
    ]);
    assert.deepEqual(problems('rules:\n  api/auth-defined: eror\n'), [
      'eror: `api/auth-defined` needs one of off, error, warning, info or hint. Did you mean `error`?',
    ]);
    assert.deepEqual(problems('rules:\n  api/auth-defined:\n'), [
      'api/auth-defined: `api/auth-defined` needs one of off, error, warning, info or hint.',
    ]);
    assert.deepEqual(problems('rules: [api/auth-defined]\n'), [
      '[api/auth-defined]: `rules` holds rule ids with `off`, `error`, `warning`, `info` or `hint`.',
    ]);
    assert.deepEqual(problems('include: { a: b }\n'), [
      '{ a: b }: `include` is a list of path patterns, for example ["api/**"].',
    ]);
    assert.deepEqual(problems('exclude: ["!api", 3, "..\\\\x"]\n'), [
      '"!api": This pattern of `exclude` is not used: patterns are not negated here: leave the `!` out and use `exclude`.',
      '3: A pattern of `exclude` is text, for example "api/**".',
      '"..\\\\x": This pattern of `exclude` is not used: folders are parted by `/`.',
    ]);
    assert.deepEqual(problems('- a\n'), [
      '- a\n: backend-architect.yaml holds keys and values: `rules`, `include`, `exclude`, `overrides`, `disables`, `commands`, `scale`, `tasks`, `handoff`, `commit`.',
    ]);
    assert.deepEqual(problems('rules: {}\nrules: {}\n'), [
      'rules: `rules` stands here a second time. Keep one of them.',
    ]);
    assert.deepEqual(problems('overrides:\n  - rules: {}\n'), [
      'rules: This override names no `files`, so it changes nothing.',
    ]);
    assert.deepEqual(
      problems('disables:\n  - rule: api/auth-defined\n    file: a.json\n    until: 2027-02-30\n    reason: r\n'),
      ['2027-02-30: `2027-02-30` is no day. Write it as YYYY-MM-DD, for example 2027-03-31.'],
    );
    assert.deepEqual(problems('disables:\n  - file: ../a.json\n    reason: r\n'), [
      'file: This disable names no `rule`, so it silences nothing.',
      "../a.json: `../a.json` is no path from the project's root, with `/`.",
    ]);
    assert.deepEqual(problems('disables: [just text]\n'), [
      'just text: An entry of `disables` has the keys `rule`, `file`, `at`, `reason`, `until`.',
    ]);
  });

  it('names a second YAML document, which it does not read', () => {
    const text = '# first\n---\nrules: { api/auth-defined: off }\n---\nexclude: [a]\n---\nexclude: [b]\n';
    const [problem, ...others] = problems(text);
    assert.deepEqual(others, []);
    assert.match(
      problem ?? '',
      /: A second YAML document begins here, and is not read\. Move its settings into the first one\.$/,
    );
    assert.equal(severityOf(readConfiguration(text, rules), auth, 'a.yaml'), 'off');
    assert.ok(readConfiguration(text, rules).includes('a/x.yaml'));
    assert.deepEqual(problems('---\nrules: {}\n...\n'), []);
  });

  it('reads what it can of broken YAML', () => {
    const text = 'rules:\n  api/auth-defined: off\nexclude: [a, "b\n';
    const configuration = readConfiguration(text, rules);
    assert.ok(configuration.problems.some(({ message }) => message.startsWith('The YAML breaks here: ')));
    assert.equal(severityOf(configuration, auth, 'a.yaml'), 'off');
    for (const { span } of configuration.problems) assert.ok(span.start <= span.end && span.end <= text.length);
  });

  it('never throws, whatever is in the file', () => {
    const full =
      'rules: &r\n  api/auth-defined: off\n? [a]\n: b\noverrides:\n  - files: [a]\n    rules: *r\ndisables:\n  - *r\n  - {rule: x}\n';
    for (let end = 0; end <= full.length; end++) readConfiguration(full.slice(0, end), rules);
    for (const text of [
      '*a',
      '&a [*a]',
      '\0\0',
      '['.repeat(5000),
      '%YAML 9\n---\n!!x y',
      '--- a\n--- b',
      '__proto__: 1',
    ])
      readConfiguration(text, rules);
  });

  it('takes linear time, whatever is in the file', () => {
    const one = '{ rule: api/auth-defined, file: a.json, reason: r }';
    const texts = [
      `disables:\n- &o ${one}\n${'- *o\n'.repeat(90_000)}`,
      `exclude: [&o "a*b"${', *o'.repeat(90_000)}]\n`,
      `exclude: [${'"{a,b}{c,d}{e,f}{g,h}{i,j}{k,l}*b",'.repeat(20_000)}]\n`,
      `overrides:\n${'- files: ["*a*a*b"]\n'.repeat(30_000)}`,
      `rules: ${'['.repeat(400_000)}`,
      `rules:\n  ${'- '.repeat(400_000)}`,
      `rules:\n  ${'? '.repeat(400_000)}`,
      `rules: ${'['.repeat(499)}`,
      `rules:\n  ${'- '.repeat(499)}`,
      Array.from({ length: 1200 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
      '!'.repeat(200_000),
      '"'.repeat(100_000),
      'a: '.repeat(100_000),
    ];
    for (const text of texts) {
      const began = performance.now();
      const configuration = readConfiguration(text, rules);
      const path = 'a'.repeat(250);
      configuration.includes(path);
      for (let i = 0; i < 100; i++) severityOf(configuration, auth, path);
      const took = performance.now() - began;
      assert.ok(took < 5000, `${text.slice(0, 30)}: ${took} ms`);
    }
    assert.deepEqual(problems(`x: &a api\ninclude: [*a]\n`).length, 1);
    assert.ok(readConfiguration('overrides:\n- files: &a [api]\ninclude: *a\n', rules).includes('api/a.yaml'));
  });

  it('uses a thousand patterns and says so of the others', () => {
    const many = (count: number): string =>
      `exclude: [${Array.from({ length: count }, (_, i) => `p${i}`).join(', ')}]\n`;
    assert.deepEqual(problems(many(1000)), []);
    assert.deepEqual(problems(many(1200)), [
      'p1000: Patterns from here on are not used: up to 1000 are read, with those that braces stand for. Name whole folders instead.',
    ]);
    assert.deepEqual(problems('exclude: ["{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}"]\n'), [
      '"{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}": This pattern of `exclude` is not used: its braces stand for more than 100 patterns: write `*`, or several.',
    ]);
  });

  it('has a schema with every rule', () => {
    const schema = JSON.stringify(configurationSchema(rules));
    for (const { id, says } of rules) assert.ok(schema.includes(`"${id}"`) && schema.includes(says));
  });
});

/** Labels at `|`, each with what the text becomes. */
const at = (marked: string): { labels: string[]; text(label: string): string } => {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const items = completeConfiguration(text, offset, rules);
  return {
    labels: items.map(({ label }) => label),
    text: (label) => {
      const item = items.find((one) => one.label === label);
      assert.ok(item, label);
      return text.slice(0, item.replace.start) + item.insert + text.slice(item.replace.end);
    },
  };
};

describe('completion in the configuration', () => {
  it('offers keys that are not there yet', () => {
    assert.deepEqual(at('rules:\n  api/auth-defined: off\n|').labels, [
      'include',
      'exclude',
      'overrides',
      'disables',
      'commands',
      'scale',
      'tasks',
      'handoff',
      'commit',
    ]);
    assert.deepEqual(at('commands:\n  tests:\n    run: x\n    |').labels, ['inputs', 'shows', 'timeout']);
    assert.deepEqual(at('scale: |').labels, ['prototype', 'standard', 'enterprise']);
    assert.equal(at('incl|').text('include'), 'include:');
    assert.deepEqual(at('disables:\n  - rule: api/auth-defined\n    |').labels, ['file', 'at', 'reason', 'until']);
    assert.deepEqual(at('disables:\n  - |').labels, ['rule', 'file', 'at', 'reason', 'until']);
    assert.deepEqual(at('disables:\n- |').labels, ['rule', 'file', 'at', 'reason', 'until']);
    assert.deepEqual(at('overrides:\n  - files: [a]\n    |\n  - rules:\n').labels, ['rules']);
  });

  it('offers rules and severities', () => {
    assert.deepEqual(at('rules:\n  api/auth-defined: off\n  |').labels, ['api/no-integer-id', 'sql/drop-column']);
    assert.equal(at('rules:\n  api/n|').text('api/no-integer-id'), 'rules:\n  api/no-integer-id: ');
    assert.deepEqual(at('rules:\n  api/auth-defined: |').labels, ['off', 'error', 'warning', 'info', 'hint']);
    assert.equal(at('rules:\n  api/auth-defined: er|r\n').text('error'), 'rules:\n  api/auth-defined: error\n');
    assert.equal(at('overrides:\n  - rules:\n      |').labels.length, 3);
    assert.equal(at('disables:\n  - file: a\n    rule: |').labels.length, 3);
  });

  it('offers nothing in comments, brackets and free text', () => {
    for (const text of ['# |', 'include: [|', 'disables:\n  - reason: |', 'include: |'])
      assert.deepEqual(at(text).labels, [], text);
  });
});
