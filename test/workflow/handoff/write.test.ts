import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { rules } from '../../../src/catalogue/rules.generated.ts';
import { handoffDialect } from '../../../src/core/handoff/dialect.ts';
import { applyEdits } from '../../../src/core/text.ts';
import type { HandoffWishes } from '../../../src/workflow/handoff/compose.ts';
import type { HandoffPorts } from '../../../src/workflow/handoff/gather.ts';
import { type HandoffPlan, planHandoff } from '../../../src/workflow/handoff/write.ts';
import { type HandoffProject, handoffProject, specification } from '../../harness/handoff-project.ts';

interface Written {
  readonly api_spec: string;
  readonly database_migrations: readonly string[];
  readonly required_services: readonly string[];
  readonly security_controls: readonly string[];
  readonly [field: string]: unknown;
}

const lead: HandoffWishes = { next: 'lead-engineer', instructions: 'Orders first.' };

async function planned(ports: HandoffPorts, wishes: HandoffWishes, text?: string): Promise<HandoffPlan> {
  const outcome = await planHandoff(ports, wishes, text);
  assert.ok('plan' in outcome, JSON.stringify(outcome));
  return outcome.plan;
}

async function refusal(ports: HandoffPorts, wishes: HandoffWishes, text?: string): Promise<string> {
  const outcome = await planHandoff(ports, wishes, text);
  assert.ok('refusal' in outcome, 'it is refused');
  return outcome.refusal;
}

const parsed = (plan: HandoffPlan): Written => JSON.parse(plan.newText) as Written;

describe('writing a hand-off', () => {
  let project: HandoffProject;
  beforeEach(() => {
    project = handoffProject();
    project.put({
      'docs/living/API_Spec.yaml': specification,
      'migrations/010_b.up.sql': 'ALTER TABLE orders ENABLE ROW LEVEL SECURITY;\n',
      'migrations/002_a.up.sql': 'CREATE TABLE orders (id uuid PRIMARY KEY);\n',
      'migrations/002_a.down.sql': 'DROP TABLE orders;\n',
      'backend_services.md':
        '# Services\n\n## Overview\n\nWords.\n\n## auth-service\n\n- **proposal-engine**: proposes\n- Remember the milk\n```\n## not-a-service\n```\n',
      'docker-compose.yml': 'services:\n  db:\n    image: postgres\n  cache: { image: redis }\n',
      'task.md':
        '### BE-001 | Backend | High | @x\n- **Status**: completed\n\n### BE-020 | Backend | Low | @x\n- **Status**: in-progress\n',
      '.env.example': '# all of them\nDATABASE_URL=postgres://app:s3cr3t@db/shop\nexport JWT_SECRET=\n#OLD=1\n',
      '.env': 'REAL_SECRET=k9Xw2mQ7pL\n',
    });
  });
  afterEach(() => project.remove());

  it('names what is there, with the places that show it', async () => {
    const plan = await planned(project.ports(), lead);
    const { checks, artifacts, ...rest } = parsed(plan);
    assert.deepEqual(rest, {
      version: 1,
      id: rest['id'],
      created_at: '2026-11-20T09:30:00Z',
      commit: '0123456789abcdef0123456789abcdef01234567',
      from_agent: 'Back-End Architect',
      domain: 'engineering',
      api_spec: 'docs/living/API_Spec.yaml',
      database_migrations: ['migrations/002_a.up.sql', 'migrations/010_b.up.sql'],
      required_services: ['auth-service', 'proposal-engine', 'db', 'cache', 'id.login.test'],
      security_controls: [
        'JWT validation',
        'Authentication by default',
        'Rate limiting',
        'Input limits',
        'HTTPS only',
        'Row-level security',
      ],
      next_agent: 'Lead Engineer',
      instructions: 'Orders first.',
      security_control_evidence: [
        { control: 'JWT validation', file: 'docs/living/API_Spec.yaml', line: 18 },
        { control: 'Authentication by default', file: 'docs/living/API_Spec.yaml', line: 4 },
        { control: 'Rate limiting', file: 'docs/living/API_Spec.yaml', line: 12 },
        { control: 'Input limits', file: 'docs/living/API_Spec.yaml', line: 9 },
        { control: 'HTTPS only', file: 'docs/living/API_Spec.yaml', line: 3 },
        { control: 'Row-level security', file: 'migrations/010_b.up.sql', line: 1 },
      ],
      required_service_evidence: [
        { service: 'auth-service', file: 'backend_services.md', line: 7 },
        { service: 'proposal-engine', file: 'backend_services.md', line: 9 },
        { service: 'db', file: 'docker-compose.yml', line: 2 },
        { service: 'cache', file: 'docker-compose.yml', line: 4 },
        { service: 'id.login.test', file: 'docs/living/API_Spec.yaml', line: 19 },
      ],
      env: ['DATABASE_URL', 'JWT_SECRET'],
      tasks: [
        { id: 'BE-001', status: 'completed' },
        { id: 'BE-020', status: 'in-progress' },
      ],
      open_questions: [],
    });
    const sha256 = (path: string): string =>
      createHash('sha256')
        .update(readFileSync(join(project.root, path)))
        .digest('hex');
    assert.deepEqual(
      artifacts,
      [
        ['docs/living/API_Spec.yaml', 'api-spec'],
        ['migrations/002_a.up.sql', 'migration'],
        ['migrations/002_a.down.sql', 'migration-down'],
        ['migrations/010_b.up.sql', 'migration'],
        ['backend_services.md', 'services'],
      ].map(([path = '', kind]) => ({ path, sha256: sha256(path), kind })),
    );
    assert.equal((checks as unknown[]).length, 45);
    assert.equal(plan.summary, '2 migrations, 2 operations, 0 open items');
    assert.ok(!/s3cr3t|k9Xw2mQ7pL|REAL_SECRET/.test(plan.newText));
  });

  it('passes its own check', async () => {
    const ports = project.ports();
    const { newText } = await planned(ports, lead);
    const { files, configuration } = ports;
    const world = {
      read: (path: string) => files.readTarget(path),
      kind: (path: string) => files.kindNow(path),
      sha256: (path: string) => files.sha256Now(path),
      configuration,
      today: '2026-11-20',
    };
    assert.deepEqual(handoffDialect.judge({ file: 'backend_handoff.json', text: newText }, rules, world), []);
  });

  it('names what is open inside, as checks and as questions', async () => {
    const plan = await planned(
      project.ports({
        'handoff/tests-pass': 'unshown',
        'handoff/auth-verified': 'broken',
        'plan/dependencies': 'signed',
      }),
      lead,
    );
    const { checks, open_questions } = parsed(plan);
    const by = (id: string): unknown => (checks as { item: string }[]).find(({ item }) => item === id);
    assert.deepEqual(by('handoff/tests-pass'), {
      item: 'handoff/tests-pass',
      status: 'open',
      evidence: 'What is known of handoff/tests-pass',
    });
    assert.equal((by('handoff/auth-verified') as { status: string }).status, 'failed');
    assert.equal((by('plan/dependencies') as { status: string }).status, 'attested');
    assert.deepEqual(open_questions, [
      'handoff/tests-pass: All tests pass. Not shown yet',
      'handoff/auth-verified: Access verified. Not met',
    ]);
    assert.deepEqual(
      plan.gates.map(({ title, items }) => [title, items.map(({ id }) => id)]),
      [['Hand off', ['handoff/tests-pass', 'handoff/auth-verified']]],
    );
    assert.match(plan.summary, /, 2 open items$/);
  });

  it('does not count the lines about the file itself: writing it settles them', async () => {
    const faces = { 'handoff/record-created': 'unshown', 'handoff/next-agent': 'unshown' } as const;
    const open = await planned(project.ports(faces), lead);
    assert.deepEqual(open.gates, []);
    assert.equal(open.newText, (await planned(project.ports(), lead)).newText);
  });

  it('changes nothing where nothing changed, later and at another commit', async () => {
    const { newText } = await planned(project.ports(), lead);
    const later = project.ports({}, { now: () => '2027-01-01T00:00:00Z', commit: async () => 'f'.repeat(40) });
    const again = await planned(later, {}, newText);
    assert.deepEqual([again.newText, again.edits], [newText, []]);
    project.put({ 'task.md': '### BE-001 | Backend | High | @x\n- **Status**: completed\n' });
    const changed = parsed(await planned(later, {}, newText));
    assert.deepEqual(
      [changed['created_at'], changed['commit'], changed['tasks'], changed['id']],
      [
        '2027-01-01T00:00:00Z',
        'f'.repeat(40),
        [{ id: 'BE-001', status: 'completed' }],
        (JSON.parse(newText) as Written)['id'],
      ],
    );
  });

  it('keeps what a person wrote, byte for byte, and takes out what is gone', async () => {
    const text = [
      '\uFEFF{',
      '\t"next_agent": "Lead Engineer",',
      '\t"team": {"size":3, "lead" : "Ada"},',
      '\t"instructions": "Orders \\u2013 first.",',
      '\t"open_questions": [ "Who pays?", "handoff/tests-pass: All tests pass. Not shown yet" ],',
      '\t"decisions": [ "UUID keys" ],',
      '\t"security_controls": ["CORS allow-list", "OpenID Connect"],',
      '\t"security_control_evidence": [{ "control": "OpenID Connect", "file": "docs/living/API_Spec.yaml" },',
      '\t\t{ "control": "CORS allow-list", "file": "task.md", "line": 1 }],',
      '\t"artifacts": [{ "path": "docs/gone.md" }, { "path": "task.md", "kind": "tasks" }, { "path": "../../etc/passwd" }]',
      '}',
      '',
    ].join('\r\n');
    const { newText, edits } = await planned(project.ports(), {}, text);
    assert.equal(applyEdits(text, edits), newText);
    for (const kept of [
      '\uFEFF{\r\n\t',
      '"team": {"size":3, "lead" : "Ada"},',
      '"instructions": "Orders \\u2013 first.",',
      '"decisions": [ "UUID keys" ],',
    ])
      assert.ok(newText.includes(kept), kept);
    assert.ok(!/[^\r]\n/.test(newText), 'every line ends as the file’s lines do');
    const value = JSON.parse(newText.slice(1)) as Written;
    assert.deepEqual(value['open_questions'], ['Who pays?']);
    assert.ok(
      value.security_controls.includes('CORS allow-list') && !value.security_controls.includes('OpenID Connect'),
    );
    assert.deepEqual((value['security_control_evidence'] as unknown[]).at(-1), {
      control: 'CORS allow-list',
      file: 'task.md',
      line: 1,
    });
    assert.deepEqual((value['artifacts'] as unknown[]).at(-1), { path: 'task.md', kind: 'tasks' });
    const again = await planned(project.ports(), {}, newText);
    assert.equal(again.newText, newText);
  });

  it('never rewrites what it cannot read, and says where that is', async () => {
    assert.match(
      await refusal(project.ports(), lead, '{\n  "a": 1,\n}\n'),
      /backend_handoff\.json was not written: line 3 is not valid JSON/,
    );
    assert.match(await refusal(project.ports(), lead, '[]'), /line 1 .*one object/);
    assert.match(await refusal(project.ports(), lead, '['.repeat(100_000)), /Nested deeper/);
  });

  it('needs somebody who takes over, and a contract', async () => {
    assert.match(await refusal(project.ports(), {}), /Name the next role/);
    assert.match(
      await refusal(project.ports(), { ...lead, apiSpec: 'nowhere.yaml' }),
      /nowhere\.yaml is no OpenAPI document/,
    );
    const empty = handoffProject();
    assert.match(await refusal(empty.ports(), lead), /no OpenAPI document to hand over/);
    empty.put({ 'openapi.yaml': 'openapi: 3.1.0\npaths: [\n' });
    assert.match(await refusal(empty.ports(), lead), /openapi\.yaml cannot be read\. Repair its syntax/);
    empty.remove();
  });

  it('takes the document under docs/living, else the one with most operations, else the one that is named', async () => {
    project.put({ 'other.yaml': specification.replace('  /orders:\n', '  /orders:\n    get: { responses: {} }\n') });
    assert.equal(parsed(await planned(project.ports(), lead)).api_spec, 'docs/living/API_Spec.yaml');
    assert.equal(parsed(await planned(project.ports(), { ...lead, apiSpec: 'other.yaml' })).api_spec, 'other.yaml');
    const other = handoffProject();
    other.put({
      'a.yaml': specification,
      'b.yaml': specification.replace('  /orders:\n', '  /orders:\n    get: { responses: {} }\n'),
    });
    const { api_spec, artifacts } = parsed(await planned(other.ports(), lead));
    assert.equal(api_spec, 'b.yaml');
    assert.deepEqual(
      (artifacts as { path: string }[]).map(({ path }) => path),
      ['b.yaml', 'a.yaml'],
    );
    other.remove();
  });

  it('hands over the migrations of one database, none of tests, and operations that stand in other files', async () => {
    const other = handoffProject();
    other.put({
      'api/openapi.yaml':
        "openapi: 3.1.0\ninfo: {}\npaths:\n  /a: { $ref: './paths/a.yaml#/a' }\n  /b: { $ref: '../../out.yaml' }\n",
      'api/paths/a.yaml': "# more\na:\n  get: {}\n  post:\n    responses:\n      '429': {}\n",
      'migrations/1_a.mysql.up.sql': 'SELECT 1;\n',
      'migrations/1_a.postgres.up.sql': 'SELECT 1;\n',
      'migrations/1_a.sqlite.up.sql': 'SELECT 1;\n',
      'lib/stub/migrations/1_x.up.sql': 'SELECT 1;\n',
      '.env.prod.example': 'B=\n',
      '.env.dev.example': 'A=\nB=\n',
      '.env.local': 'REAL=\n',
    });
    const plan = await planned(other.ports(), lead);
    const value = parsed(plan);
    assert.deepEqual(value.database_migrations, ['migrations/1_a.postgres.up.sql']);
    assert.deepEqual(value['security_control_evidence'], [
      { control: 'Rate limiting', file: 'api/paths/a.yaml', line: 6 },
    ]);
    assert.deepEqual(value['env'], ['A', 'B']);
    assert.match(plan.summary, /^1 migration, 2 operations, /);
    other.remove();
  });

  it('writes no secret, whoever wrote it', async () => {
    const url = 'postgres://app:s3cr3t@db/shop';
    assert.match(
      await refusal(project.ports(), { ...lead, instructions: `Use ${url}` }),
      /would hold what reads like an address with a password/,
    );
    const text = `{ "next_agent": "QA Engineer", "notes": "${url}" }`;
    assert.match(await refusal(project.ports(), {}, text), /line 1 holds what/);
    project.put({ 'docker-compose.yml': `services:\n  "db ${url}": { image: postgres }\n` });
    const plan = await planned(project.ports(), lead);
    assert.ok(!plan.newText.includes('s3cr3t') && plan.newText.includes('<removed>'));
  });

  it('hands over nothing that a link leads out to', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'outside-'));
    writeFileSync(join(outside, 'openapi.yaml'), specification);
    writeFileSync(join(outside, 'PRD.md'), 'private');
    symlinkSync(join(outside, 'openapi.yaml'), join(project.root, 'openapi.yaml'));
    symlinkSync(join(outside, 'PRD.md'), join(project.root, 'docs/living/PRD.md'));
    const { newText } = await planned(project.ports(), lead);
    assert.ok(!newText.includes('"openapi.yaml"') && !newText.includes('PRD.md'));
  });

  it('gives valid JSON with every path in place, whatever the present file holds', async () => {
    const ports = project.ports();
    const field = fc.constantFrom(
      'instructions',
      'artifacts',
      'security_controls',
      'security_control_evidence',
      'open_questions',
      'tasks',
      'env',
      'x',
      '__proto__',
    );
    const value = fc.oneof(
      fc.jsonValue(),
      fc.array(fc.record({ path: fc.constantFrom('../x', 'task.md', '/etc/passwd', 'C:\\x', 'no\0', 'migrations') })),
    );
    await fc.assert(
      fc.asyncProperty(fc.dictionary(field, value), async (present) => {
        const text = JSON.stringify({ ...present, next_agent: 'QA Engineer' }, undefined, 2);
        const outcome = await planHandoff(ports, {}, text);
        assert.ok('plan' in outcome, JSON.stringify(outcome));
        const result = JSON.parse(outcome.plan.newText) as Written;
        for (const { path } of result['artifacts'] as { path: string }[])
          assert.equal(ports.files.kindNow(path), 'file');
        const again = await planHandoff(ports, {}, outcome.plan.newText);
        assert.ok('plan' in again && again.plan.edits.length === 0, 'a second time changes nothing');
      }),
      { numRuns: 60 },
    );
  });
});
