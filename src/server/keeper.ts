import { Worker } from 'node:worker_threads';
import type { Diagnostic } from 'vscode-languageserver/node';
import type { DocumentStatus } from './protocol.ts';
import {
  type Beginning,
  type FromAnalyst,
  type QuestionName,
  type Questions,
  type Strike,
  tookLonger,
  type ToAnalyst,
} from './thread.ts';

/** A little longer than the analyst's own limit: it stops by itself where it can. */
const graceMs = 400;

/** How often an analyst that announces no work is asked whether it is alive. */
const beatsPerSilence = 20;
/**
 * How long it may be silent, in milliseconds: what is not judging (reading the configuration, looking for documents, taking edits) has no deadline of its
 * own.
 */
const usualSilenceMs = 20_000;

/** An analysis that would use more dies alone. */
const memoryLimitMb = 4096;

/** An analyst that dies again and again while it does nothing is not the documents' fault. */
const idleDeaths = 5;
const idleDeathsWithinMs = 180_000;

export interface KeeperOptions {
  /** The analyst's file. */
  readonly file: string;
  /** After so many milliseconds without a sign of life it is started again; 20 seconds where nothing is said. */
  readonly silenceMs?: number;
  /** Everything an analyst that starts must know; `strikes` are added here. */
  beginning(): Omit<Beginning, 'strikes'>;
  onJudged(uri: string, version: number | undefined, diagnostics: readonly Diagnostic[]): void;
  onStatus(status: DocumentStatus, version: number): void;
  /** For the client as it is. */
  onNotify(method: string, params: object): void;
  onProgress(ask: number, done: number, total: number): void;
  log(message: string): void;
  /** The analyst cannot be kept alive. */
  onGivenUp(reason: string): void;
}

/** Why there is no answer. */
export class Refusal extends Error {
  readonly why: 'stale' | 'cancelled' | 'failed';
  constructor(why: Refusal['why'], message: string) {
    super(message);
    this.why = why;
  }
}

/** Keeps an analyst at work: stops it at its deadline, starts it again with the documents, remembers what must not be touched. */
export interface Keeper {
  tell(message: Exclude<ToAnalyst, { kind: 'ask' | 'cancel' | 'beat' }>): void;
  ask<Name extends QuestionName>(
    name: Name,
    ask: Questions[Name]['ask'],
    signal: AbortSignal,
    onId?: (id: number) => void,
  ): Promise<Questions[Name]['answer']>;
  stop(): Promise<void>;
}

interface Pending {
  readonly name: QuestionName;
  readonly ask: unknown;
  settle(value: unknown): void;
  fail(refusal: Refusal): void;
}

export function keepAnalyst(options: KeeperOptions): Keeper {
  const pending = new Map<number, Pending>();
  const strikes = new Map<string, Strike>();
  let lastId = 0;
  let worker: Worker | undefined;
  let stopped = false;
  let current: { uri: string; version: number | undefined; timer: NodeJS.Timeout } | undefined;
  const deaths: number[] = [];
  const silenceMs = options.silenceMs ?? usualSilenceMs;
  /** Beats since the last sign of life. Counted, not timed: a machine that slept has not been silent. */
  let unanswered = 0;

  const rest = (): void => {
    clearTimeout(current?.timer);
    current = undefined;
  };
  const send = (message: ToAnalyst): void => worker?.postMessage(message);

  const receive = (message: FromAnalyst): void => {
    unanswered = 0;
    switch (message.kind) {
      case 'began': {
        rest();
        const { uri, version, limitMs, leftMs } = message;
        const timer = setTimeout(() => overdue(uri, version, limitMs), leftMs + graceMs);
        current = { uri, version, timer };
        break;
      }
      case 'ended':
        rest();
        break;
      case 'alive':
        break;
      case 'judged':
        options.onJudged(message.uri, message.version, message.diagnostics);
        break;
      case 'status':
        options.onStatus(message.status, message.version);
        break;
      case 'struck':
        strikes.set(message.strike.uri, message.strike);
        break;
      case 'answer':
        pending.get(message.id)?.settle(message.value);
        pending.delete(message.id);
        break;
      case 'refused':
        pending.get(message.id)?.fail(new Refusal(message.why, message.message));
        pending.delete(message.id);
        break;
      case 'notify':
        options.onNotify(message.method, message.params);
        break;
      case 'progress':
        options.onProgress(message.id, message.done, message.total);
        break;
      case 'log':
        options.log(message.message);
        break;
    }
  };

  const overdue = (uri: string, version: number | undefined, limitMs: number): void => {
    options.log(`${uri}: stopped after ${limitMs} ms, the analyst starts again`);
    strikes.set(uri, { uri, version, reason: tookLonger(limitMs) });
    replace();
  };

  const died = (dead: Worker, reason: string): void => {
    if (dead !== worker || stopped) return;
    options.log(`The analyst died: ${reason}`);
    if (current) {
      const { uri, version } = current;
      strikes.set(uri, { uri, version, reason: `the analysis failed (${reason})` });
    } else if (isHopeless(reason)) return;
    replace();
  };

  /** Takes note of a death that is no document's fault; whether it was one too many. */
  const isHopeless = (reason: string): boolean => {
    const now = Date.now();
    deaths.push(now);
    if (deaths.filter((at) => now - at < idleDeathsWithinMs).length < idleDeaths) return false;
    stopped = true;
    clearInterval(pulse);
    void worker?.terminate();
    options.onGivenUp(reason);
    return true;
  };

  const beat = (): void => {
    // Announced work has a deadline of its own.
    if (current) unanswered = 0;
    else if (++unanswered <= beatsPerSilence) send({ kind: 'beat' });
    else {
      const reason = `it did not answer for ${silenceMs / 1000} s while it read the configuration or looked for documents`;
      options.log(`The analyst starts again: ${reason}`);
      if (!isHopeless(reason)) replace();
    }
  };
  const pulse = setInterval(beat, silenceMs / beatsPerSilence);
  pulse.unref();

  const replace = (): void => {
    const old = worker;
    worker = undefined;
    unanswered = 0;
    rest();
    old?.removeAllListeners();
    // Its death is awaited by nobody; an error on the way is of no interest any more.
    old?.on('error', () => undefined);
    void old?.terminate();
    for (const [id, one] of pending) {
      if (one.name === 'checkWorkspace') continue;
      pending.delete(id);
      one.fail(new Refusal('stale', 'The analyst was started again.'));
    }
    start();
  };

  const start = (): void => {
    const beginning: Beginning = { ...options.beginning(), strikes: [...strikes.values()] };
    const fresh = new Worker(options.file, {
      workerData: beginning,
      resourceLimits: { maxOldGenerationSizeMb: memoryLimitMb },
    });
    worker = fresh;
    fresh.on('message', (message: FromAnalyst) => {
      if (fresh === worker) receive(message);
    });
    fresh.on('error', (error) => died(fresh, error instanceof Error ? error.message : String(error)));
    fresh.on('exit', (code) => died(fresh, `it ended with ${code}`));
    for (const [id, { name, ask }] of pending) send({ kind: 'ask', id, question: { name, ask } as never });
  };

  start();
  return {
    tell: (message) => {
      if (message.kind === 'change' || message.kind === 'close') strikes.delete(message.uri);
      else if (message.kind === 'open') strikes.delete(message.document.uri);
      else if (message.kind === 'files')
        for (const uri of message.uris) if (strikes.get(uri)?.version === undefined) strikes.delete(uri);
      send(message);
    },
    ask: (name, ask, signal, onId) =>
      new Promise((resolve, reject) => {
        const id = ++lastId;
        onId?.(id);
        const cancel = (): void => {
          send({ kind: 'cancel', id });
          // Whoever asked does not wait for what the analyst is at.
          pending.get(id)?.fail(new Refusal('cancelled', 'It was cancelled.'));
          pending.delete(id);
        };
        const done = (): void => signal.removeEventListener('abort', cancel);
        pending.set(id, {
          name,
          ask,
          settle: (value) => {
            done();
            resolve(value as Questions[typeof name]['answer']);
          },
          fail: (refusal) => {
            done();
            reject(refusal);
          },
        });
        signal.addEventListener('abort', cancel, { once: true });
        send({ kind: 'ask', id, question: { name, ask } as never });
        if (signal.aborted) cancel();
      }),
    stop: async () => {
      stopped = true;
      clearInterval(pulse);
      rest();
      for (const one of pending.values()) one.fail(new Refusal('cancelled', 'The server stops.'));
      pending.clear();
      await worker?.terminate();
    },
  };
}
