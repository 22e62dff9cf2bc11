import type { Phase, ReviewFilter } from '../src/server/protocol-review.ts';
import { isObject, isTextList } from './messages.ts';
import { usualFilter } from './review-filter.ts';
import type { ListState } from './review-list.ts';
import { isFilter, isPhase } from './review-messages.ts';

/** What the page keeps while it is hidden or loaded anew. */
export interface PageState extends ListState {
  /** Chosen by the person; the gate where nobody has chosen. */
  readonly phase?: Phase | undefined;
  readonly filter: ReviewFilter;
  readonly scroll: number;
}

/** Reads what an earlier page kept; what is not as it has to be is left out. */
export function readState(value: unknown): PageState {
  const kept = isObject(value) ? value : {};
  const { open, groups, current, selected, phase, filter, scroll } = kept;
  return {
    open: isTextList(open) ? open : [],
    groups: isObject(groups)
      ? Object.fromEntries(
          Object.entries(groups).flatMap(([face, on]) => (typeof on === 'boolean' ? [[face, on]] : [])),
        )
      : {},
    current: typeof current === 'string' ? current : undefined,
    selected: typeof selected === 'string' ? selected : undefined,
    phase: isPhase(phase) ? phase : undefined,
    filter: isFilter(filter) ? filter : usualFilter,
    scroll: typeof scroll === 'number' ? scroll : 0,
  };
}
