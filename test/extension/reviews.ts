import type { FolderReview, ItemAction, ItemFace, Review, ReviewItem } from '../../src/server/protocol-review.ts';

type Finding = ReviewItem['findings'][number];

const words: Readonly<Record<ItemFace, string>> = {
  broken: 'Not met',
  unshown: 'Not shown yet',
  stale: 'Out of date',
  met: 'Met',
  signed: 'Signed by a person',
  waived: 'Waived',
  'not-applicable': 'Does not apply',
};

export const folder = 'file:///shop';

export function findingAt(line: number, fingerprint = `f${line}`): Finding {
  return {
    file: 'openapi.yaml',
    rule: 'api/error-format',
    severity: 'error',
    message: `Place ${line}`,
    range: { start: { line, character: 4 }, end: { line, character: 9 } },
    cause: fingerprint,
    related: [],
    status: 'new',
    certainty: 'predicted',
    fingerprint,
  };
}

export function itemOf(face: ItemFace, name: string, more: Partial<ReviewItem> = {}): ReviewItem {
  return {
    id: `handoff/${name}`,
    phase: 'handoff',
    title: `Title of ${name}`,
    says: `What ${name} asks.`,
    why: `Why ${name} matters.`,
    requirements: [],
    state: face === 'signed' ? 'met' : face === 'waived' ? 'not-applicable' : face,
    face,
    word: words[face],
    line: `Line of ${name}`,
    evidence: [],
    lapsesWith: [],
    findings: [],
    findingCount: 0,
    actions: [],
    ...more,
  };
}

export const run: ItemAction = { kind: 'run', name: 'test', command: 'npm test' };

/** A review with one checklist that counts, the hand-off's. */
export function reviewOf(items: readonly ReviewItem[], more: Partial<Review> = {}): Review {
  const open = items.filter(({ face }) => ['broken', 'unshown', 'stale'].includes(face)).length;
  return {
    version: 1,
    madeAt: '2026-11-20T14:31:00.000Z',
    project: { name: 'Shop' },
    hasDocuments: true,
    documents: 1,
    notAnalysed: [],
    refused: [],
    checklists: [
      {
        id: 'handoff',
        title: 'Hand off',
        ready: open === 0,
        open,
        total: items.length,
        measured: 0,
        signed: 0,
        waived: 0,
        notApplicable: 0,
        verdict: open === 0 ? 'Ready to hand off' : `Not ready to hand off: ${open} of ${items.length} open`,
        items,
      },
    ],
    gate: 'handoff',
    ...more,
  };
}

export function ofFolder(review: Review, uri = folder): FolderReview {
  return { folder: uri, review };
}
