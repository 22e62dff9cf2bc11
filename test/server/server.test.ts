import assert from 'node:assert/strict';
import { scratch, type Scratch, startClient, type TestClient } from '../harness/server/client.ts';
import { codes, head, operation, safe, start, words } from '../harness/server/texts.ts';

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

    it('survive the death of the analyst, for all documents', async () => {
      const [uri, other] = [folder.uri('openapi.yaml'), folder.uri('other.yaml')];
      client.open(other, head + operation('/a'));
      await client.settled(other, (all) => all.length === 1);
      client.open(uri, hanging.replace('hang', 'exit'));
      const [notice] = await client.settled(uri, (all) => all[0]?.severity === 3);
      assert.match(words(notice), /^Not analysed: the analysis failed/);
      client.replace(other, head + safe('/a'));
      assert.deepEqual(await client.settled(other), []);
      const at = client.at(uri, 'exit');
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
      assert.deepEqual(codes(await client.settled(uri)).toSorted(), ['api/summary', 'api/summary-stop']);
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
      assert.equal(after.match(/summary: To be said\.\n/g)?.length, 2);
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
      assert.ok(hover);
      const { value } = hover.contents as { value: string };
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
});
