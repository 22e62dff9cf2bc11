import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from './lifetime.ts';
import { staged, unpackPackage } from './staging.ts';

describe('staging', function () {
  this.timeout(60_000);
  const temporary = temporaryFolder('selftest');
  after(temporary.remove);

  it('keeps one complete copy when several install at once', async () => {
    const target = join(temporary.path, 'together/thing');
    let fills = 0;
    const fill = async (folder: string): Promise<void> => {
      fills++;
      await writeFile(join(folder, 'a'), 'a');
      await new Promise((resolve) => setImmediate(resolve));
      await writeFile(join(folder, 'b'), 'b');
    };
    await Promise.all([staged(target, fill), staged(target, fill), staged(target, fill)]);
    await staged(target, fill);
    assert.equal(fills, 3);
    assert.deepEqual(await readdir(join(temporary.path, 'together')), ['thing']);
    assert.deepEqual(await readdir(target), ['a', 'b']);
  });

  it('does not count an install that failed', async () => {
    const target = join(temporary.path, 'failed/thing');
    await assert.rejects(
      staged(target, async () => Promise.reject(new Error('no network'))),
      /no network/,
    );
    assert.deepEqual(await readdir(join(temporary.path, 'failed')), []);
  });

  it('removes what a killed install left, but not one that is under way', async () => {
    const parent = join(temporary.path, 'killed');
    await mkdir(join(parent, '.thing-old/filled'), { recursive: true });
    await mkdir(join(parent, '.thing-now/filled'), { recursive: true });
    await utimes(join(parent, '.thing-old'), 0, 0);
    await staged(join(parent, 'thing'), async () => Promise.resolve());
    assert.deepEqual((await readdir(parent)).sort(), ['.thing-now', 'thing']);
  });

  it('unpacks a package only when its hash is the pinned one', async () => {
    const pinned = {
      name: 'picomatch',
      version: '4.0.2',
      integrity: 'sha512-M7BAV6Rlcy5u+m6oPhAPFgJTzAioX/6B0DxyvDlo9l8+T3nLKbrczg2WLUyzd45L8RqfUMyGPzekbMvX2Ldkwg==',
    };
    const folder = join(temporary.path, 'package');
    await mkdir(folder);
    await unpackPackage(pinned, 'package/lib', join(folder, 'right'));
    assert.match(await readFile(join(folder, 'right/picomatch.js'), 'utf8'), /picomatch/);
    const wrong = { ...pinned, integrity: pinned.integrity.replace(/.==$/, 'A==') };
    await assert.rejects(unpackPackage(wrong, 'package/lib', join(folder, 'wrong')), /not what was pinned/);
    assert.deepEqual(await readdir(folder), ['right']);
  });
});
