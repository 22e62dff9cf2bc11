import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { temporaryFolder } from './lifetime.ts';
import { bundleSuites, runHostSuites } from './run-host.ts';
import { hostVersions } from './vscode-host.ts';

const root = resolve(import.meta.dirname, '../..');
/** A desktop VS Code that is named has one version of its own. */
const versions = (process.env['VSCODE_EXECUTABLE'] ?? '') === '' ? hostVersions : hostVersions.slice(-1);

describe('the suites inside VS Code', function () {
  this.timeout(600_000);
  const { path: folder, remove } = temporaryFolder('bundle');
  const suite = join(folder, 'suite.cjs');
  before(async () => {
    const files = readdirSync(join(root, 'test/host')).filter((name) => name.endsWith('.test.ts'));
    await bundleSuites(
      files.map((name) => join(root, 'test/host', name)),
      suite,
    );
  });
  after(remove);
  for (const version of versions) {
    it(`pass on VS Code ${version}`, async () => {
      const { code, failure } = await runHostSuites({
        version,
        workspace: join(root, 'test/sample'),
        extension: root,
        suite,
      });
      assert.equal(failure, undefined);
      assert.equal(code, 0);
    });
  }
});
