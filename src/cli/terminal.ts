import type { Writable } from 'node:stream';

/** What a command writes to and reads from; the process's own in use, others in tests. */
export interface Streams {
  readonly stdin: AsyncIterable<unknown>;
  readonly stdout: Writable & { readonly isTTY?: boolean };
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Writes all of `text` and waits until it is taken. A reader that has gone away is no error. */
export function write(stream: Writable, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => {
      if (error && !isGone(error)) reject(error);
      else resolve();
    });
  });
}

function isGone(error: Error): boolean {
  return 'code' in error && (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED');
}

/** Whether a stream shows colours: a terminal, and nobody asked for none. */
export function hasColours(stream: { readonly isTTY?: boolean }, env: Streams['env']): boolean {
  return stream.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
}

export type Paint = (style: 'red' | 'yellow' | 'blue' | 'dim' | 'bold', text: string) => string;

const codes = { red: [31, 39], yellow: [33, 39], blue: [34, 39], dim: [2, 22], bold: [1, 22] } as const;

export function painter(colours: boolean): Paint {
  return (style, text) => {
    const [on, off] = codes[style];
    return colours ? `\u001B[${on}m${text}\u001B[${off}m` : text;
  };
}

/** Text from a document made harmless for a terminal: no control, direction or line-breaking characters. */
export function harmless(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, '\uFFFD');
}

/** A line on a terminal that is written over; nothing elsewhere. */
export interface StatusLine {
  show(text: string): void;
  clear(): void;
}

/** Milliseconds between two changes of the line, and before the first: short work shows none. */
const patience = 150;

export function statusLine({ stderr }: Pick<Streams, 'stderr'>, now: () => number): StatusLine {
  if (stderr.isTTY !== true) return { show: () => undefined, clear: () => undefined };
  let last = now();
  let shown = false;
  return {
    show: (text) => {
      if (now() - last < patience) return;
      last = now();
      shown = true;
      stderr.write(`\r\u001B[2K${harmless(text).slice(0, (stderr.columns ?? 80) - 1)}`);
    },
    clear: () => {
      if (shown) stderr.write('\r\u001B[2K');
      shown = false;
    },
  };
}
