import assert from 'node:assert/strict';
import { analyseOpenApi, type OpenApiAnalysis, type OpenApiInput } from '../../../src/core/openapi/analyse.ts';
import { cut } from '../../../src/core/openapi/cut.ts';
import { openApiEditor } from '../../../src/core/openapi/edit.ts';
import { entries, get, items, parseTree, text } from '../../../src/core/openapi/tree.ts';
import { type OpenApiRule, rule } from '../../../src/core/rule.ts';
import { applyEdits } from '../../../src/core/text.ts';
import { analyse } from '../../harness/openapi-example.ts';

describe('merge keys', () => {
  const source = `base: &base { summary: a, tags: [x] }\nown:\n  <<: *base\n  summary: b\nlast:\n  summary: c\n  <<: *base\n`;
  const { root } = parseTree(source);
  for (const [name, summary] of [
    ['own', 'b'],
    ['last', 'c'],
  ] as const) {
    it(`give way to the entries of \`${name}\` itself`, () => {
      assert.deepEqual(
        entries(get(root, name)).map((entry) => entry.name),
        ['tags', 'summary'],
      );
      assert.equal(text(get(root, name), 'summary'), summary);
    });
  }
  it('leave the map where it begins', () => {
    const own = get(root, 'own');
    assert.ok(own && source.slice(own.start).startsWith('summary: b'));
  });
});

describe('sections in flow style', () => {
  const source = `openapi: 3.0.3
paths: { /users: { get: { responses: { '200': { $ref: '#/components/responses/Ok' } } } }, /empty: {} }
components:
  schemas: { User: { type: object }, 'a/b': { type: string } }
  responses: { Ok: { description: OK } }
`;
  it('are read entry by entry, each section as a piece', () => {
    const { model, states, operationCount } = analyse(source, []);
    assert.equal(operationCount, 1);
    assert.equal(states.length, 4);
    for (const ref of [
      '#/components/schemas/User',
      '#/components/schemas/a~1b',
      '#/paths/~1empty',
      '#/components/responses/Ok',
    ]) {
      assert.equal(model.resolve(ref).kind, 'found', ref);
    }
    assert.equal(model.resolve('#/components/schemas/None').kind, 'missing');
    assert.deepEqual(model.componentNames('schemas'), ['User', 'a/b']);
  });
  it('may stand in a components object in flow style', () => {
    const { model } = analyse(
      `openapi: 3.0.3\npaths: {}\ncomponents: { schemas: { User: { type: object } }, x-own: { a: {} } }\n`,
      [],
    );
    assert.equal(model.resolve('#/components/schemas/User').kind, 'found');
    assert.deepEqual(model.componentNames('schemas'), ['User']);
  });
});

describe('a discriminator', () => {
  it('uses components by name, dots included, and by reference', () => {
    const { model } = analyse(
      `openapi: 3.0.3
paths:
  /pets: { get: { responses: { '200': { description: OK, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } } } } }
components:
  schemas:
    Pet: { type: object, discriminator: { propertyName: kind, mapping: { cat: v1.Cat, dog: '#/components/schemas/Dog', fox: fox.yaml } } }
    v1.Cat: { type: object }
    Dog: { type: object }
    Cow: { type: object }
`,
      [],
    );
    assert.deepEqual(
      ['v1.Cat', 'Dog', 'Cow'].map((name) => model.isUsed(`/components/schemas/${name}`)),
      [true, true, false],
    );
  });
});

describe('a reference', () => {
  it('may lead through itself without end', () => {
    const { model } = analyse(
      `openapi: 3.0.3\npaths: {}\ncomponents:\n  schemas:\n    A: { $ref: '#/components/schemas/A/properties/b' }\n`,
      [],
    );
    assert.equal(model.resolve('#/components/schemas/A/properties/b').kind, 'missing');
    assert.equal(model.resolve('#/components/schemas/A').kind, 'found');
  });
  it('into a broken part is neither found nor missing', () => {
    const { model } = analyse(`openapi: 3.0.3\npaths: {}\ncomponents: { schemas: { A: { type: object }\n`, []);
    assert.equal(model.resolve('#/components/schemas/A').kind, 'unknown');
    const cutOff = analyse(`openapi: 3.0.3\ncomponents:\n  schemas:\n    A: { type: [\n    B: { type: string }\n`, []);
    assert.equal(cutOff.model.resolve('#/components/schemas/A/properties').kind, 'unknown');
  });
  it('may write a name with escapes', () => {
    const { model } = analyse(
      `openapi: 3.0.3\npaths: {}\ncomponents:\n  schemas:\n    'a b/c~d%': { type: string }\n`,
      [],
    );
    for (const ref of ['#/components/schemas/a%20b~1c~0d%25', '#/components/schemas/a b~1c~0d%'])
      assert.equal(model.resolve(ref).kind, 'found', ref);
  });
});

describe('the editor', () => {
  it('leaves media types without quotes', () => {
    const source = 'info:\n  title: Shop\n';
    const layout = cut(source);
    const [piece] = layout.pieces;
    const root = parseTree(source).root;
    assert.ok(piece && root?.kind === 'map');
    const edit = openApiEditor(source, layout, piece).addEntry(root, 'application/problem+json', {});
    assert.equal(applyEdits(source, [edit]), 'info:\n  title: Shop\napplication/problem+json: {}\n');
  });
});

const chained = (name: string): string => `openapi: 3.0.3
paths:
  /users: { get: { parameters: [{ $ref: '#/components/parameters/A' }] } }
components:
  parameters:
    A: { $ref: '#/components/parameters/B' }
    B: { name: ${name}, in: query }
`;

describe('a cached result', () => {
  it('rests on every step of a chain of references', () => {
    const rules: OpenApiRule[] = [
      rule({
        id: 'api/probe',
        dialect: 'openapi',
        severity: 'hint',
        evidences: [],
        requirements: [],
        says: '',
        why: '',
        bad: [],
        good: [],
        visit: {
          *operation(operation, { follow }) {
            const parameter = follow(items(get(operation.node, 'parameters'))[0]);
            yield { at: operation.key, message: text(parameter, 'name') ?? 'nothing' };
          },
        },
      }),
    ];
    const run = (input: Partial<OpenApiInput>): OpenApiAnalysis => {
      const steps = analyseOpenApi({
        file: 'a.yaml',
        text: chained('one'),
        version: '3.0',
        rules,
        read: () => undefined,
        ...input,
      });
      for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
    };
    const before = run({});
    const at = chained('').indexOf('name: ') + 'name: '.length;
    const after = run({
      text: chained('two'),
      previous: before,
      change: { start: at, oldEnd: at + 3, newEnd: at + 3 },
    });
    assert.deepEqual(
      [before, after].map(({ findings }) => findings.map(({ message }) => message)),
      [['one'], ['two']],
    );
  });
});
