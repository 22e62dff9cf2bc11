import assert from 'node:assert/strict';
import type { RawFinding } from '../../src/core/finding.ts';
import type { WeighedRule } from '../../src/core/report.ts';
import { type CheckInput, checkProject, type CheckResult, type Progress } from '../../src/workflow/check.ts';
import type { Engines } from '../../src/workflow/engines.ts';
import { memoryFiles } from './memory.ts';

const rules: readonly WeighedRule[] = [
  { id: 'api/word', severity: 'error', dialect: 'openapi' },
  { id: 'sql/word', severity: 'warning', dialect: 'sql' },
  { id: 'project/configuration-valid', severity: 'warning', dialect: 'project' },
  { id: 'project/disable-used', severity: 'warning', dialect: 'project' },
];

function finding(file: string, text: string, rule: string): RawFinding[] {
  const start = text.indexOf('WORD');
  if (start < 0) return [];
  return [{ file, rule, message: 'WORD', span: { start, end: start + 4 }, symbol: '/w', cause: '/w', related: [] }];
}

/** Engines that find WORD, and do what the text says. */
const engines: Engines = {
  *openApi({ file, text }) {
    if (text.includes('CRASH')) throw new RangeError('Maximum call stack size exceeded');
    while (text.includes('HANG')) yield;
    yield;
    return { findings: finding(file, text, 'api/word') };
  },
  whole: () => [],
  sql: async (sources) =>
    (function* () {
      yield;
      return {
        files: sources.flatMap(({ file, text }) =>
          text.includes('`')
            ? []
            : [{ file, dialect: `PostgreSQL ${sources.length}`, findings: finding(file, text, 'sql/word') }],
        ),
        notAnalysed: sources.flatMap(({ file, text }) =>
          text.includes('`') ? [{ file, reason: 'It is MySQL.' }] : [],
        ),
      };
    })(),
};

async function check(
  texts: Record<string, string>,
  more: Partial<CheckInput> = {},
): Promise<CheckResult & { lines: string[]; not: string[]; docs: string[] }> {
  let time = 0;
  const result = await checkProject({
    files: memoryFiles(texts),
    clock: { now: () => (time += 10), today: () => '2027-01-01', turn: async () => undefined },
    engines,
    rules,
    isMigrationPath: (path) => path.includes('migrations/'),
    ...more,
  });
  return {
    ...result,
    lines: result.findings.map(({ file, rule, severity, range }) => `${file}:${range.start.line} ${severity} ${rule}`),
    not: result.notAnalysed.map(({ file, reason }) => `${file}: ${reason}`),
    docs: result.documents.map(({ file, dialect, version }) => `${file} ${dialect} ${version}`),
  };
}

describe('checking a project', () => {
  it('judges what discovery finds, by the configuration', async () => {
    const { lines, docs, not } = await check({
      'backend-architect.yaml': 'rules:\n  api/word: info\n  api/wrod: off\n',
      'a.yaml': 'openapi: 3.0.1\nWORD: 1\n',
      'migrations/1.sql': '\n\nWORD',
      'migrations/2.sql': 'x',
    });
    assert.deepEqual(lines, [
      'a.yaml:1 info api/word',
      'backend-architect.yaml:2 warning project/configuration-valid',
      'migrations/1.sql:2 warning sql/word',
    ]);
    assert.deepEqual(docs, [
      'a.yaml openapi 3.0.1',
      'migrations/1.sql sql PostgreSQL 2',
      'migrations/2.sql sql PostgreSQL 2',
    ]);
    assert.deepEqual(not, []);
  });

  it('names what it does not judge and goes on', async () => {
    const { lines, not, docs } = await check({
      'crash.yaml': 'openapi: 3.0.1\nCRASH: 1\n',
      'hang.yaml': 'openapi: 3.0.1\nHANG: 1\n# backend-architect-disable-file api/word: unknown whether it is used\n',
      'v2.yaml': 'swagger: "2.0"\nWORD: 1\n',
      'v32.yaml': 'openapi: 3.2.0\n',
      'none.yaml': 'openapi:\npaths: {}\n',
      'fine.yaml': 'openapi: 3.1.0\nWORD: 1\n',
      'migrations/1.sql': 'create table `t`',
    });
    assert.deepEqual(lines, ['fine.yaml:1 error api/word']);
    assert.deepEqual(docs, ['fine.yaml openapi 3.1.0']);
    assert.deepEqual(not, [
      'crash.yaml: Judging it failed in Backend Architect itself (RangeError: Maximum call stack size exceeded).',
      'hang.yaml: It was not judged within 30 seconds.',
      'migrations/1.sql: It is MySQL.',
      'none.yaml: Its `openapi` names no version. Write one, for example `openapi: 3.1.0`.',
      'v2.yaml: OpenAPI 2.0 is not judged yet; 3.0 and 3.1 are.',
      'v32.yaml: OpenAPI 3.2.0 is not judged yet; 3.0 and 3.1 are.',
    ]);
  });

  it('takes named files whatever their place, folders and texts', async () => {
    const texts = {
      '.gitignore': 'a.yaml\n',
      'a.yaml': 'openapi: 3.1.0\nWORD: 1\n',
      'b.yaml': 'openapi: 3.1.0\nWORD: 1\n',
      'sub/c.yaml': 'openapi: 3.1.0\nWORD: 1\n',
      'seed.sql': 'WORD',
      'list.yaml': '- a\n',
    };
    const { lines, not, named } = await check(texts, {
      targets: [
        { kind: 'path', path: 'a.yaml' },
        { kind: 'path', path: 'sub' },
        { kind: 'path', path: 'sub/c.yaml' },
        { kind: 'path', path: 'seed.sql' },
        { kind: 'path', path: 'list.yaml' },
        { kind: 'path', path: 'missing.yaml' },
        { kind: 'text', file: 'piped.json', text: '{"openapi": "3.0.0",\n"WORD": 1}' },
      ],
    });
    assert.deepEqual(lines, [
      'a.yaml:1 error api/word',
      'piped.json:1 error api/word',
      'seed.sql:0 warning sql/word',
      'sub/c.yaml:1 error api/word',
    ]);
    assert.deepEqual(not, [
      'list.yaml: It has no `openapi` with a version among its root keys, for example `openapi: 3.1.0`.',
      'missing.yaml: There is no such file.',
    ]);
    assert.deepEqual([...named], ['a.yaml', 'sub/c.yaml', 'seed.sql', 'list.yaml', 'missing.yaml', 'piped.json']);
  });

  it('takes a folder that cannot be listed for named where it was', async () => {
    const texts = { 'a/LOCKED/a.yaml': 'openapi: 3.1.0\n' };
    const named = await check(texts, { targets: [{ kind: 'path', path: 'a/LOCKED' }] });
    assert.deepEqual([...named.named], ['a/LOCKED']);
    assert.match(named.not[0] ?? '', /^a\/LOCKED: This folder cannot be listed/);
    const found = await check(texts);
    assert.deepEqual([[...found.named], found.not.length], [[], 1]);
  });

  it('judges a migration that is named alone on the ones beside it', async () => {
    const texts = {
      'migrations/1/migration.sql': 'WORD',
      'migrations/2/migration.sql': 'WORD',
      'migrations/3/migration.sql': '`',
      'migrations/2/down.sql': 'x',
    };
    const { lines, docs, not } = await check(texts, {
      targets: [{ kind: 'path', path: 'migrations/2/migration.sql' }],
    });
    assert.deepEqual(lines, ['migrations/2/migration.sql:0 warning sql/word']);
    assert.deepEqual(docs, ['migrations/2/migration.sql sql PostgreSQL 4']);
    assert.deepEqual(not, []);
  });

  it('says where it is', async () => {
    const seen: Progress[] = [];
    await check(
      { 'a.yaml': 'openapi: 3.1.0\n', 'b.yaml': 'openapi: 3.1.0\n', 'migrations/1.sql': 'x' },
      { progress: (progress) => void seen.push(progress) },
    );
    const judging = seen.flatMap((one) => (one.phase === 'judging' ? [`${one.done}/${one.total} ${one.file}`] : []));
    assert.deepEqual(judging, ['0/3 a.yaml', '1/3 b.yaml', '2/3 migrations/1.sql']);
    assert.equal(seen[0]?.phase, 'looking');
  });

  it('goes on with the defaults where the configuration cannot be read', async () => {
    for (const [text, reason] of [
      ['BINARY', 'It is binary.'],
      ['# OUTSIDE\nrules: {}\n', 'It is a link that leads out of the project. Put the file itself there.'],
      [`rules: {} #${'x'.repeat(1_000_000)}`, 'It is longer than 1000000 characters.'],
      ['['.repeat(600), 'It nests values more than 500 deep, and settings are four deep at most.'],
    ] as const) {
      const { lines, not, findings } = await check({
        'backend-architect.yaml': text,
        'a.yaml': 'openapi: 3.1.0\nWORD: 1\n',
      });
      assert.deepEqual(lines, [
        'a.yaml:1 error api/word',
        'backend-architect.yaml:0 warning project/configuration-valid',
      ]);
      assert.equal(findings[1]?.message, `The configuration does not count. ${reason}`);
      assert.deepEqual(not, [`backend-architect.yaml: The configuration does not count. ${reason}`]);
    }
  });
});
