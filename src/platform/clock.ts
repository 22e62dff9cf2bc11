import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../workflow/ports.ts';

function part(value: number): string {
  return String(value).padStart(2, '0');
}

export const systemClock: Clock = {
  now: () => performance.now(),
  today: () => {
    const now = new Date();
    return `${now.getFullYear()}-${part(now.getMonth() + 1)}-${part(now.getDate())}`;
  },
  turn: () => setImmediate(),
};
