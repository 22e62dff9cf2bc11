import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { load } from 'js-yaml';
import { parse } from 'yaml';
import { rules as catalogue } from '../../../src/catalogue/rules.generated.ts';
import authDefined from '../../../src/catalogue/rules/api/auth-defined.ts';
import { analyseOpenApi, type OpenApiAnalysis } from '../../../src/core/openapi/analyse.ts';
import { cut } from '../../../src/core/openapi/cut.ts';
import { lower } from '../../../src/core/openapi/lower.ts';
import type { Node } from '../../../src/core/openapi/tree.ts';
import { type OpenApiRule, rule } from '../../../src/core/rule.ts';
import { analyse, base } from '../../harness/openapi-example.ts';

const sample = readFileSync(new URL('../../sample/docs/living/API_Spec.yaml', import.meta.url), 'utf8');

const broken = rule({
  id: 'api/test-syntax',
  dialect: 'openapi',
  severity: 'error',
  evidences: [],
  requirements: [],
  says: 'Tell what cannot be read.',
  why: 'For this test.',
  bad: [],
  good: [],
  *document(_, { syntax, references, resolve }) {
    yield* syntax;
    for (const { piece, at, name } of references) {
      const resolution = resolve(name);
      if (resolution.kind === 'missing') yield { piece, at, message: `${name}: ${resolution.why}` };
    }
  },
});

function value(node: Node): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'seq') return node.items.map(value);
  return Object.fromEntries(node.entries.map((entry) => [entry.name, value(entry.value)]));
}

function at(root: unknown, pointer: string): unknown {
  let node = root;
  for (const name of pointer.split('/').slice(1)) {
    node = (node as Record<string, unknown> | undefined)?.[name.replaceAll('~1', '/').replaceAll('~0', '~')];
  }
  return node;
}

const plain = (from: unknown): unknown => JSON.parse(JSON.stringify(from)) as unknown;

describe('reading pieces', () => {
  const odd =
    'openapi: 3.1.0\nx-a:\n  yes: no\n  oct: 0o17\n  old: 017\n  n: ~\n  f: 1e3\n  s: "a\\u00e9\\n b"\n  folded: >-\n    one\n    two\n\n    three\n  keep: |+\n    x\n\n  plain: one\n    two\n';
  for (const [name, text] of Object.entries({
    base,
    sample,
    odd,
    crlf: base.replaceAll('\n', '\r\n'),
    json: JSON.stringify(load(sample), null, 2),
  })) {
    it(`gives the values that two other readings of the whole give: ${name}`, () => {
      const layout = cut(text);
      const whole = plain(load(text));
      assert.deepEqual(whole, plain(parse(text)));
      for (const piece of layout.pieces) {
        const facts = lower(piece, text.slice(piece.start, piece.end), layout.format);
        assert.deepEqual(facts.errors, []);
        for (const seat of facts.seats)
          assert.deepEqual(plain(value(seat.node)), at(whole, seat.pointer), seat.pointer);
      }
    });
  }
});

const told = ({ findings, text }: OpenApiAnalysis): string[] =>
  findings.map(({ span, message }) => `${text.slice(span.start, span.end)} | ${message}`);

describe('places', () => {
  const public_ = base
    .replace('security:\n  - bearer: []\n', '')
    .replace('      security:\n        - bearer: []\n', '');
  it('are exact behind non-ASCII text, CRLF and a BOM', () => {
    const expected = ['get | Anyone can call GET /base-status: no security is required'];
    for (const text of [
      public_,
      public_.replace('Shop', 'Zürich 🚲'),
      public_.replaceAll('\n', '\r\n'),
      `\uFEFF${public_}`,
    ]) {
      assert.deepEqual(told(analyse(text, [authDefined])), expected);
    }
  });
  it('are exact in JSON, pretty and minified', () => {
    const document = load(public_);
    for (const text of [
      JSON.stringify(document, null, 2),
      JSON.stringify(document),
      `\uFEFF${JSON.stringify(document, null, '\t')}`,
    ]) {
      assert.deepEqual(told(analyse(text, [authDefined])), [
        '"get" | Anyone can call GET /base-status: no security is required',
      ]);
    }
  });
});

describe('broken text', () => {
  it('costs only the piece it stands in', () => {
    const text = base.replace('summary: Tell', 'summary: "Tell').replace('schemas/Problem', 'schemas/Gone');
    const findings = told(analyse(text, [broken]));
    assert.equal(findings.length, 2);
    assert.match(findings[0] ?? '', /quote/i);
    assert.equal(
      findings[1],
      "'#/components/schemas/Gone' | #/components/schemas/Gone: there is no /components/schemas/Gone",
    );
  });
  it('is told for JSON in words of JSON', () => {
    const json = JSON.stringify(load(base), null, 2);
    assert.match(
      told(analyse(json.replace('"title": "Shop API",', '"title": "Shop API"'), [broken]))[0] ?? '',
      /comma is expected/,
    );
    assert.match(
      told(analyse(json.replace('"title": "Shop API",', '\'title\': "Shop API",'), [broken]))[0] ?? '',
      /JSON/,
    );
    assert.equal(told(analyse(json.slice(0, json.length / 2), [broken])).length, 1);
  });
  it('never throws: every prefix of a document, in YAML and JSON', () => {
    for (const text of [base, JSON.stringify(load(base))]) {
      for (let end = 0; end < text.length; end += 7) analyse(text.slice(0, end), [authDefined, broken]);
    }
  });
  it('survives deep nesting, alias bombs, cycles and __proto__', () => {
    const bombs = [
      `openapi: 3.0.3\nx: ${'['.repeat(100_000)}`,
      `{"openapi":"3.0.3","x":${'['.repeat(100_000)}`,
      `openapi: 3.0.3\nx0: &x0 [a]\n${Array.from({ length: 30 }, (_, i) => `x${i + 1}: &x${i + 1} [*x${i}, *x${i}]\n`).join('')}`,
      'openapi: 3.0.3\nx: &x [*x]\n',
      'openapi: 3.0.3\ncomponents:\n  schemas:\n    A: {$ref: "#/components/schemas/B"}\n    B: {$ref: "#/components/schemas/A"}\n    __proto__: {type: object}\n    constructor: {$ref: "#/components/schemas/__proto__"}\n',
    ];
    for (const text of bombs) analyse(text, [authDefined, broken]);
    assert.deepEqual(told(analyse(bombs[4] ?? '', [broken])), []);
    assert.equal(({} as Record<string, unknown>)['type'], undefined);
  });
});

describe('names that a document chooses', () => {
  const rules = catalogue.filter((one): one is OpenApiRule => one.dialect === 'openapi');
  const told = (document: unknown): string[] =>
    analyse(JSON.stringify(document), rules).findings.map(({ rule }) => rule);
  it('are never those of the language', () => {
    const entry = { a: {} };
    const names = ['constructor', 'toString', '__proto__', 'hasOwnProperty'];
    const holder = Object.fromEntries(names.map((name) => [name, entry]));
    const schemas = Object.fromEntries(names.map((name) => [name, { type: 'object' }]));
    assert.doesNotThrow(() =>
      told({ openapi: '3.1.0', ...holder, paths: { '/a': { get: holder } }, components: { ...holder, schemas } }),
    );
  });
  it('may have any length without making messages of that length', () => {
    for (const path of ['/{a}'.repeat(50_000), `/${'{token'.repeat(20_000)}`, `/${'{'.repeat(100_000)}`]) {
      const { findings } = analyse(
        JSON.stringify({ openapi: '3.1.0', security: [{ a: [] }, {}], paths: { [path]: { post: {} } } }),
        rules,
      );
      for (const { message } of findings) assert.ok(message.length <= 400);
    }
  });
  it('do not lead out of the project', () => {
    const asked: string[] = [];
    const refs = [
      '../x.yaml',
      'a/../../x.yaml',
      '%2e%2e/x.yaml',
      '\\\\host\\share\\x.yaml',
      'C:\\x.yaml',
      'c:/x.yaml',
      '//host/x.yaml',
      'file:///x.yaml',
      'http://127.0.0.1/x',
    ];
    const text = JSON.stringify({
      openapi: '3.1.0',
      components: { schemas: Object.fromEntries(refs.map((ref, index) => [`S${index}`, { $ref: ref }])) },
    });
    const run = analyseOpenApi({ file: 'a.json', text, version: '3.1', rules, read: (path) => void asked.push(path) });
    while (!run.next().done);
    assert.deepEqual(asked, []);
  });
});

describe('an edit', () => {
  const run = (
    text: string,
    previous?: OpenApiAnalysis,
    change?: { start: number; oldEnd: number; newEnd: number },
  ): OpenApiAnalysis => {
    const steps = analyseOpenApi({
      file: 'a.yaml',
      text,
      version: '3.1',
      rules,
      read: () => undefined,
      previous,
      change,
    });
    for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
  };
  const rules = [authDefined, broken];

  it('gives what a fresh analysis gives, for any splice anywhere', function () {
    this.timeout(60_000);
    const fragments = [
      '',
      'x',
      '\n',
      '  ',
      '"',
      "'",
      '    get:\n',
      '\n  /new:\n    get: {}\n',
      '#',
      '&a ',
      '- ',
      '{',
      '}',
      'security: []\n',
      ':',
    ];
    for (const text of [sample, JSON.stringify(load(sample), null, 1)]) {
      let now = run(text);
      fc.assert(
        fc.property(fc.nat(), fc.nat({ max: 40 }), fc.constantFrom(...fragments), (where, length, fragment) => {
          const start = where % (now.text.length + 1);
          const oldEnd = Math.min(now.text.length, start + length);
          const next = now.text.slice(0, start) + fragment + now.text.slice(oldEnd);
          const incremental = run(next, now, { start, oldEnd, newEnd: start + fragment.length });
          const fresh = run(next);
          assert.deepEqual(incremental.findings, fresh.findings);
          now = fresh.states.length > 3 && next.length > text.length / 2 ? fresh : run(text);
        }),
        { numRuns: 300, seed: 20_261_120 },
      );
    }
  });
  it('reads and judges only the piece it stands in', () => {
    const before = run(sample);
    const start = sample.indexOf('List customers');
    const after = run(`${sample.slice(0, start)}Show${sample.slice(start + 4)}`, before, {
      start,
      oldEnd: start + 4,
      newEnd: start + 4,
    });
    const read = after.states.filter((state, index) => state.facts !== before.states[index]?.facts);
    const judged = after.states.filter((state, index) => state.local !== before.states[index]?.local);
    assert.deepEqual(
      [read, judged].map((list) => list.map((state) => state.piece.pointer)),
      [['/paths/~1customers'], ['/paths/~1customers']],
    );
  });
  it('judges again what rested on what changed', () => {
    const without = sample.replace('  bearerAuth:', '  bearer:');
    const security = 'security:\n  - bearerAuth: []\n';
    const before = run(without);
    assert.ok(before.findings.some((finding) => finding.message.includes('DELETE /customers')));
    const start = without.indexOf('tags:');
    const after = run(without.slice(0, start) + security + without.slice(start), before, {
      start,
      oldEnd: start,
      newEnd: start + security.length,
    });
    assert.deepEqual(
      after.findings.filter((finding) => finding.rule === 'api/auth-defined'),
      [],
    );
  });
});
