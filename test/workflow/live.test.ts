import assert from 'node:assert/strict';
import fc from 'fast-check';
import { rules } from '../../src/catalogue/rules.generated.ts';
import { applyEdits, lineIndex } from '../../src/core/text.ts';
import { type LiveProject, liveProject, type Verdict, type Work } from '../../src/workflow/live.ts';
import { createPostgresParser } from '../../src/platform/postgres-parser.ts';
import { testRules } from '../harness/server/rules.ts';

const head = 'openapi: 3.1.0\ninfo: { title: Shop, version: 1.0.0 }\npaths:\n';
const operation = (path: string): string =>
  `  ${path}:\n    get:\n      summary: Lists.\n      responses: { '200': { description: OK } }\n`;
const spec = head + operation('/users');

interface World {
  readonly live: LiveProject;
  readonly disk: Map<string, string>;
  /** Runs all that is due. */
  settle(): Verdict[];
  open(file: string, text: string): void;
  edit(file: string, start: number, end: number, newText: string): void;
}

function world(
  files: Readonly<Record<string, string>> = {},
  leftOut: (file: string) => string | undefined = () => undefined,
): World {
  const disk = new Map(Object.entries(files));
  const read = (file: string): { text: string } | undefined => {
    const text = disk.get(file);
    return text === undefined ? undefined : { text };
  };
  const live = liveProject({
    rules: [...rules.filter(({ dialect, id }) => dialect !== 'openapi' || id === 'api/auth-defined'), ...testRules],
    read,
    readTarget: (file) => disk.get(file),
    kind: (file) => (disk.has(file) ? 'file' : undefined),
    sha256: () => undefined,
    leftOut,
    today: () => '2026-11-20',
  });
  const texts = new Map<string, { text: string; version: number }>();
  const document = (file: string) => {
    const { text, version } = texts.get(file) ?? { text: '', version: 0 };
    return { file, text, version, lines: lineIndex(text) };
  };
  return {
    live,
    disk,
    settle: () => {
      const shown: Verdict[] = [];
      for (let work = live.next(); work; work = live.next()) shown.push(...finish(work));
      return shown;
    },
    open: (file, text) => {
      texts.set(file, { text, version: 1 });
      live.open(document(file));
      live.touch(file);
    },
    edit: (file, start, end, newText) => {
      const { text, version } = document(file);
      texts.set(file, { text: applyEdits(text, [{ span: { start, end }, newText }]), version: version + 1 });
      live.change(document(file), { start, oldEnd: end, newEnd: start + newText.length });
      live.touch(file);
    },
  };
}

function finish(work: Work): readonly Verdict[] {
  const steps = work.run();
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

const seen = (verdict: Verdict | undefined): unknown =>
  verdict && [
    verdict.state,
    verdict.detail,
    verdict.findings.map(({ rule, message, range, severity }) => ({ rule, message, range, severity })),
  ];
const ruleIds = (verdict: Verdict | undefined): unknown => verdict?.findings.map(({ rule }) => rule);

describe('live project', () => {
  it('judges what is open, and nothing that is not due', () => {
    const { live, open, settle } = world();
    open('openapi.yaml', spec);
    assert.deepEqual(settle().map(ruleIds), [['api/auth-defined']]);
    assert.equal(live.next(), undefined);
    assert.equal(live.verdicts.get('openapi.yaml')?.version, 1);
  });

  it('says after any edits what a fresh look says', () => {
    const edit = fc.record({
      at: fc.nat(400),
      length: fc.nat(12),
      newText: fc.constantFrom(
        '',
        ' ',
        '\n',
        '  ',
        'x',
        '#',
        ':',
        '- ',
        '{',
        '"',
        '    get:\n',
        operation('/more'),
        'security: []\n',
        "$ref: './other.yaml#/a'",
      ),
    });
    fc.assert(
      fc.property(
        fc.array(edit, { minLength: 1, maxLength: 10 }),
        fc.array(fc.boolean(), { minLength: 10, maxLength: 10 }),
        (edits, looks) => {
          const one = world();
          let text = spec + operation('/b') + operation('/c');
          one.open('openapi.yaml', text);
          one.settle();
          for (const [index, { at, length, newText }] of edits.entries()) {
            const start = Math.min(at, text.length);
            const end = Math.min(start + length, text.length);
            one.edit('openapi.yaml', start, end, newText);
            text = applyEdits(text, [{ span: { start, end }, newText }]);
            if (looks[index]) one.settle();
          }
          one.settle();
          const fresh = world();
          fresh.open('openapi.yaml', text);
          fresh.settle();
          assert.deepEqual(seen(one.live.verdicts.get('openapi.yaml')), seen(fresh.live.verdicts.get('openapi.yaml')));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('forgets nothing when work is left in the middle', () => {
    const { live, open, edit, settle } = world();
    open('openapi.yaml', spec + operation('/b'));
    const work = live.next();
    assert.ok(work?.first);
    const steps = work.run();
    steps.next();
    edit('openapi.yaml', spec.length, spec.length, operation('/c'));
    steps.return([]);
    settle();
    assert.equal(live.verdicts.get('openapi.yaml')?.findings.length, 1);
    assert.match(live.verdicts.get('openapi.yaml')?.detail ?? '', /3 operations/);
    assert.equal(live.verdicts.get('openapi.yaml')?.version, 2);
  });

  it('does the latest touched first', () => {
    const { live, open } = world();
    open('a.yaml', spec);
    open('b.yaml', spec);
    assert.equal(live.next()?.file, 'b.yaml');
    live.touch('a.yaml');
    assert.equal(live.next()?.file, 'a.yaml');
  });

  it('goes by the configuration, as it is typed', () => {
    const { live, open, edit, settle } = world({ 'backend-architect.yaml': 'rules: { api/auth-defined: info }\n' });
    open('openapi.yaml', spec);
    settle();
    const severity = (): unknown => live.verdicts.get('openapi.yaml')?.findings[0]?.severity;
    assert.equal(severity(), 'info');
    open('backend-architect.yaml', 'rules: { api/auth-defined: hint }\n');
    settle();
    assert.equal(severity(), 'hint');
    edit('backend-architect.yaml', 0, 5, 'rulez');
    settle();
    assert.equal(severity(), 'error');
    assert.deepEqual(ruleIds(live.verdicts.get('backend-architect.yaml')), ['project/configuration-valid']);
    live.close('backend-architect.yaml');
    settle();
    assert.equal(severity(), 'info');
  });

  it('says in the configuration that a disable of an open document is of no use', () => {
    const { live, open, settle } = world();
    open('openapi.yaml', spec.replace('summary: Lists.', 'summary: Lists.\n      security: []'));
    open('backend-architect.yaml', 'disables:\n  - { rule: api/auth-defined, file: openapi.yaml, reason: Because }\n');
    settle();
    assert.deepEqual(ruleIds(live.verdicts.get('backend-architect.yaml')), ['project/disable-used']);
  });

  it('leaves out what the project leaves out', () => {
    const { live, open, settle } = world({ 'backend-architect.yaml': 'exclude: ["old/**"]\n' }, (file) =>
      file === 'gen.yaml' ? 'A .gitignore leaves it out' : undefined,
    );
    for (const file of ['gen.yaml', 'old/openapi.yaml']) open(file, spec);
    settle();
    assert.deepEqual(seen(live.verdicts.get('gen.yaml')), ['alien', 'A .gitignore leaves it out', []]);
    assert.deepEqual(seen(live.verdicts.get('old/openapi.yaml')), [
      'alien',
      'backend-architect.yaml leaves it out',
      [],
    ]);
  });

  it('keeps findings of files that are not open once it watches all', () => {
    const { live, disk, open, settle } = world({ 'a.yaml': spec, 'b.yaml': spec });
    live.discovered(['a.yaml', 'b.yaml'], [{ file: 'c.yaml', reason: 'It is binary.' }]);
    disk.set('c.yaml', '');
    assert.deepEqual(settle(), []);
    assert.equal(live.watchAll(), 3);
    assert.equal(settle().length, 3);
    assert.deepEqual(live.verdicts.get('c.yaml')?.notAnalysed, ['It is binary.']);
    open('a.yaml', head);
    settle();
    assert.equal(live.verdicts.get('a.yaml')?.findings.length, 0);
    assert.equal(live.close('a.yaml'), true);
    assert.deepEqual(settle().map(ruleIds), [['api/auth-defined']]);
    disk.delete('b.yaml');
    live.changedOnDisk(['b.yaml']);
    assert.deepEqual(
      settle().map(({ file, findings }) => [file, findings.length]),
      [['b.yaml', 0]],
    );
  });

  it('says which entries of the configuration mean no document, once all are known', () => {
    const disables = 'disables:\n  - { rule: api/auth-defined, file: gone.yaml, reason: Because }\n';
    const { live, settle } = world({ 'a.yaml': spec, 'backend-architect.yaml': disables });
    live.discovered(['a.yaml'], []);
    live.watchAll();
    settle();
    assert.deepEqual(ruleIds(live.verdicts.get('backend-architect.yaml')), ['project/disable-used']);
  });

  it('does not touch a document that was struck before it changes', () => {
    const { live, open, edit, settle } = world();
    open('openapi.yaml', spec);
    assert.equal(live.strike('openapi.yaml', 'took longer than 2 s').state, 'failed');
    assert.deepEqual(settle(), []);
    live.touch('openapi.yaml');
    assert.equal(settle()[0]?.state, 'failed');
    edit('openapi.yaml', 0, 0, '# \n');
    assert.equal(settle()[0]?.state, 'judged');
  });

  it('judges migrations with their history, and shows what changed in the others', async () => {
    const parser = await createPostgresParser();
    const { live, open, edit, settle } = world({
      'migrations/001_a.up.sql': 'CREATE TABLE a (id bigint PRIMARY KEY);\n',
      'migrations/001_a.down.sql': 'DROP TABLE a;\n',
      'migrations/002_b.down.sql': 'DROP INDEX b;\n',
    });
    live.sql.useParser((statement) => parser.parse(statement));
    live.discovered(['migrations/001_a.up.sql', 'migrations/001_a.down.sql', 'migrations/002_b.down.sql'], []);
    open('migrations/002_b.up.sql', 'CREATE INDEX b ON a (id);\n');
    settle();
    const second = (): unknown => ruleIds(live.verdicts.get('migrations/002_b.up.sql'));
    assert.ok((second() as string[]).includes('sql/index-not-concurrently'));
    open('migrations/001_a.up.sql', 'CREATE TABLE a (id bigint PRIMARY KEY);\n');
    settle();
    edit('migrations/002_b.up.sql', 13, 13, 'CONCURRENTLY ');
    settle();
    assert.ok(!(second() as string[]).includes('sql/index-not-concurrently'));
    assert.equal(live.verdicts.get('migrations/002_b.up.sql')?.detail, 'PostgreSQL, after 001_a.up.sql');
  });
});
