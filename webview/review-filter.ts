import type { ReviewFilter } from '../src/server/protocol-review.ts';
import { element, write } from './patch.ts';

/** Everything is shown. */
export const noFilter: ReviewFilter = { openOnly: false, needsPerson: false, search: '' };
/** What a page begins with. */
export const usualFilter: ReviewFilter = { openOnly: true, needsPerson: false, search: '' };

const longestSearch = 200;

/** The filter on the page: the choice in the full page, the search field in both once it is asked for. */
export interface FilterBar {
  readonly root: HTMLElement;
  /** What the filter hides, and the button that shows it; above the list where something narrower than `Open` is chosen, below it else. */
  readonly above: HTMLElement;
  readonly below: HTMLElement;
  show(filter: ReviewFilter, hidden: string, wide: boolean): void;
  search(): void;
  /** The person is in the search field. */
  isSearching(): boolean;
}

export interface FilterPorts {
  set(filter: ReviewFilter): void;
  /** The person is done with the search field. */
  leave(): void;
}

export function filterBar({ set, leave }: FilterPorts): FilterBar {
  let filter = usualFilter;
  let asked = false;
  let seen: Parameters<FilterBar['show']> = [filter, '', false];
  const box = (type: string, name: string, text: string): [HTMLInputElement, HTMLLabelElement] => {
    const input = element('input', '');
    input.type = type;
    input.name = name;
    return [input, element('label', 'option', input, text)];
  };
  const [onlyOpen, onlyOpenLabel] = box('radio', 'show', 'Open');
  const [all, allLabel] = box('radio', 'show', 'All');
  const [person, personLabel] = box('checkbox', 'person', 'Needs a person');
  const choice = element('div', 'choice', element('span', 'label', 'Show'), onlyOpenLabel, allLabel, personLabel);
  choice.setAttribute('role', 'group');
  choice.setAttribute('aria-label', 'Show');
  const field = element('input', 'search');
  field.type = 'search';
  field.maxLength = longestSearch;
  field.placeholder = 'Search items';
  field.setAttribute('aria-label', 'Search items');
  field.spellcheck = false;
  const root = element('div', 'filter', choice, field);
  onlyOpen.addEventListener('change', () => set({ ...filter, openOnly: true }));
  all.addEventListener('change', () => set({ ...filter, openOnly: false }));
  person.addEventListener('change', () => set({ ...filter, needsPerson: person.checked }));
  field.addEventListener('input', () => set({ ...filter, search: field.value }));
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' && event.key !== 'Enter' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') {
      set({ ...filter, search: '' });
    }
    leave();
  });
  const note = (): [HTMLElement, HTMLElement] => {
    const text = element('span', 'text');
    const button = element('button', 'link', 'Show');
    button.type = 'button';
    button.setAttribute('aria-label', 'Show what is hidden');
    button.title = 'Show what is hidden (a)';
    button.addEventListener('click', () => {
      set(noFilter);
      leave();
    });
    return [element('p', 'hidden', text, button), text];
  };
  const [above, aboveText] = note();
  const [below, belowText] = note();
  const draw = (): void => {
    const [next, hidden, wide] = seen;
    filter = next;
    onlyOpen.checked = next.openOnly;
    all.checked = !next.openOnly;
    person.checked = next.needsPerson;
    choice.hidden = !wide;
    field.hidden = !wide && !asked && next.search === '';
    root.hidden = choice.hidden && field.hidden;
    if (document.activeElement !== field) field.value = next.search;
    const narrow = next.needsPerson || next.search.trim() !== '';
    above.hidden = hidden === '' || !narrow;
    below.hidden = hidden === '' || narrow;
    write(aboveText, narrow ? hidden : '');
    write(belowText, narrow ? '' : hidden);
  };
  field.addEventListener('blur', () => {
    asked = false;
    draw();
  });
  return {
    root,
    above,
    below,
    show: (...next) => {
      seen = next;
      draw();
    },
    search: () => {
      asked = true;
      root.hidden = false;
      field.hidden = false;
      field.focus();
      field.select();
    },
    isSearching: () => document.activeElement === field,
  };
}
