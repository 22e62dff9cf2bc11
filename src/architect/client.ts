import { Anthropic } from '@anthropic-ai/sdk';

/** With whom, and as whom. */
export interface Door {
  readonly apiKey: string;
  readonly baseUrl: string;
}

/** What the person who waits is to know of a request under way. */
export interface Watch {
  /** Bytes came in. */
  heard(bytes: number): void;
  /** It is tried once more, after so many seconds. */
  waits(seconds: number, why: string): void;
}

/** In milliseconds, until the first byte of an answer; each try has so long. */
const answerMs = 60_000;
const retries = 2;
/** In seconds. Where a longer wait is asked for, the person is told instead of kept waiting. */
const longestWait = 20;

const silent = { error: nothing, warn: nothing, info: nothing, debug: nothing };

function nothing(): void {}

/**
 * A client that is made of what it is given and of nothing else: no environment variable, no profile on the disk, no tracing that other code in this
 * process has set up. It follows no redirection: what is sent goes to the host that was agreed to.
 */
export function closedClient({ apiKey, baseUrl }: Door, watch?: Watch): Anthropic {
  const fetchClosed = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const retried = Number(new Headers(init?.headers).get('x-stainless-retry-count') ?? 0);
    // Looked up now: the editor's own fetch, which knows its proxies, may have come later.
    const response = await globalThis.fetch(input, { ...init, redirect: 'error' }).catch((error: unknown) => {
      if (retried < retries && init?.signal?.aborted !== true) watch?.waits(1, 'the connection failed');
      throw error;
    });
    if (response.ok) return watch && response.body ? heardBy(response, response.body, watch) : response;
    const seconds = secondsToWait(response.headers);
    if (response.status !== 429 && response.status < 500) return response;
    if ((seconds ?? 0) > longestWait) {
      const headers = new Headers(response.headers);
      headers.set('x-should-retry', 'false');
      return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
    }
    if (retried < retries) watch?.waits(seconds ?? 1, `it was answered ${response.status}`);
    return response;
  };
  return withoutCustomHeaders(
    () =>
      new Anthropic({
        apiKey,
        baseURL: baseUrl,
        webhookKey: null,
        openTelemetry: { traces: false, propagation: false },
        logger: silent,
        logLevel: 'off',
        maxRetries: retries,
        timeout: answerMs,
        fetch: fetchClosed,
        // What machine this is, is nobody's business.
        defaultHeaders: {
          'X-Stainless-OS': null,
          'X-Stainless-Arch': null,
          'X-Stainless-Runtime': null,
          'X-Stainless-Runtime-Version': null,
        },
      }),
  );
}

/** The SDK adds the headers of this variable to every request, whatever it is told. It reads it once, while a client is made. */
function withoutCustomHeaders<T>(make: () => T): T {
  const name = 'ANTHROPIC_CUSTOM_HEADERS';
  const kept = process.env[name];
  if (kept === undefined) return make();
  delete process.env[name];
  try {
    return make();
  } finally {
    process.env[name] = kept;
  }
}

/** How long a server asks to wait, in seconds. */
export function secondsToWait(headers: Headers): number | undefined {
  const milliseconds = Number.parseFloat(headers.get('retry-after-ms') ?? '');
  if (milliseconds >= 0) return milliseconds / 1000;
  const after = headers.get('retry-after');
  if (after === null) return undefined;
  const seconds = Number.parseFloat(after);
  if (seconds >= 0) return seconds;
  const at = Date.parse(after);
  return Number.isNaN(at) ? undefined : Math.max(0, (at - Date.now()) / 1000);
}

/** The same response, whose bytes are told of as they come. */
function heardBy(response: Response, body: ReadableStream<Uint8Array>, watch: Watch): Response {
  const told = body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, controller) => {
        watch.heard(chunk.byteLength);
        controller.enqueue(chunk);
      },
    }),
  );
  return new Response(told, { status: response.status, statusText: response.statusText, headers: response.headers });
}
