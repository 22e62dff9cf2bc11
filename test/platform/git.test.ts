import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gitState } from '../../src/platform/git-state.ts';
import process from 'node:process';
import { git } from '../../src/platform/git.ts';
import { planCommit } from '../../src/workflow/commit/plan.ts';
import { defaultConfiguration } from '../../src/core/configuration.ts';
import { runGit } from '../harness/git.ts';

describe('git in a repository of somebody else', () => {
  let base = '';
  let root = '';
  const at = (path: string): string => join(root, path);
  const ran = (): boolean => existsSync(join(base, 'ran'));
  const set = (name: string, value: string, folder = root): void => {
    runGit(folder, ['config', name, value]);
  };

  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'git-'));
    root = join(base, 'project');
    mkdirSync(root);
    writeFileSync(join(base, 'program'), `#!/bin/sh\ntouch '${base}/ran'\nexec cat\n`);
    chmodSync(join(base, 'program'), 0o755);
    runGit(root, ['init', '-q', '-b', 'main']);
    writeFileSync(at('a.txt'), 'one\n');
    runGit(root, ['add', '.']);
    runGit(root, ['commit', '-q', '-m', 'feat: one']);
    writeFileSync(at('a.txt'), 'two\n');
  });
  afterEach(() => rmSync(base, { recursive: true, force: true }));

  const look = async (): Promise<void> => {
    assert.equal((await gitState(root))?.changed, 1);
    assert.ok('types' in (await planCommit((args) => git(root, args), defaultConfiguration, true)));
    assert.equal(ran(), false);
  };

  it('starts no file system monitor and no hook', async () => {
    set('core.fsmonitor', join(base, 'program'));
    set('core.hooksPath', base);
    await look();
  });

  for (const [name, key, more] of [
    ['clean', 'clean', ''],
    ['process', 'process', ''],
    ['required', 'clean', 'true'],
  ] as const)
    for (const driver of ['evil', 'a=b.clean', 'a.b'])
      it(`starts no ${name} filter named ${driver}`, async () => {
        writeFileSync(at('.git/info/attributes'), `*.txt filter=${driver}\n`);
        set(`filter.${driver}.${key}`, join(base, 'program'));
        if (more !== '') set(`filter.${driver}.required`, more);
        await look();
      });

  it('leaves a person their own filter', async () => {
    writeFileSync(at('.git/info/attributes'), '*.txt filter=mine\n');
    writeFileSync(join(base, 'gitconfig'), `[filter "mine"]\n\tclean = sed s/two/one/\n`);
    set('filter.mine.clean', join(base, 'program'));
    const before = process.env['GIT_CONFIG_GLOBAL'];
    process.env['GIT_CONFIG_GLOBAL'] = join(base, 'gitconfig');
    try {
      assert.equal((await gitState(root))?.changed, 0);
      assert.equal(ran(), false);
    } finally {
      if (before === undefined) delete process.env['GIT_CONFIG_GLOBAL'];
      else process.env['GIT_CONFIG_GLOBAL'] = before;
    }
  });

  it('starts nothing that a submodule names', async () => {
    const inner = at('sub');
    mkdirSync(inner);
    runGit(inner, ['init', '-q']);
    writeFileSync(join(inner, 'b.txt'), 'one\n');
    runGit(inner, ['add', '.']);
    runGit(inner, ['commit', '-q', '-m', 'feat: one']);
    runGit(root, ['-c', 'advice.addEmbeddedRepo=false', 'add', 'sub']);
    runGit(root, ['commit', '-q', '-m', 'feat: two']);
    writeFileSync(join(inner, '.git/info/attributes'), '*.txt filter=evil\n');
    set('filter.evil.clean', join(base, 'program'), inner);
    set('core.fsmonitor', join(base, 'program'), inner);
    writeFileSync(join(inner, 'b.txt'), 'two\n');
    await look();
  });

  it('waits no longer than its deadline for what git started', async function () {
    this.timeout(30_000);
    // An alias of a name that git does not have is run; the shell it starts outlives it.
    set('alias.linger', '!sleep 60');
    assert.equal((await git(root, ['linger'], undefined, 300))?.exit, -1);
  });

  it('fetches nothing that a partial clone lacks', async () => {
    const missing = runGit(root, ['rev-parse', 'HEAD:a.txt']).trim();
    rmSync(at(`.git/objects/${missing.slice(0, 2)}/${missing.slice(2)}`));
    set('core.repositoryFormatVersion', '1');
    set('extensions.partialClone', 'origin');
    set('remote.origin.url', base);
    set('remote.origin.promisor', 'true');
    set('remote.origin.uploadpack', join(base, 'program'));
    assert.notEqual((await git(root, ['cat-file', 'blob', 'HEAD:a.txt']))?.exit, 0);
    assert.equal(ran(), false);
  });
});
