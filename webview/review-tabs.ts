import type { Phase, ReviewChecklist } from '../src/server/protocol-review.ts';
import { icon } from './icons.ts';
import { element, patch, write } from './patch.ts';
import { figure, shown } from './text.ts';

export interface Tabs {
  readonly root: HTMLElement;
  show(checklists: readonly ReviewChecklist[], chosen: Phase, wide: boolean): void;
}

/** Id of the element that a tab shows. */
export const panelId = 'items';

/** The phases, with the number of their open items. */
export function phaseTabs(choose: (phase: Phase) => void): Tabs {
  const root = element('div', 'tabs');
  root.setAttribute('role', 'tablist');
  root.setAttribute('aria-label', 'Phases');
  const tabs = (): HTMLElement[] => [...root.querySelectorAll<HTMLElement>('[role=tab]')];
  const take = (tab: HTMLElement | undefined): void => {
    tab?.focus();
    const phase = tab?.dataset['key'];
    if (phase !== undefined) choose(phase as Phase);
  };
  root.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const all = tabs();
    const at = all.findIndex((one) => one === event.target);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: all.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    take(all[(to + all.length) % all.length]);
  });
  return {
    root,
    show: (checklists, chosen, wide) => {
      patch(root, checklists, {
        key: ({ id }) => id,
        create: () => {
          const tab = element(
            'button',
            'tab',
            element('span', 'mark'),
            element('span', 'word'),
            element('span', 'unseen'),
          );
          tab.type = 'button';
          tab.setAttribute('role', 'tab');
          tab.setAttribute('aria-controls', panelId);
          tab.addEventListener('click', () => take(tab));
          return tab;
        },
        update: (tab, { id, title, ready, open, total }) => {
          tab.id = `tab-${id}`;
          tab.setAttribute('aria-selected', String(id === chosen));
          tab.tabIndex = id === chosen ? 0 : -1;
          const mark = tab.querySelector('.mark');
          mark?.classList.toggle('count', !ready);
          if (!ready) write(mark, figure(open));
          else if (!mark?.querySelector('svg')) mark?.replaceChildren(icon('pass-filled'));
          // In the side bar there is room for four short words.
          const word = id === 'review' && !wide ? 'Review' : shown(title);
          write(tab.querySelector('.word'), word);
          const done = `${figure(total - open)} of ${figure(total)} done`;
          write(tab.querySelector('.unseen'), ready ? `ready, ${done}` : `open, ${done}`);
          tab.title = `${shown(title)}: ${ready ? 'ready' : `${figure(open)} open`}, ${done}`;
        },
      });
    },
  };
}
