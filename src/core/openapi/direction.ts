import { sideOf } from './lower.ts';
import type { Direction, View } from './visitors.ts';

/** Which way `view` travels as far as its own piece tells: undefined in a component, whose uses decide. Callbacks and webhooks turn it round. */
export function travel(view: View): Direction | undefined {
  let turns = view.pointer.startsWith('/webhooks/') ? 1 : 0;
  let side: 'request' | 'response' | undefined;
  for (let at: View | undefined = view; at; at = at.parent) {
    if (at.type === 'callback') turns++;
    side ??= sideOf(at.type);
  }
  if (!side) return undefined;
  const request = (side === 'request') === (turns % 2 === 0);
  return { request, response: !request };
}
