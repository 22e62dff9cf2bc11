import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesUnder, pathFrom } from '../../src/platform/files.ts';

describe('files on disk', () => {
  let base = '';
  let root = '';
  const put = (path: string, content: string | Uint8Array): void => writeFileSync(join(root, path), content);

  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'files-'));
    root = join(base, 'project');
    mkdirSync(join(root, 'sub'), { recursive: true });
  });
  afterEach(() => rmSync(base, { recursive: true, force: true }));

  it('are read as UTF-8 with their byte order mark, or not at all', async () => {
    put('plain.yaml', '\uFEFFa: \u{1F600}\r\n');
    put('utf16.yaml', Buffer.from('\uFEFFa: 1', 'utf16le'));
    put('nul.sql', 'select 1;\0 drop table users;');
    put('latin.yaml', Buffer.from([0x61, 0x0a, 0x62, 0xe4, 0x0a]));
    const files = filesUnder(root);
    const problem = async (path: string): Promise<string> => {
      const read = await files.read(path);
      return 'problem' in read ? read.problem : 'none';
    };
    assert.deepEqual(await files.read('plain.yaml'), { text: '\uFEFFa: \u{1F600}\r\n' });
    assert.equal(await problem('utf16.yaml'), 'It is UTF-16. Save it as UTF-8.');
    assert.equal(await problem('nul.sql'), 'It is binary: it holds NUL characters. Text in UTF-8 is analysed.');
    assert.equal(await problem('latin.yaml'), 'Line 2 is not UTF-8. Save the file as UTF-8.');
    assert.equal(await problem('none.yaml'), 'There is no such file.');
    assert.equal(await problem('plain.yaml/x'), 'There is no such file.');
    assert.equal(await problem('sub'), 'It is a folder.');
  });

  it('are not read where they are too large, and their size is told', async () => {
    put('large.yaml', Buffer.alloc(20_000_001, 97));
    const files = filesUnder(root);
    assert.deepEqual(await files.read('large.yaml'), { problem: 'It has 20.0 MB; up to 20 MB are analysed.' });
    const head = await files.head('large.yaml', 1000);
    assert.ok('text' in head);
    assert.deepEqual([head.text.length, head.complete, head.size], [1000, false, 20_000_001]);
  });

  it('give a head that ends between characters', async () => {
    put('a.yaml', 'ab\u{1F600}');
    const files = filesUnder(root);
    assert.deepEqual(await files.head('a.yaml', 4), { text: 'ab', complete: false, size: 6 });
    assert.deepEqual(await files.head('a.yaml', 6), { text: 'ab\u{1F600}', complete: true, size: 6 });
  });

  it('do not hang on a pipe', async function () {
    if (process.platform === 'win32') return;
    execFileSync('sh', ['-c', 'mkfifo "$0"', join(root, 'pipe.yaml')]);
    const files = filesUnder(root);
    assert.deepEqual(await files.read('pipe.yaml'), { problem: 'It is no regular file.' });
    assert.equal(files.readTarget('pipe.yaml'), undefined);
  });

  it('give `$ref` targets inside the root only', () => {
    put('in.yaml', 'in');
    put('large.yaml', Buffer.alloc(20_000_001, 97));
    writeFileSync(join(base, 'out.yaml'), 'out');
    mkdirSync(join(base, 'project-two'));
    writeFileSync(join(base, 'project-two', 'a.yaml'), 'two');
    symlinkSync(join(base, 'out.yaml'), join(root, 'link.yaml'));
    symlinkSync(base, join(root, 'up'));
    symlinkSync(join(root, 'in.yaml'), join(root, 'sub', 'fine.yaml'));
    const files = filesUnder(root);
    assert.equal(files.readTarget('in.yaml'), 'in');
    assert.equal(files.readTarget('sub/../in.yaml'), 'in');
    assert.equal(files.readTarget('sub/fine.yaml'), 'in');
    const refused = [
      '../out.yaml',
      '../project-two/a.yaml',
      'link.yaml',
      'up/out.yaml',
      'sub',
      '',
      '.',
      'large.yaml',
      join(base, 'out.yaml'),
      '/etc/passwd',
      '/dev/zero',
      '/proc/self/environ',
      'file:///etc/passwd',
      'http://localhost/',
      '%2e%2e/out.yaml',
      'in.yaml\0',
      '//host/share',
    ];
    for (const path of refused) assert.equal(files.readTarget(path), undefined, path);
    assert.equal(filesUnder(root, [join(base, 'project-two')]).readTarget('../project-two/a.yaml'), 'two');
  });

  it('list links as neither file nor folder', async () => {
    symlinkSync(root, join(root, 'sub', 'loop'));
    assert.deepEqual(await filesUnder(root).list('sub'), [{ name: 'loop', kind: 'other' }]);
    assert.equal(await filesUnder(root).list('none'), undefined);
  });

  it('have names from the root', () => {
    assert.equal(pathFrom(root, '.'), '');
    assert.equal(pathFrom(root, 'sub/../a.yaml'), 'a.yaml');
    assert.equal(pathFrom(root, '../b/c.yaml'), '../b/c.yaml');
  });
});
