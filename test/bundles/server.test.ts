import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { scratch, startClient } from '../harness/server/client.ts';
import { head, operation } from '../harness/server/texts.ts';
import { installNode20 } from '../harness/vscode-host.ts';

describe('the bundled server', function () {
  this.timeout(120_000);

  it('judges documents and migrations on the oldest Node', async () => {
    const folder = scratch();
    const main = resolve(import.meta.dirname, '../../dist/server.cjs');
    const client = await startClient({ folders: [folder.path], main, node: await installNode20() });
    try {
      const [api, migration] = [folder.uri('openapi.yaml'), folder.uri('migrations/001_users.sql')];
      client.open(api, head + operation('/users'));
      const [finding] = await client.settled(api, (all) => all.some(({ code }) => code === 'api/auth-defined'));
      assert.match(finding?.codeDescription?.href ?? '', /\/docs\/rules\/api\/[a-z-]+\.md$/);
      client.open(migration, 'CREATE TABLE (;\n', 'sql');
      await client.settled(migration, (all) => all.some(({ code }) => code === 'sql/syntax'));
    } finally {
      await client.stop();
      folder.remove();
    }
  });
});
