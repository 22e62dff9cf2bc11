import { didYouMean, nearest } from '../../../core/nearest.ts';
import { rule } from '../../../core/rule.ts';

/** What people write instead, by the type that is meant. */
const others: Readonly<Record<string, string>> = {
  feature: 'feat',
  features: 'feat',
  add: 'feat',
  bugfix: 'fix',
  hotfix: 'fix',
  bug: 'fix',
  perf: 'refactor',
  style: 'refactor',
  doc: 'docs',
  documentation: 'docs',
  tests: 'test',
  build: 'chore',
  ci: 'chore',
  deps: 'chore',
};

export default rule({
  id: 'commit/type-known',
  dialect: 'commit',
  severity: 'error',
  evidences: [],
  concerns: ['review/patterns'],
  requirements: ['R001-122'],
  equivalents: ['commitlint:type-enum', 'commitlint:type-case'],
  says: 'Use one of the types that the project knows.',
  why: 'A type decides what a release note lists and which number of the version goes up. One that nobody knows decides nothing.',
  bad: [
    `feature(orders): add carts
^^^^^^^ error: \`feature\` is no type of commit here: feat, fix, refactor, docs, test, chore. Did you mean \`feat\`?
`,
    `Fix: answer 404
^^^ error: \`Fix\` is no type of commit here: feat, fix, refactor, docs, test, chore. Did you mean \`fix\`?
`,
    `wip: carts
^^^ error: \`wip\` is no type of commit here: feat, fix, refactor, docs, test, chore.
`,
  ],
  good: ['docs: say how to migrate\n', 'squash! wip: carts\n'],
  fixed: ['feat(orders): add carts\n', 'fix: answer 404\n', 'wip: carts\n'],
  *visit({ kind, header }, { configuration: { commitTypes } }) {
    if (kind !== 'ordinary' || !header?.parts) return;
    const { type, typeAt } = header.parts;
    if (commitTypes.includes(type)) return;
    const meant = others[type.toLowerCase()];
    const near = meant !== undefined && commitTypes.includes(meant) ? meant : nearest(type, commitTypes);
    const hint = near === undefined ? '' : didYouMean(near, [near]);
    const problem = {
      at: typeAt,
      symbol: 'type',
      message: `\`${type}\` is no type of commit here: ${commitTypes.join(', ')}.${hint}`,
    };
    if (near === undefined) yield problem;
    else {
      yield {
        ...problem,
        fix: { kind: 'safe', title: `Write ${near}`, edits: (editor) => [editor.replace(typeAt, near)] },
      };
    }
  },
});
