import { secretsIn } from '../../../core/handoff/secrets.ts';
import type { MapNode, Node } from '../../../core/openapi/tree.ts';
import { rule } from '../../../core/rule.ts';
import type { Span } from '../../../core/text.ts';

export default rule({
  id: 'handoff/no-secret',
  dialect: 'handoff',
  severity: 'error',
  evidences: ['handoff/record-created', 'build/secrets'],
  requirements: ['R001-056', 'R001-067'],
  says: 'Keep keys, tokens and passwords out of the hand-off; name the variable that holds them.',
  why: 'The file is committed, mailed and read by programs. A secret in it is known to all of them for ever, and has to be replaced.',
  bad: [
    `{
  "instructions": "Connect with postgres://app:s3cr3t@db:5432/shop"
                                               ^^^^^^ error: Whoever reads the hand-off can use an address with a password: take it out and replace it
}
`,
    `{ "ci_token": "k9Xw2mQ7pL" }
               ^^^^^^^^^^ error: Whoever reads the hand-off can use a password or key with its value: take it out and replace it
`,
    `{ "note": "postgres:\\/\\/app:s3cr3t@db" }
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: Whoever reads the hand-off can use an address with a password: take it out and replace it
`,
  ],
  good: [
    `{
  "env": ["DATABASE_URL", "JWT_SECRET"],
  "instructions": "Set JWT_SECRET=<secret>, connect with postgres://app:\${DB_PASSWORD}@db:5432/shop"
}
`,
  ],
  *visit({ text, root }) {
    const told: Span[] = [];
    for (const { what, at } of secretsIn(text)) {
      told.push(at);
      yield { at, message: messageFor(what), symbol: `secret ${at.start}` };
    }
    // With escapes in it, a string says something else than its letters.
    for (const { value, at } of root ? escaped(root, text) : []) {
      const [first] = secretsIn(value);
      if (first && !told.some(({ start }) => start >= at.start && start < at.end))
        yield { at, message: messageFor(first.what), symbol: `secret ${at.start}` };
    }
  },
});

function messageFor(what: string): string {
  return `Whoever reads the hand-off can use ${what}: take it out and replace it`;
}

function* escaped(root: MapNode, text: string): Generator<{ readonly value: string; readonly at: Span }> {
  const open: Node[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.kind === 'map') open.push(...node.entries.map(({ value }) => value));
    else if (node.kind === 'seq') open.push(...node.items);
    else if (typeof node.value === 'string' && text.slice(node.start, node.end).includes('\\'))
      yield { value: node.value, at: { start: node.start, end: node.end } };
  }
}
