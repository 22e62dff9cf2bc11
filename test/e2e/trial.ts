import assert from 'node:assert/strict';
import { appendFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Page } from 'playwright-core';
import { cacheFolder } from '../harness/staging.ts';
import { journey, type Session, type SessionOptions } from './session.ts';

/** What a person needed for one job: the table for people is written to .cache/usability.md. */
export interface Trial {
  readonly session: Session;
  /** Begins anew: what it took to get here is not counted. */
  begin(): void;
  /** The job is done: what is looked at afterwards is not counted either. */
  done(): void;
}

const table = join(cacheFolder, 'usability.md');

/**
 * A job that people have, walked in the real interface with its actions counted. `journey` sees to it that no notification comes unasked; the time is
 * reported and never judged: it is the machine's.
 */
export function trial(
  number: number,
  job: string,
  mostActions: number,
  options: SessionOptions,
  walk: (trial: Trial) => Promise<void>,
): void {
  journey(`usability ${number}: ${job}`, { ...options, newest: true }, async (session) => {
    const counted = count(session.page);
    let began = Date.now();
    let ended: { readonly actions: number; readonly ms: number } | undefined;
    await walk({
      session,
      begin: () => {
        began = Date.now();
        counted.reset();
      },
      done: () => {
        ended = { actions: counted.sum(), ms: Date.now() - began };
      },
    });
    assert.ok(ended, 'the job has an end');
    const { actions, ms } = ended;
    await mkdir(dirname(table), { recursive: true });
    const row = `| ${number} | ${job} | ${session.version} | ${actions} of ${mostActions} | ${(ms / 1000).toFixed(1)} s | 0 |\n`;
    await appendFile(table, row);
    assert.ok(actions <= mostActions, `${job}: ${actions} actions, ${mostActions} are the most`);
  });
}

/** Counts what a person does through `page`: its keyboard, its mouse, and the actions of its locators. */
function count(page: Page): { sum(): number; reset(): void } {
  let sum = 0;
  const wrap = (object: object, names: readonly string[]): void => {
    for (const name of names) {
      const own = object[name as never] as unknown;
      if (typeof own !== 'function') continue;
      Object.defineProperty(object, name, {
        configurable: true,
        value: async function (this: unknown, ...args: unknown[]): Promise<unknown> {
          const before = sum;
          const result = await (own as (...args: unknown[]) => Promise<unknown>).apply(this, args);
          // A locator's click uses the mouse: one action.
          sum = before + 1;
          return result;
        },
      });
    }
  };
  wrap(page.keyboard, ['press', 'type', 'insertText']);
  wrap(page.mouse, ['click', 'dblclick']);
  const locator = Object.getPrototypeOf(page.locator('body')) as object;
  const originals = ['click', 'dblclick', 'fill', 'press'].map(
    (name) => [name, Object.getOwnPropertyDescriptor(locator, name)] as const,
  );
  wrap(
    locator,
    originals.map(([name]) => name),
  );
  page.once('close', () => {
    for (const [name, descriptor] of originals) if (descriptor) Object.defineProperty(locator, name, descriptor);
  });
  return {
    sum: () => sum,
    reset: () => {
      sum = 0;
    },
  };
}
