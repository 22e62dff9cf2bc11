import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { type AskOptions, ask, checkKey, type Piece } from '../../src/architect/ask.ts';
import { type Prepared, prepare } from '../../src/architect/request.ts';
import { temporaryFolder } from '../harness/lifetime.ts';
import {
  begin,
  breaks,
  delta,
  fails,
  frame,
  hangsUp,
  type MessagesApi,
  opening,
  says,
  stalls,
  startMessagesApi,
} from '../harness/messages-api.ts';

const apiKey = 'sk-ant-test-0123456789abcdef';
const model = 'claude-sonnet-5-5';
const question = (): Prepared => prepare('What is open?', { reviews: [] }, model);

describe('asking Claude', () => {
  let api: MessagesApi;
  beforeEach(async () => {
    api = await startMessagesApi();
  });
  afterEach(() => api.close());

  const options = (more: Partial<AskOptions> = {}): AskOptions => ({
    apiKey,
    baseUrl: api.url,
    to: 'Anthropic',
    ...more,
  });
  const all = async (
    more: Partial<AskOptions> = {},
    prepared = question(),
    signal = new AbortController().signal,
  ): Promise<Piece[]> => {
    const pieces: Piece[] = [];
    for await (const piece of ask(prepared, options(more), signal)) pieces.push(piece);
    return pieces;
  };
  const text = (pieces: readonly Piece[]): string =>
    pieces.map((piece) => (piece.kind === 'text' ? piece.text : '')).join('');
  const ending = (pieces: readonly Piece[]) => {
    const last = pieces.at(-1);
    assert.ok(last?.kind === 'end');
    assert.equal(pieces.filter(({ kind }) => kind === 'end').length, 1);
    return last.ending;
  };

  it('streams an answer, counts exactly, and says what it cost', async () => {
    api.play(says('Three of eleven items are open.'));
    const pieces = await all();
    assert.equal(text(pieces), 'Three of eleven items are open.');
    assert.ok(pieces.filter(({ kind }) => kind === 'text').length > 1);
    assert.deepEqual(pieces[0], { kind: 'counted', tokens: 1234 });
    assert.deepEqual(ending(pieces), {
      how: 'complete',
      text: '',
      model,
      usage: { input: 1234, output: 56, cacheWritten: 0, cacheRead: 0 },
    });
  });

  it('sends the body that was prepared, byte for byte, and the key in its header alone', async () => {
    const prepared = question();
    await all({}, prepared);
    const [sent] = api.asked();
    assert.equal(sent?.body, JSON.stringify(prepared.body));
    assert.equal(sent?.headers['authorization'], `Bearer ${apiKey}`);
    for (const { body, path } of api.heard) assert.ok(!body.includes(apiKey) && !path.includes(apiKey));
    for (const name of ['os', 'arch', 'runtime', 'runtime-version'])
      assert.equal(sent?.headers[`x-stainless-${name}`], undefined, name);
  });

  for (const chunk of [1, 2, 3, 5, 64]) {
    it(`keeps characters whole that arrive in chunks of ${chunk} bytes`, async () => {
      const said = 'Ünïcode — 表 🏛️ „fertig“\n\u2028ende';
      api.play(says(said, { chunk }));
      assert.equal(text(await all()), said);
    });
  }

  it('says of a key that is not accepted what to do, without trying again', async () => {
    api.play(fails(401, 'authentication_error', 'invalid bearer token'));
    const pieces = await all();
    assert.match(ending(pieces).text, /does not accept the key \(401\).*Run Set Anthropic Key.*req_test_1/);
    assert.equal(api.asked().length, 1);
  });

  it('tries again after 429 as long as it is asked to wait, and says so', async () => {
    api.play(fails(429, 'rate_limit_error', 'slow down', { 'retry-after-ms': '5' }), says('Now.'));
    const pieces = await all();
    assert.equal(text(pieces), 'Now.');
    assert.deepEqual(
      pieces.filter(({ kind }) => kind === 'waits'),
      [{ kind: 'waits', seconds: 0.005, why: 'it was answered 429' }],
    );
    const [first, second] = api.asked();
    assert.equal(first?.body, second?.body);
  });

  it('tells of a long wait in place of waiting', async () => {
    api.play(fails(429, 'rate_limit_error', 'slow down', { 'retry-after': '3600' }));
    const pieces = await all();
    assert.match(ending(pieces).text, /for this key \(429\).*Ask again in 60 minutes/);
    assert.equal(api.asked().length, 1);
  });

  const statuses: [number, string, string, RegExp][] = [
    [400, 'invalid_request_error', 'messages: too odd', /cannot work with the request \(400\).*messages: too odd/],
    [400, 'invalid_request_error', 'Your credit balance is too low', /has no credit.*Add credit/],
    [402, 'billing_error', 'no money', /has no credit/],
    [403, 'permission_error', 'not for you', /may not do this \(403\).*not for you/],
    [404, 'not_found_error', 'model: claude-x', /no model claude-sonnet-5-5.*\(404\).*architect\.model/],
    [413, 'request_too_large', 'too big', /too large.*\(413\).*question alone/],
    [500, 'api_error', 'oh', /failed \(500\).*oh.*Ask again/],
    [503, 'api_error', 'oh', /failed \(503\)/],
    [529, 'overloaded_error', 'busy', /overloaded \(529\).*Ask again/],
    [418, 'teapot', 'short', /answered 418 \(teapot\).*short/],
  ];
  for (const [status, type, message, wanted] of statuses) {
    it(`says ${status} ${type} (${message}) in a sentence`, async () => {
      api.play(fails(status, type, message, { 'retry-after-ms': '1' }));
      const end = ending(await all());
      assert.equal(end.how, 'failed');
      assert.match(end.text, wanted);
      assert.match(end.text, /\(Request req_test_1\.\)$/);
      assert.equal(api.asked().length, status >= 500 ? 3 : 1);
    });
  }

  it('keeps what came before an error in the stream, and marks it incomplete', async () => {
    api.play(breaks('Half of it', 'overloaded_error', 'Overloaded'));
    const pieces = await all();
    assert.equal(text(pieces), 'Half of it');
    const end = ending(pieces);
    assert.equal(end.how, 'failed');
    assert.match(end.text, /overloaded \(529\).*The answer above is incomplete/);
    assert.equal(end.usage?.input, 1234);
  });

  it('closes the connection at once when it is cancelled', async () => {
    api.play(stalls('It begins'));
    const abort = new AbortController();
    const pieces: Piece[] = [];
    for await (const piece of ask(question(), options(), abort.signal)) {
      pieces.push(piece);
      if (piece.kind === 'text') abort.abort();
    }
    await api.left();
    assert.equal(text(pieces), 'It begins');
    assert.equal(ending(pieces).how, 'cancelled');
  });

  it('closes the connection when nobody reads on', async () => {
    api.play(stalls('It begins'));
    for await (const piece of ask(question(), options(), new AbortController().signal))
      if (piece.kind === 'text') break;
    await api.left();
  });

  it('sends nothing when it is cancelled before it begins', async () => {
    assert.equal(ending(await all({}, question(), AbortSignal.abort())).how, 'cancelled');
    assert.equal(api.connections(), 0);
  });

  it('gives up an answer of which nothing more comes', async () => {
    api.play(stalls('It begins'));
    const pieces = await all({ silenceMs: 50 });
    assert.equal(text(pieces), 'It begins');
    assert.match(ending(pieces).text, /Nothing more came.*incomplete/);
    await api.left();
  });

  for (const how of ['ends', 'resets'] as const) {
    it(`keeps what came before the server ${how} the connection`, async () => {
      api.play(hangsUp('Half', how));
      const pieces = await all();
      assert.equal(text(pieces), 'Half');
      assert.equal(ending(pieces).how, 'failed');
      assert.match(ending(pieces).text, /connection.*incomplete/);
    });
  }

  it('says that nothing came at all', async () => {
    api.play((response) => {
      begin(response);
      response.end();
    });
    assert.match(ending(await all()).text, /closed the connection before an answer came/);
  });

  it('says that what answers is no Messages API', async () => {
    api.play((response) => {
      begin(response);
      response.end('event: message_start\ndata: <html>\n\n');
    });
    assert.match(ending(await all()).text, /no answer of the Messages API.*baseUrl/);
  });

  it('ends once, in a sentence, whatever a server sends', async () => {
    const part = fc.constantFrom(
      opening(),
      opening().slice(0, 40),
      delta('text'),
      delta('text').slice(0, -3),
      frame({ type: 'message_delta', delta: {}, usage: {} }),
      frame({ type: 'message_delta' }),
      frame({ type: 'content_block_delta', index: 7, delta: { type: 'text_delta', text: 'elsewhere' } }),
      frame({ type: 'content_block_start' }),
      frame({ type: 'message_stop' }),
      frame({ type: 'error' }),
      'event: error\ndata: no JSON\n\n',
      'event: message_start\ndata: null\n\n',
      'data: {}\n\n',
      '\n',
      '\u0000\ufffd',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 6 }), async (parts) => {
        api.play((response) => {
          begin(response);
          response.end(parts.join(''));
        });
        const end = ending(await all());
        assert.doesNotMatch(end.text, /unforeseen|properties/);
        assert.ok(end.how === 'complete' || end.text.endsWith('.') || end.text.endsWith(')'), end.text);
      }),
      { numRuns: 150 },
    );
  }).timeout(60_000);

  it('stops an answer without end', async () => {
    api.play((response) => {
      begin(response);
      response.write(opening());
      const more = (): void => {
        while (!response.destroyed && response.write(delta('x'.repeat(50_000))));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    const pieces = await all();
    assert.ok(text(pieces).length > 900_000 && text(pieces).length <= 1_000_000);
    assert.match(ending(pieces).text, /longer than 1,000,000 characters/);
  });

  it('stops a line without end', async () => {
    api.play((response) => {
      begin(response);
      const part = Buffer.alloc(1_000_000, 'x');
      const more = (): void => {
        while (!response.destroyed && response.write(part));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    assert.match(ending(await all()).text, /longer than/);
  }).timeout(60_000);

  const reasons: [string, string, RegExp][] = [
    ['max_tokens', 'cut', /longest length/],
    ['model_context_window_exceeded', 'cut', /no room/],
    ['refusal', 'refused', /declined/],
    ['pause_turn', 'cut', /paused/],
  ];
  for (const [reason, how, wanted] of reasons) {
    it(`says what ${reason} means, and keeps the answer`, async () => {
      api.play(says('So far', { reason }));
      const pieces = await all();
      assert.equal(text(pieces), 'So far');
      assert.equal(ending(pieces).how, how);
      assert.match(ending(pieces).text, wanted);
    });
  }

  it('says that nothing answers there', async () => {
    await api.close();
    const pieces = await all();
    assert.match(ending(pieces).text, /Nothing answers at Anthropic.*baseUrl/);
    assert.equal(pieces.filter(({ kind }) => kind === 'waits').length, 2);
    api = await startMessagesApi();
  });

  it('follows no redirection: nothing goes to another host', async () => {
    const other = await startMessagesApi();
    api.play((response) => {
      response.writeHead(307, { location: `${other.url}/v1/messages` }).end();
    });
    try {
      assert.match(ending(await all()).text, /wanted the request sent elsewhere/);
      assert.equal(other.connections(), 0);
    } finally {
      await other.close();
    }
  });

  it('answers where tokens cannot be counted', async () => {
    api.count(fails(404, 'not_found_error', 'no such path'));
    const pieces = await all();
    assert.equal(text(pieces), 'Hello.');
    assert.ok(pieces.every(({ kind }) => kind !== 'counted'));
  });

  it('does not send the question twice where the key fails for the count', async () => {
    api.count(fails(401, 'authentication_error', 'no'));
    assert.match(ending(await all()).text, /does not accept the key/);
    assert.equal(api.asked().length, 0);
  });

  it('checks a key by asking for a list, sending nothing of ours', async () => {
    const signal = new AbortController().signal;
    assert.equal(await checkKey(options(), signal), undefined);
    assert.equal(api.heard[0]?.path, '/v1/models?limit=1');
    assert.equal(api.heard[0]?.body, '');
    api.play(fails(401, 'authentication_error', 'no'));
    assert.match((await checkKey(options(), signal))?.text ?? '', /does not accept the key/);
  });

  describe('with a hostile environment', () => {
    const hostile: Record<string, string> = {
      ANTHROPIC_API_KEY: 'sk-ant-stolen',
      ANTHROPIC_AUTH_TOKEN: 'stolen',
      ANTHROPIC_BASE_URL: 'http://127.0.0.1:9',
      ANTHROPIC_CUSTOM_HEADERS:
        'Authorization: Bearer stolen\nX-Evil: 1\nanthropic-version: 1999-01-01\nanthropic-beta: evil',
      ANTHROPIC_LOG: 'debug',
      ANTHROPIC_PROFILE: 'evil',
      ANTHROPIC_WEBHOOK_SIGNING_KEY: 'evil',
      ANTHROPIC_IDENTITY_TOKEN: 'evil',
      ANTHROPIC_FEDERATION_RULE_ID: 'evil',
      ANTHROPIC_ORGANIZATION_ID: 'evil',
      ANTHROPIC_WORKSPACE_ID: 'evil',
      ANTHROPIC_SCOPE: 'evil',
      ANTHROPIC_OPEN_TELEMETRY: 'true',
      ANTHROPIC_OPEN_TELEMETRY_PROPAGATION: 'true',
      ANTHROPIC_OPEN_TELEMETRY_TRACES_CONTENT_MODE: 'content',
    };
    const kept = { ...process.env };
    const { path: folder, remove } = temporaryFolder('profile');
    after(remove);
    afterEach(() => {
      for (const name of [...Object.keys(hostile), 'ANTHROPIC_CONFIG_DIR', 'HOME', 'XDG_CONFIG_HOME']) {
        if (kept[name] === undefined) delete process.env[name];
        else process.env[name] = kept[name];
      }
    });

    it('not one byte of a request changes, and the environment stays as it was', async () => {
      const prepared = question();
      await all({}, prepared);
      await checkKey(options(), new AbortController().signal);
      const before = [...api.heard];
      for (const inside of ['configs', 'credentials']) {
        for (const root of ['', '.config/anthropic']) {
          mkdirSync(join(folder, root, inside), { recursive: true });
          for (const name of ['evil', 'default'])
            writeFileSync(
              join(folder, root, inside, `${name}.json`),
              JSON.stringify({ base_url: 'http://127.0.0.1:9', api_key: 'stolen', access_token: 'stolen' }),
            );
        }
      }
      const world = {
        ...hostile,
        ANTHROPIC_CONFIG_DIR: folder,
        HOME: folder,
        XDG_CONFIG_HOME: join(folder, '.config'),
      };
      Object.assign(process.env, world);
      await all({}, prepared);
      await checkKey(options(), new AbortController().signal);
      assert.equal(before.length, 3);
      assert.deepEqual(api.heard.slice(3), before);
      for (const [name, value] of Object.entries(world)) assert.equal(process.env[name], value, name);
    });
  });
});
