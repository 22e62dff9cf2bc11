import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { readConfiguration } from '../../../src/core/configuration-read.ts';
import { type Report, report } from '../../../src/core/report.ts';
import { analyseSql, type SqlAnalysis } from '../../../src/core/sql/analyse.ts';
import { planSqlFix } from '../../../src/core/sql/fix.ts';
import { migrationSets } from '../../../src/core/sql/migrations.ts';
import type { ParseStatement } from '../../../src/core/sql/tree.ts';
import { applyEdits, lineIndex } from '../../../src/core/text.ts';
import { analyseFiles, sharedParser, sqlBase, sqlRules } from '../../harness/sql.ts';

const rules = await sqlRules();

/** Rule, range and message of a file's findings. */
function shown(analysis: SqlAnalysis, path: string, text: string): string[] {
  const lines = lineIndex(text);
  return (analysis.files.get(path)?.findings ?? []).map((one) => {
    const { start } = lines.range(one.span);
    return `${start.line}:${start.character} ${one.rule} ${text.slice(one.span.start, one.span.end)}`;
  });
}

/** What the last pass makes of a file's findings. */
function reported(analysis: SqlAnalysis, file: string, text: string): Report {
  const project = { id: 'project/disable-used', severity: 'warning', dialect: 'project' } as const;
  return report({
    rules: [...rules, project],
    configuration: readConfiguration('', rules),
    findings: analysis.files.get(file)?.findings ?? [],
    documents: [{ file, text, analysed: true }],
    complete: false,
    today: '2027-01-15',
  });
}

describe('analysing migrations', () => {
  it('gives exact UTF-16 places behind a byte order mark, CRLF and astral characters', async () => {
    const text = `\ufeff-- 😀 é\r\nSELECT '😀';\r\nALTER TABLE users /* 😀 */ DROP COLUMN email;\r\nALTER TABLE "orders" ALTER status SET NOT NULL, ALTER note SET NOT NULL;\r\nSELEC 1;`;
    const analysis = await analyseFiles({ 'migrations/1_base.sql': sqlBase, 'migrations/2_next.sql': text }, rules);
    assert.deepEqual(shown(analysis, 'migrations/2_next.sql', text), [
      '2:39 sql/drop-column email',
      '3:54 sql/set-not-null note',
      '4:0 sql/syntax SELEC',
    ]);
  });

  it('gives each place a finding, with one cause for one migration and one rule', async () => {
    const text = 'ALTER TABLE users DROP COLUMN email;\nALTER TABLE orders DROP COLUMN note, DROP COLUMN status;\n';
    const analysis = await analyseFiles({ 'migrations/1_base.sql': sqlBase, 'migrations/2_next.sql': text }, rules);
    const findings = analysis.files.get('migrations/2_next.sql')?.findings ?? [];
    assert.deepEqual(
      findings.map(({ span, symbol, cause }) => [text.slice(span.start, span.end), symbol, cause]),
      [
        ['email', 'users.email', 'migrations/2_next.sql'],
        ['note', 'orders.note', 'migrations/2_next.sql'],
        ['status', 'orders.status', 'migrations/2_next.sql'],
      ],
    );
    const told = reported(analysis, 'migrations/2_next.sql', text).findings;
    assert.equal(told.length, 1);
    assert.deepEqual(
      told[0]?.related.map(({ range }) => range.start),
      [
        { line: 1, character: 31 },
        { line: 1, character: 49 },
      ],
    );
  });

  it('lets a disable of one place silence that place alone', async () => {
    const path = 'migrations/2_next.sql';
    const drops = ['DROP TABLE users;', 'DROP TABLE orders;', 'DROP TABLE a;'];
    for (const silenced of [0, 1, 2]) {
      const text = drops
        .map((drop, i) => (i === silenced ? `${drop} -- backend-architect-disable-line sql/drop-table: only it` : drop))
        .join('\n');
      const base = `${sqlBase}CREATE TABLE a (id uuid PRIMARY KEY);`;
      const analysis = await analyseFiles({ 'migrations/1_base.sql': base, [path]: text }, rules);
      const told = reported(analysis, path, text).findings.map(({ rule, range, related }) => {
        return [rule, [range, ...related.map((one) => one.range)].map(({ start }) => start.line)];
      });
      assert.deepEqual(told, [['sql/drop-table', [0, 1, 2].filter((line) => line !== silenced)]]);
    }
  });

  it('goes on after broken statements, each at its place', async () => {
    const text =
      'CREATE TABL a (b int);\nALTER TABLE users DROP COLUMN email\nALTER TABLE orders ADD;\nDROP TABLE orders;\n';
    const analysis = await analyseFiles({ 'migrations/1_base.sql': sqlBase, 'migrations/2_next.sql': text }, rules);
    assert.deepEqual(shown(analysis, 'migrations/2_next.sql', text), [
      '0:7 sql/syntax TABL',
      '1:30 sql/drop-column email',
      '1:34 sql/syntax l',
      '2:22 sql/syntax ;',
      '3:11 sql/drop-table orders',
    ]);
  });

  it('recovers when a quote has swallowed the next statement', async () => {
    const text =
      "INSERT INTO users (email) VALUES ('a);\nDROP TABLE orders;\nUPDATE users SET email = 'x' WHERE email = '';\nALTER TABLE users DROP COLUMN email;\nSELECT 'odd;\n";
    const analysis = await analyseFiles({ 'migrations/1_base.sql': sqlBase, 'migrations/2_next.sql': text }, rules);
    const found = shown(analysis, 'migrations/2_next.sql', text);
    assert.ok(
      found.includes('1:11 sql/drop-table orders') && found.includes('3:30 sql/drop-column email'),
      found.join('\n'),
    );
    assert.deepEqual(
      found.filter((one) => one.includes('sql/syntax')),
      ["0:34 sql/syntax '", "4:7 sql/syntax '"],
    );
  });

  it('leaves ways back out of destructive and locking rules, in files and in sections', async () => {
    const analysis = await analyseFiles(
      {
        'migrations/1_base.up.sql': sqlBase,
        'migrations/1_base.down.sql': 'DROP TABLE orders; DROP TABLE users;',
        'goose/1_base.sql': `-- +goose Up\n${sqlBase}-- +goose Down\nDROP TABLE orders; ALTER TABLE users DROP COLUMN email; DROP TABLE users; SELEC;`,
      },
      rules,
    );
    const all = [...analysis.files].flatMap(([path, { findings }]) => findings.map((one) => `${path} ${one.rule}`));
    assert.deepEqual(all, ['goose/1_base.sql sql/syntax']);
  });

  it('takes a file of no set as a set of its own', async () => {
    const text =
      'CREATE TABLE notes (id uuid PRIMARY KEY, body text, kind text, created_at timestamptz);\nCREATE INDEX ON elsewhere (x);';
    assert.deepEqual(shown(await analyseFiles({ 'stdin.sql': text }, rules), 'stdin.sql', text), [
      '0:13 sql/require-timestamps notes',
      '1:16 sql/index-not-concurrently elsewhere',
    ]);
  });

  it('judges standards on the schema at the end of the change', async () => {
    const files = {
      'migrations/1_a.sql': 'CREATE TABLE thing (body text, kind text, owner text, code text);',
      'migrations/2_b.sql': 'DROP TABLE thing;',
    };
    const [first] = [...(await analyseFiles(files, rules)).files.values()];
    assert.deepEqual(first?.findings, []);
  });

  it('yields between files, so that it can be stopped', async () => {
    const { parse } = await sharedParser();
    const files = Array.from({ length: 5 }, (_, i) => ({ path: `migrations/${i}_a.sql`, text: 'SELECT 1;' }));
    const run = analyseSql({
      sets: migrationSets(
        files.map((one) => one.path),
        () => undefined,
      ),
      files,
      rules,
      parse,
    });
    let steps = 0;
    while (run.next().done !== true) steps++;
    assert.ok(steps >= 5);
  });

  it('parses again only what changed, and replays only from there on', async () => {
    const { parse } = await sharedParser();
    let parsed = 0;
    const counting: ParseStatement = (text) => {
      parsed++;
      return parse(text);
    };
    const files = [
      { path: 'migrations/1_base.sql', text: sqlBase },
      { path: 'migrations/2_b.sql', text: 'ALTER TABLE users ADD a int;\nALTER TABLE users ADD b int;\n' },
      { path: 'migrations/3_c.sql', text: 'ALTER TABLE users ADD c int;\n' },
    ];
    const sets = migrationSets(
      files.map((one) => one.path),
      () => undefined,
    );
    const analyse = (now: typeof files, previous?: SqlAnalysis): SqlAnalysis => {
      const run = analyseSql({
        sets,
        files: now,
        rules,
        parse: counting,
        ...(previous === undefined ? {} : { previous }),
      });
      for (let step = run.next(); ; step = run.next()) if (step.done === true) return step.value;
    };
    const first = analyse(files);
    assert.equal(parsed, 6);
    const edited = files.map((one) =>
      one.path === 'migrations/2_b.sql' ? { ...one, text: `-- why\n\n${one.text.replace('b int', 'b bigint')}` } : one,
    );
    const second = analyse(edited, first);
    assert.equal(parsed, 7);
    assert.equal(second.sets[0]?.links[0], first.sets[0]?.links[0]);
    assert.notEqual(second.sets[0]?.links[2], first.sets[0]?.links[2]);
    const spaced = analyse(
      edited.map((one) => ({ ...one, text: `\n-- moved\n${one.text}` })),
      second,
    );
    assert.equal(parsed, 7);
    assert.deepEqual(spaced.sets[0]?.links, second.sets[0]?.links);
  });

  it('says the same after an edit as from scratch', async () => {
    const pieces = [
      'ALTER TABLE users ADD COLUMN a int NOT NULL;\n',
      'DROP TABLE orders;\n',
      '-- +goose Down\n',
      "'",
      '$$',
      'CREATE TABLE "Thing" (x int);\n',
      'CREATE INDEX i ON users (email);\n',
      ' ',
      '\n',
      ';',
      'BEGIN;\n',
      'CREATE INDEX CONCURRENTLY j ON users (email);\n',
      'ALTER TABLE users RENAME TO people;\n',
      '(',
      ')',
      '/*',
      '*/',
      'é😀',
    ];
    const edit = fc.record({
      file: fc.nat(2),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      remove: fc.nat(20),
      insert: fc.constantFrom(...pieces, ''),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 8 }), async (edits) => {
        const texts = [
          sqlBase,
          'ALTER TABLE users ADD b int;\nCREATE TABLE logs (at timestamp);\n',
          'DROP TABLE IF EXISTS logs;\nALTER TABLE orders DROP COLUMN note;\n',
        ];
        const files = (): Record<string, string> =>
          Object.fromEntries(texts.map((text, i) => [`migrations/${i + 1}_x.sql`, text]));
        let previous = await analyseFiles(files(), rules);
        for (const { file, at, remove, insert } of edits) {
          const text = texts[file] ?? '';
          const start = Math.floor(at * text.length);
          texts[file] = text.slice(0, start) + insert + text.slice(start + remove);
          previous = await analyseFiles(files(), rules, previous);
          const fresh = await analyseFiles(files(), rules);
          assert.deepEqual([...previous.files], [...fresh.files]);
          for (const [path, { findings }] of fresh.files) {
            for (const { span } of findings)
              assert.ok(span.start >= 0 && span.start <= span.end && span.end <= (files()[path]?.length ?? 0));
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('survives every prefix of a migration', async () => {
    const text = `${sqlBase}DO $$ BEGIN EXECUTE 'x'; IF a THEN ALTER TABLE users ADD b int; END IF; END $$;\nCOPY t FROM stdin;\n1\n\\.\nCREATE UNIQUE INDEX "é" ON orders (lower(note)) WHERE note IS NOT NULL;\n`;
    let previous: SqlAnalysis | undefined;
    for (let end = 0; end <= text.length; end++)
      previous = await analyseFiles({ 'migrations/1_a.sql': text.slice(0, end) }, rules, previous);
    assert.deepEqual(previous?.files.get('migrations/1_a.sql')?.findings, []);
  });
});

describe('planning a fix', () => {
  it('edits only its place, with the file’s own line breaks', async () => {
    const text =
      '\ufeff-- é\r\nSELECT 1;\r\nCREATE TABLE notes (\r\n\tid uuid PRIMARY KEY, -- (key)\r\n\tbody text,\r\n\tkind text,\r\n\towner text -- last (one)\r\n) WITH (fillfactor = 70);\r\n';
    const analysis = await analyseFiles({ 'migrations/1_base.sql': sqlBase, 'migrations/2_next.sql': text }, rules);
    const finding = analysis.files
      .get('migrations/2_next.sql')
      ?.findings.find((one) => one.rule === 'sql/require-timestamps');
    assert.ok(finding !== undefined);
    assert.equal(
      applyEdits(text, planSqlFix(analysis, [finding], rules)),
      text.replace(
        'owner text',
        'owner text,\r\n\tcreated_at timestamptz NOT NULL DEFAULT now(),\r\n\tupdated_at timestamptz NOT NULL DEFAULT now()',
      ),
    );
  });

  it('edits all places of a cause but the disabled one', async () => {
    const path = 'migrations/2_next.sql';
    const line = '-- backend-architect-disable-next-line sql/timestamp-with-time-zone: local by law';
    const zoned = ['d', 'e', 'f', 'g', 'h', 'i'].map((name) => `ADD ${name} timestamptz`).join(', ');
    const text = `ALTER TABLE users ADD a timestamp,\n${line}\nADD b timestamp,\nADD c timestamp,\n${zoned};\n`;
    const analysis = await analyseFiles({ 'migrations/1_base.sql': sqlBase, [path]: text }, rules);
    const { findings, sources } = reported(analysis, path, text);
    const [finding, ...others] = findings.filter(({ rule }) => rule === 'sql/timestamp-with-time-zone');
    assert.ok(finding?.fix !== undefined && others.length === 0);
    assert.equal(
      applyEdits(text, planSqlFix(analysis, sources.get(finding) ?? [], rules)),
      text.replace('a timestamp,', 'a timestamptz,').replace('c timestamp,', 'c timestamptz,'),
    );
  });

  it('plans nothing for a rule that is off, a finding that is gone, or one without a fix', async () => {
    const files = { 'migrations/1_base.sql': sqlBase, 'migrations/2_next.sql': 'DROP TABLE orders;' };
    const analysis = await analyseFiles(files, rules);
    const [finding] = analysis.files.get('migrations/2_next.sql')?.findings ?? [];
    assert.ok(finding !== undefined);
    assert.deepEqual(planSqlFix(analysis, [finding], rules), []);
    assert.deepEqual(planSqlFix(analysis, [finding], []), []);
    assert.deepEqual(planSqlFix(analysis, [{ ...finding, file: 'elsewhere.sql' }], rules), []);
  });

  it('is not offered in a migration that later ones follow', async () => {
    const files = {
      'migrations/1_a.sql':
        'CREATE TABLE accounts (id uuid PRIMARY KEY, login text, password text, kind text, created_at timestamptz, updated_at timestamptz);',
      'migrations/2_b.sql': 'SELECT 1;',
    };
    const finding = (await analyseFiles(files, rules)).files
      .get('migrations/1_a.sql')
      ?.findings.find((one) => one.rule === 'sql/plain-password-column');
    assert.ok(finding !== undefined && finding.fix === undefined);
  });
});
