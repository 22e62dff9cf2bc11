import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CheckSummary } from '../../src/server/protocol.ts';
import { scratch, startClient } from '../harness/server/client.ts';

const root = resolve(import.meta.dirname, '../..');

interface CliResult {
  readonly findings: readonly { file: string; rule: string; message: string; range: object }[];
  readonly documents: readonly { file: string }[];
  readonly notAnalysed: readonly object[];
}

describe('the editor and the command line', function () {
  this.timeout(30_000);

  it('find the same in the sample workspace', async () => {
    const folder = scratch();
    cpSync(resolve(root, 'test/sample'), folder.path, { recursive: true });
    const client = await startClient({ folders: [folder.path], main: resolve(root, 'src/server/main.ts') });
    try {
      const summary = await client.request<CheckSummary>('backendArchitect/checkWorkspace', {});
      const args = [resolve(root, 'src/cli/main.ts'), 'check', '--format', 'json', '--fail-on', 'never'];
      const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder.path, encoding: 'utf8' });
      assert.notEqual(stdout, '', stderr);
      const cli = JSON.parse(stdout) as CliResult;
      assert.ok(cli.findings.length > 0 && cli.documents.length > 0);
      assert.deepEqual([summary.documents, summary.notAnalysed.length], [cli.documents.length, cli.notAnalysed.length]);
      const shown = cli.documents.flatMap(({ file }) =>
        (client.diagnostics(folder.uri(file)) ?? []).map(({ code, message, range }) =>
          JSON.stringify([file, code, message, range]),
        ),
      );
      const told = cli.findings.map(({ file, rule, message, range }) => JSON.stringify([file, rule, message, range]));
      assert.deepEqual(shown.toSorted(), told.toSorted());
    } finally {
      await client.stop();
      folder.remove();
    }
  });
});
