import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import type { Piece } from '../../src/architect/ask.ts';
import { breaks, type MessagesApi, says, stalls, startMessagesApi } from '../harness/messages-api.ts';
import { installNode20 } from '../harness/vscode-host.ts';

const bundle = resolve(import.meta.dirname, '../../dist/architect.cjs');
/** Asks one question and prints every piece; with `leave` it cancels at the first text. */
const program = `
const { architect } = require(${JSON.stringify(bundle)});
const [baseUrl, leave] = process.argv.slice(1);
const abort = new AbortController();
(async () => {
  const prepared = architect.prepare('What is open?', { reviews: [] }, 'claude-sonnet-5-5');
  for await (const piece of architect.ask(prepared, { apiKey: 'sk-ant-test-0123456789', baseUrl, to: 'Anthropic' }, abort.signal)) {
    console.log(JSON.stringify(piece));
    if (leave && piece.kind === 'text') abort.abort();
  }
})();`;

describe('the Claude side as it ships', function () {
  this.timeout(120_000);
  let node = '';
  let api: MessagesApi;
  before(async () => {
    node = await installNode20();
  });
  beforeEach(async () => {
    api = await startMessagesApi();
  });
  afterEach(() => api.close());

  const hostile = {
    ANTHROPIC_API_KEY: 'stolen',
    ANTHROPIC_AUTH_TOKEN: 'stolen',
    ANTHROPIC_BASE_URL: 'http://127.0.0.1:9',
    ANTHROPIC_CUSTOM_HEADERS: 'Authorization: Bearer stolen\nX-Evil: 1',
    ANTHROPIC_LOG: 'debug',
  };
  /** Not spawnSync: the server lives in this process. */
  const run = (runtime: string, env: Record<string, string>, ...args: string[]): Promise<Piece[]> =>
    new Promise((resolve, reject) => {
      const child = spawn(runtime, ['-e', program, api.url, ...args], { env: { PATH: process.env['PATH'], ...env } });
      let out = '';
      let wrong = '';
      child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (wrong += chunk.toString()));
      child.on('error', reject);
      child.on('close', () => {
        if (wrong === '')
          resolve(
            out
              .trim()
              .split('\n')
              .map((line) => JSON.parse(line) as Piece),
          );
        else reject(new Error(wrong));
      });
    });
  const text = (pieces: readonly Piece[]): string =>
    pieces.map((piece) => (piece.kind === 'text' ? piece.text : '')).join('');

  for (const [name, runtime] of [
    ['Node 20.18', () => node],
    ['the Node of the tests', () => process.execPath],
  ] as const) {
    it(`answers on ${name}, also in a hostile environment, which changes nothing`, async () => {
      api.play(says('Ünïcode — 表 🏛️', { chunk: 3 }));
      assert.equal(text(await run(runtime(), {})), 'Ünïcode — 表 🏛️');
      const [plain] = api.asked();
      assert.equal(text(await run(runtime(), hostile)), 'Ünïcode — 表 🏛️');
      const [, second] = api.asked();
      // The mark of the data blocks is another one every time.
      const bare = (body: string | undefined): string => (body ?? '').replaceAll(/[0-9a-f]{32}/g, '');
      assert.deepEqual(second?.headers, plain?.headers);
      assert.equal(bare(second?.body), bare(plain?.body));
    });
    it(`keeps what came before an error, and leaves when it is told to, on ${name}`, async () => {
      api.play(breaks('Half', 'overloaded_error', 'busy'));
      const broken = await run(runtime(), {});
      assert.equal(text(broken), 'Half');
      const last = broken.at(-1);
      assert.match(last?.kind === 'end' ? last.ending.text : '', /overloaded.*incomplete/);
      api.play(stalls('It begins'));
      const left = await run(runtime(), {}, 'leave');
      await api.left();
      assert.equal(left.at(-1)?.kind, 'end');
    });
  }
});
