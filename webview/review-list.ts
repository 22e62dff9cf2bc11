import type { ItemFace, ReviewItem } from '../src/server/protocol-review.ts';
import { element, patch, write } from './patch.ts';
import type { Circumstances, ItemPorts } from './review-detail.ts';
import { faceLooks, type Group } from './review-model.ts';
import { groupHead, type ItemRow, itemRow, showHead } from './review-row.ts';
import { roving } from './roving.ts';
import { figure } from './text.ts';

/** So many rows of a group are painted, and so many more at each request. */
const step = 200;

/** What a person has set. It outlives the page. */
export interface ListState {
  /** The items whose rows are open. */
  readonly open: readonly string[];
  /** Groups that a person has opened or closed. */
  readonly groups: Readonly<Record<string, boolean>>;
  readonly current?: string | undefined;
  /** The item whose detail is shown beside the list. */
  readonly selected?: string | undefined;
}

export interface ListScene {
  readonly groups: readonly Group[];
  /** The detail is shown beside the list. */
  readonly wide: boolean;
  /** All groups are open: a search goes on. */
  readonly searching: boolean;
  readonly circumstances: Circumstances;
}

export interface ReviewList {
  readonly root: HTMLElement;
  show(scene: ListScene): void;
  /** Puts the focus where it last was; false where the list is empty. */
  focus(): boolean;
  /** Opens the row of an item and puts the focus on it. */
  reveal(item: string): void;
  /** The item whose row holds an element. */
  itemAt(target: EventTarget | null): ReviewItem | undefined;
  /** The item whose detail is shown beside the list. */
  selected(): ReviewItem | undefined;
  close(item: string): boolean;
  goTo(item: string): void;
  state(): ListState;
}

export interface ListPorts extends ItemPorts {
  readonly state: ListState;
  /** Something that the state holds, or what is selected, is another. */
  changed(): void;
}

export function reviewList({ state, changed, ...ports }: ListPorts): ReviewList {
  const root = element('div', 'groups');
  const open = new Set(state.open);
  const opened = new Map(Object.entries(state.groups));
  const most = new Map<string, number>();
  const rows = new WeakMap<Element, ItemRow>();
  let selected = state.selected;
  let scene: ListScene | undefined;

  const isOpen = (face: ItemFace): boolean => scene?.searching === true || (opened.get(face) ?? faceLooks[face].open);
  const rowAt = (target: EventTarget | null): ItemRow | undefined => {
    const line = target instanceof Element ? target.closest('.item') : null;
    return line ? rows.get(line) : undefined;
  };
  const rowOf = (item: string): ItemRow | undefined => {
    const line = [...root.querySelectorAll<HTMLElement>('.item')].find((one) => one.dataset['key'] === item);
    return line && rows.get(line);
  };
  const select = (item: string): void => {
    if (selected === item) return;
    selected = item;
    paint();
    changed();
  };
  const setOpen = (item: string, wanted: boolean): void => {
    if (open.has(item) === wanted) return;
    if (wanted) open.add(item);
    else open.delete(item);
    paint();
    changed();
    // Somebody asked to see it: what does not fit below comes into view.
    if (wanted) rowOf(item)?.root.scrollIntoView({ block: 'nearest' });
  };
  const setGroup = (face: string, wanted: boolean): void => {
    opened.set(face, wanted);
    paint();
    changed();
  };
  const stops = roving({
    list: root,
    first: state.current,
    onMove: (key) => {
      if (scene?.wide === true && rowOf(key)) select(key);
      changed();
    },
    turn: (stop, wanted) => {
      const row = rowAt(stop);
      const section = stop.closest<HTMLElement>('section');
      const head = section?.querySelector<HTMLElement>('.group') ?? undefined;
      if (row && scene?.wide !== true && open.has(row.item().id) !== wanted) setOpen(row.item().id, wanted);
      else if (row) return wanted ? undefined : head;
      else if (stop === head && section) {
        const face = section.dataset['key'] ?? '';
        if (head.getAttribute('aria-expanded') === String(wanted)) {
          return wanted ? (section.querySelector<HTMLElement>('.title') ?? undefined) : undefined;
        }
        setGroup(face, wanted);
      }
      return undefined;
    },
  });

  const createGroup = ({ face }: Group): HTMLElement => {
    const section = element('section', '');
    section.append(groupHead(face, () => setGroup(face, !isOpen(face))));
    return section;
  };
  const updateGroup = (section: HTMLElement, { face, items }: Group): void => {
    const current = scene;
    const head = section.querySelector('h2');
    if (!current || !head) return;
    const shows = isOpen(face);
    showHead(head, face, items.length, shows, current.circumstances.stoppedAt);
    let list = section.querySelector<HTMLElement>(':scope > ul');
    if (!shows) {
      list?.remove();
      section.querySelector('vscode-button')?.remove();
      return;
    }
    if (!list) {
      list = element('ul', '');
      head.after(list);
    }
    const limit = most.get(face) ?? step;
    patch(list, items.slice(0, limit), {
      key: ({ id }) => id,
      create: (item) => {
        const row = itemRow(item, {
          ...ports,
          choose: ({ id }) => {
            if (scene?.wide === true) select(id);
            else setOpen(id, !open.has(id));
          },
        });
        rows.set(row.root, row);
        return row.root;
      },
      update: (line, item) => {
        const how = { open: open.has(item.id), beside: current.wide, selected: selected === item.id };
        rows.get(line)?.show(item, how, current.circumstances);
      },
    });
    updateMore(section, face, items.length - limit);
  };
  const updateMore = (section: HTMLElement, face: ItemFace, left: number): void => {
    let button = section.querySelector<HTMLElement>('vscode-button');
    if (left <= 0) {
      button?.remove();
      return;
    }
    if (!button) {
      button = document.createElement('vscode-button');
      button.setAttribute('appearance', 'secondary');
      button.tabIndex = -1;
      button.dataset['stop'] = `more ${face}`;
      button.addEventListener('click', () => {
        const before = most.get(face) ?? step;
        most.set(face, before + step);
        paint();
        const next = section.querySelectorAll<HTMLElement>('.title')[before]?.dataset['stop'];
        if (next !== undefined) stops.go(next);
      });
      section.append(button);
    }
    write(button, `Show ${figure(Math.min(step, left))} More (${figure(left)} are not shown)`);
  };
  const paint = (): void => {
    if (!scene) return;
    const hadFocus = root.contains(document.activeElement);
    patch(root, scene.groups, { key: ({ face }) => face, create: createGroup, update: updateGroup });
    stops.refresh();
    // An element that went away lost the focus: it belongs to what stands in its place.
    if (hadFocus && !root.contains(document.activeElement)) stops.focus();
  };
  const itemOf = (id: string | undefined): ReviewItem | undefined =>
    scene?.groups.flatMap(({ items }) => items).find((item) => item.id === id);

  return {
    root,
    show: (next) => {
      scene = next;
      const first = next.groups[0]?.items[0]?.id;
      // The page begins at an item, not at the heading above it.
      if (first !== undefined) stops.begin(first);
      if (next.wide && !itemOf(selected)) selected = first;
      paint();
    },
    focus: () => {
      stops.focus();
      return root.contains(document.activeElement);
    },
    reveal: (item) => {
      const group = scene?.groups.find(({ items }) => items.some(({ id }) => id === item));
      if (!group) return;
      opened.set(group.face, true);
      const at = group.items.findIndex(({ id }) => id === item);
      most.set(group.face, Math.max(most.get(group.face) ?? step, Math.ceil((at + 1) / step) * step));
      open.add(item);
      selected = item;
      paint();
      stops.go(item);
      rowOf(item)?.root.scrollIntoView({ block: 'nearest' });
      changed();
    },
    itemAt: (target) => rowAt(target)?.item(),
    selected: () => (scene?.wide === true ? itemOf(selected) : undefined),
    close: (item) => {
      const was = open.has(item) && scene?.wide !== true;
      if (was) setOpen(item, false);
      return was;
    },
    goTo: (item) => stops.go(item),
    state: () => ({ open: [...open], groups: Object.fromEntries(opened), current: stops.current(), selected }),
  };
}
