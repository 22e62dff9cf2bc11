import type { FromReportPage } from '../src/server/protocol.ts';
import type { Group, Row } from './groups.ts';
import { icon } from './icons.ts';
import { element, patch, write, writeMarked } from './patch.ts';
import { roving } from './roving.ts';
import { figure } from './text.ts';

/** So many rows of a group are painted, and so many more at each request. */
const step = 200;

/** What a person has set, by the keys of groups. It outlives the page. */
export interface ListState {
  readonly open: Readonly<Record<string, boolean>>;
  readonly most: Readonly<Record<string, number>>;
  readonly current?: string | undefined;
}

/** The list of groups on the page. */
export interface GroupList {
  readonly root: HTMLElement;
  show(groups: readonly Group[]): void;
  /** Puts the focus where it last was in the list. */
  focus(): void;
  state(): ListState;
}

export interface ListPorts {
  readonly state: ListState;
  choose(choice: FromReportPage): void;
  changed(): void;
}

export function groupList({ state, choose, changed }: ListPorts): GroupList {
  const root = element('div', 'groups');
  const open = new Map(Object.entries(state.open));
  const most = new Map(Object.entries(state.most));
  let groups: readonly Group[] = [];
  /** What is open where nobody has said anything: as much from the top as is painted in one go. */
  let usually = new Set<string>();

  const isOpen = ({ key }: Group): boolean => open.get(key) ?? usually.has(key);
  const mostOf = ({ key }: Group): number => most.get(key) ?? step;
  const groupOf = (inside: Element): Group | undefined => {
    const key = inside.closest<HTMLElement>('section')?.dataset['key'];
    return groups.find((one) => one.key === key);
  };
  const stops = roving({
    list: root,
    first: state.current,
    onMove: changed,
    turn: (stop, wanted) => {
      const group = groupOf(stop);
      if (!group) return undefined;
      const isHead = stop.classList.contains('title');
      const section = stop.closest('section');
      if (wanted && isHead && isOpen(group)) return section?.querySelector<HTMLElement>('.row') ?? undefined;
      if (!wanted && !isHead) return section?.querySelector<HTMLElement>('.title') ?? undefined;
      if (isHead) toggle(group, wanted);
      return undefined;
    },
  });
  const paint = (): void => {
    const hadFocus = root.contains(document.activeElement);
    patch(root, groups, { key: ({ key }) => key, create: createGroup, update: updateGroup });
    stops.refresh();
    // An element that went away, or was moved, lost the focus: it belongs to what stands in its place.
    if (hadFocus && !root.contains(document.activeElement)) stops.focus();
  };
  const toggle = (group: Group, wanted: boolean): void => {
    open.set(group.key, wanted);
    paint();
    changed();
  };
  const more = (group: Group): void => {
    const before = mostOf(group);
    most.set(group.key, before + step);
    paint();
    sectionOf(group.key)?.querySelectorAll<HTMLElement>('.row')[before]?.focus();
    changed();
  };
  const sectionOf = (key: string): Element | undefined =>
    [...root.children].find((one) => one instanceof HTMLElement && one.dataset['key'] === key);

  const createGroup = (): HTMLElement => {
    const title = element(
      'button',
      'title',
      icon('chevron'),
      element('span', 'state'),
      element('span', 'says'),
      element('span', 'badge'),
      element('span', 'unseen'),
    );
    title.type = 'button';
    const section = element('section', '', element('div', 'head', element('h2', '', title)));
    title.addEventListener('click', () => {
      const group = groupOf(section);
      if (group) toggle(group, !isOpen(group));
    });
    return section;
  };
  const updateGroup = (section: HTMLElement, group: Group): void => {
    const title = section.querySelector<HTMLElement>('.title');
    const head = section.querySelector<HTMLElement>('.head');
    if (!title || !head) return;
    const opened = isOpen(group);
    title.dataset['stop'] = group.key;
    title.tabIndex = -1;
    title.setAttribute('aria-expanded', String(opened));
    const state = title.querySelector('.state');
    if (state?.textContent !== group.word) state?.replaceChildren(icon(group.icon), group.word);
    writeMarked(title.querySelector('.says'), group.title);
    write(title.querySelector('.badge'), figure(group.size));
    write(title.querySelector('.unseen'), group.size === 1 ? group.unit : `${group.unit}s`);
    updateLink(head, group);
    let list = section.querySelector('ul');
    if (!opened) {
      list?.remove();
      section.querySelector('vscode-button')?.remove();
      return;
    }
    if (!list) section.append((list = element('ul', '')));
    const rows = group.rows(mostOf(group));
    patch(list, rows, {
      key: ({ key }) => key,
      create: createRow,
      update: (line, row) => updateRow(line, group, row),
    });
    updateMore(section, group);
  };
  const updateLink = (head: HTMLElement, group: Group): void => {
    let link = head.querySelector<HTMLElement>('.link');
    if (!group.link) {
      link?.remove();
      return;
    }
    if (!link) {
      link = element('button', 'link');
      link.setAttribute('type', 'button');
      link.tabIndex = -1;
      link.addEventListener('click', () => {
        const own = groupOf(head)?.link;
        if (own) choose(own.choice);
      });
      head.append(link);
    }
    link.dataset['of'] = group.key;
    link.title = group.link.name;
    write(link, group.link.text);
  };
  const updateMore = (section: HTMLElement, group: Group): void => {
    const left = group.size - mostOf(group);
    let button = section.querySelector<HTMLElement>('vscode-button');
    if (left <= 0) {
      button?.remove();
      return;
    }
    if (!button) {
      button = document.createElement('vscode-button');
      button.setAttribute('appearance', 'secondary');
      button.tabIndex = -1;
      button.addEventListener('click', () => {
        const own = groupOf(section);
        if (own) more(own);
      });
      section.append(button);
    }
    button.dataset['stop'] = `${group.key} more`;
    write(button, `Show ${figure(Math.min(step, left))} more (${figure(left)} are not shown)`);
  };
  const createRow = (row: Row): HTMLElement => {
    const button = element('button', 'row', element('span', 'text'), element('span', 'place'));
    button.type = 'button';
    button.tabIndex = -1;
    button.addEventListener('click', () => {
      const choice = choices.get(button);
      if (choice) choose(choice);
    });
    choices.set(button, row.choice);
    return element('li', '', button);
  };
  const choices = new WeakMap<Element, FromReportPage>();
  const updateRow = (line: HTMLElement, group: Group, row: Row): void => {
    const button = line.querySelector<HTMLElement>('.row');
    if (!button) return;
    choices.set(button, row.choice);
    button.dataset['stop'] = `${group.key} ${row.key}`;
    write(button.querySelector('.text'), row.text);
    write(button.querySelector('.place'), row.place);
  };
  return {
    root,
    show: (next) => {
      groups = next;
      let room = step;
      usually = new Set();
      for (const { key, size } of groups) {
        room -= Math.min(size, step);
        if (room < 0) break;
        usually.add(key);
      }
      paint();
    },
    focus: () => stops.focus(),
    state: () => ({ open: Object.fromEntries(open), most: Object.fromEntries(most), current: stops.current() }),
  };
}
