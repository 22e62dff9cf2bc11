import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { splitStatements } from '../../../src/core/sql/split.ts';
import { identifier, tokens } from '../../../src/core/sql/tokens.ts';
import { isSpace, tokenAt } from '../../../src/core/sql/tokens.ts';

const texts = (sql: string): string[] => splitStatements(sql).statements.map((one) => one.text);

const samples = [
  `\ufeffCREATE TABLE "ümläut" (id int, "a;b" text DEFAULT 'it''s; fine');\r\n-- end; of line\r\nSELECT E'\\';', U&'d\\0061t', $1, $a$ ; $b$ ; $a$;`,
  `/* outer /* inner; */ still */ INSERT INTO t VALUES (1.5e-3, .5, 1..2), ('😀;');\n\\echo done; really\nSELECT 1 \\gexec\nSELECT 2`,
  `COPY t (a, b) FROM stdin;\n1\t2;\nx\ty\n\\.\nSELECT 1;`,
  `CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT CASE WHEN true THEN 1 ELSE 2 END; SELECT 3; END;\nSELECT 4;`,
  `CREATE RULE r AS ON INSERT TO t DO ALSO (UPDATE u SET a = 1; DELETE FROM v;);\nSELECT 5;`,
  `CREATE OR REPLACE FUNCTION g() RETURNS trigger AS $body$ BEGIN IF x THEN y; END IF; RETURN NEW; END $body$ LANGUAGE plpgsql;`,
];

/** What no statement and no skipped stretch covers. */
function uncovered(sql: string): string {
  const { statements, skipped } = splitStatements(sql);
  let rest = '';
  let at = 0;
  for (const { start, end } of [...statements, ...skipped].sort((a, b) => a.start - b.start)) {
    assert.ok(start >= at && end >= start, 'in order and apart');
    rest += sql.slice(at, start);
    at = end;
  }
  return rest + sql.slice(at);
}

function onlyGaps(rest: string): boolean {
  for (let next = tokenAt(rest, 0); next !== undefined; next = tokenAt(rest, next.end)) {
    if (next.kind !== 'comment' && rest.slice(next.start, next.end) !== ';') return false;
  }
  return true;
}

describe('the statement splitter', () => {
  it('cuts at semicolons outside quotes, comments and bodies', () => {
    assert.deepEqual(
      samples.map((one) => texts(one).length),
      [2, 3, 2, 2, 2, 1],
    );
  });

  it('leaves comments before a statement out and the semicolon in', () => {
    assert.deepEqual(splitStatements(' -- one\n SELECT 1 ; -- two\n').statements, [
      { start: 9, end: 19, text: 'SELECT 1 ;' },
    ]);
  });

  it('counts offsets in UTF-16 behind a byte order mark, CRLF and astral characters', () => {
    const sql = "\ufeffSELECT '😀';\r\nSELECT 2;";
    for (const { start, end, text } of splitStatements(sql).statements) assert.equal(sql.slice(start, end), text);
    assert.equal(splitStatements(sql).statements[1]?.start, sql.indexOf('SELECT 2'));
  });

  it('skips psql lines and COPY data', () => {
    const { statements, skipped } = splitStatements(samples[2] ?? '');
    assert.deepEqual(
      statements.map((one) => one.text),
      ['COPY t (a, b) FROM stdin;', 'SELECT 1;'],
    );
    assert.equal(skipped.length, 1);
  });

  it('ends a statement at \\gexec', () => {
    assert.deepEqual(texts(samples[1] ?? '').slice(1), ['SELECT 1', 'SELECT 2']);
  });

  it('puts an unterminated quote at its place and finds the statements after it', () => {
    const sql = "INSERT INTO a VALUES ('open);\nCREATE TABLE b (c text DEFAULT 'x');\nSELECT 1;";
    const { statements } = splitStatements(sql);
    assert.equal(statements[0]?.broken?.message, 'unterminated quoted string');
    assert.equal(sql.slice(statements[0].broken.at.start, statements[0].broken.at.end), "'");
    assert.deepEqual(
      statements.slice(1).map((one) => one.text),
      ["CREATE TABLE b (c text DEFAULT 'x');", 'SELECT 1;'],
    );
  });

  it('does the same for bodies, comments and quoted names', () => {
    const cases = [
      ['CREATE FUNCTION f() AS $$ BEGIN\n  NULL;\nCREATE TABLE b ();', 'unterminated dollar-quoted string'],
      ['SELECT 1; /* never closed;\nCREATE TABLE b ();', 'unterminated /* comment'],
      ['SELECT "open;\nCREATE TABLE b ();', 'unterminated quoted identifier'],
    ] as const;
    for (const [sql, message] of cases) {
      const { statements } = splitStatements(sql);
      assert.ok(
        statements.some((one) => one.broken?.message === message),
        message,
      );
      assert.equal(statements.at(-1)?.text, 'CREATE TABLE b ();');
    }
  });

  it('flags control characters before any parser sees them', () => {
    const [one, two] = splitStatements('SELECT 1;\0 DROP TABLE users; SELECT 2;').statements.slice(1);
    assert.equal(one?.broken?.message, 'control character U+0000');
    assert.equal(two?.broken, undefined);
  });

  it('never throws and covers everything, for every prefix of the samples', () => {
    for (const sample of samples) {
      for (let end = 0; end <= sample.length; end++)
        assert.ok(onlyGaps(uncovered(sample.slice(0, end))), sample.slice(0, end));
    }
  });

  it('covers any mixture of its pieces', () => {
    const piece = fc.constantFrom(
      "'",
      '"',
      '$$',
      '$a$',
      '/*',
      '*/',
      '--',
      '\n',
      '\r\n',
      ';',
      '(',
      ')',
      'create',
      ' ',
      'x',
      'E',
      '\\',
      '😀',
      '\0',
      'begin atomic',
      'end',
      'copy t from stdin',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const sql = pieces.join('');
        const { statements } = splitStatements(sql);
        for (const { start, end, text, broken } of statements) {
          assert.equal(sql.slice(start, end), text);
          if (broken !== undefined)
            assert.ok(broken.at.start >= 0 && broken.at.end <= text.length && broken.at.start < broken.at.end);
        }
        assert.ok(onlyGaps(uncovered(sql)));
      }),
      { numRuns: 2000 },
    );
  });

  it('takes linear time for what is nested or open', () => {
    const began = process.cpuUsage();
    splitStatements('/*'.repeat(200_000));
    splitStatements('('.repeat(200_000));
    splitStatements("select 'a;\ncreate '".repeat(20_000) + "'");
    splitStatements('$'.repeat(100_000));
    splitStatements('$a$'.repeat(50_001));
    const { user } = process.cpuUsage(began);
    assert.ok(user < 2_000_000, `${user} µs`);
  });

  it('takes linear time for quotes that hold many empty lines or comments', () => {
    for (const line of ['\r\n', '-- comment\r\n', ' \t-- ;\r', '; -- comment\n', ';\r\n\r\n', ';    x\n']) {
      const { statements } = splitStatements(`insert into t values ('a;\r\n${line.repeat(50_000)}x);\r\n`);
      assert.equal(statements.length, 1);
      const begun = `insert into t values ('a;\r\n${line.repeat(50_000)}x;\r\n${'\r\n'.repeat(50_000)}drop table t;`;
      assert.equal(splitStatements(begun).statements.at(-1)?.text, 'drop table t;');
    }
  });

  it('takes linear time for COPYs whose data never end', () => {
    const sql = 'copy t from stdin;\n'.repeat(90_000);
    assert.equal(splitStatements(sql).statements.length, 90_000);
    const { statements, skipped } = splitStatements(`${sql}1\t2\n\\.\nselect 1;\n${sql}`);
    assert.equal(statements.length, 90_002);
    assert.equal(skipped.length, 1);
  });

  it('resumes behind empty lines and comments of any line ending, at a line that begins a statement', () => {
    for (const between of ['\n', '\r', '\r\n', '\r\n\r\n -- one\r\n\t\r\n', ' \t-- one\n--two\r\r']) {
      const { statements } = splitStatements(`SELECT 'open;${between}DROP TABLE t;`);
      assert.deepEqual(
        statements.map((one) => one.text),
        ["SELECT 'open;", 'DROP TABLE t;'].map((text, i) => (i === 0 ? (text + between).trimEnd() : text)),
      );
    }
    for (const between of ['', ' ', '\n ', '\nx\n', '\n1;DROP x\nx\n'])
      assert.equal(splitStatements(`SELECT 'open;${between}DROP TABLE t;`).statements.length, 1);
  });
});

describe('the tokenizer', () => {
  it('folds unquoted identifiers and unescapes quoted ones', () => {
    const sql = `Foo "Foo""Bar" U&"d\\0061t\\+00006f" ÄÖ`;
    assert.deepEqual(
      tokens(sql).map((one) => identifier(sql, one)),
      ['foo', 'Foo"Bar', 'dato', 'ÄÖ'],
    );
  });

  it('advances over any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        let at = 0;
        for (let next = tokenAt(text, 0); next !== undefined; next = tokenAt(text, next.end)) {
          assert.ok(next.start >= at && next.end > next.start && next.end <= text.length);
          for (let i = at; i < next.start; i++) assert.ok(isSpace(text.charCodeAt(i)));
          at = next.end;
        }
      }),
      { numRuns: 2000 },
    );
  });
});
