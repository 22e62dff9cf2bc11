import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, type Socket } from 'node:net';

/** One request that the server got. */
export interface Heard {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** As it came, byte for byte. */
  readonly body: string;
}

/** How the server answers one request. */
export type Play = (response: ServerResponse, heard: Heard) => void | Promise<void>;

/** A server on this machine that speaks the Messages API as the tests tell it to. */
export interface MessagesApi {
  readonly url: string;
  /** Connections that were ever opened. */
  readonly connections: () => number;
  readonly heard: readonly Heard[];
  /** Requests for messages alone, without those that count tokens. */
  readonly asked: () => readonly Heard[];
  /** The next requests for messages are answered so, one after the other; the last one also answers what comes then. */
  play(...plays: Play[]): void;
  /** Requests to count tokens are answered so. */
  count(play: Play): void;
  /** Resolves when the client has closed the connection of a request that was not answered to its end. */
  readonly left: () => Promise<void>;
  close(): Promise<void>;
}

/** Starts it on a free port. Tokens are counted as 1,234, and two models are known. */
export async function startMessagesApi(): Promise<MessagesApi> {
  const sockets = new Set<Socket>();
  const heard: Heard[] = [];
  let opened = 0;
  let plays: readonly Play[] = [says('Hello.')];
  let counting: Play = (response) => json(response, 200, { input_tokens: 1234 });
  let gone: () => void = () => undefined;
  const left = new Promise<void>((resolve) => {
    gone = resolve;
  });
  const server = createServer((request, response) => {
    void read(request).then(async (one) => {
      heard.push(one);
      response.on('close', () => {
        if (!response.writableFinished) gone();
      });
      if (one.path === '/v1/messages/count_tokens') await counting(response, one);
      else if (one.path.startsWith('/v1/models')) await (refusalOf(plays[0]) ?? models)(response, one);
      else {
        const [now, ...then] = plays;
        if (then.length > 0) plays = then;
        await now?.(response, one);
      }
    });
  });
  server.on('connection', (socket) => {
    opened++;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: () => opened,
    heard,
    asked: () => heard.filter(({ path }) => path === '/v1/messages'),
    play: (...own) => {
      plays = own;
    },
    count: (own) => {
      counting = own;
    },
    left: () => left,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

const models: Play = (response) =>
  json(response, 200, {
    data: [{ type: 'model', id: 'claude-sonnet-5-5' }],
    has_more: false,
    first_id: null,
    last_id: null,
  });

const refusals = new WeakSet<Play>();
function refusalOf(play: Play | undefined): Play | undefined {
  return play && refusals.has(play) ? play : undefined;
}

async function read(request: IncomingMessage): Promise<Heard> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  return { method: request.method ?? '', path: request.url ?? '', headers, body: Buffer.concat(parts).toString() };
}

function json(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_test_1', ...headers });
  response.end(JSON.stringify(body));
}

/** An error with its status. */
export function fails(status: number, type: string, message: string, headers: Record<string, string> = {}): Play {
  const play: Play = (response) => json(response, status, { type: 'error', error: { type, message } }, headers);
  refusals.add(play);
  return play;
}

export interface Saying {
  readonly reason?: string;
  /** Bytes to a chunk: characters are cut in the middle. Everything at once by default. */
  readonly chunk?: number;
  readonly model?: string;
}

/** One frame of the stream. */
export function frame(data: { readonly type: string; readonly [name: string]: unknown }): string {
  return `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
}

export function opening(model = 'claude-sonnet-5-5'): string {
  const usage = {
    input_tokens: 1234,
    output_tokens: 1,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
  };
  const message = {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage,
  };
  return `${frame({ type: 'message_start', message })}${frame({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } })}${frame({ type: 'ping' })}`;
}

export function delta(text: string): string {
  return frame({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } });
}

function closing(reason: string): string {
  return `${frame({ type: 'content_block_stop', index: 0 })}${frame({ type: 'message_delta', delta: { stop_reason: reason, stop_sequence: null }, usage: { output_tokens: 56 } })}${frame({ type: 'message_stop' })}`;
}

export function begin(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'request-id': 'req_test_1' });
}

/** A whole answer. */
export function says(text: string, { reason = 'end_turn', chunk, model }: Saying = {}): Play {
  return async (response) => {
    begin(response);
    const pieces = text.match(/[\s\S]{1,7}/gu) ?? [];
    const bytes = Buffer.from(opening(model) + pieces.map(delta).join('') + closing(reason));
    if (chunk === undefined) response.write(bytes);
    else {
      response.socket?.setNoDelay(true);
      for (let at = 0; at < bytes.length; at += chunk) {
        response.write(bytes.subarray(at, at + chunk));
        // A turn of the event loop between chunks, so that they arrive as they were cut.
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    response.end();
  };
}

/** The beginning of an answer, and then an error in the stream. */
export function breaks(text: string, type: string, message: string): Play {
  return (response) => {
    begin(response);
    response.end(opening() + delta(text) + frame({ type: 'error', error: { type, message } }));
  };
}

/** The beginning of an answer, and then nothing more. */
export function stalls(text: string): Play {
  return (response) => {
    begin(response);
    response.write(opening() + delta(text));
  };
}

/** The beginning of an answer; then the server closes, in order or by force. */
export function hangsUp(text: string, how: 'ends' | 'resets'): Play {
  return (response) => {
    begin(response);
    response.write(opening() + delta(text), () => {
      if (how === 'ends') response.end();
      else response.socket?.destroy();
    });
  };
}
