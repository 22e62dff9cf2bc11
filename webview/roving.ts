/** A list that takes one Tab stop: arrows move inside it, and Tab goes to what belongs to the current stop, then out. */
export interface Roving {
  /** The list has changed: the current stop is found again, or the one that stands in its place. */
  refresh(): void;
  /** Makes a stop the current one where none is yet. */
  begin(key: string): void;
  /** Puts the focus on the current stop. */
  focus(): void;
  /** Puts the focus on the stop of that key, where it is there. */
  go(key: string): void;
  /** The key of the current stop. */
  current(): string | undefined;
}

export interface RovingOptions {
  /** Stops are the elements with `data-stop`, which names them. What belongs to a stop has the same name in `data-of`. */
  readonly list: HTMLElement;
  readonly first: string | undefined;
  onMove(key: string): void;
  /** Right (true) and Left (false) on a stop. Returns the stop to go to, if any. */
  turn(stop: HTMLElement, open: boolean): HTMLElement | undefined;
}

export function roving({ list, first, onMove, turn }: RovingOptions): Roving {
  let current = first;
  let index = 0;

  const stops = (): HTMLElement[] => [...list.querySelectorAll<HTMLElement>('[data-stop]')];
  const mark = (stop: HTMLElement, on: boolean): void => {
    stop.tabIndex = on ? 0 : -1;
    for (const own of list.querySelectorAll<HTMLElement>('[data-of]'))
      if (own.dataset['of'] === stop.dataset['stop']) own.tabIndex = on ? 0 : -1;
  };
  const choose = (all: readonly HTMLElement[], at: number): HTMLElement | undefined => {
    const stop = all[at];
    if (!stop) return undefined;
    const marked = list.querySelectorAll<HTMLElement>('[data-stop][tabindex="0"], [data-of][tabindex="0"]');
    for (const one of marked) one.tabIndex = -1;
    mark(stop, true);
    index = at;
    current = stop.dataset['stop'];
    return stop;
  };
  const go = (all: readonly HTMLElement[], at: number): void => {
    const stop = choose(all, Math.max(0, Math.min(at, all.length - 1)));
    stop?.focus();
    if (current !== undefined) onMove(current);
  };

  list.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const all = stops();
    const from = stopOf(event.target, all);
    if (!from) return;
    const at = all.indexOf(from);
    switch (event.key) {
      case 'ArrowDown':
        go(all, at + 1);
        break;
      case 'ArrowUp':
        go(all, at - 1);
        break;
      case 'Home':
        go(all, 0);
        break;
      case 'End':
        go(all, all.length - 1);
        break;
      case 'ArrowRight':
      case 'ArrowLeft': {
        const next = turn(from, event.key === 'ArrowRight');
        if (next) go(stops(), stops().indexOf(next));
        break;
      }
      default:
        return;
    }
    event.preventDefault();
  });
  list.addEventListener('focusin', (event) => {
    const all = stops();
    const stop = stopOf(event.target, all);
    if (!stop || stop.dataset['stop'] === current) return;
    choose(all, all.indexOf(stop));
    if (current !== undefined) onMove(current);
  });
  const refresh = (): void => {
    const all = stops();
    const found = all.findIndex((one) => one.dataset['stop'] === current);
    choose(all, found >= 0 ? found : Math.min(index, all.length - 1));
  };
  return {
    refresh,
    begin: (key) => {
      current ??= key;
    },
    focus: () => stops()[index]?.focus({ preventScroll: true }),
    current: () => current,
    go: (key) => {
      const all = stops();
      const at = all.findIndex((one) => one.dataset['stop'] === key);
      if (at >= 0) go(all, at);
    },
  };
}

/** The stop that a target is, or belongs to. */
function stopOf(target: EventTarget | null, all: readonly HTMLElement[]): HTMLElement | undefined {
  const named = target instanceof Element ? target.closest<HTMLElement>('[data-stop], [data-of]') : null;
  const key = named?.dataset['stop'] ?? named?.dataset['of'];
  return key === undefined ? undefined : all.find((one) => one.dataset['stop'] === key);
}
