import assert from 'node:assert/strict';
import { alternativesOf, anyOf, globProblem } from '../../src/core/globs.ts';

describe('path patterns', () => {
  it('mean what they say', () => {
    const cases: Readonly<Record<string, { yes: readonly string[]; no: readonly string[] }>> = {
      'api/**': { yes: ['api/a.yaml', 'api/b/c.yaml', 'api/.x/a'], no: ['web/api/a', 'apis/a'] },
      legacy: { yes: ['legacy', 'legacy/a', 'a/legacy/b/c'], no: ['legacy2/a', 'a/mylegacy'] },
      'legacy/': { yes: ['legacy/a', 'a/legacy/b'], no: ['a'] },
      '/legacy': { yes: ['legacy/a'], no: ['a/legacy/b'] },
      './a/b': { yes: ['a/b', 'a/b/c'], no: ['x/a/b'] },
      '*.gen.yaml': { yes: ['a.gen.yaml', 'x/.gen.yaml', 'x/y/a.b.gen.yaml'], no: ['a.gen.yamlx', 'a.yaml'] },
      'a/*/c': { yes: ['a/b/c', 'a/b/c/d'], no: ['a/c', 'a/b/b/c'] },
      'a/**/c': { yes: ['a/c', 'a/b/c', 'a/b/b/c/d'], no: ['c', 'a/b'] },
      '**/old/**': { yes: ['old/a', 'a/old/b'], no: ['a/older/b'] },
      'v?.yaml': { yes: ['v1.yaml', 'a/v2.yaml'], no: ['v.yaml', 'v10.yaml'] },
      'v[0-9].yaml': { yes: ['v1.yaml'], no: ['va.yaml', 'v[0-9].yaml'] },
      'v[!0-9]': { yes: ['va'], no: ['v1'] },
      'v[]x]': { yes: ['v]', 'vx'], no: ['v'] },
      'v[1': { yes: ['v[1'], no: ['v1'] },
      '*.{yaml,yml}': { yes: ['a.yaml', 'b/a.yml'], no: ['a.json'] },
      '{a,b/{c,d}}/x': { yes: ['a/x', 'b/c/x', 'b/d/x/y'], no: ['b/x', 'a/c/x'] },
      'a{b}': { yes: ['a{b}'], no: ['ab'] },
      'app/(shop)/a+b': { yes: ['app/(shop)/a+b'], no: ['app/shop/aab'] },
      '**': { yes: ['a', 'a/b'], no: [] },
      'a**b': { yes: ['ab', 'axxb'], no: ['a/b'] },
      '*a*b*a*': { yes: ['ababa', 'xaxbxax'], no: ['aab', 'bab'] },
    };
    for (const [pattern, { yes, no }] of Object.entries(cases)) {
      assert.equal(globProblem(pattern), undefined, pattern);
      for (const path of yes) assert.ok(anyOf([pattern])(path), `${pattern} ${path}`);
      for (const path of no) assert.ok(!anyOf([pattern])(path), `${pattern} ${path}`);
    }
  });

  it('take no longer than their length times the path’s', () => {
    const began = performance.now();
    const name = 'a'.repeat(4000);
    const deep = 'a/'.repeat(2000);
    for (const pattern of ['a*a*a*a*a*a*b', '*'.repeat(25), '**/a/'.repeat(10), '**/a/'.repeat(59), '*a'.repeat(149)])
      for (const path of [name, `${deep}b`, `${name}/${name}`]) anyOf([`${pattern}b`])(path);
    assert.ok(performance.now() - began < 2000, `${performance.now() - began} ms`);
  });

  it('are refused where they are absurd', () => {
    assert.equal(globProblem('/'), 'it names no file and no folder: write `**` for everything');
    assert.equal(globProblem('./'), 'it names no file and no folder: write `**` for everything');
    assert.equal(globProblem('{a,b}'.repeat(50)), 'its braces stand for more than 100 patterns: write `*`, or several');
    for (const absurd of [
      '{'.repeat(300),
      '{,'.repeat(150),
      `${'{a,'.repeat(70)}${'}'.repeat(70)}`,
      '{a,b}{'.repeat(50),
    ])
      globProblem(absurd);
    assert.deepEqual(['a', '{a,b}{c,d}', '{a,b}'.repeat(50), 'a'.repeat(400)].map(alternativesOf), [1, 4, 100, 100]);
  });
});
