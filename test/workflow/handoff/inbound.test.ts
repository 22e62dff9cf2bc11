import assert from 'node:assert/strict';
import fc from 'fast-check';
import { acceptInbound, type InboundPlan } from '../../../src/workflow/handoff/inbound.ts';
import { readAsks } from '../../../src/workflow/handoff/inbound-asks.ts';
import { type HandoffProject, handoffProject, specification } from '../../harness/handoff-project.ts';

describe('inbound hand-offs', () => {
  let project: HandoffProject;
  beforeEach(() => {
    project = handoffProject();
    project.put({
      'docs/living/API_Spec.yaml': specification,
      'migrations/1_a.up.sql': 'CREATE TABLE IF NOT EXISTS public.customers (id uuid PRIMARY KEY);\n',
      'docker-compose.yml': 'services: { auth-service: { image: x } }\n',
    });
  });
  afterEach(() => project.remove());
  const states = ({ asks }: InboundPlan): string[] => asks.map(({ line, text, state }) => `${line} ${state}: ${text}`);

  it('are held against the operations, schemas, tables and services that are there', async () => {
    project.put({
      'frontend_handoff.json': `{
  "api_requirements": [
    "GET /orders/:orderId",
    "POST /v1/orders/ - place an order",
    { "method": "delete", "path": "/orders/{id}", "description": "take an order back" },
    "A way to search",
    { "endpoint": "/auth/login", "method": "POST" }
  ],
  "dataRequirements": [{ "name": "Order Items" }, "OrderItem", "Invoice"],
  "performance_concerns": "The list has to be there within 200 ms"
}
`,
      'savant_handoff.json': `{
  "system": {
    "entities": { "Customer": { "fields": ["name"] }, "Refund": {} },
    "services": ["auth-service", "mail-service: sends mails"],
    "boundaries": ["Payment is somebody else’s"]
  }
}
`,
    });
    const plan = await acceptInbound(project.ports());
    assert.deepEqual(plan.problems, []);
    assert.deepEqual(states(plan), [
      '3 there: Customer',
      '3 missing: Refund',
      '4 there: auth-service',
      '4 missing: mail-service: sends mails',
      '5 undecided: Payment is somebody else’s',
      '3 there: GET /orders/:orderId',
      '4 there: POST /v1/orders/ - place an order',
      '5 missing: DELETE /orders/{id}',
      '6 undecided: A way to search',
      '7 missing: POST /auth/login',
      '9 undecided: Order Items',
      '9 there: OrderItem',
      '9 missing: Invoice',
      '10 undecided: The list has to be there within 200 ms',
    ]);
    const drafts = plan.asks.flatMap(({ draft }) => draft ?? []);
    assert.deepEqual(
      drafts.map(({ category, title }) => `${category} ${title}`),
      [
        '001 Design the data of Refund',
        '050 Describe the service mail-service',
        '050 Keep the boundary: Payment is somebody else’s',
        '020 Add DELETE /orders/{id}',
        '020 Answer: A way to search',
        '010 Add POST /auth/login',
        '020 Answer: Order Items',
        '001 Design the data of Invoice',
        '040 Answer the performance concern: The list has to be there within 200 ms',
      ],
    );
    assert.equal(drafts[3]?.description, 'frontend_handoff.json line 5 asks for it: take an order back');
    for (const { criteria } of drafts) assert.ok(criteria.length > 0);
  });

  it('that are malformed are told with their line, and the other one is read all the same', async () => {
    project.put({
      'frontend_handoff.json': '{\n  "endpoints": ["GET /x"]\n  "more": 1\n}\n',
      'savant_handoff.json': '{ "services": ["mail-service"] }',
    });
    const plan = await acceptInbound(project.ports());
    assert.match(
      plan.problems.join('\n'),
      /^frontend_handoff\.json line 3 is not valid JSON: A comma has to stand here\. Repair it/,
    );
    assert.deepEqual(states(plan), ['1 missing: mail-service']);
    project.put({ 'savant_handoff.json': new Uint8Array([0xff, 0xfe, 0x41, 0x00]) });
    assert.match(
      (await acceptInbound(project.ports())).problems.join('\n'),
      /savant_handoff\.json cannot be read\. It is UTF-16/,
    );
  });

  it('may be written as OpenAPI paths, by method and path as keys, or as nothing that is known', () => {
    const asked = (value: unknown): unknown => {
      const outcome = readAsks('f.json', JSON.stringify(value));
      return 'asks' in outcome ? outcome.asks.map(({ kind, text }) => `${kind} ${text}`) : outcome.problem;
    };
    assert.deepEqual(asked({ endpoints: { '/users': { get: { summary: 'All' }, post: {} } } }), [
      'operation GET /users',
      'operation POST /users',
    ]);
    assert.deepEqual(asked({ endpoints: { 'GET /users': 'All of them' } }), ['operation GET /users']);
    assert.deepEqual(asked({ endpoints: '/users (GET)' }), ['operation /users (GET)']);
    assert.deepEqual(asked({ colours: ['red'] }), []);
    assert.match(String(asked([])), /one object in braces/);
  });

  it('carry no secret and no second line into a task', async () => {
    project.put({
      'frontend_handoff.json': JSON.stringify({
        endpoints: ['GET /a\n### BE-999 | forged', 'Use postgres://app:s3cr3t@db/shop'],
      }),
    });
    const { asks } = await acceptInbound(project.ports());
    for (const { draft } of asks)
      assert.ok(!/[\r\n]|s3cr3t/.test(JSON.stringify(draft).replaceAll('\\n', '\n')), JSON.stringify(draft));
  });

  it('never make the reader throw', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('endpoints', 'entities', 'services', 'boundaries', 'api', 'a'), fc.jsonValue()),
        (value) => {
          const outcome = readAsks('f.json', JSON.stringify(value, undefined, 1));
          assert.ok('asks' in outcome);
          for (const { text, line } of outcome.asks) assert.ok(line >= 1 && !/[\r\n]/.test(text));
        },
      ),
    );
    fc.assert(fc.property(fc.string(), (text) => assert.ok(readAsks('f.json', text))));
  });
});
