import type { ItemFace, ReviewItem } from '../src/server/protocol-review.ts';
import { icon, type IconName } from './icons.ts';
import { element, write, writeMarked } from './patch.ts';
import { type Circumstances, describeAction, type Detail, itemDetail, type ItemPorts } from './review-detail.ts';
import { actionLook, faceLooks } from './review-model.ts';
import { count, figure, shown } from './text.ts';

export interface RowPorts extends ItemPorts {
  /** The row itself was chosen. */
  choose(item: ReviewItem): void;
}

/** How a row stands in the list. */
export interface RowState {
  readonly open: boolean;
  /** The detail is shown beside the list, and this row is the one it speaks of. */
  readonly beside: boolean;
  readonly selected: boolean;
}

/** The line of one item, and below it what is known of the item while it is open. */
export interface ItemRow {
  readonly root: HTMLElement;
  readonly title: HTMLElement;
  item(): ReviewItem;
  show(item: ReviewItem, state: RowState, circumstances: Circumstances): void;
}

let made = 0;

export function itemRow(first: ReviewItem, ports: RowPorts): ItemRow {
  let item = first;
  let detail: Detail | undefined;
  let drawn: { readonly state: IconName; readonly act: IconName | undefined } | undefined;
  const id = ++made;
  const state = element('span', 'state');
  state.setAttribute('role', 'img');
  const title = element('button', 'title');
  title.type = 'button';
  title.dataset['stop'] = first.id;
  title.tabIndex = -1;
  const line = element('span', 'proof');
  line.id = `proof-${id}`;
  title.setAttribute('aria-describedby', line.id);
  const act = element('button', 'act');
  act.type = 'button';
  act.dataset['of'] = first.id;
  act.tabIndex = -1;
  const root = element('li', 'item', element('div', 'line', state, title, line, act));
  root.dataset['vscodeContext'] = JSON.stringify({
    webviewSection: 'item',
    item: first.id,
    preventDefaultContextMenuItems: true,
  });
  title.addEventListener('click', () => ports.choose(item));
  act.addEventListener('click', () => ports.act(item, 0));

  return {
    root,
    title,
    item: () => item,
    show: (next, { open, beside, selected }, around) => {
      item = next;
      const seconds = around.running(next.id);
      const { name, word } = stateLook(next, seconds, around);
      const [action] = next.actions;
      const look = action && actionLook(action);
      if (drawn?.state !== name) state.replaceChildren(icon(name));
      if (drawn?.act !== look?.icon) act.replaceChildren(...(look ? [icon(look.icon)] : []));
      drawn = { state: name, act: look?.icon };
      state.dataset['face'] = seconds === undefined ? (name === 'history' ? 'stale' : next.face) : 'checking';
      state.setAttribute('aria-label', word);
      state.title = word;
      writeMarked(title, shown(next.title));
      title.title = shown(next.title);
      const proof = shown(next.line);
      write(line, seconds === undefined ? proof : `Checking, ${figure(Math.floor(seconds))} s · ${proof}`);
      line.title = proof;
      act.hidden = !action;
      if (action && look) {
        act.setAttribute('aria-label', `${look.word}: ${shown(next.title)}`);
        describeAction(act, action, around);
      }
      root.classList.toggle('open', open && !beside);
      root.classList.toggle('selected', selected && beside);
      if (beside) {
        title.removeAttribute('aria-expanded');
        if (selected) title.setAttribute('aria-current', 'true');
        else title.removeAttribute('aria-current');
      } else {
        title.setAttribute('aria-expanded', String(open));
        title.removeAttribute('aria-current');
      }
      if (open && !beside) {
        if (!detail) root.append((detail = itemDetail(ports, next.id)).root);
        detail.show(next, around);
      } else {
        detail?.root.remove();
        detail = undefined;
      }
    },
  };
}

/** What is drawn for an item, and the words for it. What was settled before checking stopped is out of date. */
export function stateLook(
  { face, word }: Pick<ReviewItem, 'face' | 'word'>,
  seconds: number | undefined,
  { stoppedAt }: Pick<Circumstances, 'stoppedAt'>,
): { readonly name: IconName; readonly word: string } {
  const said = shown(word);
  if (seconds !== undefined) return { name: 'sync', word: `Checking, was: ${said}` };
  if (stoppedAt !== undefined && settled.has(face)) {
    return { name: 'history', word: `Out of date, was at ${stoppedAt}: ${said}` };
  }
  return { name: faceLooks[face].icon, word: said };
}

const settled: ReadonlySet<ItemFace> = new Set<ItemFace>(['met', 'signed']);

/** The heading of a group: it opens and closes the group. */
export function groupHead(face: ItemFace, toggle: () => void): HTMLElement {
  const button = element(
    'button',
    'group',
    element('span', 'text', element('span', 'name'), element('span', 'size')),
    icon('chevron'),
  );
  button.type = 'button';
  button.dataset['stop'] = `group ${face}`;
  button.tabIndex = -1;
  button.addEventListener('click', toggle);
  return element('h2', '', button);
}

export function showHead(head: HTMLElement, face: ItemFace, size: number, open: boolean, stoppedAt?: string): void {
  const button = head.querySelector('button');
  button?.setAttribute('aria-expanded', String(open));
  const { word } = faceLooks[face];
  write(head.querySelector('.name'), stoppedAt === undefined ? word : `${word} at ${stoppedAt}`);
  write(head.querySelector('.size'), ` · ${figure(size)}`);
  if (button) button.title = count(size, 'item');
}
