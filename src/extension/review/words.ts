import type { ItemFace, Phase, Review, ReviewChecklist, ReviewItem } from '../../server/protocol-review.ts';

/** `06:14`, as the person's clock has it. */
export function clockTime(iso: string): string {
  const at = new Date(iso);
  return Number.isNaN(at.getTime())
    ? 'an earlier time'
    : `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`;
}

/** `1 item`, `3 items`. */
export function counted(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}

/** The first letters of a commit. */
export function shortCommit(commit: string): string {
  return commit.slice(0, 7);
}

const openFaces: ReadonlySet<ItemFace> = new Set<ItemFace>(['broken', 'unshown', 'stale']);

/** Whether an item keeps its gate from being ready. */
export function isOpen({ face }: Pick<ReviewItem, 'face'>): boolean {
  return openFaces.has(face);
}

/** The setting `backendArchitect.statusBar.gate`. */
export type GateSetting = 'auto' | Phase | 'off';

/** What is known of the server when the status bar is written. */
export interface GateState {
  readonly review: Review | undefined;
  readonly setting: GateSetting;
  /** The server was given up. */
  readonly stopped: boolean;
  /** Something has been worked on for more than a second. */
  readonly busy: boolean;
}

export interface GateText {
  /** With icons. */
  readonly text: string;
  /** As it is read aloud, and as the tooltip says it. */
  readonly name: string;
  readonly warning: boolean;
}

const gateWords: Readonly<Record<Phase, { readonly label: string; readonly before: string }>> = {
  plan: { label: 'Plan', before: 'Before the build' },
  build: { label: 'Build', before: 'Before the build is done' },
  handoff: { label: 'Hand-off', before: 'Before hand-off' },
  review: { label: 'Code review', before: 'In code review' },
};

/** What the status bar says of the gate; undefined where it says nothing: no backend files, switched off by the setting, no review yet. */
export function gateText({ review, setting, stopped, busy }: GateState): GateText | undefined {
  if (!review?.hasDocuments || setting === 'off') return undefined;
  const gate = gateOf(review, setting === 'auto' ? review.gate : setting);
  if (!gate) return undefined;
  const { id, total, open } = gate;
  const { label, before } = gateWords[id];
  const counts = `${total - open} of ${total} done, ${open} open`;
  if (stopped) {
    return {
      text: `$(warning) ${label} ${total - open}/${total}`,
      name: `Checking stopped. Results of ${clockTime(review.madeAt)}: ${counts}. Show Review`,
      warning: true,
    };
  }
  return {
    text: `$(${busy ? 'sync~spin' : 'checklist'}) ${label} ${total - open}/${total}`,
    name: `${before}: ${counts}.${busy ? ' Checking.' : ''} Show Review`,
    warning: false,
  };
}

/** The checklist of a phase. */
export function gateOf(review: Review | undefined, phase: Phase): ReviewChecklist | undefined {
  return review?.checklists.find(({ id }) => id === phase);
}

/** The open item after `item` in a checklist, from its top where that is the last or none is given; undefined where none is open. */
export function nextOpenItem(checklist: ReviewChecklist | undefined, item: string | undefined): ReviewItem | undefined {
  const all = checklist?.items ?? [];
  const order: readonly ItemFace[] = ['broken', 'unshown', 'stale'];
  // In the order in which the groups are shown.
  const open = order.flatMap((face) => all.filter((one) => one.face === face));
  return open[open.findIndex(({ id }) => id === item) + 1] ?? open[0];
}

/** Why a note or a reason cannot stay as it is; undefined where it can. */
export function noteProblem(text: string, what: 'note' | 'reason'): string | undefined {
  const missing = 10 - text.trim().length;
  return missing <= 0
    ? undefined
    : `A ${what} has at least 10 characters: ${missing} more. It is what others read later.`;
}

const dayMs = 86_400_000;
const longestWaiverDays = 180;

/** The day that lies `days` after `now`, as YYYY-MM-DD in UTC. */
export function dayAfter(now: number, days: number): string {
  return new Date(now + days * dayMs).toISOString().slice(0, 10);
}

/** Why a waiver cannot end on that day; undefined where it can. */
export function untilProblem(text: string, now: number): string | undefined {
  const day = text.trim();
  const time = Date.parse(`${day}T00:00:00Z`);
  // A date such as 2026-02-30 is read as one in March.
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day)
    return `Write a day as YYYY-MM-DD, for example ${dayAfter(now, 30)}.`;
  if (day <= dayAfter(now, 0)) return 'That day is over. A waiver ends on a day to come.';
  const last = dayAfter(now, longestWaiverDays);
  return day > last ? `A waiver lasts ${longestWaiverDays} days at most: until ${last}.` : undefined;
}
