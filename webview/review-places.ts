import type { ItemFace, ReviewItem } from '../src/server/protocol-review.ts';

/** So long at most a row keeps its place under the eyes of a person, in milliseconds. */
const longestHold = 3000;

/** Where rows stand: one that a person is at keeps its place for a while when its face changes. */
export interface Places {
  /** The face under which the row stands now. */
  placeOf(item: ReviewItem): ItemFace;
  /** Takes the items of another review. Returns those whose face has changed. */
  take(items: readonly ReviewItem[]): ReviewItem[];
  /** Moves the rows that need not stay. Returns milliseconds until the next one has to move; undefined where none is held. */
  settle(items: readonly ReviewItem[]): number | undefined;
  /** Other items altogether: all of them stand where they belong. */
  clear(): void;
}

/** `isRead` says that the pointer or the focus is in the row of an item. */
export function places(isRead: (item: string) => boolean, now: () => number): Places {
  /** By item: its place, and since when it belongs elsewhere. */
  const held = new Map<string, { place: ItemFace; since: number | undefined }>();
  const last = new Map<string, ItemFace>();
  return {
    placeOf: (item) => held.get(item.id)?.place ?? item.face,
    take: (items) => {
      const changed: ReviewItem[] = [];
      for (const item of items) {
        const before = last.get(item.id);
        if (before !== undefined && before !== item.face) changed.push(item);
        last.set(item.id, item.face);
        const known = held.get(item.id);
        if (!known) held.set(item.id, { place: item.face, since: undefined });
        else known.since = known.place === item.face ? undefined : (known.since ?? now());
      }
      const ids = new Set(items.map(({ id }) => id));
      for (const id of held.keys()) {
        if (ids.has(id)) continue;
        held.delete(id);
        last.delete(id);
      }
      return changed;
    },
    settle: (items) => {
      let wait: number | undefined;
      for (const { id, face } of items) {
        const known = held.get(id);
        if (known?.since === undefined) continue;
        const left = known.since + longestHold - now();
        if (left > 0 && isRead(id)) wait = Math.min(wait ?? left, left);
        else held.set(id, { place: face, since: undefined });
      }
      return wait;
    },
    clear: () => {
      held.clear();
      last.clear();
    },
  };
}
