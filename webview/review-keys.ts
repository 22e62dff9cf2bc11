import { element } from './patch.ts';

const keys: readonly (readonly [keys: string, does: string])[] = [
  ['Up, Down, Home, End', 'move in the list'],
  ['Right, Left', 'open and close'],
  ['Enter', 'do what the row’s button says'],
  ['Space', 'open or close the row'],
  ['Tab', 'to the row’s buttons, then out'],
  ['Esc', 'back to the row, then close it'],
  ['/', 'search'],
  ['a', 'show all that the filter hides'],
  ['1 to 4', 'choose the phase'],
  ['Shift+F10', 'menu of the row'],
  ['Ctrl+C or Cmd+C', 'copy the item with its evidence'],
  ['?', 'show or hide these keys'],
];

/** The list of keys, shown on the page while it is asked for. */
export function keyHelp(close: () => void): HTMLElement {
  const heading = element('h2', '', 'Keys');
  heading.id = 'keys';
  heading.tabIndex = -1;
  const list = element('dl', '');
  for (const [name, does] of keys) list.append(element('div', '', element('dt', '', name), element('dd', '', does)));
  const button = element('button', 'link', 'Hide Keys');
  button.type = 'button';
  button.addEventListener('click', close);
  const root = element('section', 'keys', heading, list, button);
  root.setAttribute('aria-labelledby', 'keys');
  root.hidden = true;
  return root;
}

export interface KeyPorts {
  search(): void;
  showAll(): void;
  /** The phase of that number, from 0. */
  phase(index: number): void;
  help(): void;
  /** Returns whether there was something to leave. */
  escape(target: Element): boolean;
  /** Does what the row's button says; false where the target is no row. */
  enter(target: Element): boolean;
  /** Copies the item of the target; false where there is none. */
  copy(target: Element): boolean;
}

/** Hears the keys of the page. Those of form fields and those with modifiers are theirs and the editor's. */
export function hearKeys(root: HTMLElement, ports: KeyPorts): void {
  root.addEventListener('keydown', (event) => {
    const { target, key } = event;
    if (event.defaultPrevented || event.isComposing || !(target instanceof Element)) return;
    if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement) return;
    if (heard(event, target, key)) event.preventDefault();
  });

  const heard = (event: KeyboardEvent, target: Element, key: string): boolean => {
    if (event.altKey) return false;
    if (event.ctrlKey || event.metaKey) {
      const marked = document.getSelection()?.isCollapsed === false;
      return key.toLowerCase() === 'c' && !event.shiftKey && !marked && ports.copy(target);
    }
    if (key === '?') ports.help();
    else if (key === '/') ports.search();
    else if (event.shiftKey) return false;
    else if (key === 'a') ports.showAll();
    else if (/^[1-4]$/.test(key)) ports.phase(Number(key) - 1);
    else if (key === 'Escape') return ports.escape(target);
    else if (key === 'Enter') return ports.enter(target);
    else return false;
    return true;
  };
}
