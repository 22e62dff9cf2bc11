import assert from 'node:assert/strict';
import type { DocumentContext } from '../../../src/core/openapi/visitors.ts';
import { following, referenceTo } from '../../../src/core/openapi/follow.ts';
import { get, scalar } from '../../../src/core/openapi/tree.ts';
import { rule } from '../../../src/core/rule.ts';
import { analyseOpenApi, type OpenApiAnalysis, type OpenApiInput } from '../../../src/core/openapi/analyse.ts';
import { analyse } from '../../harness/openapi-example.ts';

const document = `openapi: 3.0.3
paths:
  /a%b:
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/In' } } } }
      responses:
        '200': { description: OK, content: { application/json: { schema: { $ref: '#/components/schemas/Out' } } } }
components:
  schemas:
    In: { properties: { part: { $ref: '#/components/schemas/Both' } } }
    Out: { properties: { part: { $ref: '#/components/schemas/Both' } } }
    Both: { type: object }
    Loop: { $ref: '#/components/schemas/Loop' }
`;

function asked<Answer>(question: (context: DocumentContext) => Answer): Answer {
  const answers: Answer[] = [];
  const probe = rule({
    id: 'api/probe',
    dialect: 'openapi',
    severity: 'info',
    evidences: [],
    requirements: [],
    says: '',
    why: '',
    bad: [],
    good: [],
    document: (_, context) => {
      answers.push(question(context));
      return [];
    },
  });
  analyse(document, [probe]);
  const [answer] = answers;
  assert.ok(answer !== undefined);
  return answer;
}

describe('A check of the whole document', () => {
  it('asks which way a component travels', () => {
    const ways = asked((context) =>
      ['In', 'Out', 'Both', 'None'].map((name) => context.direction(`/components/schemas/${name}`)),
    );
    assert.deepEqual(
      ways.map(({ request, response }) => [request, response]),
      [
        [true, false],
        [false, true],
        [true, true],
        [false, false],
      ],
    );
  });
  it('follows references, and stops in a circle', () => {
    const types = asked((context) => {
      const { follow } = following(context);
      const at = (name: string) => {
        const found = context.resolve(referenceTo(`/components/schemas/${name}`));
        return found.kind === 'found' ? found.target.node : undefined;
      };
      return [scalar(follow(get(get(at('In'), 'properties'), 'part')), 'type'), follow(at('Loop'))];
    });
    assert.deepEqual(types, ['object', undefined]);
  });
  it('finds what stands at a pointer with a percent sign', () => {
    const kind = asked((context) => context.resolve(referenceTo('/paths/~1a%b/post')).kind);
    assert.equal(kind, 'found');
  });
});

describe('A remembered result', () => {
  it('is judged again when what lies behind two references changes', () => {
    const text = `openapi: 3.0.3
paths:
  /a:
    get:
      responses: { '200': { $ref: '#/components/responses/One' } }
components:
  responses:
    One: { $ref: '#/components/responses/Two' }
    Two: { description: OK, x-kind: 1 }
`;
    const teller = rule({
      id: 'api/teller',
      dialect: 'openapi',
      severity: 'info',
      evidences: [],
      requirements: [],
      says: '',
      why: '',
      bad: [],
      good: [],
      visit: {
        *operation({ node, key }, context) {
          const response = context.follow(get(get(node, 'responses'), '200'));
          yield { at: key, message: `kind ${String(scalar(response, 'x-kind'))}` };
        },
      },
    });
    const rules = [teller];
    const run = (input: Pick<OpenApiInput, 'text' | 'previous' | 'change'>): OpenApiAnalysis => {
      const steps = analyseOpenApi({ file: 'a.yaml', version: '3.0', rules, read: () => undefined, ...input });
      for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
    };
    const previous = run({ text });
    const start = text.indexOf('x-kind: 1') + 8;
    const next = run({
      text: text.replace('x-kind: 1', 'x-kind: 2'),
      previous,
      change: { start, oldEnd: start + 1, newEnd: start + 1 },
    });
    assert.deepEqual(
      [...previous.findings, ...next.findings].map(({ message }) => message),
      ['kind 1', 'kind 2'],
    );
  });
});
