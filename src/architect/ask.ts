import type { Anthropic } from '@anthropic-ai/sdk';
import { closedClient, type Door } from './client.ts';
import type { Prepared } from './request.ts';
import { type Trouble, troubleOf } from './trouble.ts';

/** What one request cost, as the API counts it. */
export interface Usage {
  readonly input: number;
  readonly output: number;
  readonly cacheWritten: number;
  readonly cacheRead: number;
}

/**
 * How an answer ended. All but `complete` have a sentence.
 * `cut`: a limit of ours or the model's; `refused`: the model declined; `cancelled`: by the person; `failed`: everything else. What came before stays good.
 */
export interface Ending {
  readonly how: 'complete' | 'cut' | 'refused' | 'cancelled' | 'failed';
  readonly text: string;
  /** The model that answered, by its own word. */
  readonly model?: string;
  readonly usage?: Usage;
}

export type Piece =
  /** The exact size of what is sent, counted by the API. */
  | { readonly kind: 'counted'; readonly tokens: number }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'waits'; readonly seconds: number; readonly why: string }
  /** Always the last one. */
  | { readonly kind: 'end'; readonly ending: Ending };

export interface AskOptions extends Door {
  /** `Anthropic`, or a host: for sentences. */
  readonly to: string;
  /** An answer of which nothing more comes for so many milliseconds has failed. */
  readonly silenceMs?: number;
}

const usualSilenceMs = 60_000;
/** More than any model writes: what goes on after so much is no answer. */
const mostCharacters = 1_000_000;
const mostBytes = 64_000_000;

const reasons = {
  silence: 'Nothing more came for a minute. The answer above is incomplete. Ask again.',
  length: 'The answer was longer than 1,000,000 characters and was stopped there.',
} as const;

/** Sends a question and yields the answer as it comes; throws nothing. Leaving the loop, or aborting `signal`, closes the connection at once. */
export async function* ask(prepared: Prepared, options: AskOptions, signal: AbortSignal): AsyncGenerator<Piece, void> {
  const queue: Piece[] = [];
  let wake: (() => void) | undefined;
  let over = false;
  const push = (piece: Piece): void => {
    queue.push(piece);
    wake?.();
  };
  const abort = new AbortController();
  const cancel = (): void => abort.abort();
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  const running = converse(prepared, options, { signal, abort }, push).then((ending) => {
    over = true;
    push({ kind: 'end', ending });
  });
  try {
    for (;;) {
      const next = queue.shift();
      if (next) {
        yield next;
        continue;
      }
      if (over) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    signal.removeEventListener('abort', cancel);
    cancel();
    await running;
  }
}

/** Why the connection was closed by us. */
type Stopped = keyof typeof reasons | undefined;

async function converse(
  { body }: Prepared,
  options: AskOptions,
  { signal, abort }: { readonly signal: AbortSignal; readonly abort: AbortController },
  push: (piece: Piece) => void,
): Promise<Ending> {
  const asked = { to: options.to, model: body.model };
  let stopped: Stopped;
  let model: string | undefined;
  let usage: Usage | undefined;
  let timer: NodeJS.Timeout | undefined;
  let bytes = 0;
  const stop = (why: Stopped): void => {
    stopped ??= why;
    abort.abort();
  };
  const heard = (count: number): void => {
    bytes += count;
    if (bytes > mostBytes) stop('length');
    clearTimeout(timer);
    timer = setTimeout(() => stop('silence'), options.silenceMs ?? usualSilenceMs);
  };
  const said = (): Pick<Ending, 'model' | 'usage'> => ({ ...(model ? { model } : {}), ...(usage ? { usage } : {}) });
  try {
    const client = closedClient(options, {
      heard,
      waits: (seconds, why) => push({ kind: 'waits', seconds, why }),
    });
    const refusal = await count(client, body, abort.signal, push);
    if (refusal !== undefined) throw refusal;
    clearTimeout(timer);
    const stream = client.messages.stream(body, { signal: abort.signal });
    let characters = 0;
    let reason: string | null = null;
    let whole = false;
    for await (const event of stream) {
      if (event.type === 'message_start') {
        ({ model } = event.message);
        usage = usageOf(event.message.usage, usage);
      } else if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') {
        const { text } = event.delta;
        characters += text.length;
        if (characters > mostCharacters) {
          stop('length');
          break;
        }
        push({ kind: 'text', text });
      } else if (event.type === 'message_delta') {
        reason = event.delta.stop_reason;
        usage = usageOf(event.usage, usage);
      } else if (event.type === 'message_stop') whole = true;
    }
    if (stopped) return { ...said(), how: 'failed', text: reasons[stopped] };
    if (signal.aborted) return { ...said(), ...cancelled };
    if (!whole) return { ...said(), how: 'failed', text: `${options.to} closed the connection. ${incomplete}` };
    return { ...said(), ...endingOf(reason) };
  } catch (error) {
    if (stopped) return { ...said(), how: 'failed', text: reasons[stopped] };
    if (signal.aborted || abort.signal.aborted) return { ...said(), ...cancelled };
    const trouble: Trouble = troubleOf(error, asked);
    const text = model === undefined ? trouble.text : `${trouble.text} The answer above is incomplete.`;
    return { ...said(), how: 'failed', text };
  } finally {
    clearTimeout(timer);
  }
}

const cancelled = { how: 'cancelled', text: 'Cancelled. What came before stays above.' } as const;
const incomplete = 'The answer above is incomplete. Ask again.';

/** Counts what will be sent. Only what would fail with the question too is returned; a gateway may know no counting. */
async function count(
  client: Anthropic,
  { model, system, messages }: Prepared['body'],
  signal: AbortSignal,
  push: (piece: Piece) => void,
): Promise<unknown> {
  try {
    const { input_tokens: tokens } = await client.messages.countTokens({ model, system, messages }, { signal });
    if (Number.isSafeInteger(tokens)) push({ kind: 'counted', tokens });
    return undefined;
  } catch (error) {
    const { status } = error as { readonly status?: unknown };
    const another = status === undefined || status === 401 || status === 402 || status === 403 || status === 429;
    return another || (typeof status === 'number' && status >= 500 && status !== 501) ? error : undefined;
  }
}

interface CountedUsage {
  readonly input_tokens?: number | null;
  readonly output_tokens?: number | null;
  readonly cache_creation_input_tokens?: number | null;
  readonly cache_read_input_tokens?: number | null;
}

/** The counts of a message are cumulative; what is not said again stays. */
function usageOf(now: CountedUsage, before: Usage | undefined): Usage {
  return {
    input: now.input_tokens ?? before?.input ?? 0,
    output: now.output_tokens ?? before?.output ?? 0,
    cacheWritten: now.cache_creation_input_tokens ?? before?.cacheWritten ?? 0,
    cacheRead: now.cache_read_input_tokens ?? before?.cacheRead ?? 0,
  };
}

function endingOf(reason: string | null): Pick<Ending, 'how' | 'text'> {
  switch (reason) {
    case 'max_tokens':
      return { how: 'cut', text: 'The answer reached its longest length and is cut off. Ask for less at once.' };
    case 'model_context_window_exceeded':
      return { how: 'cut', text: 'The model has no room for more. Ask a shorter question, or send it alone.' };
    case 'refusal':
      return {
        how: 'refused',
        text: 'The model declined to answer. Say more plainly what the answer is for, or ask about one finding alone.',
      };
    case 'pause_turn':
      return { how: 'cut', text: 'The model paused before it was done. Ask again.' };
    default:
      return { how: 'complete', text: '' };
  }
}

/** Whether the key is accepted: a list of models is asked for, nothing is sent. Returns the trouble, or undefined. */
export async function checkKey(options: AskOptions, signal: AbortSignal): Promise<Trouble | undefined> {
  try {
    await closedClient(options).models.list({ limit: 1 }, { signal });
    return undefined;
  } catch (error) {
    if (signal.aborted) return { text: 'Not checked: cancelled.' };
    return troubleOf(error, { to: options.to, model: '' });
  }
}
