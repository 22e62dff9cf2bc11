import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'commit/trailers-last',
  dialect: 'commit',
  severity: 'error',
  evidences: [],
  concerns: ['review/patterns'],
  requirements: ['R001-115', 'R001-116'],
  says: 'Put all trailers together into the last paragraph, and nothing else.',
  why: 'Git reads trailers from the last paragraph alone. A blank line between them, or text behind or beside them, and for every tool they are not there.',
  bad: [
    `feat(orders): add carts

Agent: backend-architect
^^^^^^^^^^^^^^^^^^^^^^^^ error: Git reads no trailer here: Agent does not stand in a last paragraph of trailers alone

Domain: engineering
`,
    `feat(orders): add carts

They hold prices.
Agent: backend-architect
^^^^^^^^^^^^^^^^^^^^^^^^ error: Git reads no trailer here: Agent does not stand in a last paragraph of trailers alone
Domain: engineering
`,
    `feat(orders): add carts

Agent: backend-architect
^^^^^^^^^^^^^^^^^^^^^^^^ error: Git reads no trailer here: Agent does not stand in a last paragraph of trailers alone
Domain: engineering

They hold prices.
`,
  ],
  good: [
    'feat(orders): add carts\n\nThey hold prices.\n\nAgent: backend-architect\nDomain: engineering\n',
    'feat(orders): add carts\n\nFeature: a word that this sentence begins with\nand goes on.\n\nAgent: backend-architect\n',
    'feat(orders): add carts\n\nCo-authored-by: Ada <ada@example.com>\n\n# On branch carts\n',
  ],
  fixed: [
    'feat(orders): add carts\n\nAgent: backend-architect\nDomain: engineering\n',
    'feat(orders): add carts\n\nThey hold prices.\n\nAgent: backend-architect\nDomain: engineering\n',
    'feat(orders): add carts\n\nThey hold prices.\n\nAgent: backend-architect\nDomain: engineering\n',
  ],
  *visit({ kind, text, lines, block, strays }) {
    const [first, ...others] = strays;
    if (kind !== 'ordinary' || !first) return;
    const told = ({ key }: { readonly key: string }): string =>
      `Git reads no trailer here: ${key} does not stand in a last paragraph of trailers alone`;
    yield {
      at: first.at,
      symbol: 'trailers',
      message: told(first),
      related: others.map((one) => ({ at: one.at, message: told(one) })),
      fix: {
        kind: 'safe',
        title: 'Move the trailers into the last paragraph',
        edits: ({ lineBreak, insert, replace }) => {
          const moved = strays.map(({ at }) => text.slice(at.start, at.end)).join(lineBreak);
          const gone = new Set(
            lines.filter(({ start }) => strays.some(({ at }) => start >= at.start && start <= at.end)),
          );
          const hasBlock = block.start < block.end;
          // Of a paragraph that goes, the blank lines behind it go too.
          for (const [index, line] of lines.entries()) {
            const before = lines[index - 1];
            if (line.kind === 'blank' && before && gone.has(before) && startsParagraph(index - 1)) gone.add(line);
          }
          function startsParagraph(index: number): boolean {
            for (let at = index; at >= 0; at--) {
              const one = lines[at];
              if (!one || (!gone.has(one) && one.kind === 'text')) return false;
              if (!gone.has(one) && one.kind === 'blank') return true;
            }
            return false;
          }
          const deleted = [...gone].map(({ start, next }) => replace({ start, end: next }, ''));
          if (hasBlock) return [...deleted, insert(block.start, `${moved}${lineBreak}`)];
          const kept = lines.filter((line) => line.kind === 'text' && !gone.has(line)).at(-1);
          const end = kept?.next ?? 0;
          const open = text.slice(0, end).endsWith('\n') ? '' : lineBreak;
          return [...deleted, insert(end, `${open}${lineBreak}${moved}${lineBreak}`)];
        },
      },
    };
  },
});
