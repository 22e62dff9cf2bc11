import type { ReviewItem } from '../src/server/protocol-review.ts';
import { icon, type IconName } from './icons.ts';
import { element, write, writeMarked } from './patch.ts';
import { type Circumstances, itemDetail, type ItemPorts } from './review-detail.ts';
import { stateLook } from './review-row.ts';
import { shown } from './text.ts';

/** The selected item, beside the list. */
export interface Pane {
  readonly root: HTMLElement;
  show(item: ReviewItem | undefined, circumstances: Circumstances): void;
}

export function detailPane(ports: ItemPorts): Pane {
  const state = element('span', 'state');
  state.setAttribute('aria-hidden', 'true');
  const title = element('span', 'text');
  const word = element('span', 'word');
  const heading = element('h2', '', state, title, word);
  heading.id = 'pane-title';
  const detail = itemDetail(ports);
  const line = element('p', 'proof');
  const root = element('section', 'pane', heading, line, detail.root);
  root.setAttribute('aria-labelledby', 'pane-title');
  let drawn: IconName | undefined;
  return {
    root,
    show: (item, around) => {
      root.hidden = !item;
      if (!item) return;
      const look = stateLook(item, around.running(item.id), around);
      if (drawn !== look.name) state.replaceChildren(icon(look.name));
      drawn = look.name;
      state.dataset['face'] = look.name === 'sync' ? 'checking' : look.name === 'history' ? 'stale' : item.face;
      writeMarked(title, shown(item.title));
      write(word, look.word);
      write(line, shown(item.line));
      detail.show(item, around);
    },
  };
}
