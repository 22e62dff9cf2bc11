import { type QuickInput, QuickInputButtons, type QuickPickItem, window } from 'vscode';

/** How a step of a chain ended: with its answer, one step back, or given up. */
export type Step<T> = { readonly answer: T } | 'back' | undefined;

interface StepWords {
  readonly title: string;
  /** Counted from 1. */
  readonly step: number;
  readonly steps: number;
}

/** Asks for a line of text. `problem` says why it cannot stay as it is; `typed` is told every change, so that nothing is lost when the chain is left. */
export function askText(
  words: StepWords & { readonly prompt: string; readonly value: string },
  problem: (text: string) => string | undefined,
  typed: (text: string) => void,
): Promise<Step<string>> {
  const box = window.createInputBox();
  box.prompt = words.prompt;
  box.value = words.value;
  // What is missing is said after the first try, not to somebody who has only begun.
  let tried = false;
  const check = (): boolean => {
    const wrong = problem(box.value);
    box.validationMessage = tried ? wrong : undefined;
    return wrong === undefined;
  };
  box.onDidChangeValue((text) => {
    typed(text);
    check();
  });
  return run(box, words, (end) => {
    box.onDidAccept(() => {
      tried = true;
      if (check()) end({ answer: box.value.trim() });
    });
    box.onDidTriggerButton(() => end('back'));
  });
}

/** A fact that a person sees before they say yes. */
export interface Fact {
  readonly label: string;
  readonly detail?: string;
}

/** Shows what is about to be done, with the button that does it on top. Choosing a fact does nothing. */
export async function confirm(
  words: StepWords & { readonly yes: string },
  facts: readonly Fact[],
): Promise<Step<true>> {
  const pick = window.createQuickPick();
  const yes: QuickPickItem = { label: `$(check) ${words.yes}`, alwaysShow: true };
  pick.items = [
    yes,
    { label: '', kind: -1 },
    ...facts.map(({ label, detail }): QuickPickItem => ({ label, ...(detail === undefined ? {} : { detail }) })),
  ];
  pick.placeholder = `Enter: ${words.yes}. Escape: nothing is done.`;
  return run<true>(pick, words, (end) => {
    pick.onDidAccept(() => {
      if (pick.selectedItems[0] === yes) end({ answer: true });
    });
    pick.onDidTriggerButton(() => end('back'));
  });
}

/** Shows a step and waits for its end. */
function run<T>(
  input: QuickInput & { buttons: readonly unknown[] },
  { title, step, steps }: StepWords,
  listen: (end: (step: Step<T>) => void) => void,
): Promise<Step<T>> {
  input.title = title;
  if (steps > 1) {
    input.step = step;
    input.totalSteps = steps;
  }
  input.ignoreFocusOut = true;
  if (step > 1) input.buttons = [QuickInputButtons.Back];
  return new Promise((resolve) => {
    let ended = false;
    const end = (how: Step<T>): void => {
      if (ended) return;
      ended = true;
      resolve(how);
      input.dispose();
    };
    listen(end);
    input.onDidHide(() => end(undefined));
    input.show();
  });
}
