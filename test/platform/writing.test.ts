import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writingUnder } from '../../src/platform/writing.ts';
import { type Writing, WriteRefused } from '../../src/workflow/ports.ts';

describe('writing into a workspace', () => {
  let base = '';
  let root = '';
  let writing: Writing;
  const at = (path: string): string => join(root, path);
  const put = (path: string, content: string | Uint8Array): void => writeFileSync(at(path), content);
  const bytes = (path: string): string => readFileSync(at(path)).toString('latin1');
  const add =
    (more: string) =>
    (text = ''): string =>
      text + more;

  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'writing-'));
    root = join(base, 'project');
    mkdirSync(join(root, 'sub'), { recursive: true });
    writing = writingUnder(root);
  });
  afterEach(() => rmSync(base, { recursive: true, force: true }));

  /** What is said; the tree stays as it was, to the byte. */
  async function refusal(act: () => Promise<unknown>): Promise<string> {
    const tree = (): string[] =>
      readdirSync(base, { recursive: true, encoding: 'utf8' }).map((name) => {
        const { mode, size, nlink } = lstatSync(join(base, name));
        return [name, mode, size, nlink].join(' ');
      });
    const before = tree();
    let said = 'written';
    try {
      await act();
    } catch (error) {
      assert.ok(error instanceof WriteRefused, String(error));
      said = error.message;
    }
    assert.deepEqual(tree(), before);
    return said;
  }
  const change = (path: string): Promise<string> => refusal(() => writing.change(path, add('x')));

  it('keeps every byte that is not changed', async () => {
    const odd = '\uFEFF# 任務 \u{1F600}\r\nlast\tline, no end';
    put('odd.md', odd);
    assert.equal(await writing.change('odd.md', (text) => text?.replace('last', 'first')), 'written');
    assert.deepEqual(readFileSync(at('odd.md')), Buffer.from(odd.replace('last', 'first'), 'utf8'));
  });

  it('leaves a file alone where the plan has nothing for it', async () => {
    put('a.md', 'a');
    const before = statSync(at('a.md'), { bigint: true });
    assert.equal(await writing.change('a.md', () => undefined), 'unchanged');
    assert.equal(await writing.change('a.md', (text) => text), 'unchanged');
    assert.equal(await writing.change('none/b.md', () => undefined), 'unchanged');
    const after = statSync(at('a.md'), { bigint: true });
    assert.deepEqual([after.ino, after.mtimeNs], [before.ino, before.mtimeNs]);
    assert.deepEqual(readdirSync(root).sort(), ['a.md', 'sub']);
  });

  it('makes a new file and its folders, and never writes over one', async () => {
    await writing.create('new/deep/a.md', 'one');
    assert.equal(bytes('new/deep/a.md'), 'one');
    const said = await refusal(() => writing.create('new/deep/a.md', 'two'));
    assert.match(said, /^new\/deep\/a\.md was not written: something stands there already\. Choose another name/);
    assert.deepEqual(readdirSync(at('new/deep')), ['a.md']);
    assert.equal(await writing.change('other/b.md', add('b')), 'written');
    assert.equal(bytes('other/b.md'), 'b');
  });

  it('keeps the mode', async () => {
    for (const mode of [0o640, 0o600, 0o755]) {
      put('m.md', 'a');
      chmodSync(at('m.md'), mode);
      await writing.change('m.md', add('b'));
      assert.equal(statSync(at('m.md')).mode & 0o7777, mode);
    }
  });

  it('follows a link inside the project, and keeps it', async () => {
    put('sub/real.md', 'a');
    symlinkSync('sub/real.md', at('link.md'));
    symlinkSync('sub', at('folder'));
    await writing.change('link.md', add('b'));
    await writing.change('folder/real.md', add('c'));
    await writing.create('folder/new.md', 'd');
    assert.equal(bytes('sub/real.md'), 'abc');
    assert.equal(bytes('sub/new.md'), 'd');
    assert.ok(lstatSync(at('link.md')).isSymbolicLink());
  });

  it('never leaves the project', async () => {
    writeFileSync(join(base, 'secret.md'), 's');
    mkdirSync(join(base, 'project-beside'));
    symlinkSync('../secret.md', at('out.md'));
    symlinkSync('..', at('up'));
    symlinkSync('../nowhere.md', at('dangling.md'));
    symlinkSync('circle.md', at('circle.md'));
    const out = ['../secret.md', 'sub/../../secret.md', join(base, 'secret.md'), join(root, 'a.md'), '', '.', '..'];
    for (const path of [...out, '../project-beside/a.md']) {
      assert.match(await change(path), /was not written: the path leads out of the project\. Choose a path inside/);
    }
    for (const path of ['out.md', 'up/secret.md', 'up/new/a.md']) {
      assert.match(await change(path), /was not written: it is a link that leads out of the project\./);
    }
    assert.match(await change('dangling.md'), /^dangling\.md was not written: it is a link that leads nowhere/);
    assert.match(await refusal(() => writing.create('dangling.md', 'x')), /it is a link that leads nowhere/);
    assert.match(await change('circle.md'), /it is a link that leads in circles/);
    assert.match(await change('a\0.md'), /^a\\u0000\.md was not written: the path holds a NUL character/);
  });

  it("keeps out of git's own folder, however it is spelled", async () => {
    mkdirSync(at('.git/hooks'), { recursive: true });
    symlinkSync('.git', at('plain'));
    const spelled = ['.git/config', '.GIT/hooks/pre-commit', 'sub/.git', '.git./a', '.g\u200Cit/a', 'git~1/a'];
    for (const path of [...spelled, 'plain/hooks/pre-commit']) {
      assert.match(await change(path), /it lies in git's own folder/, path);
    }
    assert.equal(await writing.change('.gitignore', add('a')), 'written');
  });

  it('writes only regular text files that may be written', async () => {
    execFileSync('sh', ['-c', 'mkfifo "$0"', at('pipe.md')]);
    put('latin.md', Buffer.from([0x61, 0x0a, 0xe4]));
    put('nul.md', 'a\0');
    put('locked.md', 'a');
    chmodSync(at('locked.md'), 0o444);
    put('one.md', 'a');
    linkSync(at('one.md'), at('two.md'));
    put('file', 'a');
    put('large.md', Buffer.alloc(20_000_001, 97));
    put('good.md', 'a');
    assert.match(await change('sub'), /^sub was not written: it is a folder\. Only regular files are written/);
    assert.match(await change('pipe.md'), /it is no regular file/);
    assert.match(await change('latin.md'), /Line 2 is not UTF-8/);
    assert.match(await change('nul.md'), /it is binary/);
    assert.match(await change('locked.md'), /it is read-only\. Allow writing to it/);
    assert.match(await change('one.md'), /it has 2 names \(hard links\)/);
    assert.match(await change('file/a.md'), /a file stands where its folder should be/);
    assert.match(await change('large.md'), /more than 20 MB/);
    assert.match(await change(`${'n'.repeat(300)}.md`), /its name is too long/);
    assert.match(await refusal(() => writing.change('good.md', add('\0'))), /the new text holds a NUL character/);
    assert.match(await refusal(() => writing.create('new.md', 'a'.repeat(20_000_001))), /more than 20 MB/);
  });

  it('hands on what a plan throws, and lets the next one in', async () => {
    put('a.md', 'a');
    const fault = new RangeError('no');
    await assert.rejects(
      () =>
        writing.change('a.md', () => {
          throw fault;
        }),
      fault,
    );
    assert.equal(await writing.change('a.md', add('b')), 'written');
    assert.deepEqual(readdirSync(root).sort(), ['a.md', 'sub']);
  });

  it('plans anew where another program wrote in between', async () => {
    put('a.md', 'a');
    const seen: (string | undefined)[] = [];
    const plan = (text: string | undefined): string => {
      seen.push(text);
      if (seen.length < 3) put('a.md', `${text}!`);
      return `${text}b`;
    };
    assert.equal(await writing.change('a.md', plan), 'written');
    assert.deepEqual(seen, ['a', 'a!', 'a!!']);
    assert.equal(bytes('a.md'), 'a!!b');
    const endless = writing.change('a.md', (text) => {
      put('a.md', `${text}!`);
      return `${text}b`;
    });
    await assert.rejects(endless, /^Error: a\.md was not written: another program keeps writing it\./);
    assert.equal(bytes('a.md'), 'a!!b!!!!!');
  });

  it('does not write over a file that turned up in between', async () => {
    const seen: (string | undefined)[] = [];
    const said = writing.change('a.md', (text) => {
      seen.push(text);
      if (text === undefined) put('a.md', 'theirs');
      return `${text ?? ''}ours`;
    });
    assert.equal(await said, 'written');
    assert.deepEqual(seen, [undefined, 'theirs']);
    assert.equal(bytes('a.md'), 'theirsours');
  });

  it('lets writers of one file wait for each other', async () => {
    const many = Array.from({ length: 30 }, (_, i) => writingUnder(root).change('n.md', add(`${i}\n`)));
    assert.deepEqual([...new Set(await Promise.all(many))], ['written']);
    const lines = bytes('n.md').trimEnd().split('\n').map(Number);
    assert.deepEqual(
      lines.sort((a, b) => a - b),
      Array.from({ length: 30 }, (_, i) => i),
    );
    assert.deepEqual(readdirSync(root).sort(), ['n.md', 'sub']);
  });
});
