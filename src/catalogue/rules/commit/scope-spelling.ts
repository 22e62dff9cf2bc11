import { rule } from '../../../core/rule.ts';

/** `Orders API` as `orders-api`. */
function kebab(scope: string): string {
  return scope
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}/.,]+/gu, '-')
    .replaceAll(/^[-/.,]+|[-/.,]+$/g, '');
}

export default rule({
  id: 'commit/scope-spelling',
  dialect: 'commit',
  severity: 'warning',
  evidences: [],
  concerns: ['review/patterns'],
  requirements: ['R001-115'],
  equivalents: ['commitlint:scope-case', 'commitlint:scope-empty'],
  says: 'Write a scope in lower case, its words joined by `-`, or leave the brackets out.',
  why: 'Commits of one area are found by its scope. `Orders`, `orders API` and `orders-api` are three areas.',
  bad: [
    `feat(Orders API): add carts
     ^^^^^^^^^^ warning: Commits of this area cannot be found together: write the scope \`orders-api\`
`,
    `feat(): add carts
    ^^ warning: The scope is empty. Name the area, or leave the brackets out
`,
  ],
  good: ['feat(orders-api): add carts\n', 'feat(api/orders): add carts\n', 'feat: add carts\n'],
  fixed: ['feat(orders-api): add carts\n', 'feat: add carts\n'],
  *visit({ kind, header }) {
    const parts = header?.parts;
    if (kind !== 'ordinary' || parts?.scope === undefined || !parts.scopeAt) return;
    const at = parts.scopeAt;
    const wanted = kebab(parts.scope);
    if (wanted === '') {
      const around = { start: at.start - 1, end: at.end + 1 };
      yield {
        at: around,
        symbol: 'scope',
        message: 'The scope is empty. Name the area, or leave the brackets out',
        fix: { kind: 'safe', title: 'Leave the brackets out', edits: (editor) => [editor.replace(around, '')] },
      };
    } else if (wanted !== parts.scope && !/^[\p{Ll}\p{Lo}\p{N}_/.,-]+$/u.test(parts.scope)) {
      yield {
        at,
        symbol: 'scope',
        message: `Commits of this area cannot be found together: write the scope \`${wanted}\``,
        fix: { kind: 'safe', title: `Write ${wanted}`, edits: (editor) => [editor.replace(at, wanted)] },
      };
    }
  },
});
