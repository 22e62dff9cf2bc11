import assert from 'node:assert/strict';
import { scratch, type Scratch, startClient, type TestClient } from '../harness/server/client.ts';

const head = `openapi: 3.1.0
info: { title: Shop, version: 1.0.0 }
paths:
`;
const open = (path: string, more = ''): string => `  ${path}:\n    get:\n      summary: Lists.\n${more}      responses: { '200': { description: OK } }\n`;

describe('language server', () => {
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

  it('says what it finds when a document is opened', async () => {
    const uri = folder.uri('openapi.yaml');
    client.open(uri, head + open('/users'));
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
});
