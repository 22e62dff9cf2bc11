import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CodeLens } from 'vscode-languageserver/node';
import type { FolderTasks, TaskDraftAnswer, TaskEdit, TaskProposal } from '../../src/server/protocol-task.ts';
import type { Refused } from '../../src/server/protocol-review.ts';
import { scratch, type Scratch, startClient, type TestClient } from '../harness/server/client.ts';
import { codes, head, operation, start } from '../harness/server/texts.ts';

const tasks = `# Tasks

### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: pending
- **Dependencies**: BE-011
- **Description**: Tokens live for an hour.
- **Acceptance Criteria**:
  - [x] A wrong password answers 401
  - [ ] Tests pass

### BE-011 | Backend | High | @backend-specialist
- **Title**: Users
- **Status**: in-progress
- **Description**: The table.
- **Acceptance Criteria**:
  - [ ] Tests pass
`;

describe('language server, tasks', function () {
  this.timeout(30_000);
  let folder: Scratch;
  let client: TestClient;
  let uri = '';
  let root = '';
  beforeEach(async () => {
    folder = scratch();
    client = await startClient({ folders: [folder.path], options: { asksForReasons: true } });
    uri = folder.uri('task.md');
    root = folder.uri('').replace(/\/$/, '');
  });
  afterEach(async () => {
    await client.stop();
    folder.remove();
  });
  const board = async (): Promise<FolderTasks> => {
    const [only, ...others] = await client.request<readonly FolderTasks[]>('backendArchitect/tasks', {});
    assert.ok(only);
    assert.deepEqual(others, []);
    return only;
  };
  const draft = async (ask: object): Promise<TaskDraftAnswer> => {
    const answer = await client.request<TaskDraftAnswer | Refused>('backendArchitect/draftTask', ask);
    assert.ok('proposal' in answer, JSON.stringify(answer));
    return answer;
  };
  const plan = async (proposal: TaskProposal, more: object = {}): Promise<TaskEdit> => {
    const answer = await client.request<TaskEdit | Refused>('backendArchitect/planTask', {
      folder: root,
      proposal,
      ...more,
    });
    assert.ok('edit' in answer, JSON.stringify(answer));
    return answer;
  };

  it('are judged while they are written, with their fixes', async () => {
    client.open(uri, tasks.replace('in-progress', 'doing'), 'markdown');
    const found = await client.settled(uri, (all) => all.length > 0);
    assert.deepEqual(codes(found), ['task/status-known']);
    const [finding] = found;
    assert.ok(finding);
    const actions = await client.actions(uri, finding.range);
    assert.deepEqual(
      actions.map(({ title }) => title),
      [
        'Write in-progress',
        'Disable task/status-known for this line…',
        'Disable task/status-known in this file…',
        'Disable task/status-known in this workspace…',
      ],
    );
    assert.ok(actions[0]?.edit);
    assert.equal(client.apply(uri, actions[0].edit), tasks);
    assert.deepEqual(await client.settled(uri), []);
    // Of another Markdown file nothing is said, whatever it holds.
    const notes = folder.uri('README.md');
    client.open(notes, tasks.replace('in-progress', 'doing'), 'markdown');
    assert.deepEqual(await client.settled(notes), []);
  });

  it('are shown as the editor has them, not as the disk has them', async () => {
    assert.deepEqual([(await board()).exists, (await board()).tasks], [false, []]);
    folder.write('task.md', tasks);
    assert.equal((await board()).uri, uri);
    client.open(uri, `${tasks}\n### BE-12 Backend | Low\n`, 'markdown');
    const { exists, ready, tasks: rows, repairs } = await board();
    assert.ok(exists);
    assert.equal(ready, 0);
    assert.deepEqual(
      rows.map((row) => [row.id, row.status, row.done, row.criteria, row.blockedBy, row.range.start.line]),
      [
        ['BE-010', 'pending', 1, 2, ['BE-011'], 2],
        ['BE-011', 'in-progress', 0, 1, [], 11],
      ],
    );
    assert.deepEqual(
      repairs.map(({ text, range }) => [text, range.start.line]),
      [['BE-012', 18]],
    );
    client.replace(uri, tasks.replace('in-progress', 'completed'));
    assert.equal((await board()).ready, 1);
  });

  it('are made of a finding, and found again', async () => {
    const api = folder.uri('openapi.yaml');
    client.open(api, head + operation('/orders') + operation('/users'));
    const [finding] = await client.settled(api, (all) => all.length > 0);
    assert.ok(finding);
    const action = (await client.actions(api, finding.range)).find(
      ({ title }) => title === 'Create task from finding…',
    );
    const target = action?.command?.arguments?.[0] as object;
    assert.ok(target);
    client.open(uri, tasks, 'markdown');
    const made = await draft({ finding: target });
    assert.equal(made.folder, root);
    assert.equal(made.proposal.title, 'Anyone can call GET /orders: no security is required');
    assert.equal(made.proposal.category, '010');
    assert.equal(made.because, 'api/auth-defined is about who may do what');
    assert.deepEqual(
      made.categories.slice(0, 3).map(({ key, next }) => [key, next]),
      [
        ['001', 'BE-001'],
        ['010', 'BE-012'],
        ['020', 'BE-020'],
      ],
    );
    const planned = await plan(made.proposal);
    assert.deepEqual([planned.id, planned.version], ['BE-012', 1]);
    const after = client.apply(uri, planned.edit);
    assert.ok(after.startsWith(tasks), 'what stood there is untouched');
    assert.equal(after.split('\n')[planned.caret.line], '### BE-012 | Backend | High | @backend-specialist');
    assert.ok(after.includes('  - [ ] openapi.yaml:5 is repaired: Anyone can call GET /orders'));
    assert.ok(after.includes('  - [ ] openapi.yaml:9 is repaired: Anyone can call GET /users'));
    assert.deepEqual(await client.settled(uri), []);
    assert.equal((await draft({ finding: target })).already, 'BE-012');
    // What is not of the present text is refused, not guessed at.
    client.edit(api, { start, end: start }, '# later\n');
    const late = await client.request<Refused>('backendArchitect/draftTask', { finding: target });
    assert.equal(late.refusal, 'This finding is gone: the document changed meanwhile.');
  });

  it('are made of a checklist item and from scratch, also in a file that was never saved', async () => {
    const item = await draft({ item: 'plan/success-criteria' });
    assert.equal(item.proposal.title, 'Success criteria defined');
    const unknown = await client.request<Refused>('backendArchitect/draftTask', { item: 'plan/none' });
    assert.equal(unknown.refusal, 'There is no checklist item plan/none.');
    const scratched = await draft({});
    assert.deepEqual([scratched.exists, scratched.proposal.title], [false, '']);
    const none = await client.request<Refused>('backendArchitect/planTask', {
      folder: root,
      proposal: scratched.proposal,
    });
    assert.equal(none.refusal, 'A task needs a title. Say in a few words what is to be done.');
    const first = await plan({ ...scratched.proposal, title: 'Orders' });
    assert.deepEqual([first.id, first.version, first.caret.line], ['BE-020', null, 2]);
    const second = await plan(
      { ...scratched.proposal, title: 'More' },
      { text: '# Tasks\n\n### BE-020 | Backend | Low | @x\n' },
    );
    assert.equal(second.id, 'BE-021');
    assert.throws(() => readFileSync(join(folder.path, 'task.md')), /ENOENT/);
  });

  it('are moved by one word', async () => {
    client.open(uri, tasks.replaceAll('\n', '\r\n'), 'markdown');
    const answer = await client.request<TaskEdit>('backendArchitect/planMoveTask', {
      folder: root,
      id: 'BE-011',
      status: 'review',
    });
    assert.deepEqual([answer.version, answer.caret.line], [1, 11]);
    const after = client.apply(uri, answer.edit);
    assert.equal(after, tasks.replace('in-progress', 'review').replaceAll('\n', '\r\n'));
    const same = await client.request('backendArchitect/planMoveTask', {
      folder: root,
      id: 'BE-011',
      status: 'review',
    });
    assert.deepEqual(same, { unchanged: true });
    const gone = await client.request('backendArchitect/planMoveTask', {
      folder: root,
      id: 'BE-099',
      status: 'review',
    });
    assert.deepEqual(gone, { refusal: 'There is no task BE-099 any more.' });
  });

  it('keep their two lenses in place, and change only what these say', async () => {
    const lenses = async (): Promise<string[]> => {
      const list = await client.request<readonly CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
      return list.map(({ range, command }) => `${range.start.line} ${command?.title}`);
    };
    client.open(uri, tasks, 'markdown');
    assert.deepEqual(await lenses(), ['2 Blocked by BE-011', '2 Move To…', '11 0 of 1 criteria', '11 Move To…']);
    client.replace(uri, tasks.replace('in-progress', 'completed').replaceAll('[ ]', '[x]'));
    assert.deepEqual(await lenses(), [
      '2 2 of 2 criteria',
      '2 Move To…',
      '11 Completed, 1 of 1 criteria',
      '11 Move To…',
    ]);
    const other = folder.uri('README.md');
    client.open(other, tasks, 'markdown');
    assert.deepEqual(await client.request('textDocument/codeLens', { textDocument: { uri: other } }), []);
  });
});
