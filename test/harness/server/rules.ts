import { get, scalar } from '../../../src/core/openapi/tree.ts';
import { type OpenApiRule, rule } from '../../../src/core/rule.ts';

const meta = {
  evidences: [],
  requirements: [],
  bad: [],
  good: [],
  says: 'Test.',
  why: 'It is a *test* of `marks`.',
} as const;

/** Never comes back where a tag is named `hang`, throws where one is named `throw`, ends its thread at `exit`. */
const trouble = rule({
  ...meta,
  id: 'api/trouble',
  dialect: 'openapi',
  severity: 'error',
  visit: {
    *tag(tag) {
      const name = scalar(tag.node, 'name');
      if (name === 'throw') throw new RangeError('a fault');
      if (name === 'exit') process.exit(3);
      if (name === 'hang') for (;;) Math.sqrt(2);
      if (name === 'found') yield { at: tag.key, message: 'This tag is found' };
    },
  },
}) satisfies OpenApiRule;

/** Wants a summary of each operation, and can write it. */
const summary = rule({
  ...meta,
  id: 'api/summary',
  dialect: 'openapi',
  severity: 'warning',
  evidences: ['handoff/auth-verified'],
  visit: {
    *operation(operation) {
      if (get(operation.node, 'summary')) return;
      yield {
        at: operation.key,
        message: `${operation.name} says nothing of [itself]`,
        fix: {
          kind: 'safe',
          title: 'Add a summary',
          edits: (editor) => [editor.addEntry(operation.node, 'summary', 'To be said')],
        },
      };
    },
  },
}) satisfies OpenApiRule;

/** Wants each summary to end with a full stop: what the other one writes does not. */
const stop = rule({
  ...meta,
  id: 'api/summary-stop',
  dialect: 'openapi',
  severity: 'info',
  visit: {
    *operation(operation) {
      const node = get(operation.node, 'summary');
      const value = scalar(operation.node, 'summary');
      if (!node || typeof value !== 'string' || value.endsWith('.')) return;
      yield {
        at: { start: node.start, end: node.end },
        message: 'The summary has no full stop',
        fix: { kind: 'safe', title: 'Add the full stop', edits: (editor) => [editor.setValue(node, `${value}.`)] },
      };
    },
  },
}) satisfies OpenApiRule;

export const testRules = [trouble, summary, stop];
