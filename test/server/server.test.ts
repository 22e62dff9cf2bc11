import assert from 'node:assert/strict';
import type { Diagnostic } from 'vscode-languageserver/node';
import type { CheckSummary, DisablePlan } from '../../src/server/protocol.ts';
import { scratch, type Scratch, startClient, type TestClient } from '../harness/server/client.ts';

const head = `openapi: 3.1.0
info: { title: Shop, version: 1.0.0 }
paths:
`;
const operation = (path: string, more = '      summary: Lists.\n'): string =>
  `  ${path}:\n    get:\n${more}      responses: { '200': { description: OK } }\n`;
const safe = (path: string): string => operation(path, '      summary: Lists.\n      security: []\n');
/** The message as text: this server sends no markup in it. */
const words = (one: Diagnostic | undefined): string => (typeof one?.message === 'string' ? one.message : '');
const codes = (diagnostics: readonly Diagnostic[]): unknown[] => diagnostics.map(({ code }) => code);
const start = { line: 0, character: 0 };

describe('language server', function () {
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

  describe('diagnostics', () => {
    it('come when a document is opened', async () => {
      const uri = folder.uri('openapi.yaml');
      client.open(uri, head + operation('/users'));
      const [finding, ...others] = await client.settled(uri);
      assert.deepEqual(others, []);
      assert.equal(finding?.code, 'api/auth-defined');
      assert.equal(finding.source, 'Backend Architect');
      assert.equal(finding.severity, 1);
      assert.equal(finding.message, 'Anyone can call GET /users: no security is required');
      assert.deepEqual(finding.range, { start: { line: 4, character: 4 }, end: { line: 4, character: 7 } });
      assert.equal(finding.codeDescription?.href, 'file:///pages/api/auth-defined.md');
      const status = await client.status(uri, ({ text }) => text === '1 finding');
      assert.equal(status.detail, 'OpenAPI 3.1, 1 operation');
    });

    it('follow the newest text, and never an older one', async () => {
      const uri = folder.uri('openapi.yaml');
      client.open(uri, head + Array.from({ length: 300 }, (_, i) => safe(`/things${i}`)).join(''));
      assert.deepEqual(await client.settled(uri), []);
      const word = 'security: []';
      const at = client.at(uri, word);
      const end = { line: at.line, character: at.character + word.length };
      client.edit(uri, { start: at, end }, '');
      for (let i = 0; i < 50; i++) client.edit(uri, { start: at, end: at }, '#');
      assert.deepEqual(codes(await client.settled(uri)), ['api/auth-defined']);
      client.edit(uri, { start: at, end: { line: at.line, character: at.character + 50 } }, word);
      assert.deepEqual(await client.settled(uri), []);
      const versions = client.history(uri).map(({ version }) => version ?? 0);
      assert.deepEqual(
        versions,
        [...versions].sort((a, b) => a - b),
      );
    });

    it('stand exactly behind other scripts, CRLF and a BOM', async () => {
      const uri = folder.uri('openapi.yaml');
      const text = `\uFEFF# Größe 😀\n${head}${operation('/straße😀', "      summary: 'Ärger 😀.'\n")}`.replaceAll(
        '\n',
        '\r\n',
      );
      client.open(uri, text);
      const found = await client.settled(uri, (all) => all.length > 0);
      assert.deepEqual(
        found.map(({ range }) => range),
        [{ start: { line: 5, character: 4 }, end: { line: 5, character: 7 } }],
      );
      const json = folder.uri('api.json');
      client.open(
        json,
        '{ "openapi": "3.1.0", "x-😀": "é", "paths": { "/a😀": { "get": { "summary": "A.", "responses": {} } } } }',
        'json',
      );
      const [inJson] = await client.settled(json, (all) => all.length > 0);
      const column = '{ "openapi": "3.1.0", "x-😀": "é", "paths": { "/a😀": { '.length;
      assert.deepEqual(inJson?.range, {
        start: { line: 0, character: column },
        end: { line: 0, character: column + 5 },
      });
    });

    it('are cut at 300, errors first, and the cut is named', async () => {
      const uri = folder.uri('openapi.yaml');
      client.open(
        uri,
        head +
          Array.from({ length: 420 }, (_, i) => operation(`/things${i}`, '      security: []\n')).join('') +
          operation('/open'),
      );
      const found = await client.settled(uri, (all) => all.length > 0);
      assert.equal(found.length, 301);
      assert.equal(found[0]?.code, 'api/auth-defined');
      assert.equal(found.at(-1)?.severity, 3);
      assert.equal(
        found.at(-1)?.message,
        '121 more in the check report and the command line. Only the first 300 are shown here, errors first.',
      );
      assert.equal(found.at(-1)?.range.start.line, 0);
      const status = await client.status(uri, ({ text }) => text === '421 findings');
      assert.match(status.detail, /121 more in the check report and the command line/);
    });

    it('go when the document is closed', async () => {
      const uri = folder.uri('openapi.yaml');
      client.open(uri, head + operation('/users'));
      await client.settled(uri, (all) => all.length === 1);
      client.close(uri);
      assert.deepEqual(await client.settled(uri), []);
    });

    it('are for files and untitled documents, not for what git or others show', async () => {
      const text = head + operation('/users');
      client.open('git:/repo/openapi.yaml?ref', text);
      client.open('output:/openapi.yaml', text);
      client.open('untitled:Untitled-1', text, 'yaml');
      assert.equal((await client.settled('untitled:Untitled-1')).length, 1);
      assert.deepEqual(
        [client.history('git:/repo/openapi.yaml?ref'), client.history('output:/openapi.yaml')],
        [[], []],
      );
    });

    it('say nothing of documents that are something else', async () => {
      const uri = folder.uri('compose.yaml');
      client.open(uri, 'services:\n  web: {}\n');
      assert.deepEqual(await client.settled(uri), []);
      const status = await client.status(uri, ({ text }) => text === 'Not checked');
      assert.equal(status.severity, 'information');
    });

    it('work in several folders, each with its own configuration', async () => {
      const other = scratch({ 'backend-architect.yaml': 'rules:\n  api/auth-defined: off\n' });
      try {
        client.notify('workspace/didChangeWorkspaceFolders', {
          event: { added: [{ uri: new URL(`file://${other.path}`).href, name: 'b' }], removed: [] },
        });
        const [here, there] = [folder.uri('openapi.yaml'), other.uri('openapi.yaml')];
        client.open(here, head + operation('/users'));
        client.open(there, head + operation('/users'));
        assert.deepEqual(codes(await client.settled(here)), ['api/auth-defined']);
        assert.deepEqual(await client.settled(there), []);
      } finally {
        other.remove();
      }
    });
  });

  describe('odd documents', () => {
    it('names one that is too large', async () => {
      const uri = folder.uri('openapi.yaml');
      client.open(uri, `${head}# ${'x'.repeat(50_000_000)}`);
      const [only, ...others] = await client.settled(uri);
      assert.deepEqual(others, []);
      assert.match(words(only), /^Not analysed: .*50\.0 MB.*20 MB/);
      assert.equal(only?.severity, 3);
      assert.equal((await client.status(uri, ({ text }) => text === 'Not checked')).severity, 'warning');
    });

    it('takes empty, binary, half-typed and deeply nested ones', async () => {
      for (const [index, text] of [
        '',
        '\u0000\u0001\u0002',
        'openapi: 3.',
        `openapi: 3.1.0\npaths:\n  /a:\n    get: {`,
        `openapi: 3.1.0\npaths: ${'['.repeat(100_000)}`,
      ].entries()) {
        const uri = folder.uri(`openapi${index}.yaml`);
        client.open(uri, text);
        await client.settled(uri);
        client.edit(uri, { start, end: start }, '# now\n');
        await client.settled(uri);
      }
      const last = folder.uri('openapi.yaml');
      client.open(last, head + operation('/users'));
      assert.equal((await client.settled(last)).length, 1);
    });

    it('names a version that is not judged in the status alone', async () => {
      const uri = folder.uri('swagger.yaml');
      client.open(uri, 'swagger: "2.0"\npaths: {}\n');
      assert.deepEqual(await client.settled(uri), []);
      const status = await client.status(uri, ({ text }) => text === 'Not checked');
      assert.match(status.detail, /2\.0 is not judged yet/);
    });
  });

  describe('deadlines', () => {
    const hanging = `${head}${operation('/users')}tags:\n  - name: hang\n`;

    it('stop an analysis that hangs, say so, and try again at the next change', async () => {
      const [uri, other] = [folder.uri('openapi.yaml'), folder.uri('other.yaml')];
      client.open(other, head + operation('/a'));
      client.open(uri, hanging.replace('hang', 'none'));
      await client.settled(uri, (all) => all.length === 1);
      const at = client.at(uri, 'none');
      client.edit(uri, { start: at, end: { line: at.line, character: at.character + 4 } }, 'hang');
      const [notice] = await client.settled(uri, (all) => all[0]?.severity === 3);
      assert.match(words(notice), /^Not analysed: took longer than 0\.8 s/);
      assert.equal((await client.status(uri, ({ text }) => text === 'Not checked')).severity, 'warning');
      // The others are still served.
      client.edit(other, { start, end: start }, '# edited\n');
      assert.deepEqual(codes(await client.settled(other)), ['api/auth-defined']);
      client.edit(uri, { start: at, end: { line: at.line, character: at.character + 4 } }, 'fine');
      assert.deepEqual(codes(await client.settled(uri)), ['api/auth-defined']);
    });

    it('survive a rule that throws', async () => {
      const uri = folder.uri('openapi.yaml');
      client.open(uri, hanging.replace('hang', 'throw'));
      const [notice] = await client.settled(uri);
      assert.match(words(notice), /^Not analysed: judging it failed in Backend Architect itself \(a fault\)/);
      const at = client.at(uri, 'throw');
      client.edit(uri, { start: at, end: { line: at.line, character: at.character + 5 } }, 'fine');
      assert.deepEqual(codes(await client.settled(uri)), ['api/auth-defined']);
    });
  });

  describe('fixes', () => {
    const two = head + operation('/a', '      security: []\n') + operation('/b', '      security: []\n');

    it('change what they are about, and no other byte', async () => {
      const uri = folder.uri('openapi.yaml');
      const text = `# ä😀\r\n${two.replaceAll('\n', '\r\n')}`;
      client.open(uri, text);
      const [first] = await client.settled(uri, (all) => all.length === 2);
      assert.ok(first);
      const actions = await client.actions(uri, first.range, ['quickfix']);
      const fix = actions.find(({ title }) => title === 'Add a summary');
      assert.ok(fix?.edit && fix.isPreferred);
      const after = client.apply(uri, fix.edit);
      const line = '      summary: To be said\r\n';
      assert.equal(after.replace(line, ''), text);
      assert.ok(after.includes(line));
      assert.deepEqual(codes(await client.settled(uri)).sort(), ['api/summary', 'api/summary-stop']);
    });

    it('of one rule are made together', async () => {
      const uri = folder.uri('openapi.yaml');
      client.open(uri, two);
      const [first] = await client.settled(uri, (all) => all.length === 2);
      assert.ok(first);
      const all = (await client.actions(uri, first.range)).find(
        ({ title }) => title === 'Fix all 2 of api/summary in this file',
      );
      assert.ok(all && !all.edit);
      const { edit } = await client.resolve(all);
      assert.ok(edit);
      client.apply(uri, edit);
      assert.deepEqual(codes(await client.settled(uri)), ['api/summary-stop', 'api/summary-stop']);
    });

    it('of all rules are made one after the other, and once is enough', async () => {
      const uri = folder.uri('openapi.yaml');
      client.open(uri, two);
      await client.settled(uri, (all) => all.length === 2);
      const [all] = await client.actions(uri, { start, end: start }, ['source.fixAll']);
      assert.equal(all?.kind, 'source.fixAll.backendArchitect');
      const { edit } = await client.resolve(all);
      assert.ok(edit);
      const after = client.apply(uri, edit);
      assert.equal(after.match(/summary: "To be said\."\n/g)?.length, 2);
      assert.deepEqual(await client.settled(uri), []);
      assert.deepEqual(await client.actions(uri, { start, end: start }, ['source.fixAll']), []);
    });

    it('are not made for a text that has changed', async () => {
      const uri = folder.uri('openapi.yaml');
      client.open(uri, two);
      await client.settled(uri, (all) => all.length === 2);
      const [all] = await client.actions(uri, { start, end: start }, ['source.fixAll']);
      client.edit(uri, { start, end: start }, '# other\n');
      assert.ok(all);
      await assert.rejects(client.resolve(all), /changed/);
    });
  });

  describe('hover', () => {
    it('says why in at most six lines', async () => {
      const uri = folder.uri('openapi.yaml');
      client.open(uri, head + operation('/a', '      security: []\n'));
      const [first] = await client.settled(uri, (all) => all.length === 1);
      assert.ok(first);
      const hover = await client.hover(uri, first.range.start);
      const value = (hover?.contents as { value: string }).value;
      assert.deepEqual(value.split('  \n'), [
        '**get says nothing of \\[itself\\]**',
        '**Why** It is a \\*test\\* of `marks`.',
        '**Checklist** Hand off › Access verified',
        '**Fix** Add a summary',
        '[Rule page: api/summary](file:///pages/api/summary.md)',
      ]);
      assert.equal(await client.hover(uri, start), null);
    });
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
      assert.deepEqual(codes(after).sort(), ['api/auth-defined', 'project/disable-reason']);
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
