import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { writingUnder } from '../../src/platform/writing.ts';

const kills = 500;
const length = 1_000_000;
const texts = ['a', 'b'].map((letter) => letter.repeat(length));

describe('writers that are killed', () => {
  let root = '';
  let tools = '';
  before(async () => {
    root = mkdtempSync(join(tmpdir(), 'killed-'));
    tools = mkdtempSync(join(tmpdir(), 'killed-tools-'));
    // One file, so that 500 processes start quickly.
    await build({
      entryPoints: ['test/harness/writer.ts'],
      outfile: join(tools, 'writer.mjs'),
      bundle: true,
      platform: 'node',
      format: 'esm',
      banner: { js: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);` },
      logLevel: 'error',
    });
  });
  after(() => {
    rmSync(root, { recursive: true, force: true });
    rmSync(tools, { recursive: true, force: true });
  });

  /** Kills a writer of `file` somewhere in its loop; `moment` goes from 0 to 1. */
  async function kill(file: string, moment: number): Promise<void> {
    const child = spawn(process.execPath, [join(tools, 'writer.mjs'), root, file, String(length)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    const ended = new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
    setTimeout(() => child.kill('SIGKILL'), moment * 25);
    assert.equal(await ended, 'SIGKILL');
  }

  it(`leave the old or the new file, ${kills} times, and the next one sweeps what they left`, async function () {
    this.timeout(300_000);
    const files = Array.from({ length: kills }, (_, i) => `${i}.md`);
    for (const file of files) writeFileSync(join(root, file), texts[0] ?? '');
    const waiting = [...files.keys()];
    const lane = async (): Promise<void> => {
      for (let i = waiting.pop(); i !== undefined; i = waiting.pop()) {
        await kill(`${i}.md`, (i * 0.618_034) % 1);
        assert.ok(texts.includes(readFileSync(join(root, `${i}.md`), 'utf8')), `${i}.md is torn`);
      }
    };
    await Promise.all([lane(), lane(), lane(), lane()]);
    const left = readdirSync(root).filter((name) => !files.includes(name));
    // Otherwise they were killed at moments that prove nothing.
    assert.ok(
      left.some((name) => name.endsWith('.lock')),
      'no writer was killed while it held its lock',
    );
    assert.ok(
      left.some((name) => name.endsWith('.tmp')),
      'no writer was killed while it wrote',
    );
    const writing = writingUnder(root);
    const done = await Promise.all(files.map((file) => writing.change(file, (text) => `${text}!`)));
    assert.deepEqual([...new Set(done)], ['written']);
    assert.deepEqual(readdirSync(root).sort(), [...files].sort());
    for (const file of files) {
      const text = readFileSync(join(root, file), 'utf8');
      assert.ok(text.length === length + 1 && texts.includes(text.slice(0, -1)), `${file} is torn`);
    }
  });
});
