import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { watch } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CancellationTokenSource } from 'vscode-languageserver/node';
import type { Review } from '../../src/core/review.ts';
import type { FolderReview } from '../../src/server/protocol-review.ts';
import { scratch, type Scratch, startClient, type TestClient } from '../harness/server/client.ts';

const root = resolve(import.meta.dirname, '../..');
const main = resolve(root, 'src/server/main.ts');
const reviewed = 'backendArchitect/reviewed';

function git(folder: Scratch, ...args: string[]): void {
  const { status, stderr } = spawnSync('git', args, { cwd: folder.path, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
}

function itemOf({ review }: FolderReview, id: string): Review['checklists'][number]['items'][number] {
  const item = review.checklists.flatMap(({ items }) => items).find((one) => one.id === id);
  assert.ok(item);
  return item;
}

const withFace =
  (id: string, face: string) =>
  (told: FolderReview): boolean =>
    itemOf(told, id).face === face;

describe('language server, the review', function () {
  this.timeout(60_000);
  let folder: Scratch;
  let client: TestClient;
  let uri: string;
  beforeEach(async () => {
    folder = scratch();
    cpSync(resolve(root, 'test/sample'), folder.path, { recursive: true });
    git(folder, 'init', '-q', '-b', 'main');
    git(folder, 'config', 'user.name', 'Ann Lee');
    git(folder, 'config', 'user.email', 'ann@example.com');
    git(folder, 'add', '-A');
    git(folder, 'commit', '-qm', 'one');
    client = await startClient({ folders: [folder.path], options: { followsReview: true }, main });
    uri = (await client.told<FolderReview>(reviewed, () => true)).folder;
  });
  afterEach(async () => {
    await client.stop();
    folder.remove();
  });

  it('is told without a word about files that nobody opened', async () => {
    const told = await client.told<FolderReview>(reviewed, ({ review }) => review.documents > 0);
    assert.equal(itemOf(told, 'plan/auth-clear').line, '6 of 7 operations');
    assert.equal(told.review.project.branch, 'main');
    assert.equal(client.diagnostics(folder.uri('docs/living/API_Spec.yaml')), undefined);
  });

  it('is the one that the command line makes', async () => {
    const [own] = await client.request<FolderReview[]>('backendArchitect/review', {});
    const args = [resolve(root, 'src/cli/main.ts'), 'review', '--format', 'json'];
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder.path, encoding: 'utf8' });
    assert.equal(stderr, '');
    assert.deepEqual({ ...own?.review, madeAt: '' }, { ...(JSON.parse(stdout) as Review), madeAt: '' });
  });

  it('shows a run, is out of date while an input is typed in, and is not when that is undone', async () => {
    const answer = await client.request<{ exit: number; tail: string }>('backendArchitect/run', {
      folder: uri,
      name: 'tests',
    });
    assert.equal(answer.exit, 0, answer.tail);
    await client.told(reviewed, withFace('handoff/tests-pass', 'met'));
    const spec = folder.uri('docs/living/API_Spec.yaml');
    const [before] = await client.request<FolderReview[]>('backendArchitect/review', {});
    const text = spawnSync('cat', [resolve(folder.path, 'docs/living/API_Spec.yaml')], { encoding: 'utf8' }).stdout;
    client.open(spec, text);
    const at = client.at(spec, 'info:');
    client.edit(spec, { start: at, end: at }, '# typed\n');
    const stale = await client.told<FolderReview>(reviewed, withFace('handoff/tests-pass', 'stale'));
    assert.equal(itemOf(stale, 'handoff/tests-pass').line, 'API_Spec.yaml changed');
    const refused = await client.request<{ refusal: string }>('backendArchitect/run', { folder: uri, name: 'tests' });
    assert.match(refused.refusal, /API_Spec\.yaml is not saved/);
    client.edit(spec, { start: at, end: { line: at.line + 1, character: 0 } }, '');
    const again = await client.told<FolderReview>(reviewed, withFace('handoff/tests-pass', 'met'));
    assert.deepEqual({ ...again.review, madeAt: '' }, { ...before?.review, madeAt: '' });
  });

  it('runs no other line than the one that was agreed to', async () => {
    const ask = { folder: uri, name: 'tests', command: 'echo what was shown' };
    const { refusal } = await client.request<{ refusal: string }>('backendArchitect/run', ask);
    assert.match(refusal, /The command tests has changed since it was shown\. .*Nothing was written/);
  });

  it('is out of date by a file that changes or comes on disk', async () => {
    await client.request('backendArchitect/run', { folder: uri, name: 'tests' });
    await client.told(reviewed, withFace('handoff/tests-pass', 'met'));
    folder.write('test/more.test.js', '');
    client.filesChanged([folder.uri('test/more.test.js')]);
    const stale = await client.told<FolderReview>(reviewed, withFace('handoff/tests-pass', 'stale'));
    assert.equal(itemOf(stale, 'handoff/tests-pass').line, 'more.test.js is new');
    folder.remove('test/more.test.js');
    client.filesChanged([folder.uri('test/more.test.js')]);
    await client.told(reviewed, withFace('handoff/tests-pass', 'met'));
  });

  it('signs, waives and takes back by the name that git knows, and refuses what says nothing', async () => {
    const items = ['handoff/code-reviewed'];
    const plan = await client.request<{ by: { name: string }; files: number }>('backendArchitect/planWord', {
      folder: uri,
      items,
    });
    assert.equal(plan.by.name, 'Ann Lee');
    assert.ok(plan.files > 1);
    const short = await client.request<{ refusal: string }>('backendArchitect/sign', {
      folder: uri,
      items,
      note: 'ok',
    });
    assert.match(short.refusal, /has 2 characters; it needs at least 10/);
    const { written } = await client.request<{ written: string }>('backendArchitect/sign', {
      folder: uri,
      items,
      note: 'Read all of it',
    });
    const signed = await client.told<FolderReview>(reviewed, withFace('handoff/code-reviewed', 'signed'));
    const [action] = itemOf(signed, 'handoff/code-reviewed').actions.filter(({ kind }) => kind === 'withdraw');
    assert.deepEqual(action, { kind: 'withdraw', record: /([0-9a-f]{64})\.json$/.exec(written)?.[1] });
    await client.request('backendArchitect/withdraw', { folder: uri, record: written, reason: 'It was too quick' });
    await client.told(reviewed, withFace('handoff/code-reviewed', 'unshown'));
    const until = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
    await client.request('backendArchitect/waive', {
      folder: uri,
      items: ['handoff/monitoring'],
      reason: 'Not live before May',
      until,
    });
    await client.told(reviewed, withFace('handoff/monitoring', 'waived'));
    folder.write(written, 'broken');
    client.filesChanged([folder.uri(written)]);
    const told = await client.told<FolderReview>(reviewed, ({ review }) => review.refused.length > 0);
    assert.ok(told.review.refused.some(({ file, reason }) => file === written && reason.startsWith('It is no JSON')));
  });

  it('records a run that failed, one that took too long, and none that was cancelled', async () => {
    const command = (run: string): string =>
      `commands:\n  tests:\n    run: ${run}\n    inputs: [package.json]\n    shows: [handoff/tests-pass]\n    timeout: 1\n`;
    folder.write('backend-architect.yaml', command('echo broken; exit 3'));
    client.filesChanged([folder.uri('backend-architect.yaml')]);
    const failed = await client.request<{ exit: number; tail: string }>('backendArchitect/run', {
      folder: uri,
      name: 'tests',
    });
    assert.deepEqual([failed.exit, failed.tail], [3, 'broken\n']);
    await client.told(reviewed, withFace('handoff/tests-pass', 'broken'));
    folder.write('backend-architect.yaml', command('sleep 600 & sleep 600'));
    const late = await client.request<{ exit: number }>('backendArchitect/run', { folder: uri, name: 'tests' });
    assert.equal(late.exit, -1);
    folder.write('backend-architect.yaml', command('touch begun; sleep 600').replace('timeout: 1', 'timeout: 600'));
    const seen = watch(folder.path);
    const cancel = new CancellationTokenSource();
    const answer = client.request<{ refusal: string }>(
      'backendArchitect/run',
      { folder: uri, name: 'tests' },
      cancel.token,
    );
    for await (const { filename } of seen) if (filename === 'begun') break;
    cancel.cancel();
    assert.match((await answer).refusal, /tests was stopped\. Nothing was written/);
  });

  it('records nothing when an input changed meanwhile', async () => {
    folder.write(
      'backend-architect.yaml',
      'commands:\n  tests:\n    run: echo more >> package.json\n    inputs: [package.json]\n    shows: [handoff/tests-pass]\n',
    );
    const answer = await client.request<{ refusal: string }>('backendArchitect/run', { folder: uri, name: 'tests' });
    assert.match(answer.refusal, /^package\.json changed while tests ran.*Nothing was written\.$/);
  });
});
