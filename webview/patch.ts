/** How the children of a list are made and kept up to date. */
export interface Keyed<Item> {
  key(item: Item): string;
  create(item: Item): HTMLElement;
  update(element: HTMLElement, item: Item): void;
}

/** Makes the children of `parent` those of `items`. An element whose key is there again stays, with its focus and what is inside. */
export function patch<Item>(parent: HTMLElement, items: readonly Item[], { key, create, update }: Keyed<Item>): void {
  const known = new Map<string, HTMLElement>();
  for (const child of parent.children) if (child instanceof HTMLElement) known.set(child.dataset['key'] ?? '', child);
  const wanted = items.map((item) => {
    const id = key(item);
    const found = known.get(id);
    known.delete(id);
    const element = found ?? create(item);
    element.dataset['key'] = id;
    update(element, item);
    return element;
  });
  for (const gone of known.values()) gone.remove();
  // An element that is moved loses the focus: the one that has it stays, and the others are placed around it.
  const pivot = Math.max(
    0,
    wanted.findIndex((one) => one.contains(document.activeElement)),
  );
  const fixed = wanted[pivot];
  if (!fixed) return;
  if (fixed.parentElement !== parent) parent.prepend(fixed);
  for (let index = pivot - 1; index >= 0; index--) place(wanted[index], wanted[index + 1], 'before');
  for (let index = pivot + 1; index < wanted.length; index++) place(wanted[index], wanted[index - 1], 'after');
}

function place(element: HTMLElement | undefined, beside: HTMLElement | undefined, where: 'before' | 'after'): void {
  if (!element || !beside) return;
  const there = where === 'before' ? beside.previousElementSibling : beside.nextElementSibling;
  if (there !== element) beside[where](element);
}

/** Makes an element of a class, with children. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (className !== '') made.className = className;
  made.append(...children);
  return made;
}

/** Writes a text where it is another: what is the same is not touched. */
export function write(target: Element | null, text: string): void {
  if (target && target.textContent !== text) target.textContent = text;
}

/** Writes a sentence whose words between backticks are code. */
export function writeMarked(target: Element | null, text: string): void {
  const parts = text.split('`');
  if (parts.length % 2 === 0) write(target, text);
  else if (target?.textContent !== parts.join('')) {
    target?.replaceChildren(...parts.map((part, index) => (index % 2 === 1 ? element('code', '', part) : part)));
  }
}
