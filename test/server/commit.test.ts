import assert from 'node:assert/strict';
import type { CompletionItem } from 'vscode-languageserver/node';
import type { CommitPlan } from '../../src/server/protocol-commit.ts';
import { runGit } from '../harness/git.ts';
import { scratch, type Scratch, startClient, type TestClient } from '../harness/server/client.ts';
import { codes } from '../harness/server/texts.ts';

describe('language server, commit messages', function () {
  this.timeout(30_000);
  let folder: Scratch;
  let client: TestClient;
  let uri = '';
  beforeEach(async () => {
    folder = scratch({ 'src/orders/a.ts': '1' });
    runGit(folder.path, ['init', '-q', '-b', 'feature/carts']);
    runGit(folder.path, ['commit', '-q', '--allow-empty', '-m', 'feat(orders): one']);
    uri = folder.uri('.git/COMMIT_EDITMSG');
    client = await startClient({ folders: [folder.path] });
  });
  afterEach(async () => {
    await client.stop();
    folder.remove();
  });

  const offered = async (at: string): Promise<string[]> => {
    const position = client.at(uri, at);
    const place = { line: position.line, character: position.character + at.length };
    const items = await client.request<CompletionItem[]>('textDocument/completion', {
      textDocument: { uri },
      position: place,
    });
    return items.map(({ label }) => label);
  };

  it('are judged inside .git, and nothing else in there is', async () => {
    client.open(uri, 'feature(orders): add carts\n\n# On branch main\n', 'git-commit');
    const found = await client.settled(uri, (all) => all.length === 2);
    assert.deepEqual(codes(found).toSorted(), ['commit/agent-named', 'commit/type-known']);
    const other = folder.uri('.git/description.yaml');
    client.open(other, 'openapi: 3.1.0\ninfo: {}\npaths: {}\n', 'yaml');
    await client.status(other, ({ text }) => text === 'Not checked');
    assert.deepEqual(client.diagnostics(other) ?? [], []);
  });

  it('are silent while they are empty', async () => {
    client.open(uri, '\n# Please enter the commit message\n', 'git-commit');
    assert.deepEqual(await client.settled(uri), []);
  });

  it('are repaired by quick fixes, until nothing is wrong with them', async () => {
    client.open(uri, 'feature(orders): add carts.\n\n# On branch main\n', 'git-commit');
    for (let left = 3; left > 0; left--) {
      const [finding] = await client.settled(uri, (all) => all.length === left);
      assert.ok(finding);
      const action = (await client.actions(uri, finding.range)).find(({ edit }) => edit);
      assert.ok(action?.edit);
      client.apply(uri, action.edit);
    }
    assert.deepEqual(await client.settled(uri), []);
    assert.equal(
      client.text(uri),
      'feat(orders): add carts\n\nAgent: backend-architect\nDomain: engineering\n\n# On branch main\n',
    );
  });

  it('are never disabled by a comment, which would be committed', async () => {
    await client.stop();
    client = await startClient({ folders: [folder.path], options: { asksForReasons: true } });
    client.open(uri, 'feat(orders): add carts\n', 'git-commit');
    const [finding] = await client.settled(uri, (all) => all.length === 1);
    assert.ok(finding);
    const titles = (await client.actions(uri, finding.range)).map(({ title }) => title);
    assert.deepEqual(titles, ['Add Agent and Domain', 'Disable commit/agent-named in this workspace…']);
  });

  it('are completed: types, scopes of earlier commits, trailers, roles', async () => {
    client.open(uri, 'fe(o): x\n\nAgent: backend-architect\nHandoff-To: \nFea\n# F\n', 'git-commit');
    assert.deepEqual(await offered('fe'), ['feat', 'fix', 'refactor', 'docs', 'test', 'chore']);
    assert.deepEqual(await offered('(o'), ['orders']);
    assert.ok((await offered('Handoff-To: ')).includes('qa-engineer'));
    assert.deepEqual(await offered('Fea'), ['Domain', 'Feature', 'Story', 'Manifest']);
    assert.deepEqual(await offered('# F'), []);
  });

  it('are planned from what is staged, composed, and kept', async () => {
    const repository = folder.uri('').replace(/\/$/, '');
    const nothing = await client.request<object>('backendArchitect/planCommit', { repository, all: false });
    assert.match(JSON.stringify(nothing), /Nothing is staged in .*; 1 file is changed\..*"unstaged":1/);
    const all = await client.request<CommitPlan>('backendArchitect/planCommit', { repository, all: true });
    assert.equal(all.description, 'add a.ts');
    runGit(folder.path, ['add', '-A']);
    const plan = await client.request<CommitPlan>('backendArchitect/planCommit', { repository, all: false });
    assert.deepEqual(plan.types[0], { value: 'feat', why: 'branch feature/carts' });
    assert.deepEqual(plan.scopes[0], { value: 'orders', why: '1 of 1 file' });
    assert.deepEqual(
      plan.trailers.map(({ key, value, picked }) => [key, value, picked]),
      [
        ['Agent', 'backend-architect', true],
        ['Domain', 'engineering', true],
        ['Feature', 'carts', true],
      ],
    );
    const added = await client.request<object>('backendArchitect/addTrailers', {
      text: 'my own words\n\n  as they are',
      trailers: plan.trailers,
    });
    assert.deepEqual(added, {
      text: 'my own words\n\n  as they are\n\nAgent: backend-architect\nDomain: engineering\nFeature: carts',
      added: 3,
    });
    const checked = await client.request<object>('backendArchitect/checkCommit', { repository, text: 'feat: x.' });
    assert.match(JSON.stringify(checked), /"line":0,"character":7,.*full-stop/);
  });
});
