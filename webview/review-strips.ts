import { icon, type IconName } from './icons.ts';
import { element, patch, write, writeMarked } from './patch.ts';

/** A sentence above the list, with what can be done about it and what it is made of. */
export interface Strip {
  readonly key: string;
  readonly icon: IconName;
  readonly text: string;
  readonly buttons?: readonly StripButton[];
  /** Shown when the strip is opened. */
  readonly lines?: readonly StripLine[];
}

export interface StripButton {
  readonly word: string;
  choose(): void;
}

export interface StripLine {
  /** The file that it speaks of. */
  readonly name: string;
  readonly text: string;
  readonly button?: StripButton;
}

export interface Strips {
  readonly root: HTMLElement;
  show(strips: readonly Strip[]): void;
}

const mostLines = 50;

export function stripList(): Strips {
  const root = element('div', 'strips');
  const open = new Set<string>();
  let shown: readonly Strip[] = [];
  const buttons = (into: HTMLElement, all: readonly StripButton[]): void => {
    patch(into, all, {
      key: ({ word }) => word,
      create: () => {
        const button = element('button', 'link');
        button.type = 'button';
        button.addEventListener('click', () => chosen.get(button)?.choose());
        return button;
      },
      update: (button, one) => {
        chosen.set(button, one);
        write(button, one.word);
      },
    });
  };
  const chosen = new WeakMap<Element, StripButton>();
  const create = ({ key, lines }: Strip): HTMLElement => {
    const text = lines ? element('button', 'text') : element('p', 'text');
    if (text instanceof HTMLButtonElement) {
      text.type = 'button';
      text.append(element('span', 'says'), icon('chevron'));
      text.addEventListener('click', () => {
        if (!open.delete(key)) open.add(key);
        show(shown);
      });
    } else text.append(element('span', 'says'));
    return element('div', 'strip', element('span', 'state'), text, element('div', 'buttons'));
  };
  const update = (strip: HTMLElement, { key, icon: name, text, buttons: own = [], lines = [] }: Strip): void => {
    const state = strip.querySelector('.state');
    if (!state?.querySelector(`.${name}`)) state?.replaceChildren(icon(name));
    writeMarked(strip.querySelector('.says'), text);
    const holder = strip.querySelector<HTMLElement>('.buttons');
    if (holder) buttons(holder, own);
    strip.querySelector('button.text')?.setAttribute('aria-expanded', String(open.has(key)));
    let list = strip.querySelector<HTMLElement>('ul');
    if (!open.has(key) || lines.length === 0) {
      list?.remove();
      return;
    }
    if (!list) strip.append((list = element('ul', '')));
    patch(list, lines.slice(0, mostLines), {
      key: (line) => `${line.name} ${line.text}`,
      create: () => element('li', '', element('span', 'place'), element('span', 'why'), element('div', 'buttons')),
      update: (line, one) => {
        write(line.querySelector('.place'), one.name);
        writeMarked(line.querySelector('.why'), one.text);
        const inside = line.querySelector<HTMLElement>('.buttons');
        if (inside) buttons(inside, one.button ? [one.button] : []);
      },
    });
  };
  const show = (strips: readonly Strip[]): void => {
    shown = strips;
    patch(root, strips, { key: ({ key }) => key, create, update });
  };
  return { root, show };
}
