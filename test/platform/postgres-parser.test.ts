import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import {
  createPostgresParser,
  deepestNesting,
  largestStatement,
  longestChain,
} from '../../src/platform/postgres-parser.ts';
import type { PgQueryInstance } from 'libpg-query/wasm/libpg-query.js';

describe('the PostgreSQL parser', () => {
  it('gives a tree, or the complaint at its UTF-16 place', async () => {
    const { parse } = await createPostgresParser();
    assert.equal(parse('SELECT 1').kind, 'tree');
    assert.deepEqual(parse("SELECT 'é😀' frm from x y z"), {
      kind: 'error',
      message: 'syntax error at or near "z"',
      offset: 26,
    });
    assert.equal(parse('').kind, 'tree');
    assert.deepEqual(parse("SELECT 'é'; SELECT 2"), { kind: 'error', message: 'more than one statement', offset: 12 });
  });

  it('refuses what would hide text, overflow its stack or take for ever', async () => {
    const parser = await createPostgresParser();
    const refused = [
      'SELECT 1;\0 DROP TABLE users',
      `SELECT '${'x'.repeat(largestStatement)}'`,
      `SELECT ${'('.repeat(deepestNesting + 1)}1${')'.repeat(deepestNesting + 1)}`,
      `SELECT 1${'+1'.repeat(longestChain + 1)}`,
      `SELECT 1${' UNION SELECT 1'.repeat(longestChain)}`,
      `${'/*'.repeat(deepestNesting + 1)}${'*/'.repeat(deepestNesting + 1)} SELECT 1`,
      '/*'.repeat(100_000),
    ];
    for (const statement of refused) assert.equal(parser.parse(statement).kind, 'refused', statement.slice(0, 40));
    assert.equal(parser.recycled, 0);
    assert.equal(parser.parse('SELECT 1').kind, 'tree');
  });

  it('parses everything the guard lets pass without losing an instance', async () => {
    const parser = await createPostgresParser();
    const n = longestChain - 10;
    const heavy = [
      `SELECT 1${'+1'.repeat(n)}`,
      `SELECT ${'- '.repeat(n)}1`,
      `SELECT ${'NOT '.repeat(n)}true`,
      `SELECT a${'::int'.repeat(n / 2)}`,
      `SELECT ${'('.repeat(deepestNesting)}1${')'.repeat(deepestNesting)}`,
      `SELECT 1${' UNION SELECT 1'.repeat(n / 2)}`,
      `SELECT * FROM a${' JOIN b ON true'.repeat(n)}`,
    ];
    for (const statement of heavy) assert.notEqual(parser.parse(statement).kind, 'error');
    assert.equal(parser.recycled, 0);
  });

  it('throws an instance away after any failure but a syntax error, and goes on with the next', async () => {
    let made = 0;
    let failing = true;
    const { default: real } = await import('libpg-query/wasm/libpg-query.js');
    const create = async (): Promise<PgQueryInstance> => {
      const instance = await real({ print: () => {}, printErr: () => {} });
      const own = ++made;
      return {
        ...instance,
        _wasm_parse_query_raw: (query) => {
          if (own === 1 && failing) throw new RangeError('Maximum call stack size exceeded');
          return instance._wasm_parse_query_raw(query);
        },
      };
    };
    const parser = await createPostgresParser(create);
    await parser.ready();
    assert.equal(parser.parse('SELECT 1').kind, 'refused');
    assert.equal(parser.recycled, 1);
    assert.equal(parser.parse('SELECT 1').kind, 'tree');
    assert.equal(parser.parse('SELECT FROM WHERE').kind, 'error');
    assert.equal(parser.recycled, 1);
    failing = false;
    await parser.ready();
    assert.equal(parser.parse('SELECT 1').kind, 'tree');
  });

  it('survives many failures in a row, saying so each time', async () => {
    const { default: real } = await import('libpg-query/wasm/libpg-query.js');
    const create = async (): Promise<PgQueryInstance> => {
      const instance = await real();
      return {
        ...instance,
        _wasm_parse_query_raw: () => {
          throw new Error('memory access out of bounds');
        },
      };
    };
    const parser = await createPostgresParser(create);
    for (let i = 0; i < 10; i++) {
      assert.equal(parser.parse('SELECT 1').kind, 'refused');
      if (i % 3 === 2) await parser.ready();
    }
    assert.ok(parser.recycled >= 3);
  });

  it('needs little memory, also once the grammar has run for long', () => {
    const script = `
      import { createPostgresParser } from ${JSON.stringify(new URL('../../src/platform/postgres-parser.ts', import.meta.url).href)};
      const { parse, ready } = await createPostgresParser();
      await ready();
      // Not maxRSS: Linux hands the parent's on to a child, and the parent is a test run.
      let most = 0;
      const look = () => (most = Math.max(most, process.memoryUsage.rss()));
      for (let i = 0; i < 3000; i++) {
        parse('ALTER TABLE t ADD COLUMN c' + i + ' int');
        if (i % 100 === 0) look();
      }
      const timer = setInterval(look, 20);
      await new Promise((resolve) => setTimeout(resolve, 200));
      clearInterval(timer);
      console.log(Math.round(most / 1024));`;
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    assert.ok(Number(output) < 250_000, `${output.trim()} KB`);
  });

  it('works bundled, with its WebAssembly file beside the bundle', () => {
    const folder = mkdtempSync(join(tmpdir(), 'parser-'));
    const root = fileURLToPath(new URL('../../', import.meta.url));
    try {
      const entry = `import { createPostgresParser } from ${JSON.stringify(join(root, 'src/platform/postgres-parser.ts'))};
        createPostgresParser().then((parser) => console.log(parser.parse('SELECT 1').kind));`;
      const { outputFiles } = buildSync({
        stdin: { contents: entry, resolveDir: root, loader: 'ts' },
        bundle: true,
        platform: 'node',
        target: 'node20.18',
        format: 'cjs',
        write: false,
        minify: true,
      });
      const bundle = join(folder, 'bundle.cjs');
      writeFileSync(bundle, outputFiles[0]?.contents ?? '');
      cpSync(join(root, 'node_modules/libpg-query/wasm/libpg-query.wasm'), join(folder, 'libpg-query.wasm'));
      assert.equal(execFileSync(process.execPath, [bundle], { encoding: 'utf8', cwd: folder }).trim(), 'tree');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
