import assert from 'node:assert/strict';
import type { DocumentContext } from '../../../src/core/openapi/visitors.ts';
import { following, referenceTo } from '../../../src/core/openapi/follow.ts';
import { get, scalar } from '../../../src/core/openapi/tree.ts';
import { rule } from '../../../src/core/rule.ts';
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
