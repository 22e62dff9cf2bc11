import assert from 'node:assert/strict';
import { CancellationTokenSource } from 'vscode-languageserver/node';
import type { CheckSummary, DisablePlan } from '../../src/server/protocol.ts';
import { scratch, type Scratch, startClient, type TestClient } from '../harness/server/client.ts';
import { codes, head, operation, safe, start, words } from '../harness/server/texts.ts';

describe('language server, what a project says', function () {
  this.timeout(30_000);
  let folder: Scratch;
  let client: TestClient;
  beforeEach(async () => {
    folder = scratch();
    client = await startClient({ folders: [folder.path] });
  });
  afterEach(async () => {
    await client.stop();
    folder.remove();
  });

  describe('disables', () => {
    it('are written with their reason by a client that asks for it', async () => {
      await client.stop();
      client = await startClient({ folders: [folder.path], options: { asksForReasons: true } });
      const uri = folder.uri('openapi.yaml');
      client.open(uri, head + operation('/users'));
      const [finding] = await client.settled(uri, (all) => all.length === 1);
      assert.ok(finding);
      const titles = (await client.actions(uri, finding.range)).filter(
        ({ command }) => command?.command === 'backendArchitect.disable',
      );
      assert.deepEqual(
        titles.map(({ title }) => title),
        [
          'Disable api/auth-defined for this line…',
          'Disable api/auth-defined in this file…',
          'Disable api/auth-defined in this workspace…',
        ],
      );
      const target = titles[0]?.command?.arguments?.[0] as object;
      assert.deepEqual(await client.request('backendArchitect/planDisable', { ...target, reason: ' ' }), {
        refusal: 'A disable needs a reason. Nothing was changed.',
      });
      const plan = await client.request<DisablePlan>('backendArchitect/planDisable', {
        ...target,
        reason: 'It is public',
      });
      assert.ok('edit' in plan);
      const after = client.apply(uri, plan.edit);
      assert.match(after, /\n {4}# backend-architect-disable-next-line api\/auth-defined: It is public\n {4}get:/);
      assert.deepEqual(await client.settled(uri), []);
      const late = await client.request<DisablePlan>('backendArchitect/planDisable', { ...target, reason: 'Late' });
      assert.deepEqual(late, { refusal: 'The document changed meanwhile.' });
    });

    it('leave the reason to be filled in where the client asks nothing, and say so until it is', async () => {
      const uri = folder.uri('openapi.yaml');
      client.open(uri, head + operation('/users'));
      const [finding] = await client.settled(uri, (all) => all.length === 1);
      assert.ok(finding);
      const action = (await client.actions(uri, finding.range)).find(
        ({ title }) => title === 'Disable api/auth-defined for this line',
      );
      assert.ok(action?.edit);
      client.apply(uri, action.edit);
      const after = await client.settled(uri);
      assert.deepEqual(codes(after).toSorted(), ['api/auth-defined', 'project/disable-reason']);
    });

    it('for the workspace go into its configuration', async () => {
      const uri = folder.uri('openapi.yaml');
      client.open(uri, head + operation('/users'));
      const [finding] = await client.settled(uri, (all) => all.length === 1);
      const plan = await client.request<DisablePlan>('backendArchitect/planDisable', {
        uri,
        version: 1,
        rule: finding?.code,
        range: finding?.range,
        where: 'workspace',
        reason: 'Internal',
      });
      assert.ok('edit' in plan);
      const [create, change] = plan.edit.documentChanges ?? [];
      assert.deepEqual(create, {
        kind: 'create',
        uri: folder.uri('backend-architect.yaml'),
        options: { ignoreIfExists: true },
      });
      assert.ok(change && 'edits' in change);
      assert.deepEqual(change.edits, [
        { range: { start, end: start }, newText: 'rules:\n  api/auth-defined: off # Internal\n' },
      ]);
    });
  });

  describe('configuration', () => {
    it('counts while it is typed, and when it changes on disk', async () => {
      const [uri, config] = [folder.uri('openapi.yaml'), folder.uri('backend-architect.yaml')];
      client.open(uri, head + operation('/users'));
      await client.settled(uri, (all) => all.length === 1);
      client.open(config, 'rules:\n  api/auth-defined: hint\n');
      await client.settled(uri, ([one]) => one?.severity === 4);
      client.replace(config, 'rules:\n  api/auth-defined: off\n');
      await client.settled(uri, (all) => all.length === 0);
      client.close(config);
      await client.settled(uri, (all) => all.length === 1);
      folder.write('backend-architect.yaml', 'rules: { api/auth-defined: warning }\n');
      client.filesChanged([config]);
      await client.settled(uri, ([one]) => one?.severity === 2);
    });

    it('is checked and completed itself', async () => {
      const config = folder.uri('backend-architect.yaml');
      client.open(config, 'rules:\n  api/auth-definde: off\n');
      const [finding] = await client.settled(config, (all) => all.length === 1);
      assert.match(words(finding), /Did you mean `api\/auth-defined`/);
      client.replace(config, 'rules:\n  api/auth-defined: ');
      const items = await client.request<{ label: string }[]>('textDocument/completion', {
        textDocument: { uri: config },
        position: { line: 1, character: 20 },
      });
      assert.deepEqual(
        items.map(({ label }) => label),
        ['off', 'error', 'warning', 'info', 'hint'],
      );
    });
  });

  describe('when documents are checked', () => {
    it('is on save where that is wanted, and fixes that are asked for are made all the same', async () => {
      const uri = folder.uri('openapi.yaml');
      client.notify('workspace/didChangeConfiguration', {
        settings: { backendArchitect: { check: { run: 'onSave' } } },
      });
      client.open(uri, head + operation('/users'));
      const [finding] = await client.settled(uri, (all) => all.length === 1);
      assert.ok(finding);
      client.replace(uri, head + operation('/users', '      security: []\n'));
      await client.status(uri, ({ detail }) => detail === 'Checked when it is saved');
      assert.deepEqual(await client.actions(uri, finding.range), []);
      assert.equal(client.history(uri).at(-1)?.version, 1);
      client.save(uri);
      assert.deepEqual(codes(await client.settled(uri)), ['api/summary']);
      client.replace(uri, head + operation('/others', '      security: []\n'));
      assert.equal((await client.actions(uri, finding.range, ['source.fixAll'])).length, 1);
    });

    it('is never by itself where that is wanted', async () => {
      const uri = folder.uri('openapi.yaml');
      client.notify('workspace/didChangeConfiguration', {
        settings: { backendArchitect: { check: { run: 'manual' } } },
      });
      folder.write('openapi.yaml', head + operation('/users'));
      client.open(uri, head + operation('/users'));
      await client.status(uri, ({ detail }) => detail === 'Checked by Check Workspace');
      assert.deepEqual(client.history(uri), []);
      await client.request('backendArchitect/checkWorkspace', {});
      assert.deepEqual(codes(await client.settled(uri)), ['api/auth-defined']);
    });
  });

  describe('check of the workspace', () => {
    it('judges what is not open, keeps its findings, and follows the disk', async () => {
      folder.write('a/openapi.yaml', head + operation('/users'));
      folder.write('a/broken/openapi.json', Buffer.from([0, 1, 2]));
      folder.write('node_modules/x/openapi.yaml', head + operation('/users'));
      const summary = await client.request<CheckSummary>('backendArchitect/checkWorkspace', {});
      assert.equal(summary.documents, 1);
      assert.deepEqual(summary.findings, { error: 1, warning: 0, info: 0, hint: 0 });
      assert.deepEqual(
        summary.notAnalysed.map(({ uri }) => uri),
        [folder.uri('a/broken/openapi.json')],
      );
      const uri = folder.uri('a/openapi.yaml');
      assert.deepEqual(codes(await client.settled(uri)), ['api/auth-defined']);
      assert.deepEqual(client.history(folder.uri('node_modules/x/openapi.yaml')), []);
      client.open(uri, head + safe('/users'));
      await client.settled(uri, (all) => all.length === 0);
      client.close(uri);
      await client.settled(uri, (all) => all.length === 1);
      folder.write('a/openapi.yaml', head + safe('/users'));
      client.filesChanged([uri]);
      await client.settled(uri, (all) => all.length === 0);
    });

    it('is cancelled at once, whatever it is at', async () => {
      folder.write('openapi.yaml', `${head}${operation('/users')}tags:\n  - name: hang\n`);
      const cancel = new CancellationTokenSource();
      const request = client.request('backendArchitect/checkWorkspace', {}, cancel.token);
      const other = folder.uri('other.yaml');
      client.open(other, head + operation('/users'));
      await client.settled(other, (all) => all.length === 1);
      cancel.cancel();
      await assert.rejects(request, /cancelled/);
      client.replace(other, head + safe('/users'));
      assert.deepEqual(await client.settled(other), []);
    });

    it('comes to its end when a file hangs', async function () {
      this.timeout(60_000);
      folder.write('openapi.yaml', `${head}${operation('/users')}tags:\n  - name: hang\n`);
      folder.write('other/openapi.yaml', head + operation('/users'));
      const summary = await client.request<CheckSummary>('backendArchitect/checkWorkspace', {});
      assert.equal(summary.documents, 1);
      assert.match(summary.notAnalysed[0]?.reason ?? '', /took longer than 3 s/);
    });
  });
});
