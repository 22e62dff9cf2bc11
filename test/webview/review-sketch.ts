import type {
  Evidence,
  ItemAction,
  ItemFace,
  Phase,
  Review,
  ReviewChecklist,
  ReviewItem,
  ToReviewPage,
} from '../../src/server/protocol-review.ts';
import { faceWords, type ItemState } from '../../src/core/review.ts';

type ItemFinding = ReviewItem['findings'][number];

const states: Readonly<Record<ItemFace, ItemState>> = {
  broken: 'broken',
  unshown: 'unshown',
  stale: 'stale',
  met: 'met',
  signed: 'met',
  waived: 'not-applicable',
  'not-applicable': 'not-applicable',
};

export function findingOf(index: number, parts: Partial<ItemFinding> = {}): ItemFinding {
  return {
    file: 'api/openapi.yaml',
    rule: 'api/error-format',
    severity: 'error',
    message: `POST /orders/${index} can answer 500 without the error format. Clients cannot read it.`,
    range: { start: { line: 211 + index, character: 4 }, end: { line: 211 + index, character: 9 } },
    cause: `cause ${index}`,
    related: [],
    status: 'new',
    certainty: 'predicted',
    fingerprint: `fingerprint ${index}`,
    ...parts,
  };
}

export function itemOf(face: ItemFace, id: string, title: string, parts: Partial<ReviewItem> = {}): ReviewItem {
  return {
    id,
    phase: 'handoff',
    title,
    says: 'Errors have one format.',
    why: 'Clients can handle errors only if every operation answers in the same format.',
    requirements: ['R001-062'],
    state: states[face],
    face,
    word: faceWords[face],
    line: '12 of 14 operations',
    evidence: [],
    lapsesWith: [],
    findings: [],
    findingCount: 0,
    actions: [{ kind: 'sign' }, { kind: 'waive' }],
    ...parts,
  };
}

const go: readonly ItemAction[] = [
  { kind: 'go' },
  { kind: 'fix-all', rule: 'api/error-format', file: 'api/openapi.yaml', count: 2 },
  { kind: 'create-task' },
];
const run: ItemAction = { kind: 'run', name: 'tests', command: 'npm test' };

/** The list before the hand-off, as the design's picture has it: one of every face at the least. */
export const handoffItems: readonly ReviewItem[] = [
  itemOf('broken', 'handoff/errors', 'Errors use one format', {
    evidence: [
      { kind: 'rules', verdict: 'disproves', text: 'api/error-format: 2 of 14 operations', file: 'api/openapi.yaml' },
    ],
    findings: [findingOf(0), findingOf(1, { message: 'GET /carts has no `code`.', severity: 'warning' })],
    findingCount: 2,
    lapsesWith: ['api/openapi.yaml'],
    actions: [...go, { kind: 'waive' }],
  }),
  itemOf('unshown', 'handoff/rate-limits', 'Rate limiting tested', {
    line: 'No run, no sign-off',
    evidence: [
      { kind: 'run', verdict: 'missing', text: 'No run of tests is recorded' },
      { kind: 'word', verdict: 'missing', text: 'Nobody has signed' },
    ],
    actions: [run, { kind: 'sign' }, { kind: 'waive' }, { kind: 'create-task' }],
  }),
  itemOf('stale', 'handoff/migrations', 'Migrations up and down', {
    line: '006_carts.sql changed at 14:31',
    evidence: [
      {
        kind: 'run',
        verdict: 'stale',
        text: 'npm run migrate: exit 0 in 12 s',
        at: '2026-11-20T14:02:00Z',
        record: 'ab12',
        changed: ['db/006_carts.sql', 'db/007.sql', 'db/008.sql', 'db/009.sql'],
      },
    ],
    lapsesWith: ['db/**/*.sql'],
    actions: [{ kind: 'run', name: 'migrations', command: 'npm run migrate' }, { kind: 'sign' }],
  }),
  itemOf('met', 'handoff/auth', 'Every operation says who', {
    line: '14 of 14 operations · 14:31',
    evidence: [
      { kind: 'rules', verdict: 'shows', text: 'api/auth-defined: 14 operations', at: '2026-11-20T14:31:00Z' },
    ],
    actions: [{ kind: 'open', file: 'api/openapi.yaml' }],
  }),
  itemOf('met', 'handoff/tests', 'All tests passing', { line: 'npm test · 212 passed · 14:20', actions: [run] }),
  itemOf('met', 'handoff/docs', 'API documentation generated', { line: 'docs/api.md newer than spec' }),
  itemOf('met', 'handoff/scenarios', 'Error scenarios tested', { line: '38 runs · 14:20', actions: [run] }),
  itemOf('signed', 'handoff/reviewed', 'Code reviewed', {
    line: 'Mira K. at 3f2c1ab · 2 days',
    evidence: [{ kind: 'word', verdict: 'shows', text: 'Mira K. at 3f2c1ab: read all of it', record: 'cd34' }],
    lapsesWith: ['src/**', 'db/**'],
    actions: [{ kind: 'withdraw', record: 'cd34' }],
  }),
  itemOf('signed', 'handoff/monitoring', 'Monitoring configured', { line: 'Mira K. at 3f2c1ab · 2 days' }),
  itemOf('waived', 'handoff/load', 'Load tested', {
    line: 'No load before launch, until 31 Dec',
    evidence: [{ kind: 'waiver', verdict: 'shows', text: 'No load before launch, until 31 Dec', record: 'ef56' }],
    actions: [{ kind: 'withdraw', record: 'ef56' }],
  }),
  itemOf('not-applicable', 'handoff/webhooks', 'Webhooks are signed', { line: 'No webhooks in the spec' }),
];

const openFaces: readonly ItemFace[] = ['broken', 'unshown', 'stale'];

/** A checklist with its figures counted. */
export function checklistOf(id: Phase, title: string, items: readonly ReviewItem[]): ReviewChecklist {
  const number = (...faces: readonly ItemFace[]): number => items.filter(({ face }) => faces.includes(face)).length;
  const open = number(...openFaces);
  const before = { plan: 'build', build: 'call it built', handoff: 'hand off', review: 'merge' }[id];
  return {
    id,
    title,
    ready: open === 0 && items.length > 0,
    open,
    total: items.length,
    measured: number('met'),
    signed: number('signed'),
    waived: number('waived'),
    notApplicable: number('not-applicable'),
    verdict:
      open === 0
        ? `Ready to ${before}. ${number('met')} measured, ${number('signed')} signed.`
        : `Not ready to ${before}: ${open} of ${items.length} open`,
    items,
  };
}

export function several(face: ItemFace, phase: Phase, number: number): ReviewItem[] {
  return Array.from({ length: number }, (_, index) =>
    itemOf(face, `${phase}/${face}-${index + 1}`, `Item ${index + 1} of ${phase}`, { phase }),
  );
}

/** A review whose hand-off list is `items`. */
export function reviewOf(items: readonly ReviewItem[] = handoffItems, parts: Partial<Review> = {}): Review {
  return {
    version: 1,
    madeAt: '2026-11-20T14:31:00.000Z',
    project: { name: 'Shop API', branch: 'feature/carts', commit: '3f2c1ab9d0', changed: 4 },
    hasDocuments: true,
    documents: 7,
    notAnalysed: [],
    refused: [],
    checklists: [
      checklistOf('plan', 'Plan', several('met', 'plan', 9)),
      checklistOf('build', 'Build', [...several('unshown', 'build', 3), ...several('met', 'build', 7)]),
      checklistOf('handoff', 'Hand off', items),
      checklistOf('review', 'Code review', [...several('unshown', 'review', 13), ...several('signed', 'review', 4)]),
    ],
    gate: 'handoff',
    ...parts,
  };
}

type Told = Extract<ToReviewPage, { kind: 'review' }>;

export const shop = { uri: 'file:///shop', name: 'shop' };

export function told(review: Review = reviewOf(), parts: Partial<Told> = {}): Told {
  return { kind: 'review', folder: shop, folders: [shop], review, trusted: true, ...parts };
}

let reviews = 0;

/** The review with other items, made later. */
export function later(review: Review, change: (item: ReviewItem) => ReviewItem | undefined): Review {
  return {
    ...review,
    madeAt: new Date(Date.parse(review.madeAt) + ++reviews).toISOString(),
    checklists: review.checklists.map(({ id, title, items }) =>
      checklistOf(
        id,
        title,
        items.flatMap((item) => change(item) ?? []),
      ),
    ),
  };
}

/** The item under another face. */
export function facing(item: ReviewItem, face: ItemFace, line = item.line): ReviewItem {
  return { ...item, face, state: states[face], word: faceWords[face], line };
}

export const everyEvidence: readonly Evidence[] = (['rules', 'run', 'artifact', 'word', 'waiver'] as const).flatMap(
  (kind) =>
    (['shows', 'disproves', 'stale', 'missing', 'refused', 'not-applicable'] as const).map((verdict) => ({
      kind,
      verdict,
      text: `${kind} ${verdict}`,
    })),
);
