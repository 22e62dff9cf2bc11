import assert from 'node:assert/strict';
import { commentingOf, disablesIn } from '../../src/core/disable.ts';

/** Scope, rules, reason and the line that is meant, of every disable comment. */
const read = (file: string, text: string): string[] =>
  disablesIn(text, commentingOf(file, text)).map(({ scope, rules, reason, line }) => {
    const end = text.slice(line).search(/[\r\n]|$/);
    const meant = scope === 'file' || line < 0 ? '' : ` @ ${text.slice(line, line + end).trim()}`;
    return `${scope} ${rules.map(({ id }) => id).join('+')} (${reason})${meant}`;
  });

describe('disable comments', () => {
  it('are read in YAML', () => {
    const text = [
      '# backend-architect-disable-file api/a: whole file',
      'openapi: 3.1.0 # backend-architect-disable-line api/b, api/c: two: rules',
      'info:',
      '  # backend-architect-disable-next-line api/d: below',
      '',
      '  # another comment',
      '  title: x',
      '# backend-architect-disable-next-line api/e: nothing follows',
    ].join('\r\n');
    assert.deepEqual(read('a.yaml', text), [
      'file api/a (whole file)',
      'line api/b+api/c (two: rules) @ openapi: 3.1.0 # backend-architect-disable-line api/b, api/c: two: rules',
      'next-line api/d (below) @ title: x',
      'next-line api/e (nothing follows)',
    ]);
  });

  it('are read where rules and reason are missing, and where the word is unknown', () => {
    assert.deepEqual(read('a.yaml', 'a: 1 # backend-architect-disable-line api/a\n'), [
      'line api/a () @ a: 1 # backend-architect-disable-line api/a',
    ]);
    assert.deepEqual(read('a.sql', '-- backend-architect-disable-file:\n'), ['file  ()']);
    assert.match(read('a.sql', '-- backend-architect-disable sql/a: r\n')[0] ?? '', /^undefined sql\/a \(r\)/);
  });

  it('do not count inside YAML strings and block scalars', () => {
    const mark = '# backend-architect-disable-file api/a: r';
    const inside = [
      `a: "x ${mark}"`,
      `a: 'it''s ${mark}'`,
      `a: "x\n  ${mark}\n  y"`,
      `a: |\n  text\n  ${mark}\n`,
      `a: >-\n\n  ${mark}\n\n  ${mark}\n`,
      `- |\n ${mark}`,
      `- a: |2\n    ${mark}`,
      `a:\n  |\n  ${mark}`,
      `--- |\n${mark}\n`,
      `a: &x |\n  ${mark}`,
      `a: !!str >\n  ${mark}`,
      `a: [ "${mark}" ]`,
      `a: {\n b: '\n ${mark}' }`,
      `a: x${mark}`,
      `? |\n  ${mark}\n`,
    ];
    for (const text of inside) assert.deepEqual(read('a.yaml', text), [], text);
    const outside = [
      `a: |\n  text\n${mark}`,
      `a: | ${mark}\n  text`,
      `a: "x" ${mark}`,
      `a: it's ${mark}`,
      `a: plain\n  "more ${mark}`,
      `a: {\n  b: 1, ${mark}\n}`,
      `a: [\n  ${mark}\n]`,
      `\t${mark}`,
      `a: "\\"" ${mark}`,
      `a: &x ${mark}\n  b: *x ${mark}`,
      `\uFEFF${mark}`,
      `--- ${mark}`,
      `- - "x"\n  - y ${mark}`,
      `"a": 'x' ${mark}`,
      `a:\n  - b: |\n      t\n    c: 1 ${mark}`,
      `a: http://x#y ${mark}`,
    ];
    for (const text of outside) assert.notDeepEqual(read('a.yaml', text), [], text);
  });

  it('are read in SQL outside of strings only', () => {
    const mark = '-- backend-architect-disable-file sql/a: r';
    const inside = [
      `select '\n${mark}';`,
      `select E'\\'\n${mark}';`,
      `select "\n${mark}";`,
      `do $$\n${mark}\n$$;`,
      `do $x$ $$ \n${mark}\n$x$;`,
      `/* a /* b */\n${mark}\n*/`,
    ];
    for (const text of inside) assert.deepEqual(read('a.sql', text), [], text);
    const outside = [
      mark,
      `select 'it''s'; ${mark}`,
      `select '\\'; ${mark}`,
      `/* x */ ${mark}`,
      `select $1; ${mark}`,
      `select a$b$c; ${mark}`,
      `copy t from stdin;\nit's\n\\.\n${mark}`,
      `select type'x', e'\\\\' ${mark}`,
    ];
    for (const text of outside) assert.equal(read('a.sql', text).length, 1, text);
    assert.deepEqual(read('a.sql', '-- backend-architect-disable-next-line sql/a: r\n\n-- x\ndrop table t;\n'), [
      'next-line sql/a (r) @ drop table t;',
    ]);
  });

  it('are not read in JSON', () => {
    const text = '{ "a": 1 } # backend-architect-disable-file api/a: r';
    assert.deepEqual(read('a.json', text), []);
    assert.deepEqual(read('a.yaml', text), []);
  });

  it('take linear time', () => {
    const mark = '# backend-architect-disable-file api/a: r\n';
    const began = performance.now();
    read('a.yaml', mark + 'a: "'.repeat(200_000));
    read('a.yaml', mark + '['.repeat(500_000));
    read('a.yaml', mark + ' '.repeat(500_000) + '#');
    read('a.sql', '--' + mark + '/*'.repeat(200_000));
    read('a.sql', '--' + mark + "'".repeat(500_001));
    read('a.sql', '-- backend-architect-disable-line a\n'.repeat(5000));
    assert.ok(performance.now() - began < 3000);
  });
});
