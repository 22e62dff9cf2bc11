import type {
  Evidence,
  FromReviewPage,
  ItemAction,
  Phase,
  Review,
  ReviewFilter,
  ReviewItem,
} from '../../server/protocol-review.ts';

type PageFinding = ReviewItem['findings'][number];

/** What a person chose on the page, found again in a review that was shown there. */
export type ReviewChoice =
  | { readonly kind: 'ready' }
  | { readonly kind: 'phase'; readonly phase: Phase }
  | { readonly kind: 'folder'; readonly uri: string }
  | { readonly kind: 'act'; readonly item: ReviewItem; readonly action: ItemAction }
  | { readonly kind: 'finding'; readonly finding: PageFinding }
  | { readonly kind: 'evidence'; readonly evidence: Evidence }
  | { readonly kind: 'refused'; readonly file: string }
  | { readonly kind: 'filter'; readonly filter: ReviewFilter }
  | { readonly kind: 'face'; readonly do: FaceButton }
  | { readonly kind: 'copy'; readonly text: string }
  /** It names a review that is not kept any more. */
  | { readonly kind: 'outdated' };

export type FaceButton = Extract<FromReviewPage, { kind: 'face' }>['do'];

const faceButtons: readonly string[] = ['open-folder', 'open-sample', 'restart', 'show-output', 'show-tree'];
const phases: readonly string[] = ['plan', 'build', 'handoff', 'review'];
/** More than any item with all of its evidence; in characters. */
const longestCopy = 200_000;
const longestSearch = 1000;

/**
 * Reads a message of the page. Undefined for whatever is not one: the page can name nothing that a review does not hold. `reviews` are those that were shown,
 * newest first. While somebody types they follow each other quickly: what was chosen in an earlier one is looked for in the newest, and taken as it was where
 * it is not there.
 */
export function readReviewChoice(value: unknown, reviews: readonly Review[]): ReviewChoice | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const message = value as FromReviewPage;
  switch (message.kind) {
    case 'ready':
      return { kind: 'ready' };
    case 'phase':
      return phases.includes(message.phase) ? { kind: 'phase', phase: message.phase } : undefined;
    case 'folder':
      return typeof message.uri === 'string' ? { kind: 'folder', uri: message.uri } : undefined;
    case 'act':
    case 'finding':
    case 'evidence':
    case 'refused':
      return readNamed(message, reviews);
    case 'filter': {
      const filter = readFilter(message.filter);
      return filter && { kind: 'filter', filter };
    }
    case 'face':
      return faceButtons.includes(message.do) ? { kind: 'face', do: message.do } : undefined;
    case 'copy':
      return typeof message.text === 'string' && message.text.length <= longestCopy
        ? { kind: 'copy', text: message.text }
        : undefined;
    default:
      return undefined;
  }
}

type Named = Extract<FromReviewPage, { madeAt: string }>;

function readNamed(message: Named, reviews: readonly Review[]): ReviewChoice | undefined {
  if (typeof message.madeAt !== 'string') return undefined;
  const shown = reviews.find(({ madeAt }) => madeAt === message.madeAt);
  if (!shown) return { kind: 'outdated' };
  if (message.kind === 'refused') {
    const record = at(shown.refused, message.index);
    return record && { kind: 'refused', file: record.file };
  }
  const item = itemOf(shown, message.item);
  if (!item) return undefined;
  const now = itemOf(reviews[0], item.id);
  switch (message.kind) {
    case 'act': {
      const action = at(item.actions, message.action);
      const same = now?.actions.find((one) => JSON.stringify(one) === JSON.stringify(action));
      return action && { kind: 'act', item: now && same ? now : item, action };
    }
    case 'finding': {
      const finding = at(item.findings, message.finding);
      const moved = now?.findings.find(({ fingerprint }) => fingerprint === finding?.fingerprint);
      return finding && { kind: 'finding', finding: moved ?? finding };
    }
    case 'evidence': {
      const evidence = at(item.evidence, message.evidence);
      return evidence && { kind: 'evidence', evidence };
    }
  }
}

/** The item of that id; undefined where there is none. */
export function itemOf(review: Review | undefined, id: unknown): ReviewItem | undefined {
  for (const { items } of review?.checklists ?? []) {
    const found = items.find((item) => item.id === id);
    if (found) return found;
  }
  return undefined;
}

/** Reads a filter that a page sent or that was kept; undefined for anything else. */
export function readFilter(value: unknown): ReviewFilter | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { openOnly, needsPerson, search } = value as Partial<Record<keyof ReviewFilter, unknown>>;
  return typeof openOnly === 'boolean' &&
    typeof needsPerson === 'boolean' &&
    typeof search === 'string' &&
    search.length <= longestSearch
    ? { openOnly, needsPerson, search }
    : undefined;
}

function at<T>(list: readonly T[], index: unknown): T | undefined {
  return typeof index === 'number' && Number.isInteger(index) && index >= 0 ? list[index] : undefined;
}
