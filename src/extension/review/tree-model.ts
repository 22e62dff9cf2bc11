import type { Evidence, ItemFace, Review, ReviewFilter, ReviewItem } from '../../server/protocol-review.ts';
import { counted, isOpen } from './words.ts';

/** A line of the review as a tree. It never changes; its id stays the same in the next review. */
export interface ReviewNode {
  readonly id: string;
  readonly kind: 'phase' | 'group' | 'item' | 'evidence' | 'finding' | 'refused';
  readonly label: string;
  readonly description?: string;
  readonly tooltip?: string;
  /** What a screen reader says. */
  readonly spoken: string;
  readonly icon: string;
  /** Id of a theme colour. */
  readonly color?: string;
  /** Undefined for a leaf. */
  readonly expanded?: boolean;
  /** The kinds of actions an item offers, one word each, for the `when` clauses of menus. */
  readonly context: string;
  readonly item?: ReviewItem;
  readonly finding?: ReviewItem['findings'][number];
  /** The file that selecting it opens, from the project's root. */
  readonly file?: string;
}

interface Look {
  readonly icon: string;
  readonly color: string;
}

/** In the order in which groups are shown. Colours with a contrast of 3:1 in every theme. */
const looks: Readonly<Record<ItemFace, Look>> = {
  broken: { icon: 'error', color: 'editorError.foreground' },
  unshown: { icon: 'circle-large', color: 'descriptionForeground' },
  stale: { icon: 'history', color: 'list.warningForeground' },
  met: { icon: 'pass-filled', color: 'charts.green' },
  signed: { icon: 'account', color: 'charts.blue' },
  waived: { icon: 'circle-slash', color: 'descriptionForeground' },
  'not-applicable': { icon: 'dash', color: 'descriptionForeground' },
};
const faces = Object.keys(looks) as readonly ItemFace[];

const verdictLooks: Readonly<Record<Evidence['verdict'], ItemFace>> = {
  shows: 'met',
  disproves: 'broken',
  stale: 'stale',
  missing: 'unshown',
  refused: 'broken',
  'not-applicable': 'not-applicable',
};

const verdictWords: Readonly<Record<Evidence['verdict'], string>> = {
  shows: 'Shown',
  disproves: 'Not met',
  stale: 'Out of date',
  missing: 'Missing',
  refused: 'Not believed',
  'not-applicable': 'Does not apply',
};

/** The phases, and what is not believed. */
export function rootNodes(review: Review): readonly ReviewNode[] {
  if (!review.hasDocuments) return [];
  const phases = review.checklists.map(({ id, title, ready, open, total, verdict }): ReviewNode => {
    const description = ready ? 'ready' : `${open} of ${total} open`;
    return {
      id,
      kind: 'phase',
      label: title,
      description,
      tooltip: verdict,
      spoken: `${title}, ${description}`,
      icon: ready ? 'pass-filled' : 'checklist',
      ...(ready ? { color: 'charts.green' } : {}),
      expanded: id === review.gate,
      context: 'phase',
    };
  });
  const refused = review.refused.map(({ file, reason }): ReviewNode => {
    const label = file.slice(file.lastIndexOf('/') + 1);
    return {
      id: `refused:${file}`,
      kind: 'refused',
      label,
      description: reason,
      tooltip: `${file}\n${reason}`,
      spoken: `Record that is not believed: ${label}. ${reason}`,
      icon: 'warning',
      context: 'refused',
      file,
    };
  });
  return [...phases, ...refused];
}

/** What stands below a line. */
export function childNodes(review: Review, filter: ReviewFilter, node: ReviewNode): readonly ReviewNode[] {
  switch (node.kind) {
    case 'phase':
      return groupNodes(review, filter, node.id);
    case 'group': {
      const [phase = '', face] = node.id.split(':');
      return itemsOf(review, filter, phase)
        .filter((item) => item.face === face)
        .map(itemNode);
    }
    case 'item': {
      // The item as it stands in this review: the line may have been made from an earlier one.
      const item = review.checklists.flatMap(({ items }) => items).find(({ id }) => id === node.item?.id);
      return item ? [...evidenceNodes(item), ...findingNodes(item)] : [];
    }
    case 'evidence':
    case 'finding':
    case 'refused':
      return [];
  }
}

/** How many items of all phases the filter hides. */
export function hiddenCount(review: Review, filter: ReviewFilter): number {
  return review.checklists.flatMap(({ items }) => items).filter((item) => !passes(item, filter)).length;
}

/** Whether the filter lets an item through. */
export function passes(item: ReviewItem, filter: ReviewFilter): boolean {
  if (filter.openOnly && !isOpen(item)) return false;
  if (filter.needsPerson && !(isOpen(item) && item.actions.some(({ kind }) => kind === 'sign'))) return false;
  const search = filter.search.trim().toLowerCase();
  if (search === '') return true;
  const texts = [
    item.id,
    item.title,
    item.line,
    ...item.evidence.flatMap(({ text, file }) => [text, file ?? '']),
    ...item.findings.flatMap(({ rule, file, message }) => [rule, file, message]),
  ];
  return texts.some((text) => text.toLowerCase().includes(search));
}

function itemsOf(review: Review, filter: ReviewFilter, phase: string): readonly ReviewItem[] {
  return review.checklists.find(({ id }) => id === phase)?.items.filter((item) => passes(item, filter)) ?? [];
}

function groupNodes(review: Review, filter: ReviewFilter, phase: string): readonly ReviewNode[] {
  const items = itemsOf(review, filter, phase);
  return faces.flatMap((face): ReviewNode[] => {
    const own = items.filter((item) => item.face === face);
    const [first] = own;
    if (!first) return [];
    return [
      {
        id: `${phase}:${face}`,
        kind: 'group',
        label: first.word,
        description: String(own.length),
        spoken: `${first.word}, ${counted(own.length, 'item')}`,
        ...looks[face],
        expanded: isOpen(first),
        context: 'group',
      },
    ];
  });
}

function itemNode(item: ReviewItem): ReviewNode {
  const lapses = item.lapsesWith.length === 0 ? '' : `\nLapses with ${item.lapsesWith.join(', ')}`;
  return {
    id: item.id,
    kind: 'item',
    label: item.title,
    description: item.line,
    tooltip: `${item.word}: ${item.title}\n${item.says}\n${item.line}${lapses}`,
    spoken: `${item.title}, ${item.word}. ${item.line}`,
    ...looks[item.face],
    expanded: false,
    context: ['item', ...new Set(item.actions.map(({ kind }) => kind))].join(' '),
    item,
  };
}

/** Without what the findings below say themselves, each with its place. */
function evidenceNodes(item: ReviewItem): readonly ReviewNode[] {
  const said = ({ kind, verdict }: Evidence): boolean =>
    kind === 'rules' && verdict === 'disproves' && item.findings.length > 0;
  return item.evidence.flatMap((one, index) => (said(one) ? [] : [evidenceNode(item, one, index)]));
}

function evidenceNode(item: ReviewItem, { kind, verdict, text, file, record }: Evidence, index: number): ReviewNode {
  const target = file ?? (record === undefined ? undefined : recordFile(record));
  return {
    id: `${item.id}#${index}:${kind}`,
    kind: 'evidence',
    label: text,
    tooltip: `${verdictWords[verdict]}: ${text}`,
    spoken: `${verdictWords[verdict]}: ${text}`,
    ...looks[verdictLooks[verdict]],
    context: 'evidence',
    item,
    ...(target === undefined ? {} : { file: target }),
  };
}

function findingNodes(item: ReviewItem): readonly ReviewNode[] {
  return item.findings.map((finding): ReviewNode => {
    const place = `${finding.file}:${finding.range.start.line + 1}`;
    return {
      id: `${item.id}!${finding.fingerprint}`,
      kind: 'finding',
      label: finding.message,
      description: place,
      tooltip: `${finding.message}\n${place}\n${finding.rule}`,
      spoken: `${finding.severity}: ${finding.message}. ${place}`,
      icon: finding.severity === 'error' ? 'error' : 'warning',
      color: finding.severity === 'error' ? 'editorError.foreground' : 'list.warningForeground',
      context: 'finding',
      item,
      finding,
    };
  });
}

/** Where a record stands, from the project's root. */
export function recordFile(record: string): string {
  return `.backend-architect/evidence/${record}.json`;
}
