import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'commit/header-form',
  dialect: 'commit',
  severity: 'error',
  evidences: [],
  concerns: ['review/patterns'],
  requirements: ['R001-115'],
  equivalents: ['commitlint:type-empty', 'commitlint:header-trim'],
  says: 'Begin a commit message with `type(scope): description`.',
  why: 'Release notes, version numbers and whoever looks for the change of an area read the first line by this form. A line without it is in none of their lists.',
  bad: [
    `Added carts
^^^^^^^^^^^ error: No list of changes will show this commit: its first line is not \`type(scope): description\`
`,
    `feat (orders) :add carts
^^^^^^^^^^^^^^^ error: No list of changes will show this commit: blanks stand where \`type(scope): \` has none
`,
    `feat(orders):add carts
^^^^^^^^^^^^^ error: No list of changes will show this commit: a blank is missing behind the colon
`,
  ],
  good: [
    'feat(orders): add carts\n',
    'fix: answer 404 for unknown orders\n',
    'feat(orders)!: name prices by currency\n',
    "Merge branch 'carts'\n",
    'Revert "feat(orders): add carts"\n',
    'fixup! feat(orders): add carts\n',
    '\n# Enter the commit message for your changes.\n',
    '',
  ],
  fixed: ['Added carts\n', 'feat(orders): add carts\n', 'feat(orders): add carts\n'],
  *visit({ kind, header }) {
    if (kind !== 'ordinary' || !header) return;
    const { parts, at } = header;
    const message = 'No list of changes will show this commit: ';
    if (!parts) {
      yield { at, symbol: 'header', message: `${message}its first line is not \`type(scope): description\`` };
      return;
    }
    if (parts.description === '') return;
    const before = header.text.slice(0, parts.descriptionAt.start - at.start);
    const wanted = `${parts.type}${parts.scope === undefined ? '' : `(${parts.scope})`}${parts.breaking ? '!' : ''}: `;
    if (before === wanted) return;
    const span = { start: at.start, end: at.start + before.trimEnd().length };
    const what =
      before === wanted.trimEnd()
        ? 'a blank is missing behind the colon'
        : 'blanks stand where `type(scope): ` has none';
    yield {
      at: span,
      symbol: 'header',
      message: `${message}${what}`,
      fix: {
        kind: 'safe',
        title: `Write ${wanted.trimEnd()}`,
        edits: (editor) => [editor.replace({ start: at.start, end: parts.descriptionAt.start }, wanted)],
      },
    };
  },
});
