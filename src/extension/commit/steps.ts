import { type Disposable, type QuickInput, QuickInputButtons, type QuickPickItem, window } from 'vscode';

/** What one step ended with: an answer, a step back, or that the person left. */
export type Answer<T> = { readonly value: T } | 'back' | 'left';

/** Where a step stands in its chain. */
export interface StepPlace {
  readonly title: string;
  readonly step: number;
  readonly of: number;
}

/** Shows an input until it is accepted, hidden, or Back is pressed. */
function shown<T>(
  input: QuickInput & {
    buttons: readonly object[];
    onDidTriggerButton: (listener: (button: object) => void) => Disposable;
  },
  { title, step, of }: StepPlace,
  accepted: (accept: (value: T) => void) => Disposable,
): Promise<Answer<T>> {
  Object.assign(input, { title, step, totalSteps: of, ignoreFocusOut: true });
  input.buttons = step > 1 ? [QuickInputButtons.Back] : [];
  return new Promise((resolve) => {
    const listeners: Disposable[] = [];
    const end = (answer: Answer<T>): void => {
      for (const listener of listeners) listener.dispose();
      input.dispose();
      resolve(answer);
    };
    listeners.push(
      accepted((value) => end({ value })),
      input.onDidTriggerButton(() => end('back')),
      input.onDidHide(() => end('left')),
    );
    input.show();
  });
}

/** One of several; with `free`, also what is typed. */
export function pickOne(
  place: StepPlace,
  items: readonly QuickPickItem[],
  options: { readonly active: string | undefined; readonly placeholder: string; readonly free?: string },
): Promise<Answer<string>> {
  const pick = window.createQuickPick();
  pick.placeholder = options.placeholder;
  pick.matchOnDescription = true;
  pick.items = items;
  const active = items.find(({ label }) => label === options.active) ?? items[0];
  pick.activeItems = active ? [active] : [];
  return shown(pick, place, (accept) => {
    const { free } = options;
    if (free !== undefined) {
      pick.onDidChangeValue((typed) => {
        const name = typed.trim();
        const isNew = name !== '' && !items.some(({ label }) => label === name);
        pick.items = isNew ? [...items, { label: name, description: free, alwaysShow: true }] : items;
      });
    }
    return pick.onDidAccept(() => {
      const [chosen] = pick.activeItems;
      if (chosen) accept(chosen.label);
    });
  });
}

/** Several of a list, those in `picked` checked. */
export function pickMany<T extends QuickPickItem>(
  place: StepPlace,
  items: readonly T[],
  picked: readonly T[],
  placeholder: string,
): Promise<Answer<readonly T[]>> {
  const pick = window.createQuickPick<T>();
  pick.canSelectMany = true;
  pick.placeholder = placeholder;
  pick.items = items;
  pick.selectedItems = picked;
  return shown<readonly T[]>(pick, place, (accept) => pick.onDidAccept(() => accept(pick.selectedItems)));
}

/** A line of text; `missing` is said where it is empty. */
export function askLine(
  place: StepPlace,
  options: { readonly value: string; readonly prompt: string; readonly placeholder: string; readonly missing: string },
): Promise<Answer<string>> {
  const box = window.createInputBox();
  box.value = options.value;
  box.prompt = options.prompt;
  box.placeholder = options.placeholder;
  return shown(box, place, (accept) => {
    box.onDidChangeValue(() => (box.validationMessage = undefined));
    return box.onDidAccept(() => {
      if (box.value.trim() === '') box.validationMessage = options.missing;
      else accept(box.value.trim());
    });
  });
}
