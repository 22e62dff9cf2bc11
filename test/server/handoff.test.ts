import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { applyEdits } from '../../src/core/text.ts';
import type { HandoffQuestions } from '../../src/server/protocol-handoff.ts';
import { specification } from '../harness/handoff-project.ts';
import { scratch, type Scratch, startClient, type TestClient } from '../harness/server/client.ts';

const file = 'backend_handoff.json';

describe('language server, hand-offs', function () {
  this.timeout(30_000);
  let folder: Scratch;
  let client: TestClient;
  const ask = async <Name extends keyof HandoffQuestions>(
    name: Name,
    more: Omit<HandoffQuestions[Name]['ask'], 'folder'>,
  ): Promise<Exclude<HandoffQuestions[Name]['answer'], { readonly refusal: string }>> => {
    const answer = (await client.request(name, {
      folder: pathToFileURL(folder.path).href,
      ...more,
    })) as HandoffQuestions[Name]['answer'];
    assert.ok(!('refusal' in answer), JSON.stringify(answer));
    return answer as Exclude<HandoffQuestions[Name]['answer'], { readonly refusal: string }>;
  };
  beforeEach(async () => {
    folder = scratch({
      'openapi.yaml': specification,
      'migrations/001_a.up.sql': 'CREATE TABLE orders (id uuid PRIMARY KEY);\n',
      'frontend_handoff.json': '{ "endpoints": ["GET /orders/{id}", "DELETE /orders/{id}"] }',
    });
    client = await startClient({ folders: [folder.path] });
  });
  afterEach(async () => {
    await client.stop();
    folder.remove();
  });

  it('says what only a person knows, what is open, and plans the file without writing it', async () => {
    const unknowns = await ask('backendArchitect/handoffQuestions', {});
    assert.deepEqual([unknowns.exists, unknowns.next, unknowns.roles[0]?.name], [false, undefined, 'Lead Engineer']);
    assert.equal(
      unknowns.open,
      unknowns.gates.reduce((sum, { items }) => sum + items.length, 0),
    );
    const gate = unknowns.gates.find(({ title }) => title === 'Hand off');
    assert.ok(gate?.items.some(({ id, word }) => id === 'handoff/tests-pass' && word === 'Not shown yet'));
    const plan = await ask('backendArchitect/planHandoff', { said: { next: 'qa-engineer', questions: ['Who pays?'] } });
    assert.equal(plan.oldText, undefined);
    assert.match(plan.summary, new RegExp(`^1 migration, 2 operations, ${unknowns.open} open items$`));
    const value = JSON.parse(plan.newText) as { next_agent: string; open_questions: string[] };
    assert.equal(value.next_agent, 'QA Engineer');
    assert.equal(value.open_questions.at(-1), 'Who pays?');
    assert.equal(existsSync(new URL(plan.uri)), false);
  });

  it('plans on the text that the editor has, and checks it', async () => {
    const saved = '{\n  "next_agent": "QA Engineer"\n}\n';
    folder.write(file, saved);
    const uri = folder.uri(file);
    const typed = '{\n  "next_agent": "QA Engineer",\n  "team": 3\n}\n';
    client.open(uri, typed, 'json');
    const plan = await ask('backendArchitect/planHandoff', { said: {} });
    assert.equal(plan.oldText, typed);
    const edits = plan.edits.map(({ start, end, newText }) => ({ span: { start, end }, newText }));
    assert.equal(applyEdits(typed, edits), plan.newText);
    assert.ok(plan.newText.includes('"team": 3'));
    const { findings } = await ask('backendArchitect/checkHandoff', {});
    assert.ok(findings > 0);
    client.replace(uri, plan.newText);
    const told = await ask('backendArchitect/checkHandoff', {});
    // What is left is what a person has to say: the instructions.
    assert.equal(told.findings, 1);
    await client.settled(uri, (all) => all.length === 1 && all[0]?.code === 'handoff/instructions');
  });

  it('shows the problems of the file while it is typed', async () => {
    const uri = folder.uri(file);
    client.open(uri, '{ "api_spec": "gone.yaml" }', 'json');
    await client.settled(uri, (all) => all.some(({ code }) => code === 'handoff/path-exists'));
    client.replace(uri, '{ "api_spec": "openapi.yaml" }');
    await client.settled(uri, (all) => !all.some(({ code }) => code === 'handoff/path-exists'));
  });

  it('judges a hand-off that is not saved yet by the folder in which it will lie', async () => {
    const plan = await ask('backendArchitect/planHandoff', { said: { next: 'QA Engineer' } });
    const unsaved = folder.uri(file).replace('file://', 'untitled:');
    client.open(unsaved, plan.newText.replace('"openapi.yaml"', '"gone.yaml"'), 'json');
    await client.settled(unsaved, (all) => all.some(({ code }) => code === 'handoff/path-exists'));
    client.replace(unsaved, plan.newText);
    await client.settled(unsaved, (all) => all.length === 1 && all[0]?.code === 'handoff/instructions');
  });

  it('holds what came in against what is there', async () => {
    const { asks, problems } = await ask('backendArchitect/planInbound', {});
    assert.deepEqual(problems, []);
    assert.deepEqual(
      asks.map(({ text, state, draft }) => [text, state, draft?.category]),
      [
        ['GET /orders/{id}', 'there', undefined],
        ['DELETE /orders/{id}', 'missing', '020'],
      ],
    );
  });

  it('refuses in a sentence', async () => {
    folder.write(file, '{ broken');
    const answer = await client.request('backendArchitect/planHandoff', {
      folder: pathToFileURL(folder.path).href,
      said: { next: 'Lead Engineer' },
    });
    assert.match(
      (answer as { refusal: string }).refusal,
      /backend_handoff\.json was not written: line 1 is not valid JSON/,
    );
    const none = await client.request('backendArchitect/handoffQuestions', { folder: 'file:///nowhere' });
    assert.match((none as { refusal: string }).refusal, /not open/);
  });
});
